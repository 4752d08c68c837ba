/// What is left of a value for those who need not see all of it (PIPL article 51; the conventions of the trade).
///
/// None of these fails: what has not the expected form is hidden altogether.
package enum Mask {
    /// 张*三, 张*, 欧**娜: the first and, from three characters on, the last one stand.
    package static func name(_ name: String) -> String {
        let characters = letters(name)
        guard let first = characters.first, let last = characters.last, characters.count > 1 else { return characters.isEmpty ? "" : "*" }
        if characters.count == 2 { return "\(first)*" }
        return "\(first)" + stars(characters.count - 2) + "\(last)"
    }

    /// 110105********002X: the first six and the last four stand of numbers of 15 characters and more; of shorter ones, of which that
    /// would leave nothing to hide, the first and the last.
    package static func documentNumber(_ number: String) -> String {
        let characters = letters(number)
        guard characters.count >= 15 else { return documentNumberOnNotices(number) }
        return String(characters.prefix(6)) + stars(characters.count - 10) + String(characters.suffix(4))
    }

    /// 1****************X: for what is posted or sent outside, the first and the last stand.
    package static func documentNumberOnNotices(_ number: String) -> String {
        let characters = letters(number)
        guard characters.count >= 4 else { return stars(characters.count) }
        return String(characters.prefix(1)) + stars(characters.count - 2) + String(characters.suffix(1))
    }

    /// 138****1234.
    package static func mobile(_ number: String) -> String {
        let finding = Mobile.check(number)
        guard finding.number != 0 else { return stars(min(number.count, 11)) }
        let digits = String(finding.number)
        return digits.prefix(3) + "****" + digits.suffix(4)
    }

    /// 010****5678: the area code and the last four stand; an extension goes.
    package static func landline(_ number: String) -> String {
        let finding = Landline.check(number)
        guard finding.number != 0 else { return stars(min(number.count, 11)) }
        let digits = "0" + String(finding.number)
        let area = digits.hasPrefix("010") || digits.hasPrefix("02") ? 3 : 4
        return digits.prefix(area) + "****" + digits.suffix(4)
    }

    /// ****1234; of nothing, nothing.
    package static func account(_ account: String) -> String {
        if isBlank(account) { return "" }
        let characters = account.filter { $0.isNumber }
        return characters.count < 8 ? "****" : "****" + characters.suffix(4)
    }

    /// n***@example.com; of nothing, nothing.
    package static func email(_ address: String) -> String {
        if isBlank(address) { return "" }
        guard Email.check(address).isEmpty, let at = address.firstIndex(of: "@") else { return "****" }
        return address.prefix(1) + "***" + address[at...]
    }

    /// 北京市朝阳区****: down to the first district or county or, where there is none, the last city, or the province. Of nothing, nothing.
    package static func address(_ address: String) -> String {
        let letters = address.unicodeScalars.filter { !$0.isSpace }.map { $0 }
        if letters.isEmpty { return "" }
        let head = letters.prefix { !streets.contains($0) }
        func follows(_ place: Int, _ others: Set<Unicode.Scalar>) -> Bool { place > 0 && others.contains(letters[place - 1]) }
        let district = head.indices.first { place in
            // Not the 区 of 自治区 and 特别行政区, nor that of 小区, 社区 and 园区.
            place > 0 && (letters[place] == "区" ? !follows(place, noDistricts) : letters[place] == "县" || letters[place] == "旗")
        }
        let region = head.indices.last { place in
            place > 0 && (letters[place] == "市" || letters[place] == "省" || (letters[place] == "区" && follows(place, regions)))
        }
        guard let end = district ?? region else { return "****" }
        var masked = String.UnicodeScalarView()
        masked.append(contentsOf: letters[...end])
        return String(masked) + "****"
    }

    /// Where the part of an address begins that tells the house.
    private static let streets = Set("路街道巷弄村镇乡号0123456789０１２３４５６７８９".unicodeScalars)
    private static let noDistricts = Set("治政小社园".unicodeScalars), regions = Set("治政".unicodeScalars)

    private static func letters(_ text: String) -> [Character] { Array(String(text.unicodeScalars.filter { !$0.isSpace })) }
    private static func isBlank(_ text: String) -> Bool { text.unicodeScalars.allSatisfy(\.isSpace) }
    private static func stars(_ count: Int) -> String { String(repeating: "*", count: max(count, 0)) }
}

extension Unicode.Scalar {
    /// As `Character.isWhitespace`: above the ideographs' own there is no space.
    fileprivate var isSpace: Bool {
        if value < 0x80 { return value == 0x20 || (9...13).contains(value) }
        return value < 0x2E80 ? properties.isWhitespace : value == 0x3000
    }
}
