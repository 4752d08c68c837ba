import ScratchFiles
import Testing

@testable import Tables

/// Texts of nothing but what a scanner may stumble over, at every place of its blocks: it reads them as a plain reading does, and values
/// are looked at wherever they have to be.
@Suite struct RandomTextTests {
    let scratch = Scratch()

    /// The same numbers for the same seed.
    struct Dice {
        var state: UInt64

        mutating func next(_ n: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % n
        }

        mutating func text(of pieces: [String], count: Int) -> String { (0..<count).map { _ in pieces[next(pieces.count)] }.joined() }
    }

    /// The header is as long as the seed says, so that what follows it begins at any place of a block.
    static func text(seed: Int) -> String {
        var dice = Dice(state: UInt64(seed))
        let awkward = [",", ",", ",", "\"", "\"", "\"\"", "\n", "\r", "\r\n", ",\"", "\",", "a", "0", " ", "张", "𠮷", "\n\""]
        let quiet = [",", ",", ",", "\n", "ab", "12", "张三", ",\"x\","]
        let filler = String(repeating: "h", count: seed % 65 + 1)
        let long = dice.next(4) == 0 ? String(repeating: "长", count: dice.next(60)) : ""
        let pieces = dice.next(3) == 0 ? quiet : awkward
        let text = filler + "\n" + dice.text(of: pieces, count: dice.next(90)) + long + dice.text(of: pieces, count: dice.next(60))
        return dice.next(8) == 0 ? text + "\0" + dice.text(of: pieces, count: dice.next(9)) : text
    }

    @Test(arguments: 0..<60)
    func agreesWithAPlainReading(round: Int) throws {
        for seed in round * 50..<round * 50 + 50 {
            let text = Self.text(seed: seed), plain = PlainReading(text)
            let seen = try Outcome(scratch.file(text))
            #expect(seen.texts == Array(plain.rows.dropFirst()), "seed \(seed)")
            switch (seen.error, plain.fault) {
            case (nil, nil), (.unclosedQuote, .unclosedQuote), (.nul, .nul): break
            default: Issue.record("seed \(seed): \(String(describing: seen.error)), not \(String(describing: plain.fault))")
            }
        }
    }

    @Test(arguments: 0..<20)
    func howeverItIsCutUp(round: Int) throws {
        for seed in round * 20..<round * 20 + 20 {
            let path = try scratch.file(Self.text(seed: seed)), whole = try Outcome(path)
            #expect(try Outcome(path, chunk: seed % 150 + 1) == whole, "seed \(seed)")
            #expect(try Outcome(parallel: path, workers: seed % 4 + 1, chunk: seed % 90 + 1) == whole, "seed \(seed)")
        }
    }

    /// What the quick look lets pass needs nothing.
    @Test func theQuickLookMissesNoMark() {
        var dice = Dice(state: 5)
        let pieces = ["0", "0", "0", "1", "9", ".", "e", "E", "+", "-", "a", "=", "'", "#", " ", "，", "’", "r", "/"]
        for _ in 0..<20_000 {
            let field = dice.text(of: pieces, count: dice.next(21))
            var bytes = Array((field + ",,").utf8)
            let end = bytes.count - 2
            let (isMarked, isToBe) = bytes.withUnsafeMutableBufferPointer { bytes in
                (CellText.looksMarked(bytes.baseAddress!, 0, end), Self.isMarked(Array(bytes[..<end])))
            }
            #expect(isMarked == isToBe, "\(field)")
        }
    }

    private static func isMarked(_ field: [UInt8]) -> Bool {
        let text = String(decoding: field, as: UTF8.self), last = field.suffix(3).map { Character(Unicode.Scalar($0)) }
        guard let first = field.first, (48...57).contains(first) else {
            return ["=", "'", "#", " ", "`", "Er"].contains { text.hasPrefix($0) } || field.first == 0xE2 || field.first == 0xE3
        }
        if text == "0" { return true }
        if text.hasSuffix(".0") && field.count >= 3 || text.hasSuffix(".00") { return true }
        if field.count == 16 && last.last == "0" || field.count > 16 && text.hasSuffix("00") { return true }
        return field.count >= 3 && (48...57).contains(field[field.count - 1])
            && field.dropLast().suffix(3).contains { $0 | 0x20 == UInt8(ascii: "e") }
    }

    @Test func aColonIsFoundWhereverItStands() {
        for length in 0..<40 {
            for place in 0..<40 {
                for mark in [UInt8(ascii: ":"), 0xEF] {
                    var bytes = [UInt8](repeating: UInt8(ascii: ";"), count: 48)
                    bytes[place] = mark
                    #expect(bytes.withUnsafeBufferPointer { Footer.maySign($0.baseAddress!, length) } == (place < length))
                }
            }
        }
    }
}
