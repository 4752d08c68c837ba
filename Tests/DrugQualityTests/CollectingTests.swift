import ArticleProof
import DrugQuality
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

@Suite struct CollectingTests {
    @Test(.demand(drugQuality[5], 2), arguments: TestEngine.all)
    func statisticsFallDuePerDepartmentAndMonth(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            trader.office.move(to: Moment(Day(iso: "2026-02-02")!, hour: 1)!)
            for _ in 0..<2 { try await trader.desk.runJobs() }
            var query = RegisterQuery()
            query.unit = trader.salesUnit
            let due = try await trader.desk.register("statistics-return", query, by: trader.officer.person).rows
            #expect(due.map { $0.values["period"] } == [.text("2026-01")])
            #expect(try await trader.tray(of: trader.salesHead).contains(due[0].id))
            func submit(_ refused: Int64) async throws {
                try await trader.desk.take(
                    StatisticsReturn.submit, on: due[0].id,
                    input: [
                        "received": .whole(10), "refused": .whole(refused), "unfit": .whole(1), "complaints": .whole(2),
                        "returns": .whole(0),
                    ], by: trader.salesHead)
            }
            await #expect(throws: Refusal.self) { try await submit(10) }
            try await submit(2)
            try await trader.desk.take(StatisticsReturn.receive, on: due[0].id, by: trader.officer)
            // In time and right: it stands in the sequence of whoever submitted it.
            func record() async throws -> String? {
                guard let record = try await trader.value(due[0].id, "record")?.whole else { return nil }
                return try await trader.view(record).row.state
            }
            #expect(try await record() == "good")
            // The figures of the month are counted too, and nobody writes them.
            let figures = try await trader.desk.register("quality-figures", query, by: trader.officer.person).rows
            #expect(figures.count == 1)
        }
    }

    @Test(.demand(drugQuality[5], 3), .demand(drugQuality[2], 1), arguments: TestEngine.all)
    func pointsOfAMeetingBecomeItems(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            func minute() async throws -> Int64 {
                let point: JSONValue = .record([
                    .init("subject", .text("冷藏车超温")), .init("stage", .text("transfer")), .init("decision", .text("查明原因")),
                ])
                return try await trader.desk.take(
                    QualityMeeting.minute,
                    input: [
                        "day": .text(trader.office.now.day.description), "place": .text("会议室"),
                        "chair": .whole(trader.qualityHead.person.raw),
                        "attendees": .list([trader.qualityHead, trader.officer].map { .whole($0.person.raw) }), "points": .list([point]),
                    ], by: trader.officer
                ).id
            }
            let meeting = try await minute()
            await #expect(throws: DeskError.self) { try await trader.desk.take(QualityMeeting.sign, on: meeting, by: trader.manager) }
            try await trader.desk.take(QualityMeeting.sign, on: meeting, by: trader.qualityHead)
            let point = try #require(try await trader.view(meeting).row.values["points"]?.list.first)
            let item = try #require(point["item"].whole)
            #expect(try await trader.tray(of: trader.officer).contains(item))
            #expect(try await trader.value(item, "way") == .text("meeting"))
            #expect(try await trader.value(item, "stage") == .text("transfer"))
            // Nobody reported it: after the feedback the quality department closes it.
            try await trader.analyse(item)
            try await trader.decide(item)
            try await trader.answer(item)
            try await trader.close(item)
            // The next meeting reads what became of it.
            let next = try await minute()
            #expect(try await trader.view(next).row.values["earlier"]?.list.first?["state"] == .text("已归档"))
        }
    }

    @Test(.article(drugQuality[5], drugQuality[9]), arguments: TestEngine.all)
    func statisticsThatComeLateAreAFailureOfWhoeverSubmitsThem(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            trader.office.move(to: Moment(Day(iso: "2026-02-02")!, hour: 1)!)
            for _ in 0..<2 { try await trader.desk.runJobs() }
            var query = RegisterQuery()
            query.unit = trader.salesUnit
            let due = try #require(try await trader.desk.register("statistics-return", query, by: trader.officer.person).rows.first)
            trader.office.move(to: Moment(Day(iso: "2026-03-02")!, hour: 9)!)
            try await trader.desk.take(
                StatisticsReturn.submit, on: due.id,
                input: [
                    "received": .whole(10), "refused": .whole(0), "unfit": .whole(0), "complaints": .whole(0), "returns": .whole(0),
                ], by: trader.salesHead)
            let record = try #require(try await trader.value(due.id, "record")?.whole)
            let view = try await trader.view(record)
            #expect(view.row.state == "failed" && view.row.values["isLate"] == .flag(true))
            #expect(view.row.values["person"] == .whole(trader.salesHead.person.raw))
        }
    }

    private func questionnaire(_ trader: Trader) async throws -> Int64 {
        func question(_ text: String, _ kind: String, _ options: String = "", required: Bool = false, item: Bool = false) -> JSONValue {
            .record([
                .init("text", .text(text)), .init("kind", .text(kind)), .init("options", .text(options)),
                .init("isRequired", .flag(required)),
                .init("becomesItem", .flag(item)),
            ])
        }
        return try await trader.desk.take(
            Questionnaire.make,
            input: [
                "heading": .text("用药服务"), "introduction": .text("请您评价"), "stage": .text("sale"),
                "closesOn": .text(trader.office.now.day.adding(days: 10).description),
                "questions": .list([
                    question("满意吗", "choice", "满意；一般；不满意", required: true), question("药品有何问题", "text", item: true),
                    question("打分", "score"),
                ]),
            ], by: trader.officer
        ).id
    }

    private func submit(_ id: Int64, _ key: String, _ answers: [String], _ trader: Trader) async throws {
        try await trader.desk.take(
            QuestionnaireAnswer.submit, by: .system, in: (trader.office.company, .none)
        ) { document in
            var answer = QuestionnaireAnswer()
            answer.questionnaire = ID(id)
            answer.key = key
            answer.answers = answers.map { text in
                var line = QuestionnaireAnswer.Answer()
                (line.question, line.answer) = ("问", text)
                return line
            }
            document = answer
        }
    }

    @Test(.article(drugQuality[5]), .demand(drugQuality[2], 1), arguments: TestEngine.all)
    func anAnswerCountsOnceAndBecomesAnItem(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            let id = try await questionnaire(trader)
            // Before it is open nobody answers it.
            await #expect(throws: Refusal.self) { try await submit(id, "k0", ["满意", "", ""], trader) }
            try await trader.desk.take(Questionnaire.publish, on: id, by: trader.officer)
            #expect(try await trader.value(id, "word")?.text?.count == 20)
            try await submit(id, "k1", ["满意", "药片受潮", "5"], trader)
            let twice = await #expect(throws: Refusal.self) { try await submit(id, "k1", ["满意", "药片受潮", "5"], trader) }
            #expect(twice?.words.zh.contains("已经收到") == true)
            for wrong in [["", "", ""], ["极好", "", ""], ["满意", "", "6"]] {
                await #expect(throws: Refusal.self) { try await submit(id, "k2", wrong, trader) }
            }
            try await submit(id, "k3", ["一般", "", ""], trader)
            let answers = try await trader.desk.register("questionnaire-answer", RegisterQuery(), by: trader.officer.person).rows
            #expect(answers.count == 2 && answers.allSatisfy { $0.creator.isNone && $0.holder.isNone })
            let items = answers.compactMap { $0.values["item"]?.whole }
            let item = try #require(items.first)
            #expect(try await trader.value(item, "way") == .text("questionnaire"))
            #expect(try await trader.value(item, "facts")?.text?.contains("药片受潮") == true)
            #expect(try await trader.tray(of: trader.officer).contains(item))
            #expect(try await trader.value(id, "answers") == .whole(2))
            trader.office.move(hours: 24 * 11)
            try await trader.desk.runJobs()
            await #expect(throws: Refusal.self) { try await submit(id, "k4", ["满意", "", ""], trader) }
        }
    }

    @Test(.demand(drugQuality[5], 5), arguments: TestEngine.all)
    func anOpinionWithoutANameKeepsTheDayAlone(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            let organisation = try await trader.desk.organisation(), day = trader.office.now.day
            func slip(_ text: String, _ unit: UnitID, _ code: String) -> JSONValue {
                StaffOpinion.slip(text, .storage, from: unit, code: code, least: 5, organisation, on: day)
            }
            // Two work in the store: the department is not kept.
            try await trader.desk.drop(slip("货架不稳", trader.storeUnit, "code1"), into: StaffOpinion.box, of: trader.office.company)
            trader.office.move(hours: 1)
            try await trader.desk.drop(slip("温度计坏了", trader.storeUnit, "code2"), into: StaffOpinion.box, of: trader.office.company)
            try await trader.desk.runJobs()
            var query = RegisterQuery()
            query.sort = .oldest
            func opinions() async throws -> [DocumentRow] {
                try await trader.desk.register("staff-opinion", query, by: trader.officer.person).rows
            }
            // On the day itself nothing comes out: the hour would tell.
            #expect(try await opinions().isEmpty)
            trader.office.move(to: Moment(day.adding(days: 1), hour: 2)!)
            try await trader.desk.runJobs()
            let rows = try await opinions()
            #expect(rows.count == 2)
            for row in rows {
                #expect(row.values["day"] == .text(day.description) && row.values["department"] ?? .null == .null)
                #expect(row.creator.isNone && row.holder.isNone && row.created == trader.office.now)
                let trail = try await trader.view(row.id).trail
                #expect(trail.allSatisfy { $0.at == trader.office.now && $0.who.zh == "系统" })
            }
            // It lies in the tray as an item, and the answer is fetched with the code.
            #expect(try await trader.tray(of: trader.officer).count >= 2)
            try await trader.desk.take(StaffOpinion.answer, on: rows[0].id, input: ["answer": .text("已加固")], by: trader.officer)
            let found = try await trader.desk.find(
                \StaffOpinion.code, is: StaffOpinion.digest(of: rows[0].values["opinion"] == .text("货架不稳") ? "CODE1" : "code-2"))
            #expect(found.map(\.value.answer) == ["已加固"])
            #expect(try await trader.desk.find(\StaffOpinion.code, is: StaffOpinion.digest(of: "other")).isEmpty)
        }
    }

    @Test(.demand(drugQuality[5], 5), .demand(drugQuality[2], 1), arguments: TestEngine.all)
    func anOpinionByNameIsAnsweredToWhoeverWroteIt(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            let input: [String: JSONValue] = ["stage": .text("storage"), "opinion": .text("货架不稳")]
            let id = try await trader.desk.take(StaffOpinion.write, input: input, by: trader.keeper).id
            let row = try await trader.view(id).row
            #expect(row.creator == trader.keeper.person && row.values["department"] == .whole(trader.storeUnit.raw))
            let item = try #require(row.values["item"]?.whole)
            #expect(try await trader.tray(of: trader.officer).contains(item))
            #expect(try await trader.value(item, "way") == .text("staff-opinion"))
            let answer: [String: JSONValue] = ["answer": .text("已加固")]
            await #expect(throws: DeskError.self) {
                try await trader.desk.take(StaffOpinion.answer, on: id, input: answer, by: trader.keeper)
            }
            try await trader.desk.take(StaffOpinion.answer, on: id, input: answer, by: trader.officer)
            #expect(try await trader.desk.document(id, by: trader.keeper.person).row.values["answer"] == .text("已加固"))
        }
    }

    @Test(.article(drugQuality[5])) func aLargeDepartmentIsKeptWithTheSlip() async throws {
        try await Trader.with { trader in
            for number in 0..<4 { try await trader.office.hire("keeper\(number)", in: trader.storeUnit) }
            let organisation = try await trader.desk.organisation()
            let slip = StaffOpinion.slip(
                "甲", .storage, from: trader.storeUnit, code: "c", least: 5, organisation, on: trader.office.now.day)
            #expect(slip["department"] == .whole(trader.storeUnit.raw))
        }
    }

    @Test(.demand(drugQuality[4], 1, 3), arguments: TestEngine.all)
    func timelinessCorrectionsUseAndEffortAreCountedPerDepartment(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            let good = try await trader.report(known: 1), late = try await trader.report(known: 30)
            try await trader.desk.take(
                QualityItem.returnWrong, on: late, input: ["wrongField": .text("规格"), "rightValue": .text("0.25g")], by: trader.officer)
            try await trader.report(by: trader.keeper)
            // Without the effort nothing is reported.
            await #expect(throws: DeskError.self) { try await trader.report(["minutes": .whole(0)]) }
            for id in [good] {
                try await trader.analyse(id)
                try await trader.decide(id)
                try await trader.answer(id)
                try await trader.desk.take(QualityItem.acknowledge, on: id, by: trader.seller)
                try await trader.close(id)
            }
            trader.office.move(to: Moment(Day(iso: "2026-02-01")!, hour: 1)!)
            try await trader.desk.runJobs()
            var query = RegisterQuery()
            query.unit = trader.salesUnit
            let figures = try #require(try await trader.desk.register("quality-figures", query, by: trader.officer.person).rows.first)
                .values
            func count(_ key: String) -> Int64? { figures[key]?.whole }
            #expect(count("reported") == 2 && count("inTime") == 1 && count("corrected") == 1)
            #expect(count("judged") == 1 && count("useful") == 1 && count("minutes") == 20)
            #expect(figures["classes"]?.list.map { $0["kind"] } == [.text("consumer")])
            query.unit = trader.storeUnit
            let others = try await trader.desk.register("quality-figures", query, by: trader.officer.person).rows
            #expect(others.map { $0.values["reported"] } == [.whole(1)])
            #expect(others.map { $0.values["corrected"]?.whole ?? 0 } == [0])
        }
    }
}
