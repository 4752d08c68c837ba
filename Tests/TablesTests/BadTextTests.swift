import Foundation
import Glibc
import ScratchFiles
import Testing

@testable import Tables

/// What bad text gets: an error that names the line, after the rows before it.
@Suite struct BadTextTests {
    let scratch = Scratch()

    private func outcome(_ bytes: [UInt8], chunk: Int? = nil) throws -> Outcome { try Outcome(scratch.file(bytes), chunk: chunk) }
    private func outcome(_ text: String, chunk: Int? = nil) throws -> Outcome { try outcome(Array(text.utf8), chunk: chunk) }

    @Test(arguments: ["", "\u{FEFF}", "\n\r\n\n"])
    func emptyFile(text: String) throws { #expect(try outcome(text).error == .empty) }

    @Test func absentFileAndFolder() throws {
        #expect(try Outcome(scratch.path("none.csv")).error == .cannotOpen(path: scratch.path("none.csv"), cause: SystemCause(ENOENT)))
        #expect(try Outcome(scratch.folder.path).error == .cannotOpen(path: scratch.folder.path, cause: SystemCause(EISDIR)))
    }

    @Test(arguments: [String.Encoding.utf16, .utf16LittleEndian, .utf16BigEndian])
    func utf16(encoding: String.Encoding) throws {
        let data = try #require("name,sex\nZhang San,M\n".data(using: encoding))
        #expect(try outcome(Array(data)).error == .utf16)
    }

    @Test func wrongByteWithinUTF8() throws {
        for chunk in [nil, 5, 17] {
            let seen = try outcome(Array("姓名,地址\n张三,北京\n李".utf8) + [0xC3, 0x28] + Array(",上海\n王五,广州\n".utf8), chunk: chunk)
            #expect(seen.error == .badText(line: 3, expected: .utf8))
            #expect(seen.texts == [["张三", "北京"]])
        }
    }

    @Test(
        arguments: [
            [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80], [0xE0, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80],
        ] as [[UInt8]])
    func formsThatAreNotUTF8(bytes: [UInt8]) throws {
        let before = String(repeating: "张三,北京市朝阳区\n", count: 3)
        #expect(try outcome(Array("姓名,地址\n\(before)x".utf8) + bytes + Array(",y\n".utf8)).error == .badText(line: 5, expected: .utf8))
    }

    @Test func gb18030WithinUTF8() throws {
        let seen = try outcome(Array("姓名,地址\n张三,北京市朝阳区\n".utf8) + gb18030("李四,上海市\n"))
        #expect(seen.error == .badText(line: 3, expected: .utf8))
        #expect(seen.rows.count == 1)
    }

    @Test func utf8WithinGB18030() throws {
        let seen = try outcome(gb18030("姓名,地址\n张三,北京市朝阳区\n赵六,广州\n") + Array("李四,上海市浦东新区\n".utf8))
        #expect(seen.error == .mixedEncodings(line: 4))
        #expect(seen.texts == [["张三", "北京市朝阳区"], ["赵六", "广州"]])
    }

    @Test func wrongByteWithinGB18030() throws {
        let seen = try outcome(gb18030("姓名,地址\n张三,北京市朝阳区\n") + [0xFF, 0xFF, 10] + gb18030("李四,上海\n"))
        #expect(seen.error == .badText(line: 3, expected: .gb18030))
        #expect(seen.rows.count == 1)
    }

    @Test func cutWithinACharacter() throws {
        let utf8 = try outcome(Array("姓名,地址\n张三,北京\n李四,上海".utf8.dropLast()))
        #expect(utf8.error == .cutOff(line: 3) && utf8.rows.count == 1)
        let gb = try outcome(gb18030("姓名,地址\n张三,北京\n李四,上海").dropLast())
        #expect(gb.error == .cutOff(line: 3) && gb.rows.count == 1)
    }

    @Test func nul() throws {
        let seen = try outcome("a,b\n1,2\nx,\0\n3,4\n")
        #expect(seen.error == .nul(line: 3) && seen.rows.count == 1)
        #expect(try outcome("a,b\n1,\"2\n\0\"\n").error == .nul(line: 3))
    }

    @Test func quoteNeverClosed() throws {
        let seen = try outcome("a,b\n1,2\n3,\"open\n5,6\n7,8\n")
        #expect(seen.error == .unclosedQuote(line: 3) && seen.texts == [["1", "2"]])
        let long = try outcome("a,b\n1,2\n3,4\n5,\"" + String(repeating: "6,7\n", count: 5_000_000))
        #expect(long.error == .unclosedQuote(line: 4) && long.rows.count == 2)
    }

    @Test func aMillionColumns() throws {
        let wide = try outcome("a,b\n1,2\n" + String(repeating: ",", count: 1_000_000) + "\n")
        #expect(wide.error == .tooManyColumns(line: 3, limit: 1_000) && wide.rows.count == 1)
        #expect(try outcome(String(repeating: "a,", count: 1_000_000)).error == .tooManyColumns(line: 1, limit: 1_000))
        #expect(try outcome(String(repeating: ",", count: 999) + "\n").error == nil)
    }

    @Test(arguments: [false, true])
    func aFieldOfAHundredMegabytes(quoted: Bool) throws {
        var bytes = Array("a,b\n1,2\n3,\(quoted ? "\"" : "")".utf8)
        bytes += [UInt8](repeating: UInt8(ascii: "x"), count: 100 << 20)
        let seen = try outcome(bytes + Array("\(quoted ? "\"" : "")\n".utf8))
        #expect(seen.rows.count == 1)
        #expect(seen.error == .fieldTooLong(line: 3, column: 2, limit: 1 << 20))
    }

    @Test func aFieldAboveTheLimit() throws {
        let fits = String(repeating: "x", count: 1 << 20)
        #expect(try outcome("a,b\n1,\(fits)\n").error == nil)
        #expect(try outcome("a,b\n1,\(fits)x\n").error == .fieldTooLong(line: 2, column: 2, limit: 1 << 20))
        #expect(try outcome("a,b\n1,\"\(fits)x\"\n").error == .fieldTooLong(line: 2, column: 2, limit: 1 << 20))
    }

    @Test func aRowAboveTheLimit() throws {
        let field = String(repeating: "x", count: 1 << 20)
        let row = Array(repeating: field, count: 20).joined(separator: ",")
        #expect(try outcome("a,b\n1,2\n\(row)\n").error == .rowTooLong(line: 3, limit: 8 << 20))
    }

    /// So that a file is not read to its end when it is opened.
    private var smallChunks: TableLimits {
        var limits = TableLimits()
        limits.chunk = 1_000
        return limits
    }

    @Test func aFileThatGrowsIsReadAsFarAsItReached() throws {
        let path = try scratch.file("a,b\n" + String(repeating: "1,2\n", count: 50_000))
        let table = try TableReader(path: path, limits: smallChunks)
        #expect(!table.grew)
        try append("3,4\n", to: path)
        var rows = 0
        try table.forEachRow { _ in rows += 1 }
        #expect(rows == 50_000 && table.grew)
        #expect(throws: PaperError.grew) { try table.requireWhole() }
    }

    @Test func aFileThatGrowsWithinARow() throws {
        let path = try scratch.file("a,b\n" + String(repeating: "1,2\n", count: 50_000) + "5,")
        let table = try TableReader(path: path, limits: smallChunks)
        try append("6\n", to: path)
        var rows = 0
        #expect(throws: PaperError.stillBeingWritten(line: 50_002)) { try table.forEachRow { _ in rows += 1 } }
        #expect(rows == 50_000)
    }

    @Test func aFileThatShrinks() throws {
        let path = try scratch.file("a,b\n" + String(repeating: "1,2\n", count: 50_000))
        let table = try TableReader(path: path, limits: smallChunks)
        truncate(path, 100_002)
        var rows = 0
        #expect(throws: PaperError.shrank(line: 25_001)) { try table.forEachRow { _ in rows += 1 } }
        #expect(rows == 24_999)
    }

    @Test func everySentenceIsThereInBothLanguages() throws {
        let cause = SystemCause(ENOENT)
        let all: [PaperError] = [
            .cannotOpen(path: "p", cause: cause), .cannotRead(line: 7, cause: cause), .empty, .utf16, .oldWorkbook, .notATable,
            .badText(line: 7, expected: .utf8), .mixedEncodings(line: 7), .cutOff(line: 7), .nul(line: 7), .unclosedQuote(line: 7),
            .tooManyColumns(line: 7, limit: 9), .fieldTooLong(line: 7, column: 8, limit: 9), .rowTooLong(line: 7, limit: 9),
            .stillBeingWritten(line: 7), .shrank(line: 7), .grew, .missingColumns(["x"], line: 7),
            .doubledColumn(first: "x", firstIndex: 0, second: "y", secondIndex: 1, line: 7), .damagedWorkbook(part: "x", line: 7),
            .workbookTooLarge(part: "x", limit: 9), .declaresEntities(part: "x"), .noSuchSheet("x", present: ["y"]),
            .cannotWrite(path: "p", cause: cause), .diskFull(path: "p"), .tooManyRows(limit: 9), .unwritableText(row: 7, column: 8),
        ]
        for error in all {
            #expect(error.zh.hasSuffix("。") && error.en.hasSuffix("."))
            if error.line != nil { #expect(error.zh.contains("7") && error.en.contains("7")) }
        }
    }

    private func append(_ text: String, to path: String) throws {
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
    }
}
