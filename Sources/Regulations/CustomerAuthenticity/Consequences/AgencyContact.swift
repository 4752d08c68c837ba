import Kernel
import WorkCalendar

/// 机构沟通记录: what was said with an agency, and what is to follow (第二十三条).
package struct AgencyContact: Document {
    package enum State: String, CaseIterable, Sendable { case recorded, followed }

    package enum Way: String, Choosable {
        case unknown = "", visit, meeting, telephone, letter, training
        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .visit: Words("走访", "Visit")
            case .meeting: Words("会议", "Meeting")
            case .telephone: Words("电话", "Telephone")
            case .letter: Words("函件", "Letter")
            case .training: Words("培训", "Training")
            }
        }
    }

    package var agency = ID<Agency>.none
    package var day: Day?, followUpOn: Day?
    package var way = Way.unknown
    package var with = "", content = "", agreed = "", done = ""
    package var files: [FileReference] = []
    package init() {}

    package static let name = "agency-contact"

    package static let form = Form<AgencyContact>(
        "机构沟通记录", "Contact with an agency", number: "沟通",
        states: [.recorded: .done("已记录", "Recorded"), .followed: .done("已跟进", "Followed up")],
        readers: [.either(.backOffice, .channelManagement, .compliance, .customerService, .underwriter)],
        [
            .reference(\.agency, "中介机构", "Agency").listed(), .day(\.day, "日期", "Day").listed(), .choice(\.way, "方式", "How").listed(),
            .name(\.with, "对方人员", "With whom"), .prose(\.content, "沟通内容", "What was said"),
            .prose(\.agreed, "约定事项", "What was agreed").optional().onceFilled(),
            .day(\.followUpOn, "跟进日期", "To be followed up on").optional().listed(), .prose(\.done, "跟进情况", "What came of it").onceFilled(),
            .files(\.files, "附件", "Papers").optional().onceFilled(),
        ])

    static let following = Deadline("following", "按约定跟进", "Follow up", under: authenticity[23], escalatesTo: .post(.channelManagement))
    package static let deadlines = [following]

    package static let record = Step<AgencyContact>(
        "record", "记录沟通", "Record", to: .recorded, by: .either(.backOffice, .channelManagement), under: authenticity[23],
        fields: [\.agency, \.day, \.way, \.with, \.content, \.agreed, \.followUpOn, \.files]
    ) { contact, act in
        if let next = contact.followUpOn { act.start(following, due: .endOfDay(next)) }
    }.checking { contact, check in
        check.require(
            contact.day.map { $0 <= check.act.today } ?? false, "沟通日期不能晚于今天", "It was not said after today", at: \.day)
        check.require(
            contact.followUpOn.map { $0 >= check.act.today } ?? true, "跟进日期已过，请填写今天或以后的日期",
            "The day of the follow-up is over; enter today or a later day", at: \.followUpOn)
    }
    package static let follow = Step<AgencyContact>(
        "follow", "登记跟进", "Follow up", from: .recorded, to: .followed, by: .either(.backOffice, .channelManagement),
        when: { $0.value.followUpOn != nil }, under: authenticity[23], fields: [\.done]
    ) { _, act in act.meet(following) }
    package static let steps = [record, follow]
}
