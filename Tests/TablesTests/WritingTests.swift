import Foundation
import Glibc
import ScratchFiles
import Testing

@testable import Tables

@Suite struct WritingTests {
    let scratch = Scratch()

    private func csv(mark: Bool = false, guards: Bool = false, _ write: (CSVWriter) throws -> Void) throws -> String {
        var bytes: [UInt8] = []
        let writer = try CSVWriter(.sink { bytes += $0 }, byteOrderMark: mark, guardsFormulas: guards)
        try write(writer)
        try writer.close()
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func quotesWhatNeedsIt() throws {
        let text = try csv { writer in
            writer.append("a")
            writer.append(-120)
            writer.append("x,\"y\"")
            writer.append("行\n二")
            writer.append(Int.min)
            try writer.endRow()
            try writer.row([""])
            try writer.row([])
            try writer.row(["", "", "\r"])
        }
        #expect(text == "a,-120,\"x,\"\"y\"\"\",\"行\n二\",-9223372036854775808\r\n\"\"\r\n\r\n,,\"\r\"\r\n")
    }

    @Test func guardsFormulasOnlyWhenAsked() throws {
        let cells = ["=1", "+86", "-1", "@x", "\tx", "a=b"]
        #expect(try csv { try $0.row(cells) } == "=1,+86,-1,@x,\tx,a=b\r\n")
        #expect(try csv(guards: true) { try $0.row(cells) } == "\"'=1\",\"'+86\",\"'-1\",\"'@x\",\"'\tx\",a=b\r\n")
        // Behind what nobody sees, and in full width.
        for hidden in ["\u{200B}=1", "\u{FEFF}+1", "\u{AD}-1", "\u{2060}\u{200E}@x", " =1", "\u{3000}=1", "＝1", "＋1", "－1", "＠x", "\u{3164}=1"] {
            #expect(try csv(guards: true) { try $0.row([hidden]) } == "\"'\(hidden)\"\r\n", "\(hidden.unicodeScalars.first.map { $0.value } ?? 0)")
        }
        for plain in ["张三=1", "ａ=1", "2026-03-04", "\u{200B}张", "、=", "　张三"] {
            #expect(try csv(guards: true) { try $0.row([plain]) } == "\(plain)\r\n")
        }
        let number = try csv(guards: true) { writer in
            writer.append(-5)
            try writer.endRow()
        }
        #expect(number == "-5\r\n")
    }

    @Test func whatIsWrittenIsReadAgain() throws {
        let rows = [["", ""], [""], ["a\"b", "\"", "\r\n", ",", " x ", "张三", "=1"]] + (0..<20_000).map { ["\($0)", "\"\($0)\"\n"] }
        let path = scratch.path("out.csv")
        let writer = try CSVWriter(.file(path), byteOrderMark: true)
        try writer.row(["h"])
        for row in rows { try writer.row(row) }
        try writer.close()
        let seen = try Outcome(path)
        #expect(seen.columns == ["h"] && seen.error == nil && seen.rows.count == rows.count)
        for (read, written) in zip(seen.texts, rows) where read != written { Issue.record("\(written) came back as \(read)") }
    }

    @Test func joinsPartsThatWereWrittenElsewhere() throws {
        var part = CSVText()
        part.append("x")
        part.append(7)
        part.endRow()
        let text = try csv(mark: true) { writer in
            try writer.row(["a", "b"])
            try writer.append(part)
            try writer.row(["c"])
        }
        #expect(Array(text.utf8) == Array("\u{FEFF}a,b\r\nx,7\r\nc\r\n".utf8))
    }

    @Test func aFileIsThereWholeOrNotAtAll() throws {
        let path = try scratch.file("old", "out.csv")
        chmod(path, 0o640)
        do {
            let writer = try CSVWriter(.file(path))
            for i in 0..<100_000 { try writer.row(["\(i)"]) }
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path) == ["out.csv"])
        let writer = try CSVWriter(.file(path))
        try writer.row(["new"])
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
        try writer.close()
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "new\r\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path) == ["out.csv"])
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o640)
        // A new one is its owner's alone.
        let fresh = scratch.path("fresh.csv"), second = try CSVWriter(.file(fresh))
        try second.row(["new"])
        try second.close()
        #expect(try FileManager.default.attributesOfItem(atPath: fresh)[.posixPermissions] as? Int == 0o600)
    }

    @Test func aFullDisk() throws {
        let writer = try CSVWriter(.file("/dev/full"))
        #expect(throws: PaperError.diskFull(path: "/dev/full")) {
            for i in 0..<1_000_000 { try writer.row(["\(i)"]) }
        }
        let small = try CSVWriter(.file("/dev/full"))
        try small.row(["x"])
        #expect(throws: PaperError.diskFull(path: "/dev/full")) { try small.close() }
        #expect(throws: PaperError.self) {
            let book = try XLSXWriter(path: "/dev/full", header: ["a"])
            try book.row(["x"])
            try book.close()
        }
    }

    @Test func whereNothingCanBeWritten() throws {
        let path = scratch.path("none/out.csv")
        #expect(throws: PaperError.cannotWrite(path: path, cause: SystemCause(ENOENT))) { try CSVWriter(.file(path)) }
        #expect(throws: PaperError.cannotWrite(path: path, cause: SystemCause(ENOENT))) { try XLSXWriter(path: path, header: ["a"]) }
        let folder = scratch.folder.path
        #expect(throws: PaperError.cannotWrite(path: folder, cause: SystemCause(EISDIR))) { try CSVWriter(.file(folder)) }
    }

    @Test func whatAWorkbookCannotHold() throws {
        let long = try XLSXWriter(path: scratch.path("a.xlsx"), header: ["a"])
        long.append("x")
        long.append(String(repeating: "长", count: 32_768))
        #expect(throws: PaperError.unwritableText(row: 2, column: 2)) { try long.endRow() }
        let nul = try XLSXWriter(path: scratch.path("b.xlsx"), header: ["a"])
        nul.append("x\0y")
        #expect(throws: PaperError.unwritableText(row: 2, column: 1)) { try nul.endRow() }
        let fits = try XLSXWriter(path: scratch.path("c.xlsx"), header: ["a"])
        fits.append(String(repeating: "长", count: 32_767))
        try fits.endRow()
    }

    @Test func aWorkbookIsThereWholeOrNotAtAll() throws {
        do {
            let writer = try XLSXWriter(path: scratch.path("a.xlsx"), header: ["a"])
            try writer.row(["x"])
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path) == [])
    }
}
