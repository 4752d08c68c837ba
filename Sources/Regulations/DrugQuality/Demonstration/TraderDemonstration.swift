import Kernel
import WorkCalendar

/// How the invented trader deals with quality information, day by day: most of it in time, some late, some abnormal, and in the end
/// something in every state. Every act goes through the desk at its own moment.
package struct TraderDemonstration: Sendable {
    let desk: Desk
    package let office: TraderOffice

    package init(_ desk: Desk, _ office: TraderOffice) { (self.desk, self.office) = (desk, office) }

    /// One working morning, the `number`th.
    package func work(_ number: Int, at now: Moment) async throws {
        try await advance(at: now)
        // Two in a row of the store's are late, now and then.
        try await report(number, at: now, late: number % 11 == 2 || number % 11 == 6)
        try await besides(number, at: now)
    }

    /// What came in before goes a step further; every seventh item lies where it is for two weeks.
    func advance(at now: Moment) async throws {
        try await move("acknowledged") { item in
            guard try await measuresAreDone(item) else { return }
            try await desk.take(
                QualityItem.close, on: item.id, input: ["usefulness": .text(serial(item) % 5 == 0 ? "little" : "useful")],
                by: officer(for: item))
        }
        // What nobody reported - a point of a meeting, an answer - waits for nobody's acknowledgement.
        for item in try await items("answered") where item.creator.isNone && !lies(item) {
            guard try await measuresAreDone(item) else { continue }
            try await desk.take(QualityItem.close, on: item.id, input: ["usefulness": .text("useful")], by: office.officer)
        }
        try await move("answered") { try await desk.take(QualityItem.acknowledge, on: $0.id, by: Principal($0.creator)) }
        try await move("decided") {
            try await desk.take(QualityItem.answer, on: $0.id, input: ["feedback": .text("已按决策意见办理，谢谢上报。")], by: officer(for: $0))
        }
        try await move("analysed") { item in try await decide(item, at: now) }
        try await move("reported") { item in
            if item.values["urgency"]?.text != nil, item.values["receipt"]?.text == nil {
                try await desk.take(QualityItem.receive, on: item.id, by: office.manager)
            }
            let input: [String: JSONValue] = ["analysis": .text("经核对，情况属实。"), "proposal": .text("通报各部门，加强验收。")]
            try await desk.take(QualityItem.analyse, on: item.id, input: input, by: officer(for: item))
        }
    }

    private func items(_ state: String) async throws -> [DocumentRow] { try await rows(QualityItem.name, [state], by: office.officer) }

    func rows(_ type: String, _ states: Set<String>, by principal: Principal) async throws -> [DocumentRow] {
        var query = RegisterQuery()
        (query.states, query.limit, query.sort, query.isCounted) = (states, 500, .oldest, false)
        return try await desk.register(type, query, by: principal.person).rows
    }

    private func lies(_ row: DocumentRow) -> Bool { serial(row) % 7 == 3 && isYoung(row) }

    private func isYoung(_ row: DocumentRow) -> Bool { row.created.day.distance(to: desk.clock.now().day) < 15 }

    private func move(_ state: String, _ step: (DocumentRow) async throws -> Void) async throws {
        for item in try await items(state) where !lies(item) && !(item.creator.isNone && state == "answered") {
            try await step(item)
        }
    }

    private func serial(_ item: DocumentRow) -> Int { Int((item.number ?? "").drop { $0 != "〕" }.filter(\.isNumber)) ?? 0 }

    /// Whoever reported it does not judge it.
    private func officer(for item: DocumentRow) -> Principal {
        item.creator == office.officer.person ? office.secondOfficer : office.officer
    }

    private func decide(_ item: DocumentRow, at now: Moment) async throws {
        var measures: [JSONValue] = []
        if serial(item) % 3 == 0 {
            measures = [
                .record([
                    .init("what", .text("抽查同批次在库药品")), .init("owner", .whole(office.keeper.person.raw)),
                    .init("due", .text(now.day.adding(days: 5).description)),
                ])
            ]
        }
        try await desk.take(
            QualityItem.decide, on: item.id, input: ["decision": .text("同意质量管理部意见。"), "measures": .list(measures)], by: office.manager)
    }

    private func measuresAreDone(_ item: DocumentRow) async throws -> Bool {
        var query = RegisterQuery()
        (query.equal["item"], query.isCounted) = (String(item.id), false)
        for measure in try await desk.register(Measure.name, query, by: office.officer.person).rows where measure.state != "effective" {
            if serial(measure) % 4 == 1, isYoung(measure) { return false }
            try await desk.take(Measure.finish, on: measure.id, input: ["result": .text("已抽查，未见异常。")], by: office.keeper)
            try await desk.take(Measure.confirm, on: measure.id, by: office.officer)
            try await desk.take(
                Measure.check, on: measure.id, input: ["isEffective": .flag(true), "effect": .text("一周内无同类反映")], by: office.officer)
        }
        return true
    }

    func report(_ number: Int, at now: Moment, late isLate: Bool) async throws {
        let subjects: [(kind: String, subject: String, own: [String: JSONValue])] = [
            ("consumer", "顾客反映药片受潮", ["concern": .text("complaint")]),
            ("supplier", "供货单位更换灌装线", ["capabilities": .text("equipment;process"), "supplier": .text("华康制药（演示）")]),
            ("internal", "阴凉库温度超标十五分钟", ["internalAspects": .text("environment")]),
            ("competitor", "同行开展冷链追溯", ["competitor": .text("同城医药（演示）"), "competitorAspects": .text("measures")]),
            (
                "authority", "省局公布抽检结果",
                [
                    "authority": .text("省药品监督管理局"), "noticeNo": .text("\(now.day.year)年第\(number + 1)号"),
                    "noticeDay": .text(now.day.adding(days: -3).description),
                ]
            ),
            ("law", "药品召回新规培训", [:]),
        ]
        let chosen = subjects[number % subjects.count], stages = ["purchase", "sale", "storage", "transfer"]
        let hours = isLate ? 40 : 3
        let common: [String: JSONValue] = [
            "kind": .text(chosen.kind), "subject": .text(chosen.subject), "stage": .text(stages[number % 4]), "way": .text("feedback-form"),
            "facts": .text("当班登记，详见附后记录。"), "knownAt": .text(now.adding(hours: -hours).description),
            "minutes": .whole(Int64(10 + number % 5 * 8)),
            "urgency": .text(number % 9 == 4 ? "sudden" : ""),
        ]
        let taken = try await desk.take(QualityItem.report, input: common.merging(chosen.own) { $1 }, by: office.reporters[number % 4])
        // Most written forms are received the same hour, some the next morning.
        if number % 9 == 4, number % 4 != 1 { try await desk.take(QualityItem.receive, on: taken.id, by: office.manager) }
    }

    /// What happens once: a batch that is stopped, a questionnaire, the library, a meeting, an opinion.
    private func besides(_ number: Int, at now: Moment) async throws {
        func record(_ entries: [(String, JSONValue)]) -> JSONValue { .record(entries.map { .init($0.0, $0.1) }) }
        switch number {
        case 1:
            let place = record([("place", .text("一号库")), ("kind", .text("stock")), ("quantity", .whole(400))])
            let batch = try await desk.take(
                GoodsBatch.register,
                input: [
                    "category": .text("medicine"), "drug": .text("阿莫西林胶囊"), "approvalNo": .text("国药准字H11020001"),
                    "maker": .text("华康制药（演示）"),
                    "batchNo": .text("20260301"), "expiry": .text("2028.02"), "supplier": .text("华康制药（演示）"), "stock": .list([place]),
                ], by: office.keeper)
            try await desk.take(
                GoodsBatch.sell, on: batch.id, input: ["buyer": .text("惠民大药房（演示）"), "quantity": .whole(60)], by: office.seller)
            try await desk.take(
                StopSlip.issue, input: ["batch": .whole(batch.id), "reason": .text("顾客反映受潮，复核期间停售")], by: office.officer)
        case 2:
            try await desk.take(
                LawEntry.register,
                input: [
                    "kind": .text("rule"), "name": .text("药品召回管理办法"), "source": .text("国家药品监督管理局"), "number": .text("2022年第92号"),
                    "day": .text("2022-10-24"), "inForceFrom": .text("2022-11-01"),
                ], by: office.officer)
        case 3:
            let question = record([
                ("text", .text("您对用药指导是否满意")), ("kind", .text("choice")), ("options", .text("满意；一般；不满意")), ("isRequired", .flag(true)),
            ])
            let remark = record([("text", .text("药品有什么质量问题")), ("kind", .text("text")), ("becomesItem", .flag(true))])
            let made = try await desk.take(
                Questionnaire.make,
                input: [
                    "heading": .text("用药服务问卷"), "introduction": .text("请您评价我们的药品与服务。"), "stage": .text("sale"),
                    "closesOn": .text(now.day.adding(days: 120).description), "questions": .list([question, remark]),
                ], by: office.officer)
            try await desk.take(Questionnaire.publish, on: made.id, by: office.officer)
        case 4:
            let point = record([("subject", .text("冷藏车温度记录缺失")), ("stage", .text("transfer")), ("decision", .text("查明原因并补记"))])
            let minutes = try await desk.take(
                QualityMeeting.minute,
                input: [
                    "day": .text(now.day.description), "place": .text("三楼会议室"), "chair": .whole(office.qualityHead.person.raw),
                    "attendees": .list([office.qualityHead, office.officer, office.manager].map { .whole($0.person.raw) }),
                    "points": .list([point]),
                ], by: office.officer)
            try await desk.take(QualityMeeting.sign, on: minutes.id, by: office.qualityHead)
        case 5:
            try await desk.take(
                StaffOpinion.write, input: ["stage": .text("storage"), "opinion": .text("建议阴凉库增设温度报警")], by: office.keeper)
        default: break
        }
    }
}
