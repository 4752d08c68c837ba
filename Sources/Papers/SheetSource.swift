import Glibc

/// Takes the rows of a sheet out of a workbook as it is unpacked (ECMA-376 part 1, 18.3.1). Nothing is calculated: a formula's kept
/// value is taken and its row marked. Numbers and dates come as the text that the workbook holds; truths as TRUE and FALSE.
final class SheetSource: TableSource, XMLListener {
    private let limits: TableLimits
    private let part: String
    private let shared: SharedTexts
    private var stream: XMLStream?
    private weak var chunk: TableChunk?

    // The row being read.
    private var number = 0
    private var hasFormula = false
    private let texts = ByteBuffer()
    private var spans: [FieldSpan] = []

    // The cell being read.
    private var column = 0
    private var kind = CellKind.number
    private let value = ByteBuffer()
    private var isValue = false
    private var isPhonetic = false

    private static let rowsInSheet = 1_048_576

    init(_ workbook: Workbook, sheet: String?) throws(PaperError) {
        limits = workbook.limits
        part = try workbook.sheet(sheet).part
        shared = try SharedTexts(workbook)
        guard let zip = try ZipPart(part, in: workbook.path, limits: limits) else { throw .damagedWorkbook(part: part, line: nil) }
        stream = try XMLStream(zip, to: self)
    }

    func fill(_ chunk: TableChunk) throws(PaperError) -> Bool {
        guard let stream else { return false }
        self.chunk = chunk
        var fault: PaperError?
        do {
            while chunk.cells.size < max(limits.chunk, 1) {
                if try !stream.advance() {
                    self.stream = nil
                    break
                }
            }
        } catch {
            self.stream = nil
            fault = error
            if case .damagedWorkbook(let part, nil) = error, number > 0 { fault = .damagedWorkbook(part: part, line: number) }
        }
        chunk.position = stream.position
        chunk.content = .cells(fault)
        return !chunk.cells.isEmpty || fault != nil
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
            hasFormula = true
        } else if name == "rPh" {
            isPhonetic = true
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

    private func beginRow(_ attributes: XMLAttributes) {
        let stated = attributes.bytes("r").map { CellPlace.number($0) } ?? number + 1
        guard let stated, stated > number, stated <= Self.rowsInSheet else { return fail() }
        number = stated
        hasFormula = false
        column = -1
        texts.clear()
        spans.removeAll(keepingCapacity: true)
    }

    private func beginCell(_ attributes: XMLAttributes) {
        let stated = attributes.bytes("r").map { CellPlace.column($0) } ?? column + 1
        guard let stated, stated > column else { return fail() }
        column = stated
        kind = CellKind(attributes.bytes("t"))
        value.clear()
    }

    private func endCell() {
        switch kind {
        case .shared:
            guard value.count > 0 else { return }
            guard let index = Int(String(decoding: value.bytes, as: UTF8.self)), let text = shared[index] else { return fail() }
            put(text)
        case .text:
            EscapedText.undo(in: value, from: 0)
            put(value.bytes)
        case .truth: put(literal: value.bytes.first == UInt8(ascii: "1") ? "TRUE" : "FALSE")
        case .number:
            if let whole = CellPlace.wholeNumber(value.bytes) { put(literal: whole) } else { put(value.bytes) }
        case .other: put(value.bytes)
        }
    }

    private func put(literal: String) {
        var literal = literal
        guard value.count > 0 else { return }
        literal.withUTF8 { put($0) }
    }

    private func put(_ text: UnsafeBufferPointer<UInt8>) {
        // A cell that is only coloured, far out, is no column.
        guard !text.isEmpty else { return }
        guard column < limits.columns else { return fail(.tooManyColumns(line: number, limit: limits.columns)) }
        guard text.count <= limits.field else { return fail(.fieldTooLong(line: number, column: column + 1, limit: limits.field)) }
        guard texts.count + text.count <= limits.row else { return fail(.rowTooLong(line: number, limit: limits.row)) }
        guard text.baseAddress.map({ memchr($0, 0, text.count) == nil }) ?? true else { return fail(.nul(line: number)) }
        while spans.count < column { spans.append(FieldSpan(texts.count, texts.count)) }
        spans.append(FieldSpan(texts.count, texts.count + text.count))
        texts.append(text)
    }

    private func endRow() {
        guard !spans.isEmpty, let chunk else { return }
        chunk.cells.append(texts.bytes, spans, number: number, hasFormula: hasFormula)
        // A few bytes of XML can name large shared texts again and again: stop as soon as the chunk is full.
        if chunk.cells.size >= limits.chunk { stream?.suspend() }
    }

    private func fail(_ error: PaperError? = nil) { stream?.fail(error ?? .damagedWorkbook(part: part, line: number > 0 ? number : nil)) }
}
