import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// A form comes back once with all that is wrong with it.
@Suite struct ToldAtOnceTests {
    private static func offices(_ name: String) -> JSONValue {
        .list([.record([.init("office", .text(name)), .init("address", .text("体育西路1号"))])])
    }

    @Test(.article(authenticity[15]), arguments: TestEngine.all)
    func channelsAreToldAllThatIsWrong(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let right: [String: JSONValue] = [
                "hotLine": .text("95500"), "hours": .text("每日 8:00-20:00"), "webSite": .text("www.example.com"),
                "offices": Self.offices("天河柜面"),
            ]
            func draft(_ fields: [String: JSONValue]) async throws {
                try await insurer.desk.take(QueryChannels.draft, input: right.merging(fields) { $1 }, by: insurer.service)
            }
            let wrong = [
                WrongField("hotLine", .text("95500 或 95501"), "热线只能填一个电话号码", under: authenticity[15]),
                WrongField(
                    "webSite", .text("www.example.com/query"), "查询网站只写一个域名，不带协议和路径，如 www.example.com", under: authenticity[15]),
                WrongField(
                    "offices", Self.offices(String(repeating: "天河", count: 11)), "首个网点写入每一通知，名称不超过20字", under: authenticity[15]),
            ]
            await expectToldAtOnce(wrong) { try await draft($0) }
            try await draft([:])
        }
    }

    @Test(.article(authenticity[13])) func ofTheEvidenceEachThingThatIsMissingIsNamed() async throws {
        try await InsurerOffice.with { insurer in
            let item = try await ChaseTests.investigated(insurer)
            func complete(_ fields: [String: JSONValue]) async throws {
                try await insurer.take("evidence", item, fields, by: insurer.backOffice)
            }
            let empty = await #expect(throws: DeskError.self) { try await complete([:]) }
            guard case .invalid(let faults)? = empty else {
                Issue.record("what is missing is not told")
                return
            }
            #expect(faults.map(\.field) == ["report", "evidence", "isSignedByCustomer"])
            // With the papers attached only the signature is missing, and is named.
            let proof = try await insurer.desk.keep(file: "声明.txt", content: Array("属实".utf8), by: insurer.backOffice)
            let papers: [String: JSONValue] = ["report": .text("已核对"), "evidence": .list([proof.stored])]
            let unsigned = await #expect(throws: Refusal.self) { try await complete(papers) }
            #expect(unsigned?.faults.map(\.field) == ["isSignedByCustomer"] && unsigned?.words.zh.contains("证明材料") == false)
            try await complete(papers.merging(["isSignedByCustomer": .flag(true)]) { $1 })
        }
    }

    @Test(.article(authenticity[21]), arguments: TestEngine.all)
    func aConsentIsToldAllThatIsWrong(engine: TestEngine) async throws {
        try await QueryHouse.with(engine) { house in
            let paper = try await house.desk.keep(file: "同意书.pdf", content: [9], by: house.clerk)
            let now = house.office.now
            let right: [String: JSONValue] = [
                "policyNo": .text("PQ001"), "grantorName": .text(QueryHouse.name), "grantorNumber": .text(QueryHouse.number),
                "partyName": .text("周律师"), "partyNumber": .text(IntakeFile.number(birth: "19770707", sequence: 61)),
                "partyPhone": .text("13566667777"), "purpose": .text("代办理赔"), "scopes": .text("claims"),
                "until": now.adding(days: 10).stored, "evidence": .list([paper.stored]),
            ]
            func record(_ fields: [String: JSONValue]) async throws {
                try await house.desk.take(QueryConsent.record, input: right.merging(fields) { $1 }, by: house.clerk)
            }
            let wrong = [
                WrongField("evidence", .list([]), "请附上本人签名的同意书", under: authenticity[21]),
                WrongField("until", now.adding(days: -1).stored, "同意的截止时间已过，请重新填写", under: authenticity[21]),
                WrongField("partyNumber", .text(QueryHouse.number), "第三方就是本人，无需同意", under: authenticity[21]),
            ]
            await expectToldAtOnce(wrong) { try await record($0) }
            try await record([:])
        }
    }
}
