import Glibc

/// The row of a sheet that is being read, field by field.
final class SheetRow {
    /// As the spreadsheet numbers it; 0 before the first.
    private(set) var number = 0
    private(set) var isHidden = false
    private(set) var hasFormula = false
    /// Cells whose formula was saved without its result.
    private(set) var withoutResult: [String] = []
    let texts = ByteBuffer()

    private let limits: TableLimits
    private let room: FieldRoom
    private var count = 0
    private var isDamaged = false

    init(_ limits: TableLimits) {
        self.limits = limits
        room = FieldRoom(limits)
    }

    var isEmpty: Bool { count == 0 }
    var fields: UnsafeBufferPointer<FieldSpan> { UnsafeBufferPointer(start: room.spans, count: count) }
    /// Nothing for a sound row.
    var damage: UnsafeBufferPointer<UInt8>? { isDamaged ? UnsafeBufferPointer(start: room.damages, count: count) : nil }
    var asRead: TableRow { TableRow(bytes: texts.base, spans: room.spans, count: count, line: number, number: number) }

    func begin(_ number: Int, isHidden: Bool) {
        (self.number, self.isHidden) = (number, isHidden)
        (hasFormula, isDamaged, count) = (false, false, 0)
        texts.clear()
        if !withoutResult.isEmpty { withoutResult.removeAll() }
    }

    func addFormula() { hasFormula = true }
    func addWithoutResult(_ place: String) { withoutResult.append(place) }

    /// Adds what stands in a column, with what has to be empty before it.
    /// - Parameter content: nothing for a column that nobody reads.
    /// - Parameter isTyped: it is a text, which may have marks of spreadsheets on it.
    @inline(__always)
    func put(
        _ text: UnsafeBufferPointer<UInt8>, _ damage: CellDamage, column: Int, _ content: Header.Content?, isTyped: Bool
    ) throws(PaperError) {
        // A cell within a cell may stand behind the last column.
        guard column < limits.columns, count < limits.columns else { throw .tooManyColumns(line: number, limit: limits.columns) }
        guard text.count <= limits.field else { throw .fieldTooLong(line: number, column: column + 1, limit: limits.field) }
        guard texts.count + text.count <= limits.row else { throw .rowTooLong(line: number, limit: limits.row) }
        guard text.baseAddress.map({ memchr($0, 0, text.count) == nil }) ?? true else { throw .nul(line: number) }
        fill(to: column)
        var span = FieldSpan(texts.count, texts.count + text.count)
        texts.append(text)
        var damage = damage
        if damage == .none, isTyped, let content { damage = CellText.clean(texts.base, &span, content, isTextFile: false) }
        add(span, content == nil ? .none : damage)
    }

    /// What stands in a column; nothing behind the last.
    func value(_ column: Int) -> ([UInt8], CellDamage) {
        guard column < count else { return ([], .none) }
        return (
            Array(texts.bytes[Int(room.spans[column].start)..<Int(room.spans[column].end)]),
            CellDamage(rawValue: room.damages[column]) ?? .none
        )
    }

    /// Gives an empty field the value of the merged cell above. False for a field that is not empty.
    func replaceEmpty(_ column: Int, _ value: [UInt8], _ damage: CellDamage) -> Bool {
        guard column < limits.columns else { return false }
        fill(to: column + 1)
        guard room.spans[column].end == room.spans[column].start else { return false }
        room.spans[column] = FieldSpan(texts.count, texts.count + value.count)
        value.withUnsafeBufferPointer { texts.append($0) }
        room.damages[column] = damage.rawValue
        isDamaged = isDamaged || damage != .none
        return true
    }

    /// Whether it is to be looked at whether this is a row of data. Short texts may be a zero or spaces.
    func isDoubtful(_ rules: RowRules) -> Bool {
        rules.doubts.apply(room.spans, count, texts.base)
            || rules.usual.contains { $0 >= count || room.spans[$0].end - room.spans[$0].start <= 3 }
    }

    @inline(__always)
    private func fill(to column: Int) { while count < column { add(FieldSpan(texts.count, texts.count), .none) } }

    @inline(__always)
    private func add(_ span: FieldSpan, _ damage: CellDamage) {
        room.spans[count] = span
        room.damages[count] = damage.rawValue
        count += 1
        if damage != .none { isDamaged = true }
    }
}

/// What each column of a sheet holds, by its place; asked for every cell.
struct ColumnContents {
    private let contents: UnsafeMutableBufferPointer<Header.Content?>

    /// Whoever makes it lets go of it by `deallocate`.
    init(_ contents: [Header.Content?]) {
        self.contents = .allocate(capacity: contents.count)
        _ = self.contents.initialize(from: contents)
    }

    func deallocate() { contents.deallocate() }

    /// Nothing for a column that nobody reads.
    @inline(__always)
    subscript(column: Int) -> Header.Content? { column >= 0 && column < contents.count ? contents[column] : nil }
}
