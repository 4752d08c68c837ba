import Kernel
import WorkCalendar

/// Which of an invoice's values came from where (第二章24).
package struct InvoiceValue: Line {
    package enum Name: String, Choosable {
        case none = "", code, number, day, total, seller
        package var words: Words {
            switch self {
            case .none: Words("", "")
            case .code: Words("发票代码", "Code")
            case .number: Words("发票号码", "Number")
            case .day: Words("开票日期", "Issued on")
            case .total: Words("价税合计", "Total with tax")
            case .seller: Words("销售方", "Seller")
            }
        }
    }
    package var name = Name.none
    package var value = ""
    package var source = InvoiceSource.none
    package init() {}
    init(_ name: Name, _ value: String, _ source: InvoiceSource) { (self.name, self.value, self.source) = (name, value, source) }

    package static let fields: [Field<InvoiceValue>] = [
        .choice(\.name, "项目", "Value"), .text(\.value, "内容", "What it says").code(), .choice(\.source, "取自", "From"),
    ]
}

/// Several sources of one invoice: of each value the surest counts, and what another says otherwise is told.
package struct InvoiceSources: Sendable {
    package private(set) var code = "", number = "", seller = ""
    package private(set) var day: Day?
    package private(set) var total: DecimalNumber?
    package private(set) var values: [InvoiceValue] = []
    /// What is to be looked at.
    package private(set) var differences: [String] = []

    package init(_ readings: [InvoiceReading]) {
        let order = InvoiceSource.allCases
        let sorted = readings.sorted { (order.firstIndex(of: $0.source) ?? 0) < (order.firstIndex(of: $1.source) ?? 0) }
        // A number without its code is another number: both come from one source.
        if let surest = sorted.first(where: { !($0.number ?? "").isEmpty }) {
            // As it was written: what is no number in it is refused, and not left out.
            (code, number) = (surest.code ?? "", surest.number ?? "")
            let digits = InvoiceNumber.digits(number)
            if !code.isEmpty { values.append(InvoiceValue(.code, code, surest.source)) }
            values.append(InvoiceValue(.number, digits, surest.source))
            compare(.number, digits, surest.source, sorted) { $0.number.map(InvoiceNumber.digits) }
        }
        if let found = surest(sorted, \.day) {
            day = found.value
            note(.day, found.value.description, found.source, sorted) { $0.day?.description }
        }
        // A QR code's amount is without tax on some kinds: what somebody typed from the paper counts before it.
        let amounts = sorted.filter { $0.source != .code } + sorted.filter { $0.source == .code }
        if let found = surest(amounts, \.total) {
            total = found.value
            note(.total, found.value.description, found.source, sorted) { $0.source == .code ? nil : $0.total?.description }
            if let scanned = sorted.first(where: { $0.source == .code })?.total, scanned != found.value {
                differences.append("二维码金额 \(scanned) 与价税合计 \(found.value) 不同，可能为不含税金额")
            }
        }
        if let found = surest(sorted.filter { !($0.seller ?? "").isEmpty }, \.seller) {
            seller = found.value
            note(.seller, found.value, found.source, sorted) { $0.seller.flatMap { $0.isEmpty ? nil : $0 } }
        }
    }

    private func surest<V>(_ readings: [InvoiceReading], _ path: KeyPath<InvoiceReading, V?>) -> (value: V, source: InvoiceSource)? {
        readings.lazy.compactMap { reading in reading[keyPath: path].map { ($0, reading.source) } }.first
    }

    private mutating func note(
        _ name: InvoiceValue.Name, _ value: String, _ source: InvoiceSource, _ readings: [InvoiceReading],
        _ said: (InvoiceReading) -> String?
    ) {
        values.append(InvoiceValue(name, value, source))
        compare(name, value, source, readings, said)
    }

    private mutating func compare(
        _ name: InvoiceValue.Name, _ value: String, _ source: InvoiceSource, _ readings: [InvoiceReading],
        _ said: (InvoiceReading) -> String?
    ) {
        for reading in readings where reading.source != source {
            guard let other = said(reading), !other.isEmpty, other != value else { continue }
            differences.append(
                "\(reading.source.words.zh)的\(name.words.zh) \(other) 与\(source.words.zh)的 \(value) 不同，以\(source.words.zh)为准")
        }
    }
}
