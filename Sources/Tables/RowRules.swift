import Glibc

/// How the rows of a table are taken, once its header is known: which columns are read, and what is no row of data.
final class RowRules: @unchecked Sendable {
    /// By place; nothing for a column that nobody looks for.
    let contents: [Header.Content?]
    /// What a row of data nearly always fills.
    let usual: [Int]
    private let names: [Int: String]
    /// The first of the usual columns is called as if it were a code: 电话1.
    private let isNumbered: Bool
    // What is asked of every row, kept so that it costs next to nothing; written by the initialiser alone.
    private let first, second: Int
    private let firstName: UnsafeMutablePointer<UInt8>
    private let firstNameLength: Int

    init(_ header: Header, _ form: TableForm) {
        let contents = Dictionary(form.columns.map { ($0.key, $0.content) }) { first, _ in first }
        self.contents = header.names.indices.map { index in header.key(at: index).flatMap { contents[$0] } }
        usual = form.usual(in: header)
        let plain = Dictionary(usual.map { ($0, HeaderName.plain(header.names[$0])) }) { first, _ in first }
        names = plain
        isNumbered = usual.first.flatMap { plain[$0]?.last?.isNumber } ?? false
        first = usual.first ?? -1
        second = usual.dropFirst().first ?? first
        let name = Array((usual.first.map { header.names[$0] } ?? "").utf8)
        (firstName, firstNameLength) = (.allocate(capacity: max(name.count, 1)), name.count)
        firstName.initialize(from: name, count: name.count)
    }

    deinit { firstName.deallocate() }

    /// Whether it has to be looked at whether this is a row of data at all: it lacks what such a row has, or begins like the header.
    @inline(__always)
    func isDoubtful(_ spans: UnsafePointer<FieldSpan>, _ count: Int, _ bytes: UnsafePointer<UInt8>) -> Bool {
        guard first >= 0, first < count, second < count else { return true }
        let length = Int(spans[first].end &- spans[first].start)
        if length == 0 || spans[second].end == spans[second].start { return true }
        let start = Int(spans[0].start)
        if spans[0].end &- spans[0].start >= 6, bytes[start] >= 0xE4, Footer.mayBegin(bytes + start) { return true }
        // A signature (制表人：…) may stand where data does.
        for at in Int(spans[first].start)..<Int(spans[first].end) where bytes[at] == UInt8(ascii: ":") || bytes[at] == 0xEF { return true }
        return length == firstNameLength && memcmp(bytes + Int(spans[first].start), firstName, length) == 0
    }

    /// What a row is, if it is none of data.
    func other(_ row: TableRow) -> SkippedRow? {
        var filled = 0
        for (column, content) in contents.enumerated() where content != nil && !Self.looksBlank(row[column]) { filled += 1 }
        if filled == 0 { return .blank }
        let mayBeHeader = !usual.isEmpty && (isNumbered || !Self.isCode(row[usual[0]]))
        if mayBeHeader, usual.allSatisfy({ HeaderName.plain(row.text($0)) == names[$0] }) { return .header }
        let known = contents.lazy.filter { $0 != nil }.count
        guard filled <= max(2, known / 2), let first = (0..<row.count).first(where: { !Self.looksBlank(row[$0]) }) else { return nil }
        return !Self.isCode(row[first]) && Footer.matches(row.text(first)) ? .footer : nil
    }

    /// Figures, perhaps behind letters, such as TB2026001: most cells are such, and none is a word below a table.
    private static func isCode(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let last = cell.last, last &- 48 <= 9 else { return false }
        return !cell.drop { ($0 | 0x20) &- 97 <= 25 }.contains { $0 &- 48 > 9 }
    }

    /// Empty, spaces, or the zero that a formula leaves where there is nothing.
    private static func looksBlank(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        var at = 0
        var zeros = 0
        while at < cell.count {
            let byte = cell[at]
            if byte == 32 || (9...13).contains(byte) {
                at += 1
            } else if byte == UInt8(ascii: "0"), zeros == 0, at == 0 {
                (zeros, at) = (1, at + 1)
            } else if at + 2 < cell.count, byte == 0xE3, cell[at + 1] == 0x80, cell[at + 2] == 0x80 {
                at += 3
            } else if at + 1 < cell.count, byte == 0xC2, cell[at + 1] == 0xA0 {
                at += 2
            } else {
                return false
            }
        }
        return true
    }
}

/// Why a row of the table is not given.
enum SkippedRow { case blank, footer, header }

/// The last lines of a printed table: sums, signatures, remarks.
enum Footer {
    private static let sums = ["合计", "总计", "小计", "本页小计", "本页合计", "累计", "共计", "合计数", "total", "sum", "subtotal", "grandtotal"]
    private static let signatures = [
        "制表", "制表人", "填表", "填表人", "审核", "审核人", "复核", "复核人", "经办", "经办人", "负责人", "批准", "批准人", "制表日期", "填表日期", "打印日期", "打印时间",
        "制表时间", "填报人", "填报单位", "填报日期", "编制", "编制人", "单位负责人", "备注", "注", "说明", "附注", "签字", "签章", "盖章", "日期", "preparedby", "checkedby",
        "note", "notes", "remark", "remarks",
    ]
    /// What is written below the last row so that nobody adds one.
    private static let ends = ["以下空白", "以下无正文", "以下无内容", "此处空白"]

    /// The characters that Chinese words of these begin with, as the bytes of UTF-8 in a number.
    private static let beginnings: [UInt32] = Set((sums + signatures + ends + ["共", "第"]).compactMap(\.first).filter { !$0.isASCII }).map { character in
        String(character).utf8.reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Cheap, and rather once too often. Three bytes have to be readable.
    static func mayBegin(_ bytes: UnsafePointer<UInt8>) -> Bool {
        beginnings.contains(UInt32(bytes[0]) << 16 | UInt32(bytes[1]) << 8 | UInt32(bytes[2]))
    }

    /// - Parameter first: the first cell of the row that holds anything.
    static func matches(_ first: String) -> Bool {
        let head = first.split(whereSeparator: { ":：(（，,".contains($0) }).first.map(String.init) ?? ""
        let word = HeaderName.plain(head)
        if sums.contains(word) { return true }
        if ends.contains(first.filter(\.isLetter)) { return true }
        // 第1页, 第 1 页 共 3 页
        if word.hasPrefix("第"), word.dropFirst().drop(while: \.isNumber).hasPrefix("页"), word.dropFirst().first?.isNumber == true { return true }
        // 共3人, 合计3份
        if let sum = ["合计", "共计", "总计", "共"].first(where: { word.hasPrefix($0) }) {
            let rest = word.dropFirst(sum.count)
            if rest.first?.isNumber == true, rest.drop(while: \.isNumber).count <= 2 { return true }
        }
        return signatures.contains(word) && (first.contains(":") || first.contains("：") || HeaderName.plain(first) == word)
    }
}
