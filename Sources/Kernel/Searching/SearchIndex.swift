import Store

/// By which grams documents are found (`SearchText`). A gram lies anywhere in its table, so that a document written straight into it
/// touches as many pages as it has grams. New ones therefore wait in one row a document, where every question finds them too, and are put
/// in their places many at once, a moment later.
enum SearchIndex {
    /// More documents at once share more pages, and others wait longer for their turn to write.
    static let settledAtOnce = 100_000

    /// Grams that documents gained and lost.
    static func write(_ found: [(document: Int64, gained: Set<Int64>, lost: Set<Int64>)], _ session: any Session) throws {
        for one in found where !one.lost.isEmpty { try forget(one.lost, of: one.document, session) }
        let gained = found.filter { !$0.gained.isEmpty }
        try session.executeMany(waiting, gained.map { [.int($0.document), .text(list($0.gained))] })
    }

    private static let waiting = """
        INSERT INTO gram_waiting (document, grams) VALUES ($1, $2)
        ON CONFLICT (document) DO UPDATE SET grams = gram_waiting.grams || excluded.grams
        """

    private static func forget(_ grams: Set<Int64>, of document: Int64, _ session: any Session) throws {
        try session.executeMany("DELETE FROM gram WHERE gram = $1 AND document = $2", grams.map { [.int($0), .int(document)] })
        try session.executeMany(
            "UPDATE gram_waiting SET grams = replace(grams, $1, '') WHERE document = $2", grams.map { [.text(word($0)), .int(document)] })
    }

    /// Puts what waits in its place.
    /// - Returns: how many documents it was.
    static func settle(_ session: any Session) throws -> Int {
        var places: [(gram: Int64, document: Int64)] = []
        var last: Int64?
        var count = 0
        try session.each("SELECT document, grams FROM gram_waiting ORDER BY document LIMIT $1", [.int(Int64(settledAtOnce))]) { row in
            last = row.int(0)
            count += 1
            places += grams(row.text(1)).map { (gram: $0, document: row.int(0)) }
        }
        guard let last else { return 0 }
        places.sort { ($0.gram, $0.document) < ($1.gram, $1.document) }
        for part in places.chunked(4096) {
            try session.executeMany(
                "INSERT INTO gram (gram, document) VALUES ($1, $2) ON CONFLICT DO NOTHING", part.map { [.int($0.gram), .int($0.document)] })
        }
        try session.execute("DELETE FROM gram_waiting WHERE document <= $1", [.int(last)])
        return count
    }

    /// Which documents have one of the grams: those in their places and those that wait.
    static func documents(withOneOf grams: [Int64], _ bind: (Value) -> String) -> String {
        let listed = grams.map { bind(.int($0)) }.joined(separator: ", ")
        let likened = grams.map { "w.grams LIKE \(bind(.text("%\(word($0))%")))" }.joined(separator: " OR ")
        return """
            SELECT g.document FROM gram g WHERE g.gram IN (\(listed))
            UNION ALL SELECT w.document FROM gram_waiting w WHERE \(likened)
            """
    }

    // MARK: How grams stand in a row: sixteen digits each, and a full stop

    private static let digits = Array("0123456789abcdef".utf8)
    private static let width = 17

    private static func list(_ grams: Set<Int64>) -> String {
        String(unsafeUninitializedCapacity: grams.count * width) { place in
            var next = 0
            for gram in grams {
                let bits = UInt64(bitPattern: gram)
                for digit in 0..<16 { place[next + digit] = digits[Int(truncatingIfNeeded: bits >> UInt64(60 - 4 * digit)) & 15] }
                place[next + 16] = UInt8(ascii: ".")
                next += width
            }
            return next
        }
    }

    private static func word(_ gram: Int64) -> String { list([gram]) }

    private static func value(ofDigit digit: UInt8) -> UInt64 {
        UInt64(digit < UInt8(ascii: "a") ? digit - UInt8(ascii: "0") : digit - UInt8(ascii: "a") + 10)
    }

    static func grams(_ list: String) -> [Int64] {
        var list = list
        return list.withUTF8 { bytes in
            stride(from: 0, to: bytes.count - width + 1, by: width).map { start in
                Int64(bitPattern: bytes[start..<(start + width - 1)].reduce(0) { $0 << 4 | value(ofDigit: $1) })
            }
        }
    }
}

extension Desk {
    /// Puts what new documents are found by in its place.
    package func settleSearch() async throws {
        while try await store.write(alone: true, { try SearchIndex.settle($0) }) == SearchIndex.settledAtOnce {}
    }
}
