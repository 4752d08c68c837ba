/// The bytes of an entry: what is stored, and what the tree's leaf is the hash of. There is exactly one encoding of an entry.
///
///     0   format: 4 with statements of rows, 3 without; of earlier programs 2, whose digest is of the document's row alone, and 1, unkeyed
///     1   kind
///     2   id, at, document, person, version: five signed integers of 8 bytes, big-endian
///     42  length of the digest, 0 or 32, and the digest
///     …   onBehalfOf as a varint; documentType, step, from, to, purpose, words, each a varint length and UTF-8;
///         the number of articles as a varint, and each like a text
///     …   in format 4: the number of statements as a varint, and each: table and key like texts, the digests before and after, each a
///         varint length, 0 or 32, and the bytes
///     …   in formats 3 and 4, the run and how many of its entries were known: two signed integers of 8 bytes, big-endian; zeros where no
///         run wrote it
///     end HMAC-SHA-256 over all the bytes before it, 32 bytes; not in format 1
///
/// A varint is LEB128 of the 64 bits in as few bytes as possible. The integers stand first and at fixed places so that verification
/// compares them with the table's columns, and finds a document's digest, without decoding.
extension Entry {
    /// How an entry is written down.
    enum Format: UInt8, CaseIterable {
        /// Without a key: anybody can write such a body. Believed only below the ledger's boundary.
        case unkeyed = 1
        /// The digest is of the document's row alone.
        case keyed = 2
        /// The digest is of the document with the rows that hang on it, and the entry says which run wrote it.
        case whole = 3
        /// The same, with statements of other rows.
        case stating = 4

        var isKeyed: Bool { self != .unkeyed }
        /// Whether the digest covers what hangs on the document.
        var isWhole: Bool { self == .whole || self == .stating }
        /// How many bytes stand at the body's end: the run's, and the seal.
        var endCount: Int { (isWhole ? Source.byteCount : 0) + (isKeyed ? TreeHash.byteCount : 0) }

        static func isKeyed(_ byte: UInt8?) -> Bool { byte.flatMap(Format.init(rawValue:))?.isKeyed == true }
        static let keyedBytes = allCases.filter(\.isKeyed).map { [$0.rawValue] }
        static let wholeBytes = allCases.filter(\.isWhole).map { [$0.rawValue] }
    }

    /// The entry as it is stored.
    package func body(_ key: EntryKey) -> [UInt8] {
        var bytes = text(statements.isEmpty ? .whole : .stating)
        bytes.append(contentsOf: bytes.withUnsafeBytes(key.seal).bytes)
        return bytes
    }

    /// Whether this program's key wrote these bytes.
    static func isAuthentic(_ body: UnsafeRawBufferPointer, _ key: EntryKey) -> Bool {
        let end = body.count - TreeHash.byteCount
        guard end > 0, Format.isKeyed(body[0]) else { return false }
        return TreeHash(UnsafeRawBufferPointer(rebasing: body[end...])) == key.seal(UnsafeRawBufferPointer(rebasing: body[..<end]))
    }

    /// The bytes of a format, without a seal.
    func text(_ format: Format) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(288)
        bytes.append(format.rawValue)
        bytes.append(kind.rawValue)
        for number in [id, at, document, person, version] {
            withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
        }
        bytes.append(UInt8(digest.count))
        bytes.append(contentsOf: digest)
        Self.append(UInt64(bitPattern: onBehalfOf), to: &bytes)
        for text in [documentType, step, from, to, purpose, words] { Self.append(text, to: &bytes) }
        Self.append(UInt64(articles.count), to: &bytes)
        for article in articles { Self.append(article, to: &bytes) }
        if format == .stating {
            Self.append(UInt64(statements.count), to: &bytes)
            for statement in statements {
                Self.append(statement.table, to: &bytes)
                Self.append(statement.key, to: &bytes)
                for digest in [statement.before, statement.after] {
                    bytes.append(UInt8(digest.count))
                    bytes.append(contentsOf: digest)
                }
            }
        }
        guard format.isWhole else { return bytes }
        for number in [source?.run ?? 0, source?.known ?? 0] {
            withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    /// Reads a body, and refuses every text of bytes that would not have been written. Does not ask who wrote it: see `isAuthentic`.
    package init(body: [UInt8]) throws(LedgerError) {
        self = try body.withUnsafeBytes { bytes in Result { () throws(LedgerError) in try Entry(bytes) } }.get()
    }

    package init(_ body: UnsafeRawBufferPointer) throws(LedgerError) {
        let fixed = try Fixed(body)
        guard let kind = Kind(rawValue: fixed.kind) else { throw .malformed }
        let text = UnsafeRawBufferPointer(rebasing: body.dropLast(fixed.format.endCount))
        var reader = EntryReader(bytes: text, offset: Fixed.size + fixed.digestCount)
        let onBehalfOf = Int64(bitPattern: try reader.varint())
        let documentType = try reader.text()
        let step = try reader.text()
        let from = try reader.text()
        let to = try reader.text()
        let purpose = try reader.text()
        let words = try reader.text()
        let count = try reader.varint()
        // Each article takes a byte at least, so a hostile count cannot make us reserve memory.
        guard count <= UInt64(reader.rest) else { throw .malformed }
        var articles: [String] = []
        for _ in 0..<count { articles.append(try reader.text()) }
        let statements = fixed.format == .stating ? try reader.statements() : []
        guard reader.rest == 0 else { throw .malformed }
        self.init(
            id: fixed.id, at: fixed.at, kind: kind, document: fixed.document, documentType: documentType, version: fixed.version,
            person: fixed.person, onBehalfOf: onBehalfOf, step: step, articles: articles, from: from, to: to,
            digest: fixed.digest(in: body), purpose: purpose, words: words, statements: statements, source: Source(body))
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        append(UInt64(text.utf8.count), to: &bytes)
        bytes.append(contentsOf: text.utf8)
    }

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// What stands at fixed places.
    struct Fixed {
        static let size = 43
        let format: Format
        let kind: UInt8
        let id: Int64
        let at: Int64
        let document: Int64
        let person: Int64
        let version: Int64
        let digestCount: Int

        init(_ body: UnsafeRawBufferPointer) throws(LedgerError) {
            guard body.count >= Self.size, let format = Format(rawValue: body[0]) else { throw .malformed }
            func number(_ offset: Int) -> Int64 { Int64(bigEndian: body.loadUnaligned(fromByteOffset: offset, as: Int64.self)) }
            self.format = format
            kind = body[1]
            id = number(2)
            at = number(10)
            document = number(18)
            person = number(26)
            version = number(34)
            digestCount = Int(body[42])
            guard digestCount == 0 || digestCount == 32, body.count >= Self.size + digestCount + format.endCount else { throw .malformed }
        }

        func digest(in body: UnsafeRawBufferPointer) -> [UInt8] { Array(body[Self.size..<(Self.size + digestCount)]) }
    }
}

extension Entry.Source {
    static let byteCount = 16

    /// What the end of a body says; `nil` where it names no run.
    init?(_ body: UnsafeRawBufferPointer) {
        guard let format = body.first.flatMap(Entry.Format.init(rawValue:)), format.isWhole, body.count > format.endCount
        else { return nil }
        func number(_ offset: Int) -> Int64 { Int64(bigEndian: body.loadUnaligned(fromByteOffset: offset, as: Int64.self)) }
        let start = body.count - format.endCount
        guard number(start) != 0 else { return nil }
        self.init(run: number(start), known: number(start + 8))
    }
}

/// Takes an entry's bytes apart.
private struct EntryReader {
    let bytes: UnsafeRawBufferPointer
    var offset: Int

    var rest: Int { bytes.count - offset }

    mutating func varint() throws(LedgerError) -> UInt64 {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            guard rest > 0 else { throw .malformed }
            let byte = bytes[offset]
            offset += 1
            // The tenth byte has room for one bit.
            guard shift < 63 || byte <= 1 else { throw .malformed }
            number |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 {
                // A last group of zeros would be a second encoding of the same number.
                guard byte != 0 || shift == 0 else { throw .malformed }
                return number
            }
            shift += 7
        }
    }

    /// At least one: without any there is another format.
    mutating func statements() throws(LedgerError) -> [RowStatement] {
        let count = try varint()
        guard count > 0, count <= UInt64(rest) else { throw .malformed }
        var statements: [RowStatement] = []
        for _ in 0..<count {
            statements.append(RowStatement(table: try text(), key: try text(), before: try digest(), after: try digest()))
        }
        return statements
    }

    private mutating func digest() throws(LedgerError) -> [UInt8] {
        let count = try varint()
        guard count == 0 || count == UInt64(TreeHash.byteCount), count <= UInt64(rest) else { throw .malformed }
        defer { offset += Int(count) }
        return Array(bytes[offset..<(offset + Int(count))])
    }

    mutating func text() throws(LedgerError) -> String {
        let count = try varint()
        guard count <= UInt64(rest) else { throw .malformed }
        let end = offset + Int(count)
        guard let text = String(validating: bytes[offset..<end], as: UTF8.self) else { throw .malformed }
        offset = end
        return text
    }
}
