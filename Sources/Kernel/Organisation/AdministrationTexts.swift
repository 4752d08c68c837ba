/// How long the texts are that an administrator writes: names stand in lists, and reasons in the ledger for good.
extension Administration {
    /// The longest name of a person or a unit, and the longest log-in name, in characters.
    package static let longestName = 100
    /// The longest reason, in characters.
    package static let longestReason = 200

    private var texts: [(field: String, text: String, longest: Int)] {
        switch self {
        case .addUnit(_, let zh, let en), .renameUnit(_, let zh, let en): Self.names(zh, en)
        case .addPerson(let login, let zh, let en, _, _): [("login", login, Self.longestName)] + Self.names(zh, en)
        case .changePerson(_, let zh, let en, _, _, _, _, _): Self.names(zh, en)
        case .askReset(_, let reason), .adopt(_, _, _, _, let reason), .setParameter(_, _, _, _, _, let reason):
            [("reason", reason, Self.longestReason)]
        case .addHolidays(let rows): rows.map { ("rows", $0.holiday, Self.longestName) }
        default: []
        }
    }

    private static func names(_ zh: String, _ en: String) -> [(field: String, text: String, longest: Int)] {
        [("zh", zh, longestName), ("en", en, longestName)]
    }

    func requireShort() throws(DeskError) {
        let faults = texts.compactMap { TextLimit.fault($0.field, $0.text, longest: $0.longest) }
        if !faults.isEmpty { throw .invalid(faults) }
    }
}
