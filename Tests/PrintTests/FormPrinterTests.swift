import Foundation
import Testing

@testable import Print

/// What is printed is read back by other people's tools: poppler for the text and the pages, zbar for the codes.
enum Reader {
    static func run(_ tool: String, _ words: [String]) throws -> String {
        let process = Process(), pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [tool] + words
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self)
    }

    static func with<T>(_ pdf: [UInt8], _ body: (String) throws -> T) throws -> T {
        let file = FileManager.default.temporaryDirectory.appending(path: "print-\(UUID().uuidString).pdf")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(pdf).write(to: file)
        return try body(file.path)
    }

    /// Without blanks, which poppler puts between letters and figures as it sees fit.
    static func text(_ pdf: [UInt8], _ words: [String] = []) throws -> String {
        try with(pdf) { try run("pdftotext", words + [$0, "-"]) }.filter { !$0.isWhitespace }
    }

    static func pages(_ pdf: [UInt8]) throws -> Int {
        let said = try with(pdf) { try run("pdfinfo", [$0]) }
        return said.split(separator: "\n").first { $0.hasPrefix("Pages:") }.flatMap { Int($0.split(separator: " ").last ?? "") } ?? 0
    }

    static func codes(_ pdf: [UInt8], resolution: Int) throws -> [String] {
        try with(pdf) { path in
            let picture = path + ".page"
            _ = try run("pdftoppm", ["-r", String(resolution), "-png", "-singlefile", path, picture])
            defer { try? FileManager.default.removeItem(atPath: picture + ".png") }
            return try run("zbarimg", ["-q", picture + ".png"]).split(separator: "\n").map(String.init)
        }
    }
}

@Suite struct FormPrinterTests {
    static func loan(reason: String = "核对客户资料", cells: [PaperForm.Cell] = []) -> PaperForm {
        PaperForm(
            organisation: "广东分公司", title: "外借登记", number: "外借〔2026〕17号", marks: ["内部", "借出"],
            cells: [
                .init("资料名称", "客户档案 0017"), .init("份数", "1"), .init("借阅理由", reason, isWide: true), .init("应还时间", "2026-12-01 17:00"),
                .init("借阅人", "林晓雯"),
            ] + cells,
            signatures: [
                .init(title: "申请人", name: "林晓雯", moment: "2026-11-29"),
                .init(title: "批准外借", opinion: "同意", name: "唐丽", moment: "2026-11-29"),
            ],
            foot: "林晓雯 2026-11-29 14:05 打印", code: "LOAN-2026-17")
    }

    @Test func aFormIsOnePageThatSaysEverything() throws {
        let pdf = try FormPrinter().pdf(Self.loan())
        let text = try Reader.text(pdf)
        for said in ["外借登记", "外借〔2026〕17号", "客户档案0017", "核对客户资料", "林晓雯", "唐丽", "同意", "第1页共1页", "广东分公司"] {
            #expect(text.contains(said), "\(said) is not on the paper: \(text)")
        }
        #expect(try Reader.pages(pdf) == 1)
        #expect(try Reader.codes(pdf, resolution: 300) == ["QR-Code:LOAN-2026-17"])
    }

    /// For looking at: DIANZHANG_PAPERS names a folder.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["DIANZHANG_PAPERS"] != nil)) func papersToLookAt() throws {
        let folder = ProcessInfo.processInfo.environment["DIANZHANG_PAPERS"] ?? "/tmp"
        var form = Self.loan(reason: (1...120).map { "第\($0)条理由写得很长，一页放不下。" }.joined())
        form.watermark = "周敏 2026-11-29 第3份"
        try Data(FormPrinter().pdf(form)).write(to: URL(filePath: folder + "/form.pdf"))
        let labels = (1...24).map {
            LabelSheet.Label(
                code: "ZC2026\($0 + 100000)", kind: $0 % 2 == 0 ? .qr : .code128, heading: "设备\($0)", lines: ["信息中心 机房A", "2026-11-29"])
        }
        try Data(LabelSheet.a4x24.pdf(labels)).write(to: URL(filePath: folder + "/labels.pdf"))
    }

    @Test func fontsAreEmbedded() throws {
        let fonts = try Reader.with(try FormPrinter().pdf(Self.loan())) { try Reader.run("pdffonts", [$0]) }
        let lines = fonts.split(separator: "\n").dropFirst(2)
        #expect(!lines.isEmpty && lines.allSatisfy { $0.contains(" yes yes ") }, "\(fonts)")
        #expect(fonts.contains("NotoSerifCJK"), "\(fonts)")
    }

    @Test func whatDoesNotFitGoesOnInAnAnnex() throws {
        let long = (1...400).map { "第\($0)条理由写得很长，一页放不下。" }.joined()
        let pdf = try FormPrinter().pdf(Self.loan(reason: long))
        let text = try Reader.text(pdf)
        #expect(text.contains("（续见附页1）") && text.contains("附页1") && text.contains("第400条理由"))
        let pages = try Reader.pages(pdf)
        #expect(pages > 1 && text.contains("第1页共\(pages)页") && text.contains("第\(pages)页共\(pages)页"))
        // The signatures stand on the first page, whatever is written.
        let first = try Reader.text(pdf, ["-l", "1"])
        #expect(first.contains("唐丽") && first.contains("应还时间"))
    }

    @Test func everyWordOfALongTextIsPrintedOnce() throws {
        let long = (1...400).map { "理由\($0)；" }.joined()
        let text = try Reader.text(try FormPrinter().pdf(Self.loan(reason: long)))
        for number in [1, 57, 133, 200, 399, 400] {
            #expect(
                text.components(separatedBy: "理由\(number)；").count == 2,
                "理由\(number) is printed \(text.components(separatedBy: "理由\(number)；").count - 1) times")
        }
    }

    /// Two lines in a narrow cell: none of them is sent to an annex for want of a few millimetres; the form goes on to a second page.
    @Test func aTextOfFewWordsStaysInItsCell() throws {
        var form = Self.loan(cells: (1...20).map { PaperForm.Cell("栏目\($0)", "这一栏的内容共有十三个字尾") })
        let pdf = try FormPrinter().pdf(form), text = try Reader.text(pdf)
        #expect(!text.contains("附页") && text.filter { $0 == "尾" }.count == 20, "\(text)")
        #expect(try Reader.pages(pdf) == 2)
        #expect(try Reader.text(pdf, ["-f", "2", "-l", "2"]).contains("唐丽"), "the signatures stand at the end")
        // A form that is to be one page has its signatures there, and its annexes.
        form.isOnePage = true
        let one = try FormPrinter().pdf(form)
        #expect(try Reader.text(one, ["-l", "1"]).contains("唐丽"))
        #expect(try Reader.text(one).contains("附页1"))
    }

    /// Where a page is full, a long text gives way and short ones do not.
    @Test func aLongTextGivesWayFirst() throws {
        let long = (1...400).map { "理由\($0)；" }.joined()
        let pdf = try FormPrinter().pdf(
            Self.loan(reason: long, cells: (1...14).map { PaperForm.Cell("栏目\($0)", "这一栏的内容共有十三个字尾") }))
        let text = try Reader.text(pdf), first = try Reader.text(pdf, ["-l", "1"])
        #expect(text.contains("附页1") && !text.contains("附页2"))
        #expect(first.filter { $0 == "尾" }.count == 14 && first.contains("唐丽"))
    }

    @Test func manyCellsGoOnToASecondPage() throws {
        let cells = (1...60).map { PaperForm.Cell("栏目\($0)", "内容\($0)") }
        let pdf = try FormPrinter().pdf(Self.loan(cells: cells))
        let text = try Reader.text(pdf)
        #expect(try Reader.pages(pdf) >= 2 && text.contains("内容60") && text.contains("唐丽"))
    }

    @Test func aRadicalIsPrintedAsItsCharacter() throws {
        let text = try Reader.text(try FormPrinter().pdf(Self.loan(reason: "⻢先生与⾦女士")))
        #expect(text.contains("马先生与金女士"), "\(text)")
    }

    @Test func aCharacterThatNoFontHasHoldsThePaper() throws {
        let foreign = "\u{10FFFD}"
        #expect(throws: PrintError.unprintable(characters: foreign)) { try FormPrinter().pdf(Self.loan(reason: "张\(foreign)三")) }
    }

    @Test func typeHasItsSizeOnPaper() throws {
        // 28 characters of 16 pt are 158 mm wide.
        let ink = Ink(.a4, Fonts(), title: "")
        let line = ink.set(String(repeating: "国", count: 28), Typeface(size: 16))
        #expect(abs(line.size.width - 158) < 1, "\(line.size.width) mm")
    }

    @Test func aWatermarkLiesOverEveryPage() throws {
        var form = Self.loan(reason: (1...400).map { "第\($0)条理由写得很长，一页放不下。" }.joined())
        form.watermark = "周敏 2026-11-29 第3份"
        let pdf = try FormPrinter().pdf(form)
        let last = String(try Reader.pages(pdf))
        // Turned text comes back in pieces; nothing else on that page has this character.
        #expect(try Reader.text(pdf, ["-f", last, "-l", last]).contains("敏"))
    }
}
