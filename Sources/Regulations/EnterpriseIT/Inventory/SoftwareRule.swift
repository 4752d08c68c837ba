import Kernel

/// 软件名单: what may be installed, by publisher, name and version; and what may not, whoever makes it (第二章10).
package struct SoftwareRule: Document {
    package enum State: String, CaseIterable, Sendable { case proposed, active, withdrawn }
    package enum Kind: String, Choosable {
        case none = "", allowed, forbidden
        package var words: Words {
            switch self {
            case .none: Words("", "")
            case .allowed: Words("准许", "Allowed")
            case .forbidden: Words("禁止", "Forbidden")
            }
        }
    }
    package var kind = Kind.none
    package var software = "", publisher = "", from = "", to = "", reason = "", key = ""
    package init() {}

    package static let name = "software-rule"
    package var title: String { software }
    private static let article = enterpriseIT["第二章10"]

    package static let form = Form<SoftwareRule>(
        "软件名单", "Software list", number: "软件",
        states: [.proposed: .open("待批准", "Proposed"), .active: .done("有效", "In force"), .withdrawn: .no("撤销", "Withdrawn")],
        readers: [.staff],
        [
            .choice(\.kind, "类别", "Kind").indexed().listed(), .text(\.software, "软件名称", "Name").code().listed(),
            .text(\.publisher, "发布者", "Publisher").code().optional().listed().onceFilled(),
            .text(\.from, "最低版本", "From version").code().optional().onceFilled(),
            .text(\.to, "最高版本", "Up to version").code().optional().onceFilled(),
            .text(\.key, "规范名称", "Name as compared").optional().indexed(), .prose(\.reason, "理由", "Reason"),
        ])

    package static let propose = Step<SoftwareRule>(
        "propose", "提出", "Propose", to: .proposed, by: .either(.networkStaff, .serviceDesk), under: article,
        fields: [\.kind, \.software, \.publisher, \.from, \.to, \.reason]
    ) { rule, _ in rule.key = SoftwareName.key(rule.software) }.checking { rule, check in
        check.require(
            !SoftwareName.key(rule.software).isEmpty, "软件名称只有版本或括号内容，请填写名称", "The name has nothing but a version", at: \.software)
        let (from, to) = (VersionNumber(rule.from), VersionNumber(rule.to))
        check.require(
            from.parts.isEmpty || to.parts.isEmpty || from.compare(to, length: to.parts.count) <= 0, "最低版本高于最高版本",
            "The lowest version is above the highest", at: \.from, \.to)
    }
    package static let approve = Step<SoftwareRule>(
        "approve", "批准", "Approve", from: .proposed, to: .active, by: .post(centreDirector), notBy: propose, under: article, signs: true)
    package static let withdraw = Step<SoftwareRule>(
        "withdrawRule", "撤销", "Withdraw", from: .proposed, .active, to: .withdrawn, by: .post(centreDirector), under: article,
        isOptional: true)
    package static let steps = [propose, approve, withdraw]

    static func list(_ book: Inquiry) throws -> SoftwareWhitelist {
        var list = SoftwareWhitelist()
        for rule in try book.all(SoftwareRule.self, in: .active, createdBy: book.today).map(\.value) {
            list.add(name: rule.software, publisher: rule.publisher, from: rule.from, to: rule.to, isAllowed: rule.kind == .allowed)
        }
        return list
    }
}
