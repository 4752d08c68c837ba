import Foundation
import ScratchFiles
import Testing

@testable import Tables

/// The text of files that are handed in: what stands there when all changes are accepted, hidden things too, and nothing twice.
@Suite struct FileTextTests {
    private func package(_ parts: [String: String]) throws -> [UInt8] {
        let scratch = Scratch(), path = try scratch.package(parts.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) })
        return withExtendedLifetime(scratch) { Array((try? Data(contentsOf: URL(filePath: path))) ?? Data()) }
    }

    @Test func aDocumentIsReadAsItStandsWithItsChangesAccepted() throws {
        let body = """
            <w:document xmlns:w="w" xmlns:mc="mc"><w:body>
            <w:p><w:r><w:t>甲方</w:t></w:r><w:ins><w:r><w:t>新增</w:t></w:r></w:ins><w:del><w:r><w:delText>旧的</w:delText></w:r></w:del>\
            <w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>移来</w:t></w:r></w:moveTo></w:p>
            <w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>\
            <w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby></w:p>
            <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>合</w:t></w:r></w:p><w:p><w:r><w:t>同</w:t></w:r></w:p>
            <mc:AlternateContent><mc:Choice><w:p><w:r><w:t>框内</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>框内</w:t></w:r></w:p>\
            </mc:Fallback></mc:AlternateContent>
            <w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗字</w:t></w:r></w:p></w:body></w:document>
            """
        let notes = "<w:footnotes xmlns:w=\"w\"><w:footnote><w:p><w:r><w:t>脚注</w:t></w:r></w:p></w:footnote></w:footnotes>"
        let read = FileText.read(try package(["word/document.xml": body, "word/footnotes.xml": notes]), name: "a.docx")
        let lines = read.text.split(separator: "\n").map(String.init)
        #expect(lines == ["甲方新增移来", "链接控件拼", "合同", "框内", "暗字", "脚注"])
        #expect(read.notes == [.trackedChanges, .hidden])
    }

    @Test func aWorkbookIsReadWithHiddenSheetsAndWithoutReadings() throws {
        let book = "<workbook><sheets><sheet name=\"客户\"/><sheet name=\"底稿\" state=\"hidden\"/></sheets></workbook>"
        let shared = "<sst><si><r><t>山</t></r><r><t>田</t></r><rPh><t>やまだ</t></rPh></si></sst>"
        let sheet = "<worksheet><sheetData><row hidden=\"1\"><c t=\"s\"><v>0</v></c><c><v>4407821</v></c><c t=\"inlineStr\"><is><t>自带</t></is></c></row></sheetData></worksheet>"
        let read = FileText.read(
            try package(["xl/workbook.xml": book, "xl/sharedStrings.xml": shared, "xl/worksheets/sheet1.xml": sheet]), name: "a.xlsx")
        #expect(read.text.split(separator: "\n") == ["山田", "客户", "底稿", "4407821", "自带"])
        #expect(read.notes == [.hiddenSheet])
    }

    @Test func aPDFIsReadByItsReaderAndABrokenOneSaysSo() throws {
        #expect(PDFText.joined("客 户\u{0}服 务 A 1\u{C}部") == "客户服务 A 1 部")
        let broken = FileText.read(Array("%PDF-1.4\nnothing".utf8), name: "a.pdf")
        #expect(broken.text.isEmpty && !broken.notes.isEmpty)
        #expect(FileText.read([0xFF, 0xD8, 0xFF], name: "a.jpg").notes == [.noText])
        #expect(FileText.read([0x50, 0x4B, 0x03, 0x04, 0, 0], name: "a.docx").notes == [.unread])
    }
}
