import Crypto
import Testing

@testable import Ledger

struct EntryBodyTests {
    static let full = Entry(
        id: 1_700_000_000_000 << 20 | 7, at: 1_700_000_000_000, kind: .refusal, document: 42, documentType: "application", version: 3,
        person: 9, onBehalfOf: 8, step: "submit", articles: ["客户信息真实性第3条", "2"], from: "draft", to: "submitted",
        digest: (0..<32).map(\.self), purpose: "复核", words: "号码无效|The number is not valid.")
    static let ofRun = {
        var entry = full
        entry.source = Entry.Source(run: Int64.max, known: 300)
        return entry
    }()
    static let bare = Entry(id: Int64.min, at: -1, kind: .note, person: Int64.max, onBehalfOf: -1)

    @Test(arguments: [full, bare, ofRun]) func readsWhatItWrote(entry: Entry) throws {
        #expect(try Entry(body: entry.body(FilledLedger.key)) == entry)
        // What an earlier program wrote.
        var earlier = entry
        earlier.source = nil
        #expect(try Entry(body: entry.text(.unkeyed)) == earlier)
    }

    /// The seal is HMAC-SHA-256 over all that stands before it.
    @Test func endsInItsSeal() {
        let body = Self.full.body(FilledLedger.key), text = Self.full.text(.keyed)
        let seal = HMAC<SHA256>.authenticationCode(for: text, using: SymmetricKey(data: Array(33...64) as [UInt8]))
        #expect(body == text + Array(seal))
        #expect(body.withUnsafeBytes { Entry.isAuthentic($0, FilledLedger.key) })
        #expect(!body.withUnsafeBytes { Entry.isAuthentic($0, EntryKey(secret: Array(34...65))) })
        for index in body.indices {
            var altered = body
            altered[index] ^= 1
            #expect(!altered.withUnsafeBytes { Entry.isAuthentic($0, FilledLedger.key) })
        }
        for short in [[], [2], Self.full.text(.unkeyed)] as [[UInt8]] {
            #expect(!short.withUnsafeBytes { Entry.isAuthentic($0, FilledLedger.key) })
        }
    }

    @Test(arguments: Entry.Kind.allCases) func everyKindComesBack(kind: Entry.Kind) throws {
        #expect(try Entry(body: Entry(id: 1, at: 2, kind: kind, person: 3).body(FilledLedger.key)).kind == kind)
    }

    /// The encoding is for ever: leaves of years are hashes of it.
    @Test func hasTheDocumentedBytes() {
        let entry = Entry(
            id: 1, at: 2, kind: .act, document: 3, documentType: "t", version: 5, person: 4, onBehalfOf: 300, step: "s",
            articles: ["a", ""],
            from: "f", to: "g", digest: [UInt8](repeating: 0xee, count: 32), purpose: "p", words: "w")
        var expected: [UInt8] = [1, 1]
        for number: UInt8 in [1, 2, 3, 4, 5] { expected += [0, 0, 0, 0, 0, 0, 0, number] }
        expected += [32] + [UInt8](repeating: 0xee, count: 32)
        expected += [0xac, 0x02]
        for text in ["t", "s", "f", "g", "p", "w"] { expected += [1] + Array(text.utf8) }
        expected += [2, 1, UInt8(ascii: "a"), 0]
        #expect(entry.text(.unkeyed) == expected)
        #expect(entry.text(.keyed) == [2] + expected.dropFirst())
        var ofRun = entry
        ofRun.source = Entry.Source(run: 6, known: 258)
        let end: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 1, 2]
        #expect(ofRun.body(FilledLedger.key).dropLast(32) == [0x42] + expected.dropFirst() + end)
    }

    @Test func refusesWhatIsCutOrHasMore() {
        let body = Self.full.body(FilledLedger.key)
        for count in 0..<body.count {
            #expect(throws: LedgerError.malformed) { try Entry(body: Array(body.prefix(count))) }
        }
        #expect(throws: LedgerError.malformed) { try Entry(body: body + [0]) }
    }

    @Test func refusesASecondEncodingOfTheSame() {
        // The bare entry ends in: onBehalfOf (ten bytes), six empty texts, no articles.
        let small = Entry(id: 1, at: 1, kind: .note, person: 1).text(.unkeyed)
        #expect(small.count == 43 + 8)
        var padded = small
        padded.replaceSubrange(43..<44, with: [0x80, 0x00])
        #expect(throws: LedgerError.malformed) { try Entry(body: padded) }
        var large = Self.bare.text(.unkeyed)
        #expect(large[52] == 1)
        large[52] = 3
        #expect(throws: LedgerError.malformed) { try Entry(body: large) }
        large[52] = 0x81
        #expect(throws: LedgerError.malformed) { try Entry(body: large) }
        for (offset, value) in [(0, 3), (1, 0), (1, 200), (42, 1), (42, 33)] as [(Int, UInt8)] {
            var other = small
            other[offset] = value
            #expect(throws: LedgerError.malformed) { try Entry(body: other) }
        }
        var count = small
        count[50] = 0x7f
        #expect(throws: LedgerError.malformed) { try Entry(body: count) }
        var text = small
        text.replaceSubrange(44..<45, with: [1, 0xff])
        #expect(throws: LedgerError.malformed) { try Entry(body: text) }
    }

    /// Whatever bytes are accepted are the one encoding of what they were read as.
    @Test func whatIsAcceptedIsCanonical() {
        var random = Xorshift(state: 42)
        var accepted = 0
        for _ in 0..<50_000 {
            var body = Bool.random(using: &random) ? Self.full.text(.unkeyed) : Self.bare.text(.unkeyed)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let index = Int.random(in: 0..<body.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: body.remove(at: index)
                case 1: body.insert(UInt8.random(in: 0...255, using: &random), at: index)
                default: body[index] = UInt8.random(in: 0...255, using: &random)
                }
            }
            guard let entry = try? Entry(body: body) else { continue }
            accepted += 1
            #expect(body.first == 2 || entry.text(.unkeyed) == body)
        }
        #expect(accepted > 100)
    }
}

struct Xorshift: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
