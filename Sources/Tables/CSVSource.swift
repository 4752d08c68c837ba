/// Cuts a text file into chunks of whole rows.
final class CSVSource: TableSource {
    /// Nothing while all is ASCII.
    private(set) var encoding: TextEncoding?
    let separator: UInt8

    private let file: InputFile
    private let limits: TableLimits
    /// Read, but not handed out: the beginning of a row.
    private let rest = ByteBuffer()
    private var line = 1
    private var number = 1
    private var isDone = false

    /// - Parameter opening: What has been read of the file to see what it is.
    init(_ file: InputFile, opening: UnsafeBufferPointer<UInt8>, limits: TableLimits) throws(PaperError) {
        self.file = file
        self.limits = limits
        var text = opening
        if let mark = TextEncoding.Mark(opening) {
            guard let marked = mark.encoding else { throw .utf16 }
            encoding = marked
            text = UnsafeBufferPointer(rebasing: opening[mark.length...])
        }
        guard !text.isEmpty else { throw .empty }
        guard !Self.looksLikeUTF16(text) else { throw .utf16 }
        guard !Self.looksLikeMarkup(text) else { throw .webPage }
        if let stated = Self.statedSeparator(text) {
            // A spreadsheet does not show this line.
            (separator, line) = (stated.separator, 2)
            rest.append(UnsafeBufferPointer(rebasing: text[stated.length...]))
        } else {
            separator = Self.separator(of: text)
            rest.append(text)
        }
    }

    func fill(_ chunk: TableChunk) throws(PaperError) -> Bool {
        if isDone { return false }
        let text = chunk.raw
        text.append(rest.bytes)
        rest.clear()
        var wanted = text.count + max(limits.chunk, 1)
        var tail = TextTail.whole
        while true {
            let missing = wanted - text.count
            do { try text.append(upTo: missing) { room throws(SystemCause) in try file.read(missing, into: room) } } catch {
                tail = .unreadable(error)
            }
            let isLast = text.count < wanted
            let cut = RowCutter(text, separator: separator, isLast: isLast)
            if isLast || cut.end > 0 || text.count > limits.row {
                if isLast && tail == .whole { tail = self.tail(after: cut.end, of: text) }
                if !isLast && cut.end == 0 { tail = .endless(limit: limits.row) }
                isDone = isLast || cut.end == 0
                return pass(out: chunk, cut: cut, tail: tail)
            }
            wanted = text.count + min(text.count, limits.row)
        }
    }

    private func pass(out chunk: TableChunk, cut: RowCutter, tail: TextTail) -> Bool {
        let text = chunk.raw
        if !isDone {
            rest.append(UnsafeBufferPointer(rebasing: text.bytes[cut.end...]))
            text.cut(at: cut.end)
        }
        if cut.hasHigh && encoding == nil {
            encoding = TextEncoding.guess(UnsafeBufferPointer(rebasing: text.bytes.prefix(1 << 20)))
        }
        chunk.content = .text(encoding ?? .utf8, tail)
        (chunk.line, chunk.number) = (line, number)
        chunk.position = file.position - rest.count
        line += cut.lines
        number += cut.rows
        return text.count > 0 || tail != .whole
    }

    /// A file that grew is taken as far as it reached when it was opened, but never half a row of it.
    private func tail(after end: Int, of text: ByteBuffer) -> TextTail {
        if let size = file.size, file.position < size { return .shrunk }
        return file.change > 0 && end < text.count ? .growing : .whole
    }

    /// Whichever of these stands most often in the first line; of equals the first.
    private static func separator(of text: UnsafeBufferPointer<UInt8>) -> UInt8 {
        var counts = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")].map { (separator: $0, count: 0) }
        var inQuotes = false
        for byte in text.drop(while: { $0 == .lineFeed || $0 == .carriageReturn }) {
            if byte == .quote { inQuotes.toggle() }
            if inQuotes { continue }
            if byte == .lineFeed || byte == .carriageReturn { break }
            if let index = counts.firstIndex(where: { $0.separator == byte }) { counts[index].count += 1 }
        }
        return counts.reduce(counts[0]) { $1.count > $0.count ? $1 : $0 }.separator
    }

    /// `sep=;` in the first line: how a file tells Excel its separator.
    private static func statedSeparator(_ text: UnsafeBufferPointer<UInt8>) -> (separator: UInt8, length: Int)? {
        guard let end = text.prefix(16).firstIndex(where: { $0 == .lineFeed || $0 == .carriageReturn }) else { return nil }
        let line = String(decoding: text[..<end], as: UTF8.self).filter { $0 != "\"" }
        guard line.count == 5, line.lowercased().hasPrefix("sep="), let separator = line.utf8.last else { return nil }
        let isPair = text[end] == .carriageReturn && end + 1 < text.count && text[end + 1] == .lineFeed
        return (separator, end + (isPair ? 2 : 1))
    }

    /// Web systems like to name a web page or an XML table `.xls`.
    private static func looksLikeMarkup(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = text.drop { $0 <= 32 || $0 >= 0x80 }
        let head = String(decoding: start.prefix(1024), as: UTF8.self).lowercased()
        if head.hasPrefix("mime-version:") { return true }
        guard head.hasPrefix("<") else { return false }
        return head.hasPrefix("<!")
            || ["<?xml", "<html", "<table", "<head", "<body", "<meta", "<style", "<div", "<workbook", "<tr"].contains { head.hasPrefix($0) }
    }

    /// UTF-16 without a mark: every other byte of its separators and figures is NUL.
    private static func looksLikeUTF16(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let sample = text.prefix(256)
        let nuls = sample.enumerated().filter { $0.element == 0 }.map { $0.offset & 1 }
        let odd = nuls.reduce(0, +)
        return sample.count >= 8 && nuls.count * 8 >= sample.count && (odd == 0 || odd == nuls.count)
    }
}
