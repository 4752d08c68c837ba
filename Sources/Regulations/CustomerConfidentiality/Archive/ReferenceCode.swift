import Kernel
import WorkCalendar

/// 档号: fonds - category · year - retention - serial, `K001-LS·2026-D30-0017` (DA/T 13-2022: parts of one level by `·`, levels by `-`, zero
/// padded). Once given it is neither changed nor given again, whatever becomes of the file, its level or its place.
package struct ReferenceCode: Sendable, Hashable {
    /// 全宗号: four letters or digits.
    package static let fonds = "K001"
    /// Files of each classified level are counted in a category of their own, so that no gap among the others tells of one.
    package static func category(of file: CustomerFile) -> String {
        switch file.secrecy {
        case .public, .internal: file.subclass.letters
        case .secret: "MJ"
        case .topSecret: "MT"
        }
    }

    package let category: String
    package let year: Int
    package let retention: String
    package let serial: Int
    package let digits: Int

    package init(category: String, year: Int, retention: String, serial: Int, digits: Int) {
        (self.category, self.year, self.retention, self.serial, self.digits) = (category, year, retention, serial, digits)
    }

    package var series: String { "\(Self.fonds)-\(category)·\(year)-\(retention)" }

    package var text: String {
        let number = String(serial)
        return "\(series)-\(String(repeating: "0", count: max(0, digits - number.count)))\(number)"
    }

    /// In whatever way it is typed: `k001-ls.2026-d30-17`.
    package static func normalForm(_ text: String) -> String {
        text.uppercased().filter { $0.isLetter || $0.isNumber }
    }

    /// Class and parts of a code as numbers, for the order on the shelf: 2 stands before 10.
    package static func order(_ code: String) -> [Int] {
        code.split { $0 == "-" || $0 == "·" }.map { part in
            switch part {
            case "Y": 0
            case "D30": 1
            case "D10": 2
            default: Int(part) ?? category(part)
            }
        }
    }

    private static func category(_ letters: Substring) -> Int {
        CustomerKind.allCases.first { $0.letters == letters }?.order ?? 100
    }
}

/// 档号编号: how far each series of codes has come. It never goes back.
package struct CodeSeries: Document {
    package enum State: String, CaseIterable, Sendable { case open }
    package static let name = "code-series"
    package var series = ""
    package var last = 0
    package init() {}
    package var title: String { series }

    package static let form = Form<CodeSeries>(
        "档号编号", "Series of reference codes", states: [.open: .done("使用中", "In use")], level: .secret,
        [
            .text(\.series, "编号系列", "Series").indexed().listed(),
            .whole(\.last, "已用至", "Used up to", in: 0...999_999).listed(),
        ])

    package static let begin = Step<CodeSeries>("begin", "启用", "Begin", to: .open, by: .system, under: confidentiality[4])
    package static let count = Step<CodeSeries>(
        "count", "编号", "Count", from: .open, to: nil, by: .system, under: confidentiality[4], isOptional: true)
    package static let steps = [begin, count]

    /// The next code of a series.
    static func next(_ file: CustomerFile, _ act: Act) throws -> ReferenceCode {
        let digits = try act.parameter(.serialDigits)
        let category = ReferenceCode.category(of: file)
        func code(_ serial: Int) -> ReferenceCode {
            ReferenceCode(category: category, year: act.today.year, retention: file.retention.rawValue, serial: serial, digits: digits)
        }
        let known = try act.find(\CodeSeries.series, is: code(1).series, limit: 1).first
        let serial = (known?.value.last ?? 0) + 1
        try act.require(
            String(serial).count <= digits, "本年该类档号的 \(digits) 位流水号已用完，请先增设类别或由管理员增加位数",
            "The \(digits) digits of this year's series are used up; set up another class, or more digits first")
        if let known {
            try act.take(count, on: known.id) { $0.last = serial }
        } else {
            var series = CodeSeries()
            (series.series, series.last) = (code(1).series, serial)
            try act.create(series, by: begin)
        }
        return code(serial)
    }
}
