import EngineFixture
import Kernel
import Store
import TestOffice
import Testing

/// 样品: what a check opens.
private struct Sample: Document {
    enum State: String, CaseIterable, Sendable { case kept }
    static let name = "sample"
    var mark = ""
    init() {}

    static let form = Form<Sample>(
        "样品", "Sample", number: "样品", states: [.kept: .open("在库", "Kept")], readers: [.post(doctor)], [.text(\.mark, "标记", "Mark")])
    static let keep = Step<Sample>("keep", "入库", "Keep", to: .kept, by: .post(nurse), under: clinic[1])
    static let steps = [keep]
}

/// 检查: opens its sample, and tells who asked for it.
private struct Check: Document {
    enum State: String, CaseIterable, Sendable { case asked, done }
    static let name = "check"
    /// Its rule looks for what it has just made.
    static let made = "另制"
    var sample = ID<Sample>.none
    var amount = 0
    var result = ""
    init() {}

    static let form = Form<Check>(
        "检查", "Check", number: "检查", states: [.asked: .open("待检", "Asked"), .done: .done("已检", "Done")], readers: [.post(doctor)],
        [
            .reference(\.sample, "样品", "Sample"), .whole(\.amount, "数量", "Amount", in: 1...1000),
            .text(\.result, "结论", "Result").onceFilled(),
        ])
    static let ask = Step<Check>(
        "ask", "送检", "Ask", to: .asked, by: .post(nurse), under: clinic[1], fields: [\.sample, \.amount])
    static let carryOut = Step<Check>(
        "carry out", "检验", "Carry out", from: .asked, to: .done, by: .post(doctor), under: clinic[2], fields: [\.result]
    ) { check, act in
        try act.require(check.amount <= 100, "数量超过 100，请分批送检", "More than 100; send it in parts")
        _ = try act.open(check.sample)
        act.notify(.requester, "已检", "Checked")
        if check.result == made {
            try act.create(Sample(), by: Sample.keep)
            _ = try act.all(Sample.self, in: .kept, createdBy: act.today)
        }
    }
    static let steps = [ask, carryOut]
}

/// What would become of a step on a document that is there, with what a form holds: nothing of it stands.
@Suite struct RehearsalTests {
    private static let contents = RegulationContents(
        clinic, articles: clinicArticles, posts: [nurse, doctor], documents: [Sample.self, Check.self])

    private static func with(
        _ engine: TestEngine, _ body: (TestOffice, _ asker: Principal, _ checker: Principal) async throws -> Void
    ) async throws {
        try await TestOffice.with(engine, [contents]) { office in
            try await body(office, Principal(try await office.hire("asker", nurse)), Principal(try await office.hire("checker", doctor)))
        }
    }

    private static func check(_ amount: Int, _ office: TestOffice, by asker: Principal) async throws -> (check: Int64, sample: Int64) {
        let sample = try await office.desk.take(Sample.keep, input: ["mark": .text("甲")], by: asker).id
        let input: [String: JSONValue] = ["sample": .whole(sample), "amount": .whole(Int64(amount))]
        return (try await office.desk.take(Check.ask, input: input, by: asker).id, sample)
    }

    private static func rows(_ office: TestOffice) async throws -> [Int64] {
        let tables = ["entry", "notice", "document", "task", "taken", "deadline", "serial", "request", "reading_alarm"]
        return try await office.desk.store.read { session in try tables.map { try session.count("SELECT count(*) FROM \($0)") } }
    }

    @Test(arguments: TestEngine.all) func aFormIsJudgedAndNothingStands(engine: TestEngine) async throws {
        try await Self.with(engine) { office, asker, checker in
            let desk = office.desk
            let few = try await Self.check(5, office, by: asker).check, many = try await Self.check(500, office, by: asker).check
            let stranger = Principal(try await office.hire("stranger")), before = try await Self.rows(office)
            func told(_ id: Int64, _ result: String?, by principal: Principal) async throws -> Result<Desk.Taken, any Error> {
                let input: [String: JSONValue] = result.map { ["result": .text($0)] } ?? [:]
                return try await desk.dryRun("carry out", of: "check", on: id, input: input, by: principal)
            }
            for result in ["合格", Check.made] { #expect(try await told(few, result, by: checker).get().state == "done") }
            let refused = try await told(many, "合格", by: checker)
            let words = Words("数量超过 100，请分批送检", "More than 100; send it in parts")
            #expect(throws: Refusal(article: clinic[2], words: words)) { _ = try refused.get() }
            let empty = try await told(few, nil, by: checker)
            let fault = Refusal.Fault(field: "result", Words("请填写结论", "Enter result"))
            #expect(throws: DeskError.invalid([fault])) { _ = try empty.get() }
            // By the same rights: whose step it is not is told so, and who may not know of it is told nothing.
            let others = try await told(few, "合格", by: asker)
            #expect(throws: DeskError.self) { _ = try others.get() }
            await #expect(throws: DeskError.absent) { _ = try await told(few, "合格", by: stranger) }
            let after = try await Self.rows(office)
            #expect(after == before, "nothing is written, not even that somebody tried")
            #expect(try await desk.document(few, by: checker.person).row.state == "asked")
            #expect(try await desk.take(Check.carryOut, on: few, input: ["result": .text("合格")], by: checker).state == "done")
            #expect(try await desk.verify().isClean)
        }
    }

    /// Of two documents an hour nobody has read one who only asked what would become of a step.
    @Test(arguments: TestEngine.all) func whatItOpensCountsAsReadByNobody(engine: TestEngine) async throws {
        try await Self.with(engine) { office, asker, checker in
            let desk = office.desk
            try await desk.administer(.setReadingLimit(1), by: .system)
            for result in ["合格", Check.made] {
                for _ in 0..<2 {
                    let check = try await Self.check(5, office, by: asker).check
                    let told = try await desk.dryRun(
                        "carry out", of: "check", on: check, input: ["result": .text(result)], by: checker)
                    #expect(try told.get().state == "done")
                }
            }
            let other = try await Self.check(5, office, by: asker)
            #expect(try await desk.document(other.sample, by: checker.person, revealing: "核对样品").row.id == other.sample)
            // The step itself reads: the limit is reached with the sample that was opened.
            let next = try await Self.check(5, office, by: asker).check
            await #expect(throws: DeskError.self) {
                try await desk.take(Check.carryOut, on: next, input: ["result": .text("合格")], by: checker)
            }
        }
    }
}
