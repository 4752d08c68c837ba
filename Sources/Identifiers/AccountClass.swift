/// 银行账户类别: how much may be paid from an account. Its number does not tell; whoever enters it asks.
package enum AccountClass: UInt8, Sendable {
    case first = 1, second, third

    /// Whether a limit may stop a renewal premium: class II pays 10,000 yuan a day and 200,000 a year, class III 2,000 and 50,000
    /// (notice of the People's Bank, 2018).
    package var isLimited: Bool { self != .first }

    /// Ⅱ类, II, 2, 二类账户.
    package init?(_ text: String) {
        var word = text.uppercased().filter { !$0.isWhitespace }
        for ending in ["账户", "帐户", "户", "类"] where word.hasSuffix(ending) { word.removeLast(ending.count) }
        switch word {
        case "1", "I", "Ⅰ", "一", "１", "Ｉ": self = .first
        case "2", "II", "Ⅱ", "二", "２", "ＩＩ": self = .second
        case "3", "III", "Ⅲ", "三", "３", "ＩＩＩ": self = .third
        default: return nil
        }
    }
}
