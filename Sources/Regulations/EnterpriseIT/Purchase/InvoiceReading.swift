import Kernel
import Tables
import WorkCalendar

/// Where a value of an invoice was read, the surest first: what a machine wrote for machines comes before what was printed, and a printed
/// text before what was typed.
package enum InvoiceSource: String, Choosable {
    case none = "", xml, ofd, pdf, code, typed
    package var words: Words {
        switch self {
        case .none: Words("", "")
        case .xml: Words("XML 原件", "XML")
        case .ofd: Words("OFD 原件", "OFD")
        case .pdf: Words("PDF 原件", "PDF")
        case .code: Words("二维码", "QR code")
        case .typed: Words("录入", "Typed")
        }
    }
}

/// What one source says of an invoice. What it does not say is absent.
package struct InvoiceReading: Hashable, Sendable {
    package let source: InvoiceSource
    /// Code and number belong together: of a fully digital invoice the number alone.
    package var code: String?, number: String?
    package var day: Day?
    package var total: DecimalNumber?
    package var seller: String?

    package init(_ source: InvoiceSource) { self.source = source }

    /// What a file says that was handed in as the original.
    /// - Returns: nothing for what is no invoice's, or cannot be read.
    package static func read(_ content: [UInt8]) -> InvoiceReading? {
        if content.starts(with: Array("%PDF-".utf8)) { return InvoicePDF.read(content) }
        if content.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return InvoiceOFD.read(content) }
        return InvoiceFile(content).map(InvoiceReading.init)
    }

    package init(_ file: InvoiceFile) {
        self.init(.xml)
        (code, number, day, total) = ("", file.number, Day(loose: String(file.issued.prefix(10))), file.total)
        seller = file.seller.isEmpty ? nil : file.seller
    }

    package init(_ code: InvoiceCode) {
        self.init(.code)
        (self.code, number, day, total) = (code.code, code.number, code.day, code.amount)
    }
}

/// OFD (GB/T 33190): a package of XML. The invoice's own data stands in it as an attached XML, or among the custom data of its first part;
/// nothing is taken from how its pages are drawn.
enum InvoiceOFD {
    static func read(_ content: [UInt8]) -> InvoiceReading? {
        guard let parts = PackageParts.read(content, { $0.lowercased().hasSuffix(".xml") }),
            parts.contains(where: { $0.name.lowercased() == "ofd.xml" })
        else { return nil }
        for part in parts where part.name.lowercased().contains("attach") {
            if let file = InvoiceFile(part.content) { return InvoiceReading(file) }
            if let older = attached(part.content) { return older }
        }
        guard let root = parts.first(where: { $0.name.lowercased() == "ofd.xml" }).flatMap({ XMLTree.read($0.content) }) else { return nil }
        return custom(root)
    }

    /// `CustomDatas/CustomData Name="发票号码"`.
    private static func custom(_ root: XMLTree) -> InvoiceReading? {
        let rows = (root["DocBody"]?["DocInfo"]?["CustomDatas"]?.all("CustomData") ?? []).map { ($0.attributes["Name"] ?? "", $0.text) }
        let said = Dictionary(rows) { first, _ in first }
        func text(_ name: String) -> String? { said[name].flatMap { $0.isEmpty ? nil : $0 } }
        guard let number = text("发票号码").map(InvoiceNumber.digits), [8, 20].contains(number.count) else { return nil }
        var reading = InvoiceReading(.ofd)
        (reading.code, reading.number) = (text("发票代码").map(InvoiceNumber.digits) ?? "", number)
        reading.day = text("开票日期").flatMap { Day(loose: $0) }
        let (net, tax) = (text("合计金额").flatMap(InvoiceFile.amount), text("合计税额").flatMap(InvoiceFile.amount))
        reading.total = text("价税合计").flatMap(InvoiceFile.amount) ?? net.flatMap { net in tax.map { net + $0 } }
        reading.seller = text("销售方名称")
        return reading
    }

    /// The XML that electronic invoices before the fully digital ones carry.
    private static func attached(_ content: [UInt8]) -> InvoiceReading? {
        guard let root = XMLTree.read(content), root.name == "eInvoice",
            let number = root["InvoiceNo"]?.text, [8, 20].contains(InvoiceNumber.digits(number).count)
        else { return nil }
        var reading = InvoiceReading(.xml)
        (reading.code, reading.number) = (InvoiceNumber.digits(root["InvoiceCode"]?.text ?? ""), InvoiceNumber.digits(number))
        reading.day = (root["IssueDate"]?.text).flatMap { Day(loose: $0) }
        reading.total = (root["TaxInclusiveTotalAmount"]?.text).flatMap { InvoiceFile.amount($0) }
        reading.seller = (root["Seller"]?["SellerName"]?.text).flatMap { $0.isEmpty ? nil : $0 }
        return reading
    }
}
