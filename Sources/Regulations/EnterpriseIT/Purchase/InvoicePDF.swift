import Kernel
import Tables
import WorkCalendar

/// A PDF of an invoice: the keys that issuing programs write beside its title, and else the text of its page, each value by the label that
/// stands before it. Nothing is guessed from the greatest amount, and nothing is taken from the remark.
package enum InvoicePDF {
    static func read(_ content: [UInt8]) -> InvoiceReading? {
        keys(content) ?? text(FileText.read(content, name: "invoice.pdf").text)
    }

    // MARK: Keys

    /// `/InvoiceNumber (24…)`, as text or in hexadecimal UTF-16; such keys are found where they stand unpacked.
    package static func keys(_ content: [UInt8]) -> InvoiceReading? {
        guard let number = value(of: "InvoiceNumber", content).map(InvoiceNumber.digits), number.count == 20 else { return nil }
        var reading = InvoiceReading(.pdf)
        (reading.code, reading.number) = ("", number)
        reading.day = value(of: "IssueTime", content).flatMap { Day(loose: String($0.prefix(10))) }
        func amount(_ key: String) -> DecimalNumber? { value(of: key, content).flatMap(InvoiceFile.amount) }
        let (net, tax) = (amount("TotalAmWithoutTax"), amount("TotalTaxAm"))
        reading.total = amount("TotalTax-includedAmount") ?? net.flatMap { net in tax.map { net + $0 } }
        return reading
    }

    private static func value(of key: String, _ content: [UInt8]) -> String? {
        let name = Array("/\(key)".utf8)
        guard let start = content.firstRange(of: name)?.upperBound else { return nil }
        let rest = content[start...].drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
        switch rest.first {
        case UInt8(ascii: "("):
            guard let end = rest.prefix(400).firstIndex(of: UInt8(ascii: ")")) else { return nil }
            return decoded(Array(rest[(rest.startIndex + 1)..<end]))
        case UInt8(ascii: "<"):
            guard let end = rest.prefix(1600).firstIndex(of: UInt8(ascii: ">")) else { return nil }
            let digits = rest[(rest.startIndex + 1)..<end].compactMap { Character(UnicodeScalar($0)).hexDigitValue }
            guard digits.count % 2 == 0 else { return nil }
            return decoded(stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
        default: return nil
        }
    }

    private static func decoded(_ bytes: [UInt8]) -> String {
        guard bytes.starts(with: [0xFE, 0xFF]) else { return String(decoding: bytes, as: UTF8.self) }
        let units = stride(from: 2, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        return String(decoding: units, as: UTF16.self)
    }

    // MARK: Text

    package static func text(_ text: String) -> InvoiceReading? {
        // Down to the remark: what people write there is none of the invoice's own values.
        let lines = PlainText.halfWidth(text).split(whereSeparator: \.isNewline).map { $0.filter { !$0.isWhitespace } }
            .filter { !$0.isEmpty }.prefix { !isRemark($0) }
        guard let number = value(after: "发票号码", in: lines, where: { [8, 20].contains($0.count) && $0.allSatisfy(\.isNumber) }) else {
            return nil
        }
        var reading = InvoiceReading(.pdf)
        let code = value(after: "发票代码", in: lines, where: { [10, 12].contains($0.count) && $0.allSatisfy(\.isNumber) })
        (reading.code, reading.number) = (number.count == 20 ? "" : code ?? "", number)
        reading.day = value(after: "开票日期", in: lines) { Day(loose: $0) != nil }.flatMap { Day(loose: $0) }
        reading.total = lines.lazy.compactMap(total).first
        return reading
    }

    private static func isRemark(_ line: String) -> Bool { line.hasPrefix("备注") || line == "备" || line == "注" }

    /// What stands behind a label, on its line or alone on the next.
    private static func value(after label: String, in lines: ArraySlice<String>, where fits: (String) -> Bool) -> String? {
        for (index, line) in zip(lines.indices, lines) {
            guard let end = line.firstRange(of: label)?.upperBound else { continue }
            let rest = line[end...].drop { $0 == ":" }
            // Another label may follow on the same line.
            let own = String(rest.prefix { $0.isNumber || "年月日-/.".contains($0) })
            if fits(own) { return own }
            if rest.isEmpty, index + 1 < lines.endIndex, fits(lines[index + 1]) { return lines[index + 1] }
        }
        return nil
    }

    /// `(小写)¥113.00`, the total with tax; `***` is unknown.
    private static func total(_ line: String) -> DecimalNumber? {
        guard let end = line.firstRange(of: "(小写)")?.upperBound else { return nil }
        let rest = line[end...].drop { $0 == ":" }
        var amount = String(rest.prefix { $0.isNumber || "-.,¥￥".contains($0) })
        if rest.hasPrefix("(负数)") { amount = "(负数)" + rest.dropFirst(4).prefix { $0.isNumber || "-.,¥￥".contains($0) } }
        return InvoiceFile.amount(amount.replacing(",", with: ""))
    }
}
