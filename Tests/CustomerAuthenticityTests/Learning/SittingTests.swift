import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// A test being sat: by whom, on what paper, until when (第九条, 第十条).
@Suite struct SittingTests {
    @Test(.demand(authenticity[10], 1), .demand(authenticity[9], 1), arguments: TestEngine.all)
    func whoHasAttendedAndPassesIsQualified(engine: TestEngine) async throws {
        try await LearningOffice.with(engine) { learning in
            let sheet = try await learning.sit(right: 4)
            let found = try await learning.found(sheet), agent = try await learning.agent()
            #expect(found.state == .handedIn && found.value.result == .passed && found.value.points == 80 && found.value.total == 100)
            let today = learning.office.now.day
            #expect(agent.state == .qualified && agent.value.testedOn == today && agent.value.qualifiedUntil == today.adding(months: 12))
            #expect(agent.value.trainingHours == 2 && agent.value.attended[0].usedFor == ID(sheet))
            #expect(try await learning.submit("T1", sequence: 1).state == "accepted")
            let again = await #expect(throws: Refusal.self) { _ = try await learning.begin() }
            #expect(again?.words.zh == "您已通过本次测试，不必再考")
            // It ends by itself.
            learning.office.move(to: .startOfDay(today.adding(months: 12).adding(days: 1)).adding(seconds: 1))
            try await learning.desk.runJobs()
            #expect(try await learning.agent().state == .registered)
        }
    }

    @Test(.demand(authenticity[10], 1)) func whoFailsSellsNothing() async throws {
        try await LearningOffice.with { learning in
            let sheet = try await learning.sit(right: 3)
            #expect(try await learning.sheet(sheet).result == .failed)
            #expect(try await learning.agent().state == .registered)
            #expect(try await learning.submit("T1", sequence: 1).refusal?.article == authenticity[10])
        }
    }

    @Test(.article(authenticity[9]), arguments: [0, 1]) func twoHoursComeFirst(hours: Int) async throws {
        try await LearningOffice.with(hours: hours) { learning in
            // Hours of another subject are kept apart.
            let law = try await LearningOffice.course(learning.insurer, subject: "law")
            try await LearningOffice.attend([learning.agent], course: law, learning.insurer)
            let refusal = await #expect(throws: Refusal.self) { _ = try await learning.begin() }
            #expect(refusal?.article == authenticity[9])
            #expect(refusal?.words.zh == "培训不少于 2 个课时方可参加测试，您现有 \(hours) 个课时，请先参加培训")
        }
    }

    @Test(.article(authenticity[10])) func hoursThatAreTooOldDoNotCount() async throws {
        try await LearningOffice.with { learning in
            learning.office.move(to: .startOfDay(learning.office.now.day.adding(months: 12).adding(days: 1)))
            let test = try await LearningOffice.arrange(learning.paper, learning.insurer)
            let refusal = await #expect(throws: Refusal.self) { _ = try await learning.begin(test: test) }
            #expect(refusal?.words.zh.contains("您现有 0 个课时") == true)
        }
    }

    @Test(.article(authenticity[10]), arguments: TestEngine.all)
    func aSheetIsOnePersonsAndIsTheSameWhereverItIsResumed(engine: TestEngine) async throws {
        try await LearningOffice.with(engine) { learning in
            let sheet = try await learning.begin()
            let paper = try await learning.sheet(sheet)
            let second = await #expect(throws: Refusal.self) { _ = try await learning.begin() }
            #expect(second?.words.zh == "您有一份答卷尚未交卷，请继续作答")
            try await learning.save(sheet, 1, "2")
            learning.office.move(to: learning.office.now.adding(seconds: 600))
            let resumed = try await learning.sheet(sheet)
            #expect(resumed.questions == paper.questions && resumed.items.map(\.order) == paper.items.map(\.order))
            #expect(resumed.items[0].chosen == [2] && resumed.endsAt == paper.endsAt, "the clock ran on")
            // Nobody else answers it, whoever stands in for the person elsewhere.
            let (other, _) = try await LearningOffice.hire("seller2", "A6", learning.insurer)
            await #expect(throws: DeskError.absent) { try await learning.save(sheet, 2, "1", by: other) }
            await #expect(throws: DeskError.self) { try await learning.save(sheet, 2, "1", by: learning.insurer.trainer) }
            try await learning.desk.handle(
                .delegate(to: other.person, from: learning.office.now, until: learning.office.now.adding(days: 1), reason: "外出"),
                by: learning.seller)
            let delegate = Principal(other.person, onBehalfOf: learning.seller.person)
            let refusal = await #expect(throws: Refusal.self) { try await learning.save(sheet, 2, "1", by: delegate) }
            #expect(refusal?.words.zh == "答卷只能由应试人本人作答")
        }
    }

    @Test(.article(authenticity[9]), arguments: TestEngine.all)
    func twoWindowsDoNotOverwriteEachOther(engine: TestEngine) async throws {
        try await LearningOffice.with(engine) { learning in
            let sheet = try await learning.begin()
            // Both windows were opened with nothing answered.
            try await learning.save(sheet, 1, "2")
            await #expect(throws: DeskError.conflict(AnswerSheet.savedElsewhere(1))) { try await learning.save(sheet, 1, "3") }
            #expect(try await learning.sheet(sheet).items[0].chosen == [2])
            try await learning.save(sheet, 1, "2")
            try await learning.save(sheet, 1, "3", shown: "2")
            #expect(try await learning.sheet(sheet).items[0].chosen == [3])
            await #expect(throws: DeskError.self) { try await learning.save(sheet, 2, "9") }
            await #expect(throws: DeskError.self) { try await learning.save(sheet, 6, "1") }
            try await learning.desk.take(AnswerSheet.handIn, on: sheet, by: learning.seller)
            // The other window still shows the paper that is handed in.
            await #expect(throws: DeskError.self) { try await learning.save(sheet, 2, "1") }
            let next = try await learning.begin()
            #expect(next != sheet)
            try await learning.save(next, 2, "1")
            #expect(try await learning.sheet(sheet).items[1].chosen.isEmpty, "nor does it answer the next one's")
        }
    }

    /// The connection lost in the last minute is not nought.
    @Test(.article(authenticity[10]), arguments: TestEngine.all)
    func whatIsSavedWhenTheTimeIsOverIsHandedIn(engine: TestEngine) async throws {
        try await LearningOffice.with(engine) { learning in
            let sheet = try await learning.begin(), start = learning.office.now
            try await learning.answer(sheet, right: 4)
            learning.office.move(to: start.adding(seconds: 30 * 60))
            let late = await #expect(throws: Refusal.self) { try await learning.save(sheet, 5, "1", shown: "2") }
            #expect(late?.words.zh == "答题时间已到，此前保存的答案有效，现已不能再答")
            #expect(try await learning.found(sheet).state == .open, "nobody was there")
            learning.office.move(to: start.adding(seconds: 30 * 60 + 5))
            try await learning.desk.runJobs()
            let found = try await learning.found(sheet)
            #expect(found.state == .handedIn && found.value.result == .passed && found.value.points == 80)
            #expect(found.value.handedInAt == start.adding(seconds: 30 * 60), "when it ended, not when somebody looked")
            #expect(try await learning.agent().state == .qualified)
            #expect(try await learning.desk.todo(of: learning.seller.person).notices.contains { $0.words.zh.hasPrefix("答题时间已到") })
        }
    }

    @Test(.article(authenticity[10])) func oneMillisecondBeforeTheEndIsInTime() async throws {
        try await LearningOffice.with { learning in
            let sheet = try await learning.begin()
            let end = try #require(try await learning.sheet(sheet).endsAt)
            learning.office.move(to: end.adding(milliseconds: -1))
            try await learning.save(sheet, 1, "1")
            learning.office.move(to: end)
            await #expect(throws: Refusal.self) { try await learning.save(sheet, 2, "1") }
            // Handed in by hand a moment later: what was saved, at the end of the time.
            learning.office.move(to: end.adding(seconds: 1))
            try await learning.desk.take(AnswerSheet.handIn, on: sheet, by: learning.seller)
            #expect(try await learning.sheet(sheet).handedInAt == end)
        }
    }

    @Test(.article(authenticity[10])) func theTestsEndIsTheSheetsEnd() async throws {
        try await LearningOffice.with { learning in
            let closes = learning.office.now.adding(seconds: 600)
            let test = try await learning.desk.take(
                SellerTest.arrange,
                input: [
                    "testTitle": .text("短测试"), "paper": .whole(learning.paper), "opensAt": .text(learning.office.now.description),
                    "closesAt": .text(closes.description),
                ], by: learning.insurer.trainer
            ).id
            let sheet = try await learning.begin(test: test)
            #expect(try await learning.sheet(sheet).endsAt == closes)
        }
    }

    @Test(.article(authenticity[10]), arguments: TestEngine.all)
    func aRetakeDrawsOtherQuestionsAndAfterTwoFailuresOneWaitsAndIsTrained(engine: TestEngine) async throws {
        try await LearningOffice.with(engine) { learning in
            let first = try await learning.sit(right: 0), second = try await learning.sit(right: 1)
            let (seen, drawn) = (try await learning.sheet(first), try await learning.sheet(second))
            let contacts = { (sheet: AnswerSheet) in Set(sheet.items.map(\.first)) }
            #expect(contacts(seen).isDisjoint(with: contacts(drawn)), "four and six are enough for two papers")
            let waits = await #expect(throws: Refusal.self) { _ = try await learning.begin() }
            #expect(waits?.words.zh == "连续 2 次未通过，\(learning.office.now.day.adding(days: 7)) 起方可再次参加，其间请重新参加培训")
            learning.office.move(hours: 24 * 7)
            let untrained = await #expect(throws: Refusal.self) { _ = try await learning.begin() }
            #expect(untrained?.article == authenticity[9] && untrained?.words.zh.contains("重新培训不少于 2 个课时") == true)
            try await LearningOffice.attend([learning.agent], course: learning.course, learning.insurer)
            try await learning.sit(right: 5)
            #expect(try await learning.agent().state == .qualified)
        }
    }

    @Test(.article(authenticity[10])) func whoMayNotSitIsTold() async throws {
        try await LearningOffice.with { learning in
            let (insurer, desk) = (learning.insurer, learning.desk)
            func begin(_ says: String, by principal: Principal? = nil, test: Int64? = nil) async {
                let refusal = await #expect(throws: Refusal.self) { _ = try await learning.begin(by: principal, test: test) }
                #expect(refusal?.words.zh.hasPrefix(says) == true, "\(refusal?.words.zh ?? "")")
            }
            let banks = try await LearningOffice.arrange(learning.paper, insurer, channels: "bancassurance")
            await begin("该测试不对您所在的渠道开放", test: banks)
            let nobody = Principal(try await insurer.office.hire("nobody", .seller))
            await begin("您的账号未对应业务员档案", by: nobody)
            let (unlicensed, agent) = try await LearningOffice.hire(
                "unlicensed", "A7", insurer, more: ["licenceNo": .text(""), "grade": .text(""), "registeredOn": .text("")])
            try await LearningOffice.attend([agent], course: learning.course, insurer)
            await begin("您的执业登记编号和等级尚未登记", by: unlicensed)
            await #expect(throws: DeskError.self) { _ = try await learning.begin(by: insurer.trainer) }
            learning.office.move(hours: 24 * 61)
            await begin("该测试现在不开放")
            try await desk.runJobs()
            #expect(try await desk.load([ID<SellerTest>(learning.test)])[0].state == .closed)
        }
    }

    @Test(.demand(authenticity[9], 2)) func regularTestsFallDueByThemselves() async throws {
        try await LearningOffice.with { learning in
            let (insurer, desk) = (learning.insurer, learning.desk)
            learning.office.move(to: Moment(Day(iso: "2026-07-01")!, hour: 9)!)
            try await desk.runJobs()
            let due = try await desk.all(SellerTest.self).filter { $0.state == .planned }
            #expect(due.map(\.value.firstDay) == [Day(iso: "2026-07-01")!] && due[0].value.lastDay == Day(iso: "2026-12-31")!)
            #expect(try await desk.todo(of: insurer.trainer.person).items.contains { $0.row.id == due[0].id.raw })
            let past: [String: JSONValue] = [
                "testTitle": .text("下半年测试"), "paper": .whole(learning.paper), "opensAt": .text("2026-07-02T09:00:00+08:00"),
                "closesAt": .text("2026-07-01T08:00:00+08:00"),
            ]
            let refusal = await #expect(throws: Refusal.self) {
                try await desk.take(SellerTest.schedule, on: due[0].id.raw, input: past, by: insurer.trainer)
            }
            #expect(refusal?.words.zh == "截止时间须晚于开放时间和现在")
            try await desk.take(
                SellerTest.schedule, on: due[0].id.raw,
                input: past.merging(["closesAt": .text("2026-07-31T18:00:00+08:00")]) { $1 }, by: insurer.trainer)
            let test = try await desk.load([due[0].id])[0]
            #expect(test.state == .scheduled && test.value.mark == 80 && test.value.total == 100 && test.value.questions == 5)
            // One that nobody schedules is overdue with compliance.
            learning.office.move(to: Moment(Day(iso: "2027-02-01")!, hour: 9)!)
            try await desk.runJobs()
            learning.office.move(to: Moment(Day(iso: "2027-07-01")!, hour: 9)!)
            try await desk.runJobs()
            #expect(try await desk.todo(of: insurer.compliance.person).notices.contains { $0.words.zh.contains("安排专项测试已逾期") })
        }
    }
}
