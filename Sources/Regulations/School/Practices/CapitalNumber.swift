/// 大写数字: as persons are counted in letters of introduction, so that nobody adds a stroke.
package enum CapitalNumber {
    private static let digits = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"]

    /// From 0 to 9999: 12 is 壹拾贰, 105 is 壹佰零伍.
    package static func words(_ number: Int) -> String {
        guard (1...9999).contains(number) else { return digits[0] }
        var words = "", isGap = false
        for (value, unit) in [(1000, "仟"), (100, "佰"), (10, "拾"), (1, "")] {
            let digit = number / value % 10
            if digit == 0 {
                isGap = !words.isEmpty
            } else {
                words += (isGap ? digits[0] : "") + digits[digit] + unit
                isGap = false
            }
        }
        return words
    }
}
