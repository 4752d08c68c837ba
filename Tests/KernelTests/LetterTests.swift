import EngineFixture
import Kernel
import TestOffice
import Testing

/// Numbers that are given when a letter is signed, in the series of its word; and values that no two documents have.
@Suite struct LetterTests {
    private static let contents = RegulationContents(
        clinic, articles: clinicArticles, posts: [nurse, doctor], documents: [Letter.self])

    @Test(arguments: TestEngine.all) func aLetterIsNumberedWhenItIsSigned(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [Self.contents]) { office in
            let clerk = Principal(try await office.hire("clerk", nurse)), chief = Principal(try await office.hire("chief", doctor))
            let desk = office.desk
            func draft(_ code: String, _ word: String) async throws -> Int64 {
                try await desk.take(Letter.draft, input: ["code": .text(code), "word": .text(word)], by: clerk).id
            }
            let drafts = [try await draft("A1", "院发"), try await draft("A2", "院发"), try await draft("A3", "院函")]
            #expect(try await desk.document(drafts[0], by: clerk.person).row.number == nil)
            // In the order of the signatures, and each word by itself.
            #expect(try await desk.take(Letter.sign, on: drafts[1], by: chief).number == "院发〔2026〕1号")
            #expect(try await desk.take(Letter.sign, on: drafts[2], by: chief).number == "院函〔2026〕1号")
            #expect(try await desk.take(Letter.sign, on: drafts[0], by: chief).number == "院发〔2026〕2号")
            // Signed anew, it keeps the number that it has.
            try await desk.take(Letter.reopen, on: drafts[0], by: chief)
            #expect(try await desk.take(Letter.sign, on: drafts[0], by: chief).number == "院发〔2026〕2号")
            let wordless = try await desk.take(Letter.draft, input: ["code": .text("A4")], by: clerk).id
            #expect(try await desk.take(Letter.sign, on: wordless, by: chief).number == nil)
            #expect(try await desk.verify().faults == [])
            try await desk.store.write { _ = try $0.execute("UPDATE serial SET last = 9 WHERE type LIKE '%院函'", []) }
            #expect(try await desk.verify().faults.contains { $0.zh.contains("函件（院函） 2026 年的流水号") })
        }
    }

    @Test(arguments: TestEngine.all) func noTwoLettersHaveOneCode(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [Self.contents]) { office in
            let clerk = Principal(try await office.hire("clerk", nurse)), chief = Principal(try await office.hire("chief", doctor))
            let desk = office.desk
            let first = try await desk.take(Letter.draft, input: ["code": .text("A1"), "word": .text("院发")], by: clerk).id
            let words = Words("编码已登记在另一份函件中，不能重复，请核对", "Another letter has the same code already; check it")
            let refusal = Refusal(article: clinic[2], words: words, faults: [.init(field: "code", words, under: clinic[2])])
            await #expect(throws: refusal) { try await desk.take(Letter.draft, input: ["code": .text("A1")], by: clerk) }
            // Of two that are handed in together, the second.
            var one = Letter(), other = Letter()
            (one.code, other.code) = ("B1", "B1")
            let many = try await desk.takeMany(Letter.draft, [one, other], by: clerk)
            #expect(many.map { (try? $0.get()) != nil } == [true, false])
            // What stays as it is, is not asked; what is withdrawn, is free again.
            try await desk.take(Letter.sign, on: first, by: chief)
            let free = try await desk.take(Letter.draft, input: ["code": .text("C1")], by: clerk).id
            try await desk.handle(.withdraw(document: free, reason: "不用"), by: clerk)
            try await desk.take(Letter.draft, input: ["code": .text("C1")], by: clerk)
        }
    }
}

private struct Letter: Document {
    enum State: String, CaseIterable, Sendable { case drafted, signed }
    static let name = "letter"
    var code = ""
    var word = ""
    init() {}

    static let form = Form<Letter>(
        "函件", "Letter", states: [.drafted: .open("草稿", "Drafted"), .signed: .done("已签发", "Signed")],
        readers: [.post(nurse), .post(doctor)],
        [.text(\.code, "编码", "Code").code().unique(under: clinic[2]), .text(\.word, "机关代字", "Word").code().optional()])
    static let draft = Step<Letter>("draft", "拟稿", "Draft", to: .drafted, by: .post(nurse), under: clinic[1])
    static let sign = Step<Letter>("sign", "签发", "Sign", from: .drafted, to: .signed, by: .post(doctor), under: clinic[2]) { letter, act in
        act.number(letter.word)
    }
    static let reopen = Step<Letter>(
        "reopen", "退回修改", "Reopen", from: .signed, to: .drafted, by: .post(doctor), under: clinic[2], isOptional: true)
    static let steps = [draft, sign, reopen]
}
