import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// 第26条, 第27条: nothing leaves in clear; a leak is contained in one step.
@Suite struct LeakTests {
    private func report(_ archive: ArchiveOffice, _ files: [Int64] = []) async throws -> Int64 {
        let input: [String: JSONValue] = [
            "certainty": .text("possible"), "what": .text("打印机旁发现合同"), "files": .list(files.map { .whole($0) }),
        ]
        return try await archive.desk.take(LeakReport.report, input: input, by: archive.clerk).id
    }

    @Test(.demand(confidentiality[27], 2, 5), arguments: TestEngine.all)
    func bothOfficersHearAtOnceAndTheClockRuns(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let id = try await report(archive)
            for officer in [archive.supervisor, archive.manager] {
                #expect(try await archive.todo(officer, "leak-report").count == 1)
                let notices = try await archive.desk.notices(of: officer.person).notices.filter { $0.words.zh == "收到泄露报告，请立即处理" }
                #expect(notices.count == 1 && notices.first?.created == archive.office.now)
            }
            #expect(try await archive.desk.document(id, by: archive.manager.person).deadlines.first?.due == archive.office.now.adding(hours: 1))
            archive.office.move(hours: 2)
            try await archive.desk.runJobs()
            #expect(try await archive.desk.notices(of: archive.general.person).notices.contains { $0.words.zh.contains("接报处理已逾期") })
            try await archive.desk.take(LeakReport.acknowledge, on: id, by: archive.supervisor)
            #expect(try await archive.desk.document(id, by: archive.manager.person).deadlines.first?.breached != nil)
        }
    }

    @Test(.demand(confidentiality[27], 3, 4), arguments: TestEngine.all)
    func oneStepFreezesRevokesRecallsAndListsWhoSawIt(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file(), other = try await archive.file("新合商贸", kind: "dealer", number: 2)
            try await archive.granted([file])
            _ = try await archive.desk.reveal(file, of: "customer-file", by: archive.clerk.person, purpose: "核对合同")
            _ = try await archive.desk.issue(.print, of: file, by: archive.specialist)
            let id = try await report(archive)
            let none = await refusal { try await archive.desk.take(LeakReport.contain, on: id, by: archive.supervisor) }
            #expect(none?.article == confidentiality[27] && none?.words.zh == "请先确定涉及的档案")
            try await archive.desk.take(LeakReport.nameRecords, on: id, input: ["files": .list([.whole(file)])], by: archive.supervisor)
            try await archive.desk.take(LeakReport.contain, on: id, by: archive.supervisor)
            // In the very same moment.
            for person in [archive.clerk, archive.specialist, archive.archivist] { #expect(await !archive.sees(file, person)) }
            #expect(await archive.sees(file, archive.manager))
            #expect(await archive.sees(other, archive.specialist))
            var query = RegisterQuery()
            query.states = ["recalled"]
            #expect(try await archive.desk.register("controlled-copy", query, by: archive.manager.person).rows.count == 1)
            let trace = try #require(try await archive.value(id, "trace").whole)
            let lines = try await archive.value(trace, "readings").list
            #expect(Set(lines.compactMap { $0["person"].whole }) == [archive.clerk.person.raw, archive.specialist.person.raw])
            #expect(Set(lines.compactMap { $0["what"].text }) == ["查看个人信息", "打印"])
            // Whoever reported it does not see who read it.
            await #expect(throws: DeskError.absent) { try await archive.desk.document(trace, by: archive.clerk.person) }
            // What turns out later to be concerned is contained too, and what is contained stays among the records.
            let removed = await refusal {
                try await archive.desk.take(LeakReport.nameRecords, on: id, input: ["files": .list([.whole(other)])], by: archive.supervisor)
            }
            #expect(removed?.words.zh == "已控制的档案不能从涉及的档案中去掉")
            try await archive.desk.take(
                LeakReport.nameRecords, on: id, input: ["files": .list([.whole(file), .whole(other)])], by: archive.supervisor)
            try await archive.desk.take(LeakReport.contain, on: id, by: archive.supervisor)
            #expect(await !archive.sees(other, archive.specialist))
            try await archive.desk.take(LeakReport.release, on: id, by: archive.manager)
            #expect(await archive.sees(file, archive.specialist))
            #expect(await !archive.sees(file, archive.clerk))
            #expect(try await archive.desk.verify().isClean)
        }
    }

    @Test(.demand(confidentiality[27], 6), arguments: TestEngine.all)
    func itClosesWithCauseAndMeasuresAndTheAuthorityToldInTime(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file()
            let id = try await report(archive)
            try await archive.desk.take(LeakReport.acknowledge, on: id, by: archive.supervisor)
            try await archive.desk.take(LeakReport.nameRecords, on: id, input: ["files": .list([.whole(file)])], by: archive.supervisor)
            let end: [String: JSONValue] = ["cause": .text("打印件未及时取走"), "measures": .text("加装刷卡打印")]
            func close() async throws { try await archive.desk.take(LeakReport.close, on: id, input: end, by: archive.manager) }
            #expect(await refusal { try await close() }?.words.zh == "请先判定事件等级")
            try await archive.desk.take(
                LeakReport.grading, on: id, input: ["grade": .text("rather-large"), "people": .whole(1200)], by: archive.supervisor)
            let clock = try await archive.desk.document(id, by: archive.manager.person).deadlines.first { $0.met == nil }
            #expect(clock?.due == archive.office.now.adding(hours: 4))
            #expect(await refusal { try await close() }?.words.zh.contains("尚未控制") == true)
            try await archive.desk.take(LeakReport.contain, on: id, by: archive.supervisor)
            #expect(await refusal { try await close() }?.words.zh.contains("向主管部门报告") == true)
            try await archive.desk.take(
                LeakReport.tellAuthority, on: id,
                input: ["authority": .text("省网信办"), "receipt": .text("网信2026-3"), "personsTold": .text("已逐一电话告知")], by: archive.supervisor)
            await #expect(throws: (any Error).self) {
                try await archive.desk.take(LeakReport.close, on: id, input: ["cause": .text(""), "measures": .text("")], by: archive.manager)
            }
            try await close()
            #expect(try await archive.desk.document(id, by: archive.clerk.person).row.state == "closed")
        }
    }

    @Test(.article(confidentiality[27]), arguments: TestEngine.all)
    func twoReportsOnOneFileKeepItFrozenUntilTheLastIsClosed(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file(), other = try await archive.file("新合商贸", kind: "dealer", number: 2)
            func contained(_ files: [Int64]) async throws -> Int64 {
                let id = try await report(archive)
                try await archive.desk.take(
                    LeakReport.nameRecords, on: id, input: ["files": .list(files.map { .whole($0) })], by: archive.supervisor)
                try await archive.desk.take(LeakReport.contain, on: id, by: archive.supervisor)
                try await archive.desk.take(
                    LeakReport.grading, on: id, input: ["grade": .text("internal"), "people": .whole(0)], by: archive.supervisor)
                return id
            }
            let first = try await contained([file, other]), second = try await contained([file])
            try await archive.desk.take(LeakReport.release, on: first, by: archive.manager)
            // What the other report holds stays, and what it does not is free.
            #expect(await !archive.sees(file, archive.specialist))
            #expect(await archive.sees(other, archive.specialist))
            #expect(try await archive.desk.notices(of: archive.supervisor.person).notices.contains { $0.words.zh.contains("另有泄露报告未结案，继续冻结") })
            let again = await refusal { try await archive.desk.take(LeakReport.release, on: first, by: archive.manager) }
            #expect(again?.article == confidentiality[27] && again?.words.zh == "没有由本报告冻结的档案")
            let end: [String: JSONValue] = ["cause": .text("打印件未及时取走"), "measures": .text("加装刷卡打印")]
            try await archive.desk.take(LeakReport.close, on: first, input: end, by: archive.manager)
            #expect(await !archive.sees(file, archive.specialist))
            // Closing the last one lifts it.
            try await archive.desk.take(LeakReport.close, on: second, input: end, by: archive.manager)
            #expect(await archive.sees(file, archive.specialist))
            #expect(try await archive.desk.verify().isClean)
        }
    }

    @Test(.demand(confidentiality[26], 2), arguments: TestEngine.all)
    func whatIsInClearDoesNotLeave(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file(), code = CreditCodes.code(1)
            func send(_ content: String, _ channel: String = "open-mail", about: [Int64] = []) async throws {
                let input: [String: JSONValue] = [
                    "channel": .text(channel), "recipient": .text("某合作方"), "content": .text(content), "files": .list(about.map { .whole($0) }),
                ]
                try await archive.desk.take(OutgoingNotice.send, input: input, by: archive.specialist)
            }
            for (content, kind) in [
                ("请致电 138 1234-5678", "手机号码"), ("号码１３８１２３４５６７８", "手机号码"), ("身份证110101199003074477", "身份证号码"),
                ("账号6222 0212 3456 7890 123", "银行账号"), ("邮箱 li.si@example.com", "电子邮箱"), ("代码\(code)", "统一社会信用代码"),
            ] {
                let refused = await refusal { try await send(content) }
                #expect(refused?.article == confidentiality[26] && refused?.words.zh.contains("明文客户信息（\(kind)") == true, "\(content)")
                // What was found is said, and not repeated.
                #expect(refused?.words.zh.contains("5678") != true)
            }
            let named = await refusal { try await send("华 信律师事务所的合同已寄出", about: [file]) }
            #expect(named?.words.zh.contains("客户名称") == true)
            for channel in ["privately", "public-place"] {
                let never = await refusal { try await send("会议改期", channel) }
                #expect(never?.article == confidentiality[26])
            }
            try await send("会议改期至周五")
            try await send("华信律师事务所 13812345678", "encrypted", about: [file])
            // Refusals stand in the ledger.
            try await archive.desk.runJobs()
            let charter = try await archive.desk.charter(confidentiality.id, by: nil)
            let carriers = charter.laws.filter { $0.article == confidentiality[26] }.flatMap(\.carriers)
            #expect(carriers.reduce(0) { $0 + $1.refusals } == 9)
            #expect(try await archive.desk.verify().isClean)
        }
    }
}
