import Glibc
import Kernel

/// Reads multipart/form-data (RFC 7578) as it arrives, a piece at a time, in memory that does not grow with the files in it.
struct MultipartReader {
    /// What a part says of itself.
    struct Head: Equatable {
        let name: String
        /// `nil` for a text field.
        let file: String?
    }

    enum Event {
        case part(Head)
        /// Valid during the call only.
        case bytes(UnsafeRawBufferPointer)
        case partEnd
    }

    private enum Place { case body(inPart: Bool), afterDelimiter, heads, epilogue }

    private let delimiter: [UInt8]
    private var place = Place.body(inPart: false)
    /// What has come in and is not used up yet. It starts with the line break that the first delimiter may lack.
    private var rest: [UInt8] = [13, 10]
    private var parts = 0
    private static let longestHead = 8 << 10

    init(boundary: String) { delimiter = Array("\r\n--\(boundary)".utf8) }

    /// The boundary that a Content-Type names; `nil` when it is another type or has none.
    static func boundary(of contentType: String) -> String? {
        guard contentType.lowercased().hasPrefix("multipart/form-data") else { return nil }
        for parameter in contentType.split(separator: ";").dropFirst() {
            let pair = parameter.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].trimmed.lowercased() == "boundary" else { continue }
            let boundary = pair[1].trimmed.filter { $0 != "\"" }
            return (1...70).contains(boundary.utf8.count) ? boundary : nil
        }
        return nil
    }

    mutating func feed(_ chunk: UnsafeRawBufferPointer, _ report: (Event) throws -> Void) throws {
        rest.append(contentsOf: chunk)
        var used = 0
        while let end = try advance(from: used, report) { used = end }
        rest.removeFirst(used + pending)
        pending = 0
    }

    /// Bytes after the last full advance that were reported already.
    private var pending = 0

    /// To be called when nothing more comes.
    func finish() throws(WebFault) {
        guard case .epilogue = place else { throw Self.fault("上传在中途断开，请重新提交", "The upload broke off; send it again") }
    }

    /// One move forward; `nil` when more has to come in first.
    private mutating func advance(from start: Int, _ report: (Event) throws -> Void) throws -> Int? {
        switch place {
        case .body(let inPart):
            if let found = find(from: start) {
                if inPart {
                    try emit(start..<found, report)
                    try report(.partEnd)
                }
                place = .afterDelimiter
                return found + delimiter.count
            }
            let safe = max(rest.count - delimiter.count + 1, start)
            if inPart { try emit(start..<safe, report) }
            pending = safe - start
            return nil
        case .afterDelimiter: return try afterDelimiter(start)
        case .heads: return try heads(start, report)
        case .epilogue:
            pending = rest.count - start
            return nil
        }
    }

    private func emit(_ range: Range<Int>, _ report: (Event) throws -> Void) throws {
        guard !range.isEmpty else { return }
        try rest.withUnsafeBytes { try report(.bytes(UnsafeRawBufferPointer(rebasing: $0[range]))) }
    }

    private mutating func afterDelimiter(_ start: Int) throws -> Int? {
        var at = start
        while at < rest.count, rest[at] == 0x20 || rest[at] == 0x09 { at += 1 }
        guard at - start < 256 else { throw Self.malformed }
        guard at + 2 <= rest.count else { return nil }
        if rest[at] == UInt8(ascii: "-"), rest[at + 1] == UInt8(ascii: "-") {
            place = .epilogue
        } else if rest[at] == 13, rest[at + 1] == 10 {
            place = .heads
        } else {
            throw Self.malformed
        }
        return at + 2
    }

    private mutating func heads(_ start: Int, _ report: (Event) throws -> Void) throws -> Int? {
        let end = rest.indices.dropFirst(start).first { at in
            at + 4 <= rest.count && rest[at] == 13 && rest[at + 1] == 10 && rest[at + 2] == 13 && rest[at + 3] == 10
        }
        guard let end else {
            guard rest.count - start <= Self.longestHead else { throw Self.malformed }
            return nil
        }
        parts += 1
        guard parts <= FormData.mostFields else { throw Self.fault("表单栏目过多，请分次提交", "The form has too many fields; send it in parts") }
        guard let text = String(validating: rest[start..<end], as: UTF8.self) else { throw WebFault.notUTF8 }
        guard let head = Self.head(text) else { throw Self.malformed }
        try report(.part(head))
        place = .body(inPart: true)
        return end + 4
    }

    /// Where the next delimiter begins. Looks at its first byte with `memchr`, since nearly all that comes in is content.
    private func find(from start: Int) -> Int? {
        rest.withUnsafeBytes { bytes -> Int? in
            guard let base = bytes.baseAddress else { return nil }
            let last = bytes.count - delimiter.count
            var at = start
            while at <= last, let hit = memchr(base + at, 13, last - at + 1) {
                at = UnsafeRawPointer(hit) - base
                if bytes[at..<at + delimiter.count].elementsEqual(delimiter) { return at }
                at += 1
            }
            return nil
        }
    }

    private static let malformed = fault("上传的内容不完整或格式不对，请重新提交", "What was sent is incomplete or malformed; send it again")
    private static func fault(_ zh: String, _ en: String) -> WebFault { .unreadable(Words(zh, en)) }

    /// The name and file name of `Content-Disposition`.
    static func head(_ text: String) -> Head? {
        for line in text.split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":"), line[..<colon].trimmed.lowercased() == "content-disposition" else { continue }
            let parameters = parameters(line[line.index(after: colon)...])
            guard let name = parameters["name"] else { return nil }
            return Head(name: name, file: parameters["filename"].map(fileName))
        }
        return nil
    }

    private static func parameters(_ text: Substring) -> [String: String] {
        var parameters: [String: String] = [:]
        var rest = text.drop { $0 != ";" }
        while rest.first == ";" {
            let key = rest.dropFirst().prefix { $0 != "=" && $0 != ";" }
            rest = rest[key.endIndex...]
            guard rest.first == "=" else { continue }
            rest = rest.dropFirst()
            var value = ""
            if rest.first == "\"" {
                rest = rest.dropFirst()
                while var character = rest.first, character != "\"" {
                    rest = rest.dropFirst()
                    // Browsers write a quote as %22, other clients as \".
                    if character == "\\", rest.first == "\"" {
                        character = "\""
                        rest = rest.dropFirst()
                    }
                    value.append(character)
                }
                rest = rest.drop { $0 != ";" }
            } else {
                value = String(rest.prefix { $0 != ";" }.trimmed)
                rest = rest.drop { $0 != ";" }
            }
            parameters[key.trimmed.lowercased()] = value.replacing("%22", with: "\"")
        }
        return parameters
    }

    /// Without folders and control characters, at most 150 characters long.
    private static func fileName(_ text: String) -> String {
        let last = text.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
        let clean = last.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
        var name = String(String.UnicodeScalarView(clean))
        if name.count > 150 { name = String(name.suffix(150)) }
        return name
    }
}

extension Substring {
    /// Without blanks at its ends.
    fileprivate var trimmed: String {
        let inner = drop(while: { $0 == " " || $0 == "\t" })
        return String(inner.reversed().drop(while: { $0 == " " || $0 == "\t" }).reversed())
    }
}
