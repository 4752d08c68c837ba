import ArticleProof
import DrugQuality
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

@Suite struct ChainTests {
    /// `F` failed, `G` good, `-` not judged, `x` not counted.
    private func places(_ sequence: String, consecutive: Int = 2) -> [Int64] {
        let states: [Character: FeedbackRecord.State] = ["F": .failed, "G": .good, "-": .pending, "x": .excused]
        let links = sequence.enumerated().compactMap { index, letter in
            states[letter].map { FeedbackChain.Link(id: Int64(index + 1), obligedAt: TestOffice.start.adding(hours: index), state: $0) }
        }
        // In whatever order they were entered.
        return FeedbackChain.entries(of: links.reversed(), consecutive: consecutive).map(\.id)
    }

    @Test(.demand(drugQuality[9], 2)) func twoInARowAndNothingElse() {
        #expect(places("FF") == [2])
        #expect(places("FGF") == [])
        #expect(places("FGFF") == [4])
        // After an entry the count begins anew: the third alone proposes nothing, the fourth does.
        #expect(places("FFF") == [2])
        #expect(places("FFFF") == [2, 4])
        // Withdrawn, duplicate: not in the sequence.
        #expect(places("FxF") == [3])
        // Not judged: the sequence waits.
        #expect(places("F-F") == [])
        #expect(places("FF-F") == [2])
        #expect(places("F", consecutive: 1) == [1])
    }

    /// As a person counts: along the line, crossing out what has been used.
    private func counted(_ states: [FeedbackRecord.State]) -> Int {
        var (entries, run) = (0, 0)
        for state in states.prefix(while: { $0 != .pending }) where state != .excused {
            run = state == .failed ? run + 1 : 0
            if run == 2 { (entries, run) = (entries + 1, 0) }
        }
        return entries
    }

    @Test(.demand(drugQuality[9], 2)) func manySequencesAreCountedAsAPersonCounts() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let states = (0..<40).map { _ in [FeedbackRecord.State.good, .failed, .failed, .excused].randomElement(using: &random) ?? .good
            }
            let links = states.enumerated().map { index, state in
                FeedbackChain.Link(id: Int64(index), obligedAt: TestOffice.start.adding(hours: index / 2), state: state)
            }
            #expect(FeedbackChain.entries(of: links.shuffled(), consecutive: 2).count == counted(states), "\(states)")
        }
    }

    private func late(_ trader: Trader, known: Int, by principal: Principal? = nil) async throws {
        let id = try await trader.report(known: known, by: principal)
        // Judged right, so that being late is all that is wrong with it.
        try await trader.analyse(id)
    }

    private func entries(_ trader: Trader) async throws -> [DocumentRow] {
        var query = RegisterQuery()
        query.sort = .oldest
        return try await trader.desk.register("appraisal-entry", query, by: trader.qualityHead.person).rows
    }

    @Test(.demand(drugQuality[9], 1, 3), arguments: TestEngine.all)
    func theSecondInARowIsProposedInTheQuarterOfItsObligation(engine: TestEngine) async throws {
        // 2026-01-02 08:00, known two days and more before: due in the old year.
        try await Trader.with(engine, at: Moment(Day(iso: "2026-01-02")!, hour: 8)!) { trader in
            try await late(trader, known: 80)
            #expect(try await entries(trader).isEmpty)
            try await late(trader, known: 70)
            let entry = try #require(try await entries(trader).first)
            #expect(entry.state == "proposed" && entry.values["quarter"] == .text("2025Q4"))
            #expect(entry.values["person"] == .whole(trader.seller.person.raw))
            #expect(try await trader.told(trader.seller).contains { $0.contains("拟列入2025Q4") })
            // The third alone proposes nothing.
            try await late(trader, known: 60)
            #expect(try await entries(trader).count == 1)
        }
    }

    @Test(.demand(drugQuality[9], 1), arguments: TestEngine.all)
    func theOrderIsThatOfObligationAndAGoodOneResetsIt(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            try await late(trader, known: 90)
            try await late(trader, known: 50)
            #expect(try await entries(trader).map(\.state) == ["proposed"])
            // Entered last, due in between, and rightly so: known 70 hours ago, and reported ten hours after.
            let between = trader.office.now
            _ = between
            try await trader.desk.take(
                FeedbackRecord.findUnreported,
                input: [
                    "person": .whole(trader.keeper.person.raw), "knownAt": .text(trader.office.now.adding(hours: -70).description),
                    "basis": .text("温湿度超标未报"),
                ], by: trader.qualityHead)
            // Somebody else's failure is not in the sequence.
            #expect(try await entries(trader).count == 1)
            try await late(trader, known: 30, by: trader.keeper)
            #expect(try await entries(trader).count == 2)
        }
    }

    @Test(.demand(drugQuality[9], 1), arguments: TestEngine.all)
    func lateAndReturnedThreeTimesIsOneFailure(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            let id = try await trader.report(known: 30)
            for _ in 0..<3 {
                await #expect(throws: (any Error).self) {
                    try await trader.desk.take(QualityItem.returnWrong, on: id, input: ["wrongField": .text("批号")], by: trader.officer)
                }
                try await trader.desk.take(
                    QualityItem.returnWrong, on: id, input: ["wrongField": .text("批号"), "rightValue": .text("20230501")], by: trader.officer
                )
                try await trader.desk.take(QualityItem.correct, on: id, input: ["subject": .text("更正后")], by: trader.seller)
            }
            #expect(try await entries(trader).isEmpty)
            #expect(try await trader.value(id, "returns") == .whole(3))
            #expect(try await trader.value(id, "updates")?.list.count == 3)
            // New knowledge a week later is no failure.
            let good = try await trader.report(known: 1)
            try await trader.analyse(good)
            try await trader.desk.take(QualityItem.update, on: good, input: ["news": .text("检验结果不同")], by: trader.officer)
            let records = try await trader.desk.register("feedback-record", RegisterQuery(), by: trader.officer.person).rows
            #expect(Set(records.map(\.state)) == ["failed", "good"])
        }
    }

    @Test(.demand(drugQuality[9], 1), arguments: TestEngine.all)
    func whatIsReturnedAsInaccurateIsAFailureOfWhoeverReportedIt(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            func returned(known: Int, by reporter: Principal) async throws {
                let id = try await trader.report(known: known, by: reporter)
                try await trader.desk.take(
                    QualityItem.returnWrong, on: id, input: ["wrongField": .text("批号"), "rightValue": .text("20230501")], by: trader.officer
                )
            }
            try await returned(known: 3, by: trader.seller)
            try await returned(known: 2, by: trader.keeper)
            // In time, and yet a failure; one of each is none in a row.
            let records = try await trader.desk.register("feedback-record", RegisterQuery(), by: trader.officer.person).rows
            #expect(records.map(\.state) == ["failed", "failed"])
            #expect(!records.contains { $0.values["isLate"] == .flag(true) })
            #expect(try await entries(trader).isEmpty)
            try await returned(known: 1, by: trader.seller)
            #expect(try await entries(trader).map { $0.values["person"] } == [.whole(trader.seller.person.raw)])
        }
    }

    @Test(.demand(drugQuality[9], 2, 3), arguments: TestEngine.all)
    func aCorrectionLaterCountsAnewAndReopensWhatWasConfirmed(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            try await late(trader, known: 90)
            let middle = try await trader.report(known: 1)
            try await trader.analyse(middle)
            trader.office.move(hours: 60)
            try await late(trader, known: 30)
            // F G F: nothing. The one in between is found inaccurate: F F F, and the second proposes.
            #expect(try await entries(trader).isEmpty)
            let record = try #require(try await trader.value(middle, "record")?.whole)
            try await trader.desk.take(
                FeedbackRecord.findInaccurate, on: record, input: ["basis": .text("批号有误，应为20230501")], by: trader.qualityHead)
            let entry = try #require(try await entries(trader).first)
            #expect(entry.state == "proposed" && entry.values["cause"] == .whole(record))
            // It cannot be confirmed before the person was heard.
            await #expect(throws: Refusal.self) { try await confirm(entry.id, trader) }
            try await trader.desk.take(AppraisalEntry.agree, on: entry.id, by: trader.seller)
            try await confirm(entry.id, trader)
            // The first turns out a duplicate: what was confirmed is reopened, not changed in silence.
            var query = RegisterQuery()
            query.sort = .oldest
            let items = try await trader.desk.register("quality-item", query, by: trader.officer.person).rows
            try await trader.desk.take(QualityItem.merge, on: items[0].id, input: ["main": .whole(items[2].id)], by: trader.officer)
            #expect(try await trader.view(entry.id, by: trader.qualityHead).row.state == "reopened")
            #expect(try await trader.told(trader.seller).contains { $0.contains("依据有变") })
        }
    }

    private func confirm(_ entry: Int64, _ trader: Trader, by principal: Principal? = nil) async throws {
        try await trader.desk.take(
            AppraisalEntry.confirm, on: entry, input: ["penalty": .text("扣2分")], by: principal ?? trader.qualityHead)
    }

    @Test(.demand(drugQuality[9], 3), arguments: TestEngine.all)
    func theContestComesBeforeTheConfirmationAndAWonOneIsASuccess(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            try await late(trader, known: 90)
            try await late(trader, known: 60)
            let entry = try #require(try await entries(trader).first)
            await #expect(throws: DeskError.self) {
                try await trader.desk.take(AppraisalEntry.contest, on: entry.id, input: ["contest": .text("停电")], by: trader.keeper)
            }
            try await trader.desk.take(AppraisalEntry.contest, on: entry.id, input: ["contest": .text("当日停电，有记录")], by: trader.seller)
            await #expect(throws: DeskError.self) { try await confirm(entry.id, trader) }
            try await trader.desk.take(AppraisalEntry.overturn, on: entry.id, input: ["answer": .text("情况属实")], by: trader.qualityHead)
            // F and then G: the next failure is the first of a new count.
            try await late(trader, known: 40)
            #expect(try await entries(trader).map(\.state) == ["overturned"])
            try await late(trader, known: 30)
            #expect(try await entries(trader).map(\.state) == ["overturned", "proposed"])
            #expect(try await trader.desk.verify().isClean)
        }
    }

    @Test(.article(drugQuality[9]), arguments: TestEngine.all)
    func theQualityDepartmentsOwnAreTheManagersToJudge(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            for hours in [90, 60] {
                let id = try await trader.report(known: hours, by: trader.officer)
                try await trader.analyse(id, by: trader.secondOfficer)
            }
            let entry = try #require(try await entries(trader).first)
            try await trader.desk.take(AppraisalEntry.agree, on: entry.id, by: trader.officer)
            let refusal = await #expect(throws: Refusal.self) { try await confirm(entry.id, trader) }
            #expect(refusal?.words.zh == "质量管理部人员的失误由企业经理认定")
            try await confirm(entry.id, trader, by: trader.manager)
        }
    }

    @Test(.demand(drugQuality[9], 4), arguments: TestEngine.all)
    func theSheetOfTheQuarterListsThem(engine: TestEngine) async throws {
        try await Trader.with(engine, at: Moment(Day(iso: "2026-03-30")!, hour: 9)!) { trader in
            try await late(trader, known: 90)
            try await late(trader, known: 60)
            trader.office.move(to: Moment(Day(iso: "2026-04-01")!, hour: 1)!)
            try await trader.desk.runJobs()
            let sheet = try #require(
                try await trader.desk.register("appraisal-sheet", RegisterQuery(), by: trader.officer.person).rows.first)
            #expect(sheet.values["quarter"] == .text("2026Q1") && sheet.values["rows"]?.list.count == 1)
            let refusal = await #expect(throws: Refusal.self) {
                try await trader.desk.take(AppraisalSheet.issue, on: sheet.id, by: trader.qualityHead)
            }
            #expect(refusal?.words.zh.contains("还有 1 条") == true)
            let entry = try #require(try await entries(trader).first)
            try await trader.desk.take(AppraisalEntry.agree, on: entry.id, by: trader.seller)
            try await confirm(entry.id, trader)
            try await trader.desk.take(AppraisalSheet.issue, on: sheet.id, by: trader.qualityHead)
            let row = try #require(try await trader.view(sheet.id).row.values["rows"]?.list.first)
            #expect(row["penalty"] == .text("扣2分") && row["words"] == .text("已确认"))
        }
    }
}

extension Trader {
    func view(_ id: Int64, by principal: Principal) async throws -> DocumentView { try await desk.document(id, by: principal.person) }
}
