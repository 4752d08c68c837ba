import Kernel
import WorkCalendar

/// 学习记录: what the centre's people study, and each year what they learnt of it (第二章19).
package struct StudyRecord: Document {
    package enum State: String, CaseIterable, Sendable { case kept }
    package var person = PersonID.none
    package var topic = "", source = "", gain = ""
    package var day: Day?
    package var hours = 0
    package init() {}

    package static let name = "study-record"
    package var title: String { topic }
    private static let article = enterpriseIT["第二章19"]

    package static let form = Form<StudyRecord>(
        "学习记录", "Study record", number: "学习", states: [.kept: .done("已登记", "Kept")],
        readers: [.post(centreDirector)],
        [
            .person(\.person, "学习人", "Who").optional().listed(), .day(\.day, "日期", "Day").listed(),
            .text(\.topic, "内容", "Topic").code().listed(),
            .text(\.source, "来源", "Source").code(), .whole(\.hours, "学时", "Hours", in: 1...200).listed(),
            .prose(\.gain, "收获", "What was learnt"),
        ])

    package static let enter = Step<StudyRecord>(
        "enter", "登记学习", "Enter", to: .kept, by: .centre, under: article, fields: [\.day, \.topic, \.source, \.hours, \.gain]
    ) { record, act in
        record.person = act.person
        try act.require(record.day.map { $0 <= act.today } ?? false, "日期不能晚于今天", "It cannot be after today")
    }
    package static let steps = [enter]
}

/// 年度学习总结: laid before each of the centre's people when the year is over (第二章19).
package struct StudySummary: Document {
    package enum State: String, CaseIterable, Sendable { case due, written, read }
    package var person = PersonID.none
    package var year: Period?
    package var records = 0, hours = 0
    package var summary = "", remark = ""
    package init() {}

    package static let name = "study-summary"
    package var title: String { year?.words.zh ?? "" }
    private static let article = enterpriseIT["第二章19"]

    package static let form = Form<StudySummary>(
        "年度学习总结", "Yearly study summary", number: "学习总结",
        states: [.due: .open("待撰写", "Due"), .written: .open("待审阅", "Written"), .read: .done("已审阅", "Read")],
        readers: [.post(centreDirector)],
        [
            .person(\.person, "学习人", "Who").listed(), .period(\.year, "年度", "Year", .year).indexed().listed(),
            .whole(\.records, "学习次数", "Records", in: 0...10_000).listed(), .whole(\.hours, "学时", "Hours", in: 0...100_000).listed(),
            .prose(\.summary, "总结", "Summary"), .text(\.remark, "审阅意见", "Remark"),
        ])

    static let writing = Deadline(
        "writing", "按期总结", "Write in time", under: article, escalatesTo: .post(centreDirector), ofWorkingDays: true)
    package static let deadlines = [writing]

    package static let open = Step<StudySummary>("open", "到期", "Falls due", to: .due, by: .system, under: article) { _, act in
        act.start(writing, workingDays: try act.parameter(.summaryWorkingDays))
    }
    package static let write = Step<StudySummary>(
        "write", "撰写总结", "Write", from: .due, to: .written, by: .named(\StudySummary.person), under: article, fields: [\.summary]
    ) { _, act in act.meet(writing) }
    package static let read = Step<StudySummary>(
        "read", "审阅", "Read", from: .written, to: .read, by: .any([.post(centreDirector), .headOf(\StudySummary.person)]), notBy: write,
        under: article, fields: [\.remark])
    package static let steps = [open, write, read]

    static let yearly = Duty("study-summary", "年度学习总结", "Yearly study summary", under: article, .eachYear) { duty in
        let people = [Post.networkStaff, .assetStaff, .serviceDesk].flatMap {
            duty.organisation.holders(of: $0.id, within: duty.scope, on: duty.now.day)
        }
        for person in Set(people).sorted(by: { $0.raw < $1.raw }) {
            let records = try duty.find(\StudyRecord.person, is: person, limit: 1000).filter { found in
                found.value.day.map { duty.period.contains($0) } ?? false
            }
            var summary = StudySummary()
            (summary.person, summary.year) = (person, Period(.year, of: duty.day))
            (summary.records, summary.hours) = (records.count, records.reduce(0) { $0 + $1.value.hours })
            try duty.create(summary, by: open, in: duty.organisation.home(of: person, on: duty.now.day), heldBy: person)
        }
    }
}
