import Kernel
import WorkCalendar

/// How the invented school keeps its information, day by day: most of it in time, some late, and in the end something in every state.
/// Every act goes through the desk at its own moment.
package struct SchoolDemonstration: Sendable {
    let desk: Desk
    package let office: SchoolOffice

    package init(_ desk: Desk, _ office: SchoolOffice) { (self.desk, self.office) = (desk, office) }

    /// One working morning, the `number`th.
    package func work(_ number: Int, at now: Moment) async throws {
        try await readWhatCame(number)
        try await write(number, at: now)
        try await besides(number, at: now)
        try await market(number, at: now)
        try await people(number, at: now)
    }

    // MARK: Items

    func person(_ principal: Principal) -> JSONValue { .whole(principal.person.raw) }
    func people(_ principals: Principal...) -> JSONValue { .list(principals.map { .whole($0.person.raw) }) }
    func record(_ entries: [(String, JSONValue)]) -> JSONValue { .record(entries.map { .init($0.0, $0.1) }) }

    func rows(_ type: String, _ states: Set<String>, by principal: Principal) async throws -> [DocumentRow] {
        var query = RegisterQuery()
        (query.states, query.limit, query.sort, query.isCounted) = (states, 100, .oldest, false)
        return try await desk.register(type, query, by: principal.person).rows
    }

    /// Two of three readers acknowledge the next morning; the third lets it lie now and then.
    func readWhatCame(_ number: Int) async throws {
        for row in try await rows(Delivery.name, ["delivered"], by: office.officeHead) {
            guard let reader = row.values["reader"]?.whole.map({ Principal(PersonID($0)) }) else { continue }
            if reader.person == office.eastTeacher.person, number % 4 != 0 { continue }
            try await desk.take(Delivery.open, on: row.id, by: reader)
            if reader.person == office.westHead.person, number % 3 == 1 { continue }
            try await desk.take(Delivery.read, on: row.id, by: reader)
            try await desk.take(Delivery.acknowledge, on: row.id, by: reader)
        }
    }

    func write(_ number: Int, at now: Moment) async throws {
        guard number % 2 == 0 else { return }
        let subjects = [
            "期中教学检查安排", "教研活动通报", "校园安全月工作要点", "教材征订统计", "教师节活动方案", "家长开放日安排", "实验室开放时间", "课后服务意见征集",
            "校车线路调整说明", "期末复习要求",
        ]
        var input: [String: JSONValue] = [
            "subject": .text(subjects[number / 2 % subjects.count]), "kind": .text("administrative"), "administrative": .text("notice"),
            "medium": .text("document"), "direction": .text("down"), "secrecy": .text("internal"), "text": .text("请各工作点按附后安排办理，并于月底前报信息室。"),
            "readers": people(office.eastHead, office.westHead, office.eastTeacher), "why": .text("请阅办"),
        ]
        if number == 8 {
            input["secrecy"] = .text("controlled")
            input["core"] = people(office.teacher, office.dean, office.secondTeacher)
            input["readers"] = people(office.secondTeacher)
        }
        let item = try await desk.take(InformationItem.write, input: input, by: office.teacher).id
        if number % 10 == 6 {
            return _ = try await desk.take(InformationItem.giveBack, on: item, input: ["wrong": .text("请补充联系人")], by: office.dean)
        }
        if number % 14 == 12 { return }
        try await desk.take(InformationItem.release, on: item, by: office.dean)
        if number % 4 == 0 { try await desk.take(InformationItem.file, on: item, by: office.clerk) }
    }

    // MARK: Market

    func market(_ number: Int, at now: Moment) async throws {
        if number % 3 == 1 {
            let subjects = ["家长来电咨询课程", "学员家长要求调班", "单位来电询团体报价", "听讲座家长留言"]
            let item = try await desk.take(
                InformationItem.write,
                input: [
                    "subject": .text(subjects[number / 3 % subjects.count]), "kind": .text("market"), "market": .text("call"),
                    "medium": .text("call-record"), "direction": .text("up"),
                    "source": .text(number % 2 == 0 ? "business" : "other"), "secrecy": .text("internal"),
                    "text": .text("询问收费与开班时间，已告知一个工作日内回复。"), "readers": people(office.marketSpecialist),
                    "isImportant": .flag(number % 12 == 7),
                ], by: office.westReporter
            ).id
            if number % 9 != 1 { try await desk.take(InformationItem.receive, on: item, by: office.marketSpecialist) }
        }
        for row in try await rows(MarketReport.name, ["due"], by: office.director) where number % 6 == 5 {
            try await desk.take(MarketReport.submit, on: row.id, input: ["content": .text("本月咨询 36 次，签约 4 份。")], by: office.westReporter)
            try await desk.take(MarketReport.receive, on: row.id, by: office.marketSpecialist)
        }
        for row in try await rows(ManagerReport.name, ["due"], by: office.manager)
        where row.values["author"] == person(office.administrativeSpecialist) {
            try await desk.take(
                ManagerReport.submit, on: row.id, input: ["content": .text("本月收文 12 件、发文 5 件，均已归档。")], by: office.administrativeSpecialist)
        }
    }
}
