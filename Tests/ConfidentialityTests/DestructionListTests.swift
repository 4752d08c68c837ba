import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// Retention, appraisal, witnesses and destruction (第25条).
@Suite struct DestructionListTests {
    @Test(.article(confidentiality[25])) func aTermCountsFromTheYearAfterTheClosing() {
        func due(_ closed: String, _ years: Int = 10) -> String { KeepingTerm.due(closedOn: Day(iso: closed)!, years: years).description }
        #expect(due("2020-05-03") == "2031-01-01")
        #expect(due("2020-12-31") == "2031-01-01")
        #expect(due("2021-01-01") == "2032-01-01", "a day later, a year later")
        #expect(due("2020-05-03", 30) == "2051-01-01")
    }

    /// Files of lawyers, ten years to be kept, closed in 2026; in 2037 they are due.
    static func due(_ office: ArchiveOffice, _ count: Int = 2) async throws -> [Int64] {
        var files: [Int64] = []
        for number in 1...count {
            let id = try await office.file("律师事务所\(number)", number: number, ["retention": .text("D10"), "keywords": .text("鲎内容")])
            try await office.desk.take(CustomerFile.close, on: id, by: office.specialist)
            files.append(id)
        }
        return files
    }

    static func list(_ office: ArchiveOffice) async throws -> Int64? {
        try await office.desk.register(DestructionList.name, RegisterQuery(), by: office.manager.person).rows.first?.id
    }

    static func move(_ office: ArchiveOffice, _ day: String) async throws {
        office.office.move(to: Moment(Day(iso: day)!, hour: 9)!)
        try await office.desk.runJobs()
    }

    /// One decision for all files with one outcome.
    static func decide(_ office: ArchiveOffice, _ list: Int64, _ outcomes: [String]) async throws {
        let lines = try await office.desk.document(list, by: office.manager.person).row.values["lines"]?.list ?? []
        for outcome in Set(outcomes).sorted() where !outcome.isEmpty {
            let files = zip(lines, outcomes).filter { $1 == outcome }.compactMap { $0.0["file"].whole }
            try await decide(office, list, files, outcome)
        }
    }

    static func decide(
        _ office: ArchiveOffice, _ list: Int64, _ files: [Int64], _ outcome: String, reason: String = "仍有价值", until: String = "2040-06-30"
    ) async throws {
        var input: [String: JSONValue] = ["chosen": .list(files.map { .whole($0) }), "decision": .text(outcome)]
        if outcome != "destroy" { input["decisionReason"] = .text(reason) }
        if outcome == "extend" { input["decisionUntil"] = .text(until) }
        try await office.desk.take(DestructionList.decide, on: list, input: input, by: office.manager)
    }

    /// - Returns: the list, approved, its witnesses named and its lines checked.
    static func checked(_ office: ArchiveOffice, _ list: Int64, _ files: [Int64], _ outcomes: [String]) async throws {
        let desk = office.desk, first = try await office.office.hire("witness-one"), second = try await office.office.hire("witness-two")
        let members: JSONValue = .list([office.archivist, office.clerk].map { .whole($0.person.raw) })
        try await decide(office, list, outcomes)
        try await desk.take(
            DestructionList.appraise, on: list, input: ["members": members, "opinion": .text("到期无价值")], by: office.manager)
        try await desk.take(DestructionList.approve, on: list, by: office.general)
        try await desk.take(
            DestructionList.nameWitnesses, on: list,
            input: ["witnesses": .list([.whole(first.raw), .whole(second.raw)]), "method": .text("pulped")], by: office.archivist)
        let doomed: JSONValue = .list(zip(files, outcomes).filter { $1 == "destroy" }.map { .whole($0.0) })
        for witness in [first, second] {
            try await desk.take(DestructionList.check, on: list, input: ["checkedFiles": doomed], by: Principal(witness))
        }
    }

    @Test(.demand(confidentiality[25], 2, 6, 7), arguments: TestEngine.all)
    func whatIsDueIsListedByItselfAndDestroyedByTheRules(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { office in
            let desk = office.desk, files = try await Self.due(office), open = try await office.file("仍在办理", number: 9)
            try await Self.move(office, "2036-12-31")
            #expect(try await Self.list(office) == nil, "a term of ten years ends with 2036")
            try await Self.move(office, "2037-01-04")
            let list = try #require(try await Self.list(office))
            let said = try await desk.document(list, by: office.manager.person).row.values["lines"]?.list ?? []
            #expect(said.count == 2 && said.allSatisfy { $0["dueOn"].text == "2037-01-01" && !"\($0)".contains("律师") })
            try await Self.checked(office, list, files, ["destroy", "destroy"])
            await GivingTests.refused("等候期未满", 25) { try await desk.take(DestructionList.execute, on: list, by: office.archivist) }
            try await Self.move(office, "2037-05-04")
            try await desk.take(DestructionList.execute, on: list, by: office.archivist)
            let done = try await desk.document(list, by: office.manager.person)
            let result = done.row.values["lines"]?.list.first?["result"].text ?? ""
            for store in ["内容密钥：已销毁", "附件", "检索索引", "通知", "备份", "首次接触登记"] { #expect(result.contains(store), "\(result)") }
            for file in files {
                let row = try await desk.document(file, by: office.manager.person).row
                #expect(row.state == "destroyed" && row.number != nil && row.values.allSatisfy { $0.value.isEmpty })
            }
            #expect(try await desk.document(open, by: office.manager.person).row.state == "open")
            #expect(try await desk.search("律师事务所1", by: office.manager.person).rows.isEmpty)
            for witness in ["witness-one", "witness-two"] {
                let person = try #require(try await desk.organisation().people.values.first { $0.login == witness })
                try await desk.take(DestructionList.certify, on: list, by: Principal(person.id))
            }
            #expect(try await desk.document(list, by: office.manager.person).row.state == "certified")
            // It is kept for ever: nobody takes it back.
            await #expect(throws: DeskError.self) { try await desk.handle(.withdraw(document: list, reason: "误"), by: office.archivist) }
            let report = try await desk.verify(isDeep: true)
            #expect(report.isClean, "\(report.faults.map(\.en))")
        }
    }

    /// What the newest list says of its files.
    private static func lines(_ office: ArchiveOffice) async throws -> [String] {
        guard let newest = try await Self.list(office) else { return [] }
        let said = try await office.desk.document(newest, by: office.manager.person).row.values["lines"]?.list ?? []
        return said.map { "\($0["file"].whole ?? 0) \($0["term"].text ?? "") \($0["dueOn"].text ?? "")" }
    }

    @Test(.demand(confidentiality[25], 1), arguments: TestEngine.all)
    func eachClassIsKeptAsLongAsItsScheduleSays(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { office in
            try await office.desk.administer(
                .setParameter(
                    regulation: confidentiality.id, name: "ordinaryKeepYears", unit: office.office.company, value: 12,
                    from: office.office.now.day, reason: "合同约定"), by: .system)
            let lawyer = try await Self.due(office, 1)[0]
            let dealer = try await office.file("新合商贸", kind: "dealer", number: 8, ["retention": .text("D10")])
            try await office.desk.take(CustomerFile.close, on: dealer, by: office.specialist)
            try await Self.move(office, "2037-01-04")
            #expect(try await Self.lines(office) == ["\(lawyer) 10年 2037-01-01"])
            try await Self.move(office, "2038-12-31")
            #expect(try await Self.lines(office) == ["\(lawyer) 10年 2037-01-01"])
            try await Self.move(office, "2039-01-04")
            #expect(try await Self.lines(office) == ["\(dealer) 12年 2039-01-01"])
        }
    }

    @Test(.article(confidentiality[25])) func aTermCountsFromTheClosingAndNotFromTheOpening() async throws {
        try await ArchiveOffice.with { office in
            let file = try await office.file(["retention": .text("D10")])
            try await Self.move(office, "2028-03-01")
            try await office.desk.take(CustomerFile.close, on: file, by: office.specialist)
            try await Self.move(office, "2038-12-31")
            #expect(try await Self.list(office) == nil)
            try await Self.move(office, "2039-01-04")
            #expect(try await Self.lines(office) == ["\(file) 10年 2039-01-01"])
        }
    }

    @Test(.demand(confidentiality[25], 8), arguments: TestEngine.all)
    func aHoldThatCameAfterTheApprovalDropsItsLineOut(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { office in
            let desk = office.desk, files = try await Self.due(office)
            try await Self.move(office, "2037-01-04")
            let list = try #require(try await Self.list(office))
            try await Self.checked(office, list, files, ["destroy", "destroy"])
            try await Self.move(office, "2037-05-04")
            let hold = try await desk.take(
                LegalHoldOrder.place,
                input: [
                    "files": .list([.whole(files[0])]), "ground": .text("lawsuit"), "reason": .text("诉讼"), "reviewOn": .text("2037-12-31"),
                ], by: office.supervisor
            ).id
            try await desk.take(DestructionList.execute, on: list, by: office.archivist)
            let row = try await desk.document(list, by: office.manager.person).row
            let results = (row.values["lines"]?.list ?? []).compactMap { $0["result"].text }
            #expect(results.contains { $0.contains("处于保全，移出清册") } && results.contains { $0.hasPrefix("已销毁") }, "\(results)")
            #expect(row.values["summary"]?.text?.contains("销毁 1 件；因保全移出 1 件") == true)
            #expect(try await desk.document(files[0], by: office.manager.person).row.state == "closed")
            #expect(try await desk.document(files[1], by: office.manager.person).row.state == "destroyed")
            // Held, it is on no list; released, its ordinary term goes on, and the next list has it.
            try await Self.move(office, "2037-06-02")
            #expect(try await desk.register(DestructionList.name, RegisterQuery(), by: office.manager.person).rows.count == 1)
            await #expect(throws: Refusal.self, "who placed it does not release it") {
                try await desk.take(LegalHoldOrder.release, on: hold, input: ["outcome": .text("结案")], by: office.supervisor)
            }
            try await desk.take(LegalHoldOrder.release, on: hold, input: ["outcome": .text("结案")], by: office.manager)
            #expect(try await desk.document(files[0], by: office.manager.person).row.state == "closed", "release does not destroy")
            try await Self.move(office, "2037-07-02")
            #expect(try await desk.register(DestructionList.name, RegisterQuery(), by: office.manager.person).rows.count == 2)
        }
    }

    @Test(.demand(confidentiality[25], 3, 4, 5), arguments: TestEngine.all)
    func witnessesAreTwoOthersAndCheckEachLine(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { office in
            let desk = office.desk, files = try await Self.due(office)
            try await Self.move(office, "2037-01-04")
            let list = try #require(try await Self.list(office))
            func appraise(_ outcomes: [String], _ members: [Principal]) async throws {
                try await Self.decide(office, list, outcomes)
                try await desk.take(
                    DestructionList.appraise, on: list,
                    input: ["opinion": .text("意见"), "members": .list(members.map { .whole($0.person.raw) })], by: office.manager)
            }
            await GivingTests.refused("尚有 1 件没有鉴定结果", 25) { try await appraise(["destroy", ""], [office.archivist, office.clerk]) }
            await GivingTests.refused("除组长外至少两人", 25) { try await appraise(["destroy", "destroy"], [office.archivist, office.manager]) }
            await GivingTests.refused("须有业务人员", 25) { try await appraise(["destroy", "destroy"], [office.archivist, office.specialist]) }
            try await appraise(["destroy", "destroy"], [office.archivist, office.clerk])
            await #expect(throws: (any Error).self, "who appraised does not approve") {
                try await desk.take(DestructionList.approve, on: list, by: office.manager)
            }
            try await desk.take(DestructionList.approve, on: list, by: office.general)
            let one = try await office.office.hire("witness-one")
            func name(_ people: [PersonID]) async throws {
                try await desk.take(
                    DestructionList.nameWitnesses, on: list,
                    input: ["witnesses": .list(people.map { .whole($0.raw) }), "method": .text("burnt")], by: office.archivist)
            }
            await GivingTests.refused("监销人为两人", 25) { try await name([one]) }
            await GivingTests.refused("不得是提出鉴定的人或批准人", 25) { try await name([one, office.general.person]) }
            await GivingTests.refused("不得是提出鉴定的人或批准人", 25) { try await name([one, office.manager.person]) }
            try await name([one, office.courier.person])
            await GivingTests.refused("须逐件核对", 25) {
                try await desk.take(DestructionList.check, on: list, input: ["checkedFiles": .list([.whole(files[0])])], by: Principal(one))
            }
            let all: JSONValue = .list(files.map { .whole($0) })
            try await desk.take(DestructionList.check, on: list, input: ["checkedFiles": all], by: Principal(one))
            #expect(try await desk.document(list, by: office.manager.person).row.state == "checking", "one witness is not two")
            try await desk.take(DestructionList.check, on: list, input: ["checkedFiles": all], by: office.courier)
            let row = try await desk.document(list, by: office.manager.person).row
            #expect(row.state == "checked" && row.values["lines"]?.list.first?["checkedBy"].text == "witness-one、courier")
        }
    }

    @Test(.demand(confidentiality[25], 3), arguments: TestEngine.all)
    func whatIsExtendedComesBackAndWhatIsPermanentDoesNot(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { office in
            let desk = office.desk, files = try await Self.due(office)
            try await Self.move(office, "2037-01-04")
            let list = try #require(try await Self.list(office))
            let members: JSONValue = .list([office.archivist, office.clerk].map { .whole($0.person.raw) })
            try await Self.decide(office, list, ["extend", "permanent"])
            try await desk.take(
                DestructionList.appraise, on: list, input: ["members": members, "opinion": .text("留存")], by: office.manager)
            await #expect(throws: DeskError.self, "there is nothing to destroy") {
                try await desk.take(DestructionList.approve, on: list, by: office.general)
            }
            try await desk.take(DestructionList.settle, on: list, by: office.general)
            let ids = try await desk.document(list, by: office.manager.person).row.values["lines"]?.list.compactMap { $0["file"].whole } ?? []
            let (extended, permanent) = (ids[0], ids[1])
            #expect(try await office.text(extended, "keptUntil") == "2040-06-30")
            #expect(try await office.text(permanent, "retention") == "Y")
            try await Self.move(office, "2040-06-02")
            #expect(try await desk.register(DestructionList.name, RegisterQuery(), by: office.manager.person).rows.count == 1)
            try await Self.move(office, "2040-07-02")
            let next = try #require(try await desk.register(DestructionList.name, RegisterQuery(), by: office.manager.person).rows.first)
            #expect(next.values["lines"]?.list.compactMap { $0["file"].whole } == [extended])
            #expect(Set(files) == Set(ids))
            // Reopened, the date is withdrawn.
            try await desk.take(CustomerFile.reopen, on: extended, by: office.specialist)
            #expect(try await office.text(extended, "closedOn") == nil)
        }
    }

    @Test(.demand(confidentiality[25], 3), arguments: TestEngine.all)
    func oneDecisionServesManyFilesAndExceptionsStandByThemselves(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { office in
            _ = try await Self.due(office, 5)
            try await Self.move(office, "2037-01-04")
            let list = try #require(try await Self.list(office))
            func files() async throws -> [Int64] { (try await office.value(list, "lines")?.list ?? []).compactMap { $0["file"].whole } }
            let all = try await files()
            try await Self.decide(office, list, all, "destroy")
            try await Self.decide(office, list, [all[3]], "permanent", reason: "行业代表性")
            let outcomes = (try await office.value(list, "lines")?.list ?? []).map { $0["outcome"].text ?? "" }
            #expect(outcomes == ["destroy", "destroy", "destroy", "permanent", "destroy"])
            // Nothing is decided without its reason, beyond the list, or by somebody else.
            await GivingTests.refused("继续保管的，请写明理由", 25) { try await Self.decide(office, list, [all[0]], "permanent", reason: "") }
            await GivingTests.refused("请填写延长至哪一天", 25) { try await Self.decide(office, list, [all[0]], "extend", until: "2036-01-01") }
            let other = try await office.file("别的律师", number: 9)
            await GivingTests.refused("只能选择清册中的档案", 25) { try await Self.decide(office, list, [other], "destroy") }
            await #expect(throws: DeskError.self) {
                try await office.desk.take(
                    DestructionList.decide, on: list, input: ["chosen": .list([.whole(all[0])]), "decision": .text("destroy")], by: office.archivist)
            }
            #expect(try await office.value(list, "chosen") == nil, "what was chosen is kept nowhere else")
        }
    }
}
