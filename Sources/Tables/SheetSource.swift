import Glibc

/// How a sheet is taken, once its header is known.
struct SheetLayout {
    let rules: RowRules
    let styles: CellStyles
    let countsFrom1904: Bool
    /// The row in which the header ends.
    let headerRow: Int
    let facts: SheetFacts
}

/// Takes the rows of a sheet out of a workbook as it is unpacked (ECMA-376 part 1, 18.3.1). Nothing is calculated: a formula's kept
/// value is taken and its row marked. Numbers come as the text that the workbook holds, days of columns that hold days as 2026-03-04,
/// truths as TRUE and FALSE.
final class SheetSource: TableSource, XMLListener {
    /// What has been learned of the sheet; complete at its end.
    private(set) var learned = SheetFacts()
    let part: String

    private let limits: TableLimits
    private let shared: SharedTexts
    private let layout: SheetLayout?
    /// Rows down to this one are not given.
    private let top: Int
    private var merges: MergedCells
    private var stream: PartStream<SheetSource>?
    private weak var chunk: TableChunk?

    // The row being read.
    private var number = 0
    private var isHidden = false
    private var hasFormula = false
    private let texts = ByteBuffer()
    private var spans: [FieldSpan] = []
    private var damages: [UInt8] = []
    private var isDamaged = false
    private var withoutResult: [String] = []

    // The cell being read.
    private var column = 0
    private var kind = CellKind.number
    private var style = 0
    private var isCalculated = false
    private let value = ByteBuffer()
    private var isValue = false
    private var isPhonetic = false

    private static let rowsInSheet = 1_048_576

    /// - Parameters:
    ///   - layout: nothing while the header is looked for: the rows come then as they stand.
    ///   - below: the rows down to this one are not given.
    init(
        _ workbook: Workbook, _ sheet: Workbook.Sheet, shared: SharedTexts, limits: TableLimits, layout: SheetLayout? = nil, below: Int = 0
    ) throws(PaperError) {
        top = layout?.headerRow ?? below
        (self.limits, self.shared, self.layout, part) = (limits, shared, layout, sheet.part)
        learned = layout?.facts ?? SheetFacts()
        learned.merges = []
        merges = MergedCells(layout?.facts.merges ?? [], from: (layout?.headerRow ?? 0) + 1)
        stream = try PartStream(part, in: workbook.path, limits: limits, to: self)
        guard stream != nil else { throw .damagedWorkbook(part: part, line: nil) }
    }

    func fill(_ chunk: TableChunk) throws(PaperError) -> Bool {
        guard let stream else { return false }
        self.chunk = chunk
        var fault: PaperError?
        do {
            while chunk.cells.size < room {
                if try !stream.advance() {
                    self.stream = nil
                    break
                }
            }
            if isSorting { try sort(chunk) }
        } catch {
            self.stream = nil
            fault = error
            if case .damagedWorkbook(let part, nil) = error, number > 0 { fault = .damagedWorkbook(part: part, line: number) }
        }
        chunk.position = stream.position
        chunk.content = .cells(fault)
        return !chunk.cells.isEmpty || fault != nil
    }

    /// Rows that stand out of order are read all at once and put in order.
    private var isSorting: Bool { layout?.facts.isOutOfOrder == true }
    private var room: Int { isSorting ? limits.unsortedRows : max(limits.chunk, 1) }

    private func sort(_ chunk: TableChunk) throws(PaperError) {
        // The value of merged cells is brought down in the order of the file.
        guard stream == nil, layout?.facts.merges.isEmpty == true else { throw .rowsOutOfOrder(part: part, line: number) }
        if let doubled = chunk.cells.sort() { throw .damagedWorkbook(part: part, line: doubled) }
    }

    func began(_ name: XMLName, _ attributes: XMLAttributes) {
        if name == "c" {
            beginCell(attributes)
        } else if name == "v" {
            isValue = true
        } else if name == "t" {
            isValue = !isPhonetic
        } else if name == "row" {
            beginRow(attributes)
        } else if name == "f" {
            isCalculated = true
        } else if name == "rPh" {
            isPhonetic = true
        } else if name == "mergeCell", let range = attributes["ref"], let merge = SheetFacts.Merge(range), concerns(merge) {
            learned.merges.append(merge)
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard isValue else { return }
        guard value.count + bytes.count <= limits.field else {
            stream?.fail(.fieldTooLong(line: number, column: column + 1, limit: limits.field))
            return
        }
        value.append(bytes)
    }

    func ended(_ name: XMLName) {
        if name == "c" {
            endCell()
        } else if name == "v" || name == "t" {
            isValue = false
        } else if name == "row" {
            endRow()
        } else if name == "rPh" {
            isPhonetic = false
        }
    }

    /// Whether the cells are among the data that are read.
    private func concerns(_ merge: SheetFacts.Merge) -> Bool {
        guard let layout, merge.top > layout.headerRow, layout.rules.contents.indices.contains(merge.column) else { return false }
        return layout.rules.contents[merge.column] != nil
    }

    private func beginRow(_ attributes: XMLAttributes) {
        let stated = attributes.bytes("r").map { CellPlace.number($0) } ?? number + 1
        guard let stated, stated > 0, stated <= Self.rowsInSheet, stated != number else { return fail() }
        if stated < number {
            learned.isOutOfOrder = true
            // With what has been learned the reading begins anew.
            if layout != nil, !isSorting { stream?.end() }
        }
        number = stated
        isHidden = layout != nil && attributes.isTrue("hidden")
        (hasFormula, isDamaged) = (false, false)
        column = -1
        texts.clear()
        spans.removeAll(keepingCapacity: true)
        damages.removeAll(keepingCapacity: true)
        withoutResult.removeAll()
    }

    private func beginCell(_ attributes: XMLAttributes) {
        let stated = attributes.bytes("r").map { CellPlace.column($0) } ?? column + 1
        guard let stated, stated > column else { return fail() }
        column = stated
        kind = CellKind(attributes.bytes("t"))
        style = layout == nil || kind != .number ? 0 : attributes.bytes("s").flatMap { CellPlace.number($0) } ?? 0
        isCalculated = false
        value.clear()
    }

    /// What the column holds, if it is one that is read.
    private var content: Header.Content? {
        guard let layout, layout.rules.contents.indices.contains(column) else { return nil }
        return layout.rules.contents[column]
    }

    private func endCell() {
        if isCalculated, content != nil || layout == nil {
            hasFormula = true
            chunk?.notes.formulaColumns.insert(column)
            if value.count == 0, kind == .number { withoutResult.append(CellPlace.name(column: column, row: number)) }
        }
        switch kind {
        case .shared:
            guard value.count > 0 else { return }
            guard let index = CellPlace.index(value.bytes), let text = shared[index] else { return fail() }
            put(text)
        case .text:
            EscapedText.undo(in: value, from: 0)
            put(value.bytes)
        case .truth: put(literal: value.bytes.first == UInt8(ascii: "1") ? "TRUE" : "FALSE")
        case .number: putNumber()
        case .error: put(value.bytes, .error)
        case .other: put(value.bytes)
        }
    }

    private func putNumber() {
        guard let layout, let content else { return CellPlace.wholeNumber(value.bytes).map { put(literal: $0) } ?? put(value.bytes) }
        // Among texts the day is what people see in the cell, and not the number behind it.
        let hasDayStyle = layout.styles.showsDay(style), isDay = content == .day || (content == .text || content == .decimal) && hasDayStyle
        if content == .decimal, !isDay {
            let decimal = SpreadsheetDecimal.text(of: value.bytes, isPercent: layout.styles.showsPercent(style))
            return decimal.map { put(literal: $0) } ?? put(value.bytes, .cut)
        }
        switch SpreadsheetNumber(value.bytes, isDay: isDay, hasDayStyle: hasDayStyle, from1904: layout.countsFrom1904) {
        case .asItStands: put(value.bytes)
        case .text(let text): put(literal: text)
        case .cut: put(value.bytes, .cut)
        }
    }

    private func put(literal: String) {
        var literal = literal
        guard value.count > 0 else { return }
        literal.withUTF8 { put($0) }
    }

    private func put(_ text: UnsafeBufferPointer<UInt8>, _ damage: CellDamage = .none) {
        // A cell that is only coloured, far out, is no column.
        guard !text.isEmpty else { return }
        guard column < limits.columns else { return fail(.tooManyColumns(line: number, limit: limits.columns)) }
        guard text.count <= limits.field else { return fail(.fieldTooLong(line: number, column: column + 1, limit: limits.field)) }
        guard texts.count + text.count <= limits.row else { return fail(.rowTooLong(line: number, limit: limits.row)) }
        guard text.baseAddress.map({ memchr($0, 0, text.count) == nil }) ?? true else { return fail(.nul(line: number)) }
        while spans.count < column { add(FieldSpan(texts.count, texts.count), .none) }
        var span = FieldSpan(texts.count, texts.count + text.count)
        texts.append(text)
        var damage = damage
        if damage == .none, kind == .shared || kind == .text, let content {
            damage = CellText.clean(texts.base, &span, content, isTextFile: false)
        }
        add(span, content == nil ? .none : damage)
    }

    private func add(_ span: FieldSpan, _ damage: CellDamage) {
        spans.append(span)
        damages.append(damage.rawValue)
        isDamaged = isDamaged || damage != .none
    }

    private func endRow() {
        guard let chunk else { return }
        guard let layout else {
            if !spans.isEmpty, number > top { chunk.cells.append(texts.bytes, spans, number: number, hasFormula: hasFormula) }
            if chunk.cells.size >= limits.chunk { stream?.suspend() }
            return
        }
        guard number > top else { return }
        if !merges.isDone { keepMerged() }
        guard !spans.isEmpty else { return }
        if let skipped = skipped(layout.rules) {
            chunk.notes.add(skipped, number)
            return
        }
        if !merges.isDone { fillMerged(layout.rules) }
        chunk.cells.append(texts.bytes, spans, number: number, hasFormula: hasFormula, damages: isDamaged ? damages : nil)
        if hasFormula { chunk.notes.formulaRows += 1 }
        if isHidden { chunk.notes.addHidden(number) }
        if !withoutResult.isEmpty { chunk.notes.withoutResult = Array((chunk.notes.withoutResult + withoutResult).prefix(RowNotes.most)) }
        // A few bytes of XML can name large shared texts again and again: stop as soon as the chunk is full.
        if chunk.cells.size >= room { stream?.suspend() }
    }

    private func skipped(_ rules: RowRules) -> SkippedRow? {
        // Short texts may be a zero or spaces.
        guard rules.isDoubtful(spans, spans.count, texts.base) || rules.usual.contains(where: { spans[$0].end - spans[$0].start <= 3 })
        else { return nil }
        return spans.withUnsafeBufferPointer { fields in
            fields.baseAddress.flatMap {
                rules.other(TableRow(bytes: texts.base, spans: $0, count: spans.count, line: number, number: number))
            }
        }
    }

    private func keepMerged() {
        _ = merges.advance(to: number)
        merges.keep(number) { column in
            guard column < spans.count else { return ([], .none) }
            let span = spans[column]
            return (Array(texts.bytes[Int(span.start)..<Int(span.end)]), CellDamage(rawValue: damages[column]) ?? .none)
        }
    }

    private func fillMerged(_ rules: RowRules) {
        for (column, value, damage) in merges.advance(to: number) {
            guard rules.contents.indices.contains(column), rules.contents[column] != nil else { continue }
            while spans.count <= column { add(FieldSpan(texts.count, texts.count), .none) }
            guard spans[column].end == spans[column].start else { continue }
            spans[column] = FieldSpan(texts.count, texts.count + value.count)
            value.withUnsafeBufferPointer { texts.append($0) }
            damages[column] = damage.rawValue
            isDamaged = isDamaged || damage != .none
            chunk?.notes.filled += 1
        }
    }

    private func fail(_ error: PaperError? = nil) { stream?.fail(error ?? .damagedWorkbook(part: part, line: number > 0 ? number : nil)) }
}
