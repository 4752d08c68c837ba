import Kernel
import WorkCalendar

/// The number by which a VAT invoice is one and the same: of a fully digital one its 20 digits, of any other its code and its 8 digits.
/// It is text throughout: 20 digits overflow every machine number.
package enum InvoiceNumber {
    /// Digits alone, whatever stands between them and in whatever width.
    package static func digits(_ text: String) -> String { PlainText.halfWidth(text).filter { ("0"..."9").contains($0) } }

    /// - Parameter code: empty of a fully digital invoice.
    /// - Returns: the key, or what is wrong.
    package static func key(code: String, number: String) -> Result<String, Fault> {
        let typed = PlainText.halfWidth(number).filter { !$0.isWhitespace && $0 != "-" }
        guard typed.allSatisfy({ ("0"..."9").contains($0) }) else {
            return .failure(Fault("发票号码只能是数字", "An invoice number has digits only"))
        }
        let code = digits(code), number = digits(number)
        if number.count == 20 { return .success(number) }
        guard number.count == 8 else {
            return .failure(
                Fault(
                    "发票号码应为 20 位（数电票）或 8 位，现有 \(number.count) 位",
                    "An invoice number has 20 digits (fully digital) or 8; this has \(number.count)"))
        }
        guard code.count == 10 || code.count == 12 else {
            return .failure(Fault("8 位号码的发票须同时填写 10 或 12 位发票代码", "With a number of 8 digits goes a code of 10 or 12"))
        }
        return .success("\(code)-\(number)")
    }

    package struct Fault: Error, Hashable, Sendable {
        package let words: Words
        init(_ zh: String, _ en: String) { words = Words(zh, en) }
    }

    /// What a fully digital invoice's number says that is to be looked at, and never refused.
    package static func warning(_ key: String, today: Day) -> Words? {
        guard key.count == 20, let year = Int(key.prefix(2)) else { return nil }
        if year < 21 || year > today.year % 100 {
            return Words("号码前两位 \(key.prefix(2)) 不像开票年份", "The first two digits, \(key.prefix(2)), look like no year of issue")
        }
        let region = String(key.dropFirst(2).prefix(2))
        return regions.contains(region) ? nil : Words("号码中的地区 \(region) 不认识", "The region \(region) in the number is not known")
    }

    private static let regions: Set<String> = Set(
        [11...15, 21...23, 31...37, 41...46, 50...54, 61...65].flatMap { $0.map(String.init) })
}

/// What stands in the QR code of a VAT invoice, between commas.
package struct InvoiceCode: Hashable, Sendable {
    package let kind: String
    package let code: String
    package let number: String
    package let amount: DecimalNumber?
    package let day: Day?
    package let check: String

    /// `01,32,,23442000000014209621,112,20230215,,74AE`; `nil` where it is no invoice's.
    package init?(_ text: String) {
        let parts = PlainText.halfWidth(text).split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmingBlanks }
        guard parts.count >= 6, parts[0] == "01", parts[1].count == 2, [8, 20].contains(InvoiceNumber.digits(parts[3]).count) else {
            return nil
        }
        (kind, code, number) = (parts[1], InvoiceNumber.digits(parts[2]), InvoiceNumber.digits(parts[3]))
        (amount, day) = (DecimalNumber(loose: parts[4]), Day(loose: parts[5]))
        check = parts.count > 6 ? parts[6] : ""
    }
}

/// What the XML of a fully digital invoice says: it is believed before anything printed.
package struct InvoiceFile: Hashable, Sendable {
    package let number: String
    package let issued: String
    package let untaxed: DecimalNumber?
    package let tax: DecimalNumber?
    package let total: DecimalNumber?
    package let seller: String

    package init?(_ xml: [UInt8]) {
        guard let root = XMLTree.read(xml), root.name == "EInvoice" else { return nil }
        let supervision = root["TaxSupervisionInfo"], basic = root["EInvoiceData"]?["BasicInformation"]
        guard let number = supervision?["InvoiceNumber"]?.text, InvoiceNumber.digits(number).count == 20 else { return nil }
        (self.number, issued) = (InvoiceNumber.digits(number), supervision?["IssueTime"]?.text ?? "")
        func amount(_ name: String) -> DecimalNumber? { (basic?[name]?.text).flatMap { InvoiceFile.amount($0) } }
        let (net, duty) = (amount("TotalAmWithoutTax"), amount("TotalTaxAm"))
        (untaxed, tax) = (net, duty)
        seller = root["EInvoiceData"]?["SellerInformation"]?["SellerName"]?.text ?? ""
        total = amount("TotalTax-includedAmount") ?? net.flatMap { net in duty.map { net + $0 } }
    }

    /// `-¥12.00`, `¥-12.00`, `（负数）12.00`; `***` is unknown.
    package static func amount(_ text: String) -> DecimalNumber? {
        var plain = PlainText.halfWidth(text).filter { !$0.isWhitespace && $0 != "¥" && $0 != "￥" }
        let isNegative = plain.hasPrefix("(负数)") || plain.hasPrefix("-")
        if plain.hasPrefix("(负数)") { plain.removeFirst(4) }
        if plain.hasPrefix("-") { plain.removeFirst() }
        return DecimalNumber(loose: plain).map { isNegative ? -$0 : $0 }
    }
}
