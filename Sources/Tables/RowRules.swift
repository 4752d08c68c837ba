import Glibc

/// How the rows of a table are taken, once its header is known: which columns are read, and what is no row of data.
final class RowRules: @unchecked Sendable {
    /// By place; nothing for a column that nobody looks for.
    let contents: [Header.Content?]
    /// What a row of data nearly always fills.
    let usual: [Int]
    private let names: [Int: String]
    /// How many columns are read.
    private let known: Int
    /// The first of the usual columns is called as if it were a code: 电话1.
    private let isNumbered: Bool
    /// What is asked of every row. It holds for as long as the rules do.
    let doubts: RowDoubts
    private let header: Header
    private let form: TableForm

    init(_ header: Header, _ form: TableForm) {
        (self.header, self.form) = (header, form)
        let contents = Dictionary(form.columns.map { ($0.key, $0.content) }) { first, _ in first }
        self.contents = header.names.indices.map { index in header.key(at: index).flatMap { contents[$0] } }
        known = self.contents.lazy.filter { $0 != nil }.count
        usual = form.usual(in: header)
        let plain = Dictionary(usual.map { ($0, HeaderName.plain(header.names[$0])) }) { first, _ in first }
        names = plain
        isNumbered = usual.first.flatMap { plain[$0]?.last?.isNumber } ?? false
        let first = usual.first ?? -1
        doubts = RowDoubts(
            first: first, second: usual.dropFirst().first ?? first, name: Array((usual.first.map { header.names[$0] } ?? "").utf8))
    }

    deinit { doubts.name.deallocate() }

    /// The same for another thread: two that count references to one object wait for each other.
    func twin() -> RowRules { RowRules(header, form) }

    /// What a row is, if it is none of data.
    func other(_ row: TableRow) -> SkippedRow? {
        var filled = 0
        for (column, content) in contents.enumerated() where content != nil && !Self.looksBlank(row[column]) { filled += 1 }
        if filled == 0 { return .blank }
        let mayBeHeader = !usual.isEmpty && (isNumbered || !Self.isCode(row[usual[0]]))
        if mayBeHeader, usual.allSatisfy({ isName(row[$0], of: $0) }) { return .header }
        guard filled <= max(2, known / 2), let first = (0..<row.count).first(where: { !Self.looksBlank(row[$0]) }) else { return nil }
        return !Self.isCode(row[first]) && Footer.matches(row.text(first)) ? .footer : nil
    }

    private func isName(_ cell: UnsafeBufferPointer<UInt8>, of column: Int) -> Bool {
        guard !cell.isEmpty, let name = names[column], Self.mayBe(cell, name) else { return false }
        return HeaderName.plain(String(decoding: cell, as: UTF8.self)) == name
    }

    /// Cheap, and rather once too often: of ASCII a name keeps every letter, and gets no other.
    private static func mayBe(_ cell: UnsafeBufferPointer<UInt8>, _ name: String) -> Bool {
        func letters(_ bytes: some Sequence<UInt8>) -> Int { bytes.reduce(0) { $0 + (($1 | 0x20) &- 97 <= 25 ? 1 : 0) } }
        if cell.contains(where: { $0 >= 0x80 }) { return true }
        return name.utf8.allSatisfy { $0 < 0x80 } && letters(cell) == letters(name.utf8)
    }

    /// Figures, perhaps behind letters, such as TB2026001: most cells are such, and none is a word below a table.
    private static func isCode(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let last = cell.last, last &- 48 <= 9 else { return false }
        return !cell.drop { ($0 | 0x20) &- 97 <= 25 }.contains { $0 &- 48 > 9 }
    }

    /// Empty, spaces, or the zero that a formula leaves where there is nothing.
    private static func looksBlank(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = cell.first else { return true }
        if first > 48 && first < 0xC2 || first > 0xE3 { return false }
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

/// Whether it has to be looked at whether a row is one of data at all. Without references, so that it costs next to nothing.
struct RowDoubts {
    /// Two columns that a row of data nearly always fills, and what the first is called.
    private let first, second: Int
    fileprivate let name: UnsafeMutablePointer<UInt8>
    private let nameLength: Int

    fileprivate init(first: Int, second: Int, name: [UInt8]) {
        (self.first, self.second) = (first, second)
        (self.name, nameLength) = (.allocate(capacity: max(name.count, 1)), name.count)
        self.name.initialize(from: name, count: name.count)
    }

    /// It lacks what such a row has, or begins like the header.
    @inline(__always)
    func apply(_ spans: UnsafePointer<FieldSpan>, _ count: Int, _ bytes: UnsafePointer<UInt8>) -> Bool {
        guard first >= 0, first < count, second < count else { return true }
        let length = Int(spans[first].end &- spans[first].start)
        if length == 0 || spans[second].end == spans[second].start { return true }
        let start = Int(spans[0].start)
        if spans[0].end &- spans[0].start >= 6, bytes[start] >= 0xE4, Footer.mayBegin(bytes + start) { return true }
        let cell = bytes + Int(spans[first].start)
        return Footer.maySign(cell, length) || length == nameLength && memcmp(cell, name, length) == 0
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

    /// A signature (制表人：…) may stand where data does. Seven bytes behind the cell have to be readable.
    @inline(__always)
    static func maySign(_ cell: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        var (at, found) = (0, UInt64(0))
        while at < length {
            let word = UInt64(littleEndian: UnsafeRawPointer(cell + at).loadUnaligned(as: UInt64.self))
            let beyond = max(at &+ 8 &- length, 0)
            found |= (zeros(word ^ colons) | zeros(word ^ wides)) << UInt64(beyond &* 8)
            at &+= 8
        }
        return found != 0
    }

    private static let colons: UInt64 = 0x3A3A_3A3A_3A3A_3A3A
    /// What a wide colon begins with.
    private static let wides: UInt64 = 0xEFEF_EFEF_EFEF_EFEF

    /// Whether some byte of the word is zero: not zero then.
    @inline(__always)
    private static func zeros(_ word: UInt64) -> UInt64 { (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 }

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
