/// What a program may do with an API token, within the rights of its person.
package enum TokenScope: String, Sendable, CaseIterable {
    case read, reveal, act, sign

    package var words: Words {
        switch self {
        case .read: Words("查看（个人信息打码）", "Read (personal data masked)")
        case .reveal: Words("查看明文、附件和导出", "Personal data in clear, files, exports")
        case .act: Words("办理不需签署的步骤", "Take steps that do not sign")
        case .sign: Words("办理需签署的步骤（审批、核实等）", "Take steps that sign (approve, verify …)")
        }
    }
}

extension Set<TokenScope> {
    /// As one text of a column.
    package var kept: String { TokenScope.allCases.filter(contains).map(\.rawValue).joined(separator: " ") }

    /// Words that are no scopes are left out: they allow nothing.
    package init(kept: String) { self = Set(kept.split(separator: " ").compactMap { TokenScope(rawValue: String($0)) }) }
}
