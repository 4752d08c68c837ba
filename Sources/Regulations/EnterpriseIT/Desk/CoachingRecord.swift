import Kernel
import WorkCalendar

/// 指导记录: whom the centre coached in what, confirmed by the department (第二章18).
package struct CoachingRecord: Document {
    package enum State: String, CaseIterable, Sendable { case written, confirmed }
    package var day: Day?
    package var department = UnitID.none
    package var system = "", topic = "", outcome = ""
    package var people: [PersonID] = []
    package var article = ID<KnowledgeArticle>.none
    package init() {}

    package static let name = "coaching-record"
    package var title: String { topic }
    private static let article18 = enterpriseIT["第二章18"]

    package static let form = Form<CoachingRecord>(
        "指导记录", "Coaching record", number: "指导",
        states: [.written: .open("待部门确认", "To be confirmed"), .confirmed: .done("已确认", "Confirmed")],
        readers: [.centre],
        [
            .day(\.day, "日期", "Day").listed(), .unit(\.department, "业务部门", "Department").listed(),
            .text(\.system, "系统", "System").code().listed(),
            .text(\.topic, "内容", "Topic").code().listed(), .people(\.people, "参加人", "Who"),
            .reference(\.article, "知识条目", "Article").optional(),
            .prose(\.outcome, "效果", "Outcome"),
        ])

    package static let write = Step<CoachingRecord>(
        "write", "登记指导", "Enter", to: .written, by: .centre, under: article18,
        fields: [\.day, \.department, \.system, \.topic, \.people, \.article]
    ) { record, act in
        try act.require(record.day.map { $0 <= act.today } ?? false, "指导日期不能晚于今天", "It cannot have been after today")
    }
    package static let confirm = Step<CoachingRecord>(
        "confirm", "确认", "Confirm", from: .written, to: .confirmed, by: .post(.head, of: \CoachingRecord.department), notBy: write,
        under: article18, fields: [\.outcome])
    package static let steps = [write, confirm]
}
