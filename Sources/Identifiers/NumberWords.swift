/// What is wrong with this very number: an impossible day of birth is told apart from one to come, and a wrong check character is named
/// with the right one (第六条 of the rules on life insurance customers' data).
extension DataFault {
    /// The sentences in Chinese and in English. Where the number tells nothing more, the fault's own. No part of the number stands in
    /// them: refusals are kept in the ledger.
    /// - Parameters:
    ///   - number: as typed.
    ///   - today: yyyymmdd.
    package func sentences(of number: String, _ kind: DocumentKind, today: Int32) -> (zh: String, en: String) {
        switch self {
        case .idCheck: wrongCheck(number)
        case .idDate: wrongDay(number, today)
        case .idRegion where kind == .residencePermit:
            (
                "港澳台居民居住证号码应以810000、820000或830000开头，请核对证件类型和号码",
                "The number of this residence permit begins with 810000, 820000 or 830000; check the kind of document and the number"
            )
        case .idLength where kind == .residencePermit:
            (
                "港澳台居民居住证号码应为18位，请对照证件检查是否多写或少写",
                "The number of this residence permit has 18 characters; look for one too many or too few"
            )
        default: (zh, en)
        }
    }

    private func wrongCheck(_ number: String) -> (zh: String, en: String) {
        guard let check = ResidentNumber.checkCharacter(for: number) else { return (zh, en) }
        if ResidentNumber.looksRounded(number) {
            return (
                "身份证号码的校验位不符，末尾像是被表格软件改动过（数字只保留15位），请把该列设为文本，对照证件重新填写",
                "The check character of the identity number does not agree, and its end looks rounded by a spreadsheet, which keeps 15 figures; "
                    + "make the column text and enter the number again from the document"
            )
        }
        return (
            "身份证号码的校验位不符：若前17位无误，第18位应为\(check)，请对照证件逐位核对",
            "The check character of the identity number does not agree: if the first 17 digits are right, the 18th should be \(check); compare all of them with the document"
        )
    }

    private func wrongDay(_ number: String, _ today: Int32) -> (zh: String, en: String) {
        let isOld = ResidentNumber.isOldForm(number)
        let (places, digits) = (isOld ? "第7至12位" : "第7至14位", isOld ? "digits 7 to 12" : "digits 7 to 14")
        guard let birth = ResidentNumber.birthAsWritten(in: number) else {
            return (zh.replacing("第7至14位", with: places), en.replacing("Digits 7 to 14", with: isOld ? "Digits 7 to 12" : "Digits 7 to 14"))
        }
        if !CalendarDate.exists(birth) {
            return (
                "身份证号码中的出生日期（\(places)）不存在，请对照证件改正",
                "The date of birth in the identity number (\(digits)) does not exist; correct it from the document"
            )
        }
        if birth > today {
            return (
                "身份证号码中的出生日期（\(places)）晚于今天，请对照证件改正",
                "The date of birth in the identity number (\(digits)) is after today; correct it from the document"
            )
        }
        return (
            "身份证号码中的出生日期（\(places)）过早，请对照证件改正",
            "The date of birth in the identity number (\(digits)) is too long ago; correct it from the document"
        )
    }
}

extension ResidentNumber {
    /// Fifteen characters, as numbers had until 1999.
    static func isOldForm(_ text: String) -> Bool { text.withBytes { withPlain($0) { $0.count == 15 } } }

    /// Whether a program that takes the number for a quantity would leave just this one: the last three figures zero, as spreadsheets do
    /// it, or a number that a double holds or prints. Nothing can be said then of what the last ones were.
    static func looksRounded(_ text: String) -> Bool {
        let figures = text.withBytes { withPlain($0) { $0.count == 18 && $0.allSatisfy(isDigit) ? String(decoding: $0, as: UTF8.self) : "" } }
        guard let number = UInt64(figures) else { return false }
        let quantity = Double(number)
        if number % 1000 == 0 || UInt64(quantity) == number { return true }
        let printed = quantity.description.prefix { $0 != "e" }.filter { $0 != "." }
        return printed + String(repeating: "0", count: max(0, 18 - printed.count)) == figures
    }

    /// yyyymmdd as the number has it, whether there is such a day or not; `nil` where it is no number of 18 or 15 characters.
    static func birthAsWritten(in text: String) -> Int32? {
        text.withBytes { bytes in
            withPlain(bytes) { plain in
                if plain.count == 15 {
                    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 18) { modern in
                        modernise(plain, into: modern) ? modern.baseAddress.flatMap { EighteenDigits($0) }?.birth : nil
                    }
                }
                guard plain.count == 18, let start = plain.baseAddress else { return nil }
                return EighteenDigits(start)?.birth
            }
        }
    }
}
