import Kernel
import WorkCalendar

/// 学员（客户）档案 (第十九条). Of a child under fourteen nothing is kept without the guardian's consent.
package struct StudentFile: Document {
    package enum State: String, CaseIterable, Sendable { case kept, closed }
    package var student = "", telephone = "", email = "", guardian = "", course = "", wishes = "", reason = ""
    package var birthday: Day?
    package var hasConsent = false
    package init() {}

    package static let name = "student-file"

    package static let form = Form<StudentFile>(
        "学员档案", "Student file", number: "学员", states: [.kept: .done("在用", "Kept"), .closed: .no("已注销", "Closed")],
        readers: [.post(.marketSpecialist), .post(.businessDirector)], level: .internal,
        [
            .name(\.student, "姓名", "Name").listed(), .birthday(\.birthday, "出生日期", "Birthday"),
            .sealed(\.telephone, "联系电话", "Telephone", .phone), .sealed(\.email, "电子邮箱", "E-mail", .email).optional(),
            .name(\.guardian, "监护人", "Guardian").optional(),
            .flag(\.hasConsent, "监护人已同意", "The guardian consents"), .text(\.course, "课程", "Course").listed(),
            .prose(\.wishes, "需求", "Wishes").optional(), .text(\.reason, "注销理由", "Why it is closed").onceFilled(),
        ])

    private static var asked: [PartialKeyPath<StudentFile>] {
        [
            \.student, \.birthday, \.telephone, \.email, \.guardian, \.hasConsent, \.course, \.wishes,
        ]
    }

    package static let enter = Step<StudentFile>(
        "enter", "建档", "Enter", to: .kept, by: .post(.marketSpecialist), under: school[19], fields: asked
    ).checking { file, check in file.check(check) }
    package static let amend = Step<StudentFile>(
        "amend", "维护", "Keep up", from: .kept, to: nil, by: .post(.marketSpecialist), under: school[19], fields: asked, isOptional: true
    ).checking { file, check in file.check(check) }
    package static let close = Step<StudentFile>(
        "close", "注销", "Close", from: .kept, to: .closed, by: .post(.marketSpecialist), under: school[19], fields: [\.reason],
        isOptional: true)
    package static let steps = [enter, amend, close]

    private func check(_ check: Checking<StudentFile>) {
        let today = check.act.today
        check.require(birthday.map { $0 <= today } ?? false, "请填写出生日期", "Say when the student was born", at: \.birthday)
        let isChild = birthday.map { $0 <= today && $0.years(until: today) < 14 } ?? false
        check.require(
            !isChild || (hasConsent && !guardian.isEmpty), "不满14周岁的学员须登记监护人并取得其同意", "For a child under 14 there is a guardian who consents",
            at: \.guardian, \.hasConsent, \.birthday)
    }
}

/// 往来记录: a call, a mail, a letter or a visit, with a student or customer.
package struct ContactRecord: Document {
    package enum State: String, CaseIterable, Sendable { case entered }
    package enum Way: String, Choosable {
        case unknown = "", call, mail, letter, visit
        package var words: Words {
            switch self {
            case .unknown: Words("未定", "Not said")
            case .call: Words("电话", "Call")
            case .mail: Words("邮件", "E-mail")
            case .letter: Words("函件", "Letter")
            case .visit: Words("来访", "Visit")
            }
        }
    }
    package var student = ID<StudentFile>.none
    package var letter = ID<CustomerLetter>.none
    package var way = Way.unknown
    package var at: Moment?
    package var isIncoming = false
    package var content = "", result = ""
    package init() {}

    package static let name = "contact-record"

    package static let form = Form<ContactRecord>(
        "客户往来记录", "Contact", number: "往来", states: [.entered: .done("已登记", "Entered")],
        readers: [.post(.marketSpecialist), .post(.businessDirector)],
        [
            .reference(\.student, "学员", "Student").listed(), .choice(\.way, "方式", "Way").listed(), .moment(\.at, "时间", "Time").listed(),
            .flag(\.isIncoming, "来方主动", "They called"), .prose(\.content, "内容", "Content"), .prose(\.result, "结果", "Result").optional(),
            .reference(\.letter, "函件", "Letter").onceFilled(),
        ])

    package static let enter = Step<ContactRecord>(
        "enter", "登记往来", "Enter", to: .entered, by: .post(.marketSpecialist), under: school[19],
        fields: [\.student, \.way, \.at, \.isIncoming, \.content, \.result]
    ) { contact, act in
        try act.require(contact.at.map { $0 <= act.now } ?? false, "往来时间不能晚于现在", "It cannot be after now")
    }
    package static let keep = Step<ContactRecord>("keep", "随函登记", "Keep with the letter", to: .entered, by: .system, under: school[19])
    package static let steps = [enter, keep]
}
