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
    // What is asked for every cell, taken out of the layout.
    private let hasLayout: Bool
    private let contents: ColumnContents
    /// Rows down to this one are not given.
    private let top: Int
    private var merges: MergedCells
    private var stream: PartStream<SheetSource>?
    private weak var chunk: TableChunk?

    private let row: SheetRow

    // The cell being read.
    private var column = 0
    private var kind = CellKind.number
    private var style = 0
    private var isCalculated = false
    private let value = ByteBuffer()
    private var isValue = false
    private var isPhonetic = false

    private var number: Int { row.number }

    private static let rowsInSheet = 1_048_576

    /// - Parameters:
    ///   - layout: nothing while the header is looked for: the rows come then as they stand.
    ///   - below: the rows down to this one are not given.
    init(
        _ workbook: Workbook, _ sheet: Workbook.Sheet, shared: SharedTexts, limits: TableLimits, layout: SheetLayout? = nil, below: Int = 0
    ) throws(PaperError) {
        top = layout?.headerRow ?? below
        (self.limits, self.shared, self.layout, part) = (limits, shared, layout, sheet.part)
        (hasLayout, contents, row) = (layout != nil, ColumnContents(layout?.rules.contents ?? []), SheetRow(limits))
        learned = layout?.facts ?? SheetFacts()
        learned.merges = []
        merges = MergedCells(layout?.facts.merges ?? [], from: (layout?.headerRow ?? 0) + 1)
        stream = try PartStream(part, in: workbook.path, limits: limits, to: self)
        guard stream != nil else { throw .damagedWorkbook(part: part, line: nil) }
    }

    deinit { contents.deallocate() }

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
        guard let layout, merge.top > layout.headerRow else { return false }
        return contents[merge.column] != nil
    }

    private func beginRow(_ attributes: XMLAttributes) {
        let stated = attributes.bytes("r").map { CellPlace.number($0) } ?? number + 1
        guard let stated, stated > 0, stated <= Self.rowsInSheet, stated != number else { return fail() }
        if stated < number {
            learned.isOutOfOrder = true
            // With what has been learned the reading begins anew.
            if hasLayout, !isSorting { stream?.end() }
        }
        row.begin(stated, isHidden: hasLayout && attributes.isTrue("hidden"))
        column = -1
    }

    private func beginCell(_ attributes: XMLAttributes) {
        let stated = attributes.bytes("r").map { CellPlace.column($0) } ?? column + 1
        guard let stated, stated > column else { return fail() }
        column = stated
        kind = CellKind(attributes.bytes("t"))
        style = !hasLayout || kind != .number ? 0 : attributes.bytes("s").flatMap { CellPlace.number($0) } ?? 0
        isCalculated = false
        value.clear()
    }

    private func endCell() {
        if isCalculated, !hasLayout || contents[column] != nil {
            row.addFormula()
            chunk?.notes.formulaColumns.insert(column)
            if value.count == 0, kind == .number { row.addWithoutResult(CellPlace.name(column: column, row: number)) }
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
        guard let content = contents[column], let layout else {
            return CellPlace.wholeNumber(value.bytes).map { put(literal: $0) } ?? put(value.bytes)
        }
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
        do {
            try row.put(text, damage, column: column, contents[column], isTyped: kind == .shared || kind == .text)
        } catch { fail(error) }
    }

    private func endRow() {
        guard let chunk else { return }
        guard let layout else {
            if !row.isEmpty, number > top { chunk.cells.append(row, withDamage: false) }
            if chunk.cells.size >= limits.chunk { stream?.suspend() }
            return
        }
        guard number > top else { return }
        if !merges.isDone { keepMerged() }
        guard !row.isEmpty else { return }
        if row.isDoubtful(layout.rules), let skipped = layout.rules.other(row.asRead) {
            chunk.notes.add(skipped, number)
            return
        }
        if !merges.isDone { fillMerged() }
        chunk.cells.append(row, withDamage: true)
        if row.hasFormula { chunk.notes.formulaRows += 1 }
        if row.isHidden { chunk.notes.addHidden(number) }
        if !row.withoutResult.isEmpty {
            chunk.notes.withoutResult = Array((chunk.notes.withoutResult + row.withoutResult).prefix(RowNotes.most))
        }
        // A few bytes of XML can name large shared texts again and again: stop as soon as the chunk is full.
        if chunk.cells.size >= room { stream?.suspend() }
    }

    private func keepMerged() {
        _ = merges.advance(to: number)
        merges.keep(number) { row.value($0) }
    }

    private func fillMerged() {
        for (column, value, damage) in merges.advance(to: number) where contents[column] != nil {
            if row.replaceEmpty(column, value, damage) { chunk?.notes.filled += 1 }
        }
    }

    private func fail(_ error: PaperError? = nil) { stream?.fail(error ?? .damagedWorkbook(part: part, line: number > 0 ? number : nil)) }
}
