import Kernel
import WorkCalendar

/// One qualification to sell: by which test, from when until when, and the day on which it was taken away (第十条). Never removed: a renewal
/// is a line of its own.
package struct Qualification: Line {
    package var trainingHours = 0
    package var testedOn: Day?
    package var from: Day?
    package var until: Day?
    package var endedOn: Day?
    package var grantedBy = PersonID.none
    package var sheet = ID<AnswerSheet>.none
    package var recordedAt: Moment?
    package init() {}

    /// By hand, taken over from before.
    init(hours: Int, tested: Day, until: Day, by person: PersonID, recorded: Moment?) {
        (trainingHours, testedOn, self.until, grantedBy, recordedAt) = (hours, tested, until, person, recorded)
    }

    /// By a test that was passed here.
    init(hours: Int, tested: Day, from: Day, until: Day, by sheet: ID<AnswerSheet>, at moment: Moment) {
        (trainingHours, testedOn, self.from, self.until, self.sheet, recordedAt) = (hours, tested, from, until, sheet, moment)
    }

    package static let fields: [Field<Qualification>] = [
        .whole(\.trainingHours, "培训课时", "Class hours", in: 0...99), .day(\.testedOn, "测试通过日期", "Test passed on"),
        .day(\.from, "起始日期", "From").optional(), .day(\.until, "有效期至", "Until"), .day(\.endedOn, "停止日期", "Taken away on").optional(),
        .person(\.grantedBy, "授予人", "Granted by").optional(), .reference(\.sheet, "答卷", "Answer sheet").optional(),
        .moment(\.recordedAt, "登记时间", "Recorded").optional(),
    ]

    func isInForce(on day: Day) -> Bool {
        guard let first = from ?? testedOn, let until else { return false }
        return first <= day && day <= until && (endedOn.map { day < $0 } ?? true)
    }

    /// What came later says nothing of what was known then. Without a moment of recording it is from before that was kept.
    func wasRecorded(by moment: Moment) -> Bool { recordedAt.map { $0 <= moment } ?? true }
}

/// 执业登记: one registration of an agent, with its grade, from a day to a day.
package struct Licence: Line {
    package var licenceNo = ""
    package var grade = SellerGrade.unknown
    package var from: Day?
    package var until: Day?
    package var recordedAt: Moment?
    package init() {}

    init(_ number: String, _ grade: SellerGrade, from: Day, recorded: Moment) {
        (licenceNo, self.grade, self.from, recordedAt) = (number, grade, from, recorded)
    }

    package static let fields: [Field<Licence>] = [
        .text(\.licenceNo, "执业登记编号", "Licence number").code(), .choice(\.grade, "等级", "Grade"), .day(\.from, "自", "From"),
        .day(\.until, "至", "Until").optional(), .moment(\.recordedAt, "登记时间", "Recorded").optional(),
    ]

    func wasRecorded(by moment: Moment) -> Bool { recordedAt.map { $0 <= moment } ?? true }

    func isInForce(on day: Day) -> Bool { from.map { $0 <= day } ?? false && until.map { day <= $0 } ?? true }
}

/// What an agent attended: a class, in which edition of its material, how long, and the test for which it counted.
package struct AttendedClass: Line {
    package var session = ID<ClassSession>.none
    package var course = ID<SellerCourse>.none
    package var subject = CourseSubject.unknown
    package var edition = 0
    package var day: Day?
    package var hours = 0
    package var usedFor = ID<AnswerSheet>.none
    package var struckOn: Day?
    package init() {}

    package static let fields: [Field<AttendedClass>] = [
        .reference(\.session, "班次", "Class"), .reference(\.course, "课程", "Course"), .choice(\.subject, "类别", "Subject"),
        .whole(\.edition, "教材版次", "Edition", in: 0...999), .day(\.day, "日期", "Day"), .whole(\.hours, "课时", "Hours", in: 0...99),
        .reference(\.usedFor, "计入的测试", "Counted for").optional(), .day(\.struckOn, "更正剔除日期", "Struck on").optional(),
    ]

    package var counts: Bool { subject == .applications && struckOn == nil }
}
