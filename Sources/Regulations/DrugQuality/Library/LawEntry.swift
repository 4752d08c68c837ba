import Kernel
import WorkCalendar

/// 法规公告库: what was read, where it stands, its number, its day, and the state in which it was seen. What is changed or withdrawn keeps its
/// first text, and the items that rest on it are reopened (（3）①⑤).
package struct LawEntry: Document {
    package enum State: String, CaseIterable, Sendable { case inForce, changed, revoked }

    package enum Kind: String, Choosable {
        case unknown = "", law, rule, announcement, notice, sampling

        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .law: Words("法律、行政法规", "Law")
            case .rule: Words("部门规章、规范性文件", "Rule")
            case .announcement: Words("公告", "Announcement")
            case .notice: Words("通告、公报", "Notice")
            case .sampling: Words("抽检结果", "Sampling result")
            }
        }
    }

    package var kind = Kind.unknown
    package var name = "", source = "", number = "", digest = "", change = ""
    package var day: Day?, inForceFrom: Day?
    package var seenAt: Moment?
    package var text: [FileReference] = []
    package var successor = ID<LawEntry>.none
    package init() {}

    package static let name = "law-entry"
    package var title: String { name }

    package static let form = Form<LawEntry>(
        "法规公告", "Law and announcements", number: "法规",
        states: [.inForce: .done("有效", "In force"), .changed: .no("已修改", "Changed"), .revoked: .no("已撤销", "Withdrawn")],
        readers: [.staff],
        [
            .choice(\.kind, "种类", "Kind").listed(), .text(\.name, "名称", "Title").listed(),
            .text(\.source, "发布机关", "Source").code().listed(),
            .text(\.number, "文号", "Number").indexed(by: PlainCode.normalForm).listed().hint(
                "例如 2022年第92号", "as the notice has it: year and number"),
            .day(\.day, "发布日期", "Date").listed(), .day(\.inForceFrom, "施行日期", "In force from").optional(),
            .prose(\.digest, "要点", "What matters").optional(),
            .files(\.text, "原文", "Text").hint("按收到时的原文存入，附其 SHA-256", "as it was read; its SHA-256 is kept with it").optional(),
            .moment(\.seenAt, "查看时间", "Read at").optional(), .prose(\.change, "变更情况", "What was changed"),
            .reference(\.successor, "变更后的公告", "The entry after it").optional(),
        ])

    package static let register = Step<LawEntry>(
        "register", "收录", "Register", to: .inForce, by: .hub, under: drugQuality[3],
        fields: [\.kind, \.name, \.source, \.number, \.day, \.inForceFrom, \.digest, \.text]
    ) { entry, act in
        try act.require(entry.day.map { $0 <= act.today } ?? true, "发布日期不能晚于今天", "It cannot have been published after today")
        let same = try act.find(\LawEntry.number, is: entry.number).first { $0.value.source == entry.source }
        try act.require(same == nil, "该机关的这一文号已收录（\(same?.record.number ?? "")）", "This number of this body is in the library")
        entry.seenAt = act.now
    }
    package static let amend = Step<LawEntry>(
        "amend", "登记修改", "Enter a change", from: .inForce, to: .changed, by: .hub, under: drugQuality[3], fields: [\.change, \.successor],
        isOptional: true, isIrrevocable: true
    ) { _, act in try reopenItems(act) }
    package static let revoke = Step<LawEntry>(
        "revoke", "登记撤销", "Enter the withdrawal", from: .inForce, to: .revoked, by: .hub, under: drugQuality[3], fields: [\.change],
        isOptional: true, isIrrevocable: true
    ) { _, act in try reopenItems(act) }
    package static let steps = [register, amend, revoke]

    private static func reopenItems(_ act: Act) throws {
        let number = act.record.number ?? ""
        for item in try act.find(\QualityItem.law, is: ID(act.record.id), in: .closed, limit: 1000) {
            try act.take(QualityItem.reopenForLaw, on: item.id) { $0.note("所依据的\(number)已变更", act) }
        }
        act.notify(.hub, "\(number) 已变更，依据它结案的质量信息已重新办理", "\(number) has changed; the items that rest on it are reopened")
    }
}
