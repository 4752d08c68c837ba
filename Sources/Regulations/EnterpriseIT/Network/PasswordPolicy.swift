import Kernel

/// 口令策略: how long, how mixed, how old a password may be; the policy in force is the one that was approved last (第二章13).
package struct PasswordPolicy: Document {
    package enum State: String, CaseIterable, Sendable { case drafted, inForce, replaced }
    package var label = "", text = ""
    package var shortest = 0, kinds = 0, longestDays = 0, tries = 0, history = 0
    package init() {}

    package static let name = "password-policy"
    package var title: String { label }

    package static let form = Form<PasswordPolicy>(
        "口令策略", "Password policy", number: "口令策略",
        states: [.drafted: .open("待批准", "Drafted"), .inForce: .done("现行", "In force"), .replaced: .no("已被替代", "Replaced")],
        readers: [.staff],
        [
            .text(\.label, "适用范围", "For what").indexed().listed(), .whole(\.shortest, "最短长度", "Least length", in: 8...64).listed(),
            .whole(\.kinds, "至少几类字符", "Kinds of characters", in: 1...4).listed(),
            .whole(\.longestDays, "最长使用天数", "Days until it is changed", in: 1...365).listed(),
            .whole(\.tries, "允许输错次数", "Wrong tries", in: 3...10), .whole(\.history, "不得重复最近几次", "Not one of the last", in: 1...24),
            .prose(\.text, "说明", "Text"),
        ])

    package static let draft = Step<PasswordPolicy>(
        "draft", "拟订策略", "Draft", to: .drafted, by: .post(.networkStaff), under: enterpriseIT["第二章13"])
    package static let approve = Step<PasswordPolicy>(
        "approve", "批准施行", "Put into force", from: .drafted, to: .inForce, by: .post(centreDirector), notBy: draft,
        under: enterpriseIT["第二章13"], signs: true
    ) { policy, act in
        for other in try act.find(\PasswordPolicy.label, is: policy.label, in: .inForce) { try act.take(replace, on: other.id) }
    }
    package static let replace = Step<PasswordPolicy>(
        "replace", "被替代", "Replaced", from: .inForce, to: .replaced, by: .system, under: enterpriseIT["第二章13"], isOptional: true)
    package static let steps = [draft, approve, replace]

    /// What holds now of a policy that was chosen once: itself, or the one that has replaced it.
    static func current(_ id: ID<PasswordPolicy>, _ book: Inquiry) throws -> Found<PasswordPolicy>? {
        guard let chosen = try book.load(id) else { return nil }
        if chosen.state != .replaced { return chosen }
        return try book.find(\PasswordPolicy.label, is: chosen.value.label, in: .inForce, limit: 1).first ?? chosen
    }
}
