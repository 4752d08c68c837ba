import Foundation
import ScratchFiles
import Testing

@testable import Tables

/// However a file is cut up, and on however many threads, it says the same.
@Suite struct ChunkTests {
    let scratch = Scratch()

    /// Tables of random cells, of which many are awkward.
    static func table(seed: UInt64, rows: Int) -> String {
        var state = seed
        func next(_ n: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % n
        }
        let pieces = [
            "", "a", "张三", "\"\"", "\"x,y\"", "\"行\r\n二\"", "\"q\"\"q\"", "\"\"\"\"", "mid\"dle", " 空 ", "\"a\"b", "𠮷", "\"\r\"",
            String(repeating: "长", count: 40),
        ]
        var text = "一,二,三\n"
        for _ in 0..<rows {
            text += (0...next(4)).map { _ in pieces[next(pieces.count)] }.joined(separator: ",") + ["\n", "\r\n", "\r", "\n\n"][next(4)]
        }
        return text
    }

    @Test(arguments: 1...64)
    func chunksOfAnySize(chunk: Int) throws {
        let text = Self.table(seed: UInt64(chunk), rows: 60)
        let path = try scratch.file(text)
        let whole = try Outcome(path)
        #expect(whole.error == nil && whole.rows.count > 30)
        #expect(try Outcome(path, chunk: chunk) == whole)
        #expect(try Outcome(scratch.file(gb18030(text), "gb.csv"), chunk: chunk) == whole)
    }

    /// An independent reading, a character at a time.
    @Test(arguments: UInt64(100)..<140)
    func agreesWithAPlainReading(seed: UInt64) throws {
        let text = Self.table(seed: seed, rows: 50)
        #expect(try Outcome(scratch.file(text)).texts == Array(PlainReading(text).rows.dropFirst()))
    }

    @Test(arguments: [1, 2, 3, 8])
    func parallelEqualsSequential(workers: Int) throws {
        let text = Self.table(seed: 7, rows: 3000)
        for bytes in [Array(text.utf8), gb18030(text)] {
            let path = try scratch.file(bytes)
            let sequential = try Outcome(path)
            for chunk in [500, 4096, 1 << 20] {
                #expect(try Outcome(parallel: path, workers: workers, chunk: chunk) == sequential)
            }
        }
    }

    @Test(arguments: [1, 2, 5])
    func parallelGivesTheRowsBeforeAFault(workers: Int) throws {
        let text = Array(Self.table(seed: 9, rows: 500).utf8) + [UInt8(ascii: "z"), 0xFF, 10] + Array("after\n".utf8)
        let path = try scratch.file(text)
        let sequential = try Outcome(path)
        guard case .badText = sequential.error else { return #expect(Bool(false), "\(String(describing: sequential.error))") }
        #expect(try Outcome(parallel: path, workers: workers, chunk: 700) == sequential)
    }

    @Test func errorsOfTheWorkAndOfTheDeliveryEndIt() throws {
        struct Enough: Error {}
        let path = try scratch.file(Self.table(seed: 3, rows: 2000))
        var limits = TableLimits()
        limits.chunk = 256
        #expect(throws: Enough.self) {
            try ParallelTable(TableReader(path: path, limits: limits), workers: 3).run({ _ in throw Enough() }, inOrder: { (_: Int, _) in })
        }
        #expect(throws: Enough.self) {
            try ParallelTable(TableReader(path: path, limits: limits), workers: 3).run({ _ in 1 }, inOrder: { _, _ in throw Enough() })
        }
    }
}
