import ArticleProof
import EngineFixture
import Kernel
import School
import TestOffice
import Testing
import WorkCalendar

@Suite struct OfficialTests {
    private func recipient(_ name: String, _ relation: String, _ more: [(String, JSONValue)] = []) -> JSONValue {
        .record([.init("name", .text(name)), .init("relation", .text(relation))] + more.map { .init($0.0, $0.1) })
    }

    @Test(.article(school[16]), arguments: TestEngine.all)
    func kindAndDirectionMustAgree(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            func draft(_ kind: String, _ direction: String, _ recipients: [JSONValue], _ text: String = "内容") async throws -> Refusal? {
                try await campus.refusal {
                    try await campus.desk.take(
                        OutgoingDocument.draft,
                        input: campus.letter([
                            "kind": .text(kind), "direction": .text(direction), "recipients": .list(recipients), "text": .text(text),
                        ]), by: campus.teacher)
                }
            }
            let answer1 = try await draft("request", "down", [recipient("各工作点", "down")])
            #expect(answer1?.words.zh.contains("请示不能作下行文") == true)
            let answer2 = try await draft("reply", "up", [recipient("市教育局", "up")])
            #expect(answer2?.words.zh.contains("批复不能") == true)
            let answer3 = try await draft("request", "up", [recipient("市教育局", "up")])
            #expect(answer3 == nil)
            let answer4 = try await draft("reply", "down", [recipient("东工作点", "down")])
            #expect(answer4 == nil)
            // One matter, one office, no person, and no copy to those below.
            let answer5 = try await draft("request", "up", [recipient("市教育局、区教育局", "up")])
            #expect(answer5?.words.zh.contains("只主送一个") == true)
            let answer6 = try await draft("request", "up", [recipient("王局长", "up", [("isPerson", .flag(true))])])
            #expect(answer6?.words.zh.contains("不主送个人") == true)
            let copied = [recipient("市教育局", "up"), recipient("东工作点", "down", [("role", .text("copy"))])]
            let answer7 = try await draft("request", "up", copied)
            #expect(answer7?.words.zh.contains("不得抄送下级") == true)
            let answer8 = try await draft("report", "up", [recipient("市教育局", "up")], "情况如上，请批准。")
            #expect(answer8?.words.zh.contains("不得夹带请示") == true)
            let answer9 = try await draft("notice", "down", [recipient("市教育局", "up")])
            #expect(answer9?.words.zh.contains("行文方向不一致") == true)
        }
    }

    @Test(.article(school[16]), arguments: TestEngine.all)
    func anUnusualDirectionIsSaidAndNotRefused(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let id = try await campus.desk.take(
                OutgoingDocument.draft,
                input: campus.letter([
                    "kind": .text("decision"), "direction": .text("peer"), "recipients": .list([recipient("友校", "peer")]),
                ]),
                by: campus.teacher
            ).id
            #expect(try await campus.view(id).row.values["warning"]?.text?.contains("请核稿人确认") == true)
        }
    }

    @Test(.demand(school[16], 1), arguments: TestEngine.all)
    func fromDraftToArchive(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let id = try await desk.take(
                OutgoingDocument.draft, input: campus.letter(["cosigners": campus.people(campus.dean, campus.eastHead)]), by: campus.teacher
            ).id
            try await desk.take(OutgoingDocument.check, on: id, by: campus.adminSpecialist)
            // Not before both have cosigned.
            await #expect(throws: DeskError.self) { try await desk.take(OutgoingDocument.sign, on: id, by: campus.manager) }
            try await desk.take(OutgoingDocument.cosign, on: id, by: campus.dean)
            #expect(try await campus.state(id) == "checked")
            try await desk.take(OutgoingDocument.cosign, on: id, by: campus.eastHead)
            #expect(try await campus.number(id) == nil)
            try await desk.take(OutgoingDocument.sign, on: id, by: campus.manager)
            #expect(try await campus.number(id) == nil)
            try await desk.take(OutgoingDocument.number, on: id, by: campus.clerk)
            #expect(try await campus.number(id) == "育才校发〔2026〕1号")
            let early: [String: JSONValue] = ["copyCount": .whole(3), "printedOn": .text("2026-01-14")]
            let refusal = try await campus.refusal { try await desk.take(OutgoingDocument.print, on: id, input: early, by: campus.clerk) }
            #expect(refusal?.words.zh == "印发日期不能早于成文日期")
            try await desk.take(OutgoingDocument.print, on: id, input: ["copyCount": .whole(3)], by: campus.clerk)
            await #expect(throws: DeskError.self) { try await desk.take(OutgoingDocument.distribute, on: id, by: campus.clerk) }
            let seal = try await campus.seal()
            let request = try await desk.take(
                SealRequest.request,
                input: [
                    "seal": .whole(seal), "document": .whole(id), "subject": .text("考试通知"), "purpose": .text("印发"), "copies": .whole(3),
                ],
                by: campus.adminSpecialist
            ).id
            try await desk.take(SealRequest.approve, on: request, by: campus.manager)
            try await desk.take(SealRequest.stamp, on: request, input: ["count": .whole(3), "present": .text("文员")], by: campus.keeper)
            #expect(try await campus.state(id) == "sealed")
            try await desk.take(OutgoingDocument.distribute, on: id, by: campus.clerk)
            try await desk.take(OutgoingDocument.file, on: id, by: campus.clerk)
            let archived = try #require(try await campus.rows("archive-entry", by: campus.clerk).first)
            #expect(archived.values["number"] == .text("育才校发〔2026〕1号"))
        }
    }

    @Test(.article(school[16]), arguments: TestEngine.all)
    func whatIsChangedAfterTheSignatureGoesBackToTheSigner(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, id = try await campus.signed()
            try await desk.take(
                OutgoingDocument.amend, on: id, input: campus.letter(["text": .text("考试改在二十二日。"), "note": .text("改期")]),
                by: campus.adminSpecialist)
            #expect(try await campus.state(id) == "checking")
            await #expect(throws: DeskError.self) { try await desk.take(OutgoingDocument.number, on: id, by: campus.clerk) }
            let versions = try await campus.view(id).row.values["versions"]?.list ?? []
            #expect(versions.map { $0["serial"] } == [.whole(1), .whole(2)])
            #expect(versions.map { $0["text"].text } == ["考试定于六月二十日举行。", "考试改在二十二日。"])
            #expect(versions[0]["digest"] != versions[1]["digest"])
        }
    }

    /// Signed on 31 December, numbered on 4 January: the number is of the old year, whose book stays open until it is closed.
    @Test(.demand(school[16], 1), arguments: TestEngine.all)
    func theYearIsThatOfTheDocumentsDay(engine: TestEngine) async throws {
        try await Campus.with(engine, at: Moment(Day(iso: "2026-12-31")!, hour: 16)!) { campus in
            let desk = campus.desk, office = campus.office
            let old = try await campus.signed()
            let late = try await campus.signed()
            office.move(to: Moment(Day(iso: "2027-01-04")!, hour: 9)!)
            let new = try await campus.signed()
            try await desk.take(OutgoingDocument.number, on: new, by: campus.clerk)
            try await desk.take(OutgoingDocument.number, on: old, by: campus.clerk)
            #expect(try await campus.number(new) == "育才校发〔2027〕1号")
            #expect(try await campus.number(old) == "育才校发〔2026〕1号")
            let thisYear: [String: JSONValue] = ["code": .text("育才校发"), "year": .whole(2027)]
            await #expect(throws: Refusal.self) { try await desk.take(NumberBook.close, input: thisYear, by: campus.officeHead) }
            let lastYear: [String: JSONValue] = ["code": .text("育才校发"), "year": .whole(2026)]
            await #expect(throws: DeskError.self) { try await desk.take(NumberBook.close, input: lastYear, by: campus.clerk) }
            try await desk.take(NumberBook.close, input: lastYear, by: campus.officeHead)
            let refusal = try await campus.refusal { try await desk.take(OutgoingDocument.number, on: late, by: campus.clerk) }
            #expect(refusal?.article == school[16] && refusal?.words.zh.contains("已封簿") == true)
        }
    }

    /// Half past midnight of New Year in Shanghai is the old year in UTC.
    @Test(.article(school[16]), arguments: TestEngine.all)
    func newYearIsThatOfShanghai(engine: TestEngine) async throws {
        try await Campus.with(engine, at: Moment(Day(iso: "2027-01-01")!, hour: 0, minute: 30)!) { campus in
            let made1 = try await campus.numbered()
            #expect(try await campus.number(made1) == "育才校发〔2027〕1号")
        }
    }

    @Test(.article(school[16]), arguments: TestEngine.all)
    func aBurntNumberStaysAndIsNotGivenAgain(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let first = try await campus.numbered()
            await #expect(throws: (any Error).self) { try await desk.take(OutgoingDocument.cancel, on: first, by: campus.manager) }
            try await desk.take(OutgoingDocument.cancel, on: first, input: ["reason": .text("印制错误")], by: campus.manager)
            #expect(try await campus.state(first) == "void")
            #expect(try await campus.number(first) == "育才校发〔2026〕1号")
            let made2 = try await campus.numbered()
            #expect(try await campus.number(made2) == "育才校发〔2026〕2号")
            // A second visit gives no second number.
            await #expect(throws: DeskError.self) { try await desk.take(OutgoingDocument.number, on: first, by: campus.clerk) }
        }
    }

    @Test(.article(school[16]), arguments: TestEngine.all)
    func noNumberIsGivenTwiceWhenManyAskAtOnce(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            var ids: [Int64] = []
            for _ in 0..<12 { ids.append(try await campus.signed()) }
            let numbers = try await withThrowingTaskGroup(of: String?.self) { group in
                for id in ids { group.addTask { try await desk.take(OutgoingDocument.number, on: id, by: campus.clerk).number } }
                return try await group.reduce(into: [String]()) { if let number = $1 { $0.append(number) } }
            }
            #expect(Set(numbers) == Set((1...12).map { "育才校发〔2026〕\($0)号" }))
        }
    }

    @Test(.article(school[16]), arguments: TestEngine.all)
    func eachCopyOfAConfidentialDocumentHasItsNumberAndHolder(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let id = try await campus.numbered(["kind": .text("minutes"), "present": .text("各部门负责人"), "secrecy": .text("controlled")])
            try await desk.take(OutgoingDocument.print, on: id, input: ["copyCount": .whole(2)], by: campus.clerk)
            let copies = try await campus.view(id).row.values["copies"]?.list ?? []
            #expect(copies.map { $0["serial"].text } == ["000001", "000002"])
            // Minutes bear no seal.
            await #expect(throws: Refusal.self) { try await desk.take(OutgoingDocument.distribute, on: id, by: campus.clerk) }
            let held = copies.map { copy in JSONValue.record([.init("serial", copy["serial"]), .init("holder", .text("东工作点"))]) }
            try await desk.take(OutgoingDocument.distribute, on: id, input: ["copies": .list(held)], by: campus.clerk)
        }
    }

    @Test(.demand(school[16], 1), arguments: TestEngine.all)
    func anIncomingDocumentGoesItsWay(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            func receive(_ more: [String: JSONValue] = [:]) async throws -> Int64 {
                let input: [String: JSONValue] = [
                    "sender": .text("市教育局"), "theirNumber": .text("市教发〔2026〕3号"), "subject": .text("关于安全检查的通知"),
                    "kind": .text("notice"), "direction": .text("down"), "secrecy": .text("internal"), "copies": .whole(1),
                ]
                return try await desk.take(IncomingDocument.receive, input: input.merging(more) { $1 }, by: campus.clerk).id
            }
            let urgent = try await campus.refusal { _ = try await receive(["urgency": .text("extra")]) }
            #expect(urgent?.words.zh.contains("精确到分") == true)
            let id = try await receive()
            #expect(try await campus.number(id) == "收文〔2026〕1号")
            // The same number of theirs is only a warning; from another sender it is none.
            let made3 = try await receive()
            #expect(try await campus.view(made3).row.values["warning"]?.text?.contains("收文〔2026〕1号") == true)
            let made4 = try await receive(["sender": .text("区教育局")])
            #expect(try await campus.view(made4).row.values["warning"]?.text == nil)
            try await desk.take(IncomingDocument.register, on: id, by: campus.clerk)
            try await desk.take(IncomingDocument.vet, on: id, by: campus.clerk)
            try await desk.take(IncomingDocument.propose, on: id, input: ["proposal": .text("请教务部办理")], by: campus.clerk)
            await #expect(throws: Refusal.self) {
                try await desk.take(IncomingDocument.decide, on: id, input: ["decision": .text("同意")], by: campus.manager)
            }
            try await desk.take(
                IncomingDocument.decide, on: id,
                input: [
                    "decision": .text("同意"), "lead": .whole(campus.teaching.raw), "limit": .text("2026-01-20"),
                    "readers": campus.people(campus.eastHead),
                ], by: campus.manager)
            #expect(try await campus.rows("item-delivery", by: campus.officeHead).count == 1)
            await #expect(throws: DeskError.self) {
                try await desk.take(IncomingDocument.handle, on: id, input: ["result": .text("已查")], by: campus.eastHead)
            }
            try await desk.take(IncomingDocument.urge, on: id, by: campus.clerk)
            #expect(try await campus.told(campus.dean).contains { $0.contains("请抓紧办理") })
            try await desk.take(IncomingDocument.handle, on: id, input: ["result": .text("已查")], by: campus.dean)
            try await desk.take(IncomingDocument.reply, on: id, input: ["answer": .text("育才校发〔2026〕9号")], by: campus.clerk)
            try await desk.take(IncomingDocument.file, on: id, by: campus.clerk)
            #expect(try await campus.state(id) == "filed")
        }
    }

    @Test(.demand(school[16], 1), arguments: TestEngine.all)
    func sentBackWithAReasonOnly(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let id = try await desk.take(
                IncomingDocument.receive,
                input: [
                    "sender": .text("某公司"), "subject": .text("推销函"), "kind": .text("letter"), "direction": .text("peer"),
                    "secrecy": .text("open"), "copies": .whole(1),
                ], by: campus.clerk
            ).id
            try await desk.take(IncomingDocument.register, on: id, by: campus.clerk)
            await #expect(throws: (any Error).self) { try await desk.take(IncomingDocument.sendBack, on: id, by: campus.clerk) }
            try await desk.take(IncomingDocument.sendBack, on: id, input: ["reason": .text("非主送单位")], by: campus.clerk)
            #expect(try await campus.state(id) == "returned")
        }
    }
}
