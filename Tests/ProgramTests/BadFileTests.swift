import EngineFixture
import Foundation
import ScratchFiles
import Testing

/// What a bad file gets from the program: exit 2 and a sentence in both languages, with the line; from the import besides that what was
/// good before it.
@Suite struct BadFileTests {
    struct Bad: Sendable, CustomStringConvertible {
        let description: String
        /// The sentence, as far as it does not depend on the file's name.
        let zh: String
        let en: String
        /// Applications that are whole before the fault. The one just before it may lack rows.
        var rows = 0
        let write: @Sendable (Scratch) throws -> String
    }

    private static let good = IntakeRows.header + "\n" + IntakeRows.row(1) + "\n" + IntakeRows.row(2) + "\n"

    static let all: [Bad] = [
        Bad(description: "UTF-16", zh: "请另存为“CSV UTF-8”", en: "Save it as \"CSV UTF-8\"") { scratch in
            try scratch.file([UInt8](try #require(good.data(using: .utf16LittleEndian))))
        },
        Bad(description: "wrong bytes", zh: "第 4 行不是有效的", en: "Line 4 is not valid", rows: 1) { scratch in
            try scratch.file(Array(good.utf8) + [0xC3, 0x28, 10])
        },
        Bad(description: "UTF-8 within GB18030", zh: "第 6 行的编码与前面不同", en: "Line 6 is encoded otherwise", rows: 3) { scratch in
            try scratch.file(gb18030(IntakeRows.file(4)) + Array((IntakeRows.row(9) + "\n").utf8))
        },
        Bad(description: "no header", zh: "第 1 行应是表头", en: "Line 1 should be the header") { scratch in
            try scratch.file(IntakeRows.row(1) + "\n" + IntakeRows.row(2) + "\n")
        },
        Bad(description: "a doubled header", zh: "表头有两列意思相同", en: "two columns of one meaning") { scratch in
            try scratch.file("姓名," + good)
        },
        Bad(description: "a million columns", zh: "第 4 行超过 1000 列", en: "Line 4 has more than 1000 columns", rows: 1) { scratch in
            try scratch.file(good + String(repeating: ",", count: 1_000_000) + "\n")
        },
        Bad(description: "a field of 100 MB", zh: "第 4 行第 2 列超过", en: "Line 4, column 2 is longer", rows: 1) { scratch in
            try scratch.file(Array(good.utf8) + Array("T9,".utf8) + [UInt8](repeating: 0x78, count: 100 << 20) + [10])
        },
        Bad(description: "NUL bytes", zh: "第 4 行有空字符", en: "Line 4 has a NUL byte", rows: 1) { scratch in
            try scratch.file(good + "T9,\0,life\n")
        },
        Bad(description: "a quote never closed", zh: "第 4 行开始的引号没有闭合", en: "opened on line 4 is never closed", rows: 1) { scratch in
            try scratch.file(good + "T9,\"never closed\n" + IntakeRows.row(2) + "\n")
        },
        Bad(description: "a workbook bomb", zh: "解开后超过允许的大小", en: "unpacks to more than is allowed", rows: 1) { scratch in
            try scratch.workbook(sheet(IntakeRows.header, IntakeRows.row(1), IntakeRows.row(2)) + String(repeating: " ", count: 100 << 20))
        },
        Bad(description: "entities", zh: "带有实体声明", en: "declares entities") { scratch in
            try scratch.workbook(sheet(IntakeRows.header), before: "<!DOCTYPE x [<!ENTITY a \"ha\">]>")
        },
        Bad(description: "an empty file", zh: "文件是空的", en: "The file is empty") { try $0.file("") },
        Bad(description: "no file", zh: "打不开文件", en: "Cannot open") { $0.path("none.csv") },
    ]

    private static func sheet(_ rows: String...) -> String {
        rows.map { row in
            "<row>" + row.split(separator: ",", omittingEmptySubsequences: false).map { "<c t=\"str\"><v>\($0)</v></c>" }.joined()
                + "</row>"
        }.joined()
    }

    @Test(arguments: all) func checkSaysWhatIsWrong(bad: Bad) async throws {
        let scratch = Scratch()
        let out = scratch.path("answers.csv")
        let outcome = try await Program.run(["check", try bad.write(scratch), "--out", out])
        outcome.expect(2, zh: bad.zh, en: bad.en)
        #expect(!FileManager.default.fileExists(atPath: out), "half an answer is no answer")
    }

    @Test(arguments: all) func importTakesWhatIsGoodBeforeIt(bad: Bad) async throws {
        let scratch = Scratch()
        let file = try bad.write(scratch)
        try await BookPlace.with(.sqlite) { book in
            let outcome = try await book.run(book.importing(file))
            outcome.expect(2, zh: bad.zh, en: bad.en)
            if bad.rows > 0 { outcome.expect(2, zh: "重新导入同一文件，不会重复", en: "nothing is doubled") }
            #expect(try await book.expectWhole(bad.rows))
        }
    }

    @Test func formulasAreNotCalculated() async throws {
        let scratch = Scratch()
        let row = IntakeRows.row(1).replacing("T1,", with: "\"=cmd|' /C calc'!A1\",")
        let kept = Self.sheet(IntakeRows.header) + Self.sheet(IntakeRows.row(1)).replacing("<v>王小明</v>", with: "<f>A1</f>")
        let book = try await Program.run(["check", try scratch.workbook(kept), "--lang", "en"])
        book.expect(0, zh: "含公式：读取的是工作簿中保存的结果", en: "Paste the formulas as values")
        #expect(book.answer.contains("missing.name"))
        try await BookPlace.with(.sqlite) { place in
            for more in [["--dry-run"], []] {
                let taken = try await place.run(place.importing(try scratch.workbook(kept), more: more))
                taken.expect(0, zh: "有 1 行含公式：读取的是工作簿中保存的结果", en: "1 rows have formulas")
            }
        }
        let text = try await Program.run(["check", try scratch.file(IntakeRows.header + "\n" + row + "\n")])
        text.expect(0)
        #expect(text.answer.contains("'=cmd"), "what a spreadsheet program would calculate is made a text")
    }

    @Test func aFileThatGrowsIsNotTakenForWhole() async throws {
        let scratch = Scratch()
        let path = try scratch.file(IntakeRows.file(20_000))
        for command in ["check", "screen"] {
            let running = try Program.start([command, path, "--out", scratch.path("answers")])
            Thread.detachNewThread {
                guard let handle = FileHandle(forWritingAtPath: path), (try? handle.seekToEnd()) != nil else { return }
                while running.isRunning { try? handle.write(contentsOf: Data((IntakeRows.row(1) + "\n").utf8)) }
            }
            try await running.outcome().expect(2, zh: "请等", en: "Wait until it is complete")
        }
    }
}
