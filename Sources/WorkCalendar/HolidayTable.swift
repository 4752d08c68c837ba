/// What the State Council's yearly notice says about days that are not as the weekday has it, or what an administrator adds to it.
package struct HolidayTable: Sendable {
    /// A day off, or a weekend day that is worked to make up for one.
    package enum Kind: String, Sendable { case holiday, workday }

    package struct Row: Sendable, Hashable {
        package let day: Day
        package let kind: Kind
        /// The holiday that the row belongs to: 春节.
        package let holiday: String

        package init(day: Day, kind: Kind, holiday: String) { self.day = day; self.kind = kind; self.holiday = holiday }
    }

    package let rows: [Row]

    private static let headers = ["date,kind,holiday", "日期,类别,名称", "日期\t类别\t名称", "date\tkind\tholiday"]
    private static let kinds: [String: Kind] = [
        "holiday": .holiday, "放假": .holiday, "休息": .holiday, "workday": .workday, "上班": .workday, "调休上班": .workday, "调休": .workday,
    ]

    package init(rows: [Row]) { self.rows = rows }

    /// Reads `日期,类别,名称` or `date,kind,holiday` (header first) with 放假 or 上班, `holiday` or `workday`, as the kind. Throws the first
    /// line that cannot be read.
    package init(csv bytes: some Sequence<UInt8>) throws(HolidayTableError) {
        var rows: [Row] = []
        var seen: Set<Day> = []
        let text = String(decoding: Array(bytes), as: UTF8.self)
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            if index == 0 {
                let header = line.unicodeScalars.first == "\u{FEFF}" ? String(line.unicodeScalars.dropFirst()) : String(line)
                guard Self.headers.contains(header.replacing("，", with: ",").replacing(" ", with: "")) else { throw .header }
                continue
            }
            if line.isEmpty { continue }
            let fields = line.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "，" || $0 == "\t" }
            guard fields.count == 3, !fields[2].isEmpty else { throw .columns(line: index + 1) }
            guard let day = Day(loose: String(fields[0])) else { throw .date(line: index + 1, String(fields[0])) }
            guard let kind = Self.kinds[String(fields[1])] else { throw .kind(line: index + 1, String(fields[1])) }
            guard seen.insert(day).inserted else { throw .twice(line: index + 1, day) }
            rows.append(Row(day: day, kind: kind, holiday: String(fields[2])))
        }
        self.rows = rows
    }
}

/// Why a table of holidays cannot be read.
package enum HolidayTableError: Error, Hashable {
    case header
    case columns(line: Int)
    case date(line: Int, String)
    case kind(line: Int, String)
    case twice(line: Int, Day)

    package var zh: String {
        switch self {
        case .header: "节假日表第1行须为列名“日期,类别,名称”，请补上或改正"
        case .columns(let line): "节假日表第\(line)行须有三列：日期、放假或上班、节日名称，请补全"
        case .date(let line, let text): "节假日表第\(line)行的日期“\(text.prefix(20))”不存在或格式不对，请写成 2027-01-01 的样子"
        case .kind(let line, let text): "节假日表第\(line)行的类别“\(text.prefix(20))”无法识别，放假写“放假”，调休上班写“上班”"
        case .twice(let line, let day): "节假日表第\(line)行的 \(day) 已在前面出现，请只保留一行"
        }
    }

    package var en: String {
        switch self {
        case .header: "Line 1 of the table of holidays must be the header date,kind,holiday; add or correct it"
        case .columns(let line): "Line \(line) of the table of holidays needs three columns: date, holiday or workday, name; complete it"
        case .date(let line, let text):
            "Line \(line) of the table of holidays has no date that exists (“\(text.prefix(20))”); write it like 2027-01-01"
        case .kind(let line, let text):
            "Line \(line) of the table of holidays has an unknown kind (“\(text.prefix(20))”); write holiday for a day off, workday for a make-up day"
        case .twice(let line, let day): "Line \(line) of the table of holidays repeats \(day); keep one of the two lines"
        }
    }
}

extension HolidayTableError: CustomStringConvertible {
    package var description: String { en }
}
