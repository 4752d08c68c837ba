import Testing

@testable import Print

@Suite struct OfficialTests {
    /// 28 characters of 16 pt would be 448 pt wide; the text area is 442.2.
    @Test func twentyTwoLinesOfTwentyEightCharacters() {
        #expect(OfficialMeasure.size * 28 <= OfficialMeasure.width * 72 / 25.4 + 0.001)
        #expect((OfficialMeasure.size * 100).rounded() == 1579)
        #expect((OfficialMeasure.linePitch * 72 / 25.4 * 100).rounded() == 2899)
        let page = OfficialLines.broken(String(repeating: "文", count: 22 * 28), indent: 0)
        #expect(page.count == 22 && page.allSatisfy { $0.count == 28 })
    }

    @Test func aLineOnPaperIsAsWideAsTheTextArea() {
        let ink = Ink(.a4, Fonts(), title: "")
        let line = ink.set(String(repeating: "文", count: OfficialMeasure.columns), Typeface(size: OfficialMeasure.size))
        #expect(abs(line.size.width - OfficialMeasure.width) < 0.1, "\(line.size.width) mm")
    }

    @Test(arguments: [OfficialPaper.Style.up, .down, .letter]) func theSignatureNeverStandsAlone(style: OfficialPaper.Style) throws {
        for lines in 3...24 {
            var paper = OfficialPaper()
            (paper.style, paper.mark, paper.number, paper.title) = (style, "育才学校", "育才校发〔2026〕8号", "关于做好工作的通知")
            (paper.recipients, paper.issuer, paper.day) = ("各工作点", "育才学校", "2026年1月5日")
            paper.body = Array(repeating: "认真办理。", count: lines)
            let pages = try Reader.with(OfficialPrinter().pdf(paper)) { try Reader.run("pdftotext", [$0, "-"]) }.split(separator: "\u{0C}")
            let signed = pages.first { $0.filter { !$0.isWhitespace }.contains("1月5日") }
            #expect(signed?.contains("认真办理") == true, "\(lines) lines")
        }
    }

    /// Whoever lists files sees their properties, of a confidential document too.
    @Test func itsPropertiesSayItsNumberAndNothingOfWhatItSays() throws {
        var paper = OfficialPaper()
        (paper.style, paper.mark, paper.number, paper.title) = (.down, "育才学校文件", "育才校发〔2026〕8号", "关于合并方案的通知")
        (paper.recipients, paper.issuer, paper.day) = ("各工作点", "育才学校", "2026年1月5日")
        paper.body = ["认真办理。"]
        let said = try Reader.with(OfficialPrinter().pdf(paper)) { try Reader.run("pdfinfo", ["-enc", "UTF-8", $0]) }
        #expect(said.contains("育才校发〔2026〕8号") && !said.contains("合并方案") && !said.contains("各工作点"))
    }

    @Test func noLineBeginsWithWhatClosesOrEndsWithWhatOpens() {
        let text = String(repeating: "各工作点要按照《信息管理制度》（试行）的规定，认真做好“收、发、存”工作。", count: 20)
        let lines = OfficialLines.broken(text)
        let closing: Set<Character> = ["，", "。", "、", "）", "》", "”"], opening: Set<Character> = ["《", "（", "“"]
        #expect(lines.dropFirst().allSatisfy { $0.first.map { !closing.contains($0) } ?? false })
        #expect(lines.dropLast().allSatisfy { $0.last.map { !opening.contains($0) } ?? false })
        #expect(lines.joined().drop { $0 == "　" } == text)
        #expect(lines.allSatisfy { $0.count <= 28 })
    }

    @Test func aTitleIsBrokenEvenly() {
        #expect(OfficialLines.title("关于做好开学工作的通知") == ["关于做好开学工作的通知"])
        let lines = OfficialLines.title("育才学校关于做好二〇二六年春季学期开学各项准备工作的通知")
        #expect(lines.count == 2 && abs(lines[0].count - lines[1].count) <= 1)
    }

    @Test(arguments: [OfficialPaper.Style.up, .down, .letter, .minutes]) func itIsSetOnAFullPageAndMore(style: OfficialPaper.Style) throws {
        var paper = OfficialPaper()
        (paper.style, paper.mark, paper.number, paper.signer) = (style, "育才学校文件", "育才校发〔2026〕8号", "郝毅")
        (paper.title, paper.recipients, paper.issuer, paper.day) = ("关于做好工作的通知", "各工作点", "育才学校", "2026年1月5日")
        (paper.copies, paper.printer, paper.printedOn) = ("区教育局", "育才学校信息室", "2026年1月6日")
        paper.body = Array(repeating: String(repeating: "认真做好各项工作。", count: 30), count: 8)
        #expect(try OfficialPrinter().pdf(paper).count > 1000)
        // A name that no font has holds the paper.
        paper.signer = "\u{2EBF0}\u{323AF}"
        paper.style = .up
        #expect(throws: PrintError.self) { try OfficialPrinter().pdf(paper) }
    }
}
