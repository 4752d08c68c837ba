import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import Print
import ScratchFiles
import Tables
import TestOffice
import Testing
import WorkCalendar

/// 第4条, 第6条: scans go to their files by a manifest, line by line; a file's contents are printed from its parts.
@Suite struct ScanTests {
    private let scratch = Scratch()

    private func manifest(_ lines: String) throws -> ScanManifest {
        try ScanManifest.read(try scratch.file("档号,材料种类,题名,日期,页数,载体,书写材料,文件名\n" + lines, "清单.csv"))
    }

    private static let scans: [String: String] = [
        "甲.txt": "鲎合同", "乙.txt": "往来", "丙.txt": "绝密★30年", "丁.txt": "另一件", "戊.txt": "无人认领",
    ]

    private func filing(_ archive: ArchiveOffice, by principal: Principal? = nil) -> ScanFiling {
        ScanFiling(archive.desk, by: principal ?? archive.archivist) { name in Self.scans[name].map { Array($0.utf8) } }
    }

    @Test(.article(confidentiality[4]), .demand(confidentiality[6], 2), arguments: TestEngine.all)
    func eachLineIsFiledOrHandedBackAndNothingIsLost(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file(), secret = try await archive.classifiedFile()
            let code = try await archive.text(file, "referenceCode") ?? "", hidden = try await archive.text(secret, "referenceCode") ?? ""
            let manifest = try manifest(
                """
                \(code),合同,2025年服务合同,2025-03-01,12,纸质,激光打印、印刷,甲.txt；乙.txt
                \(code.lowercased()),往来函件,,2025/4/2,3,纸质,圆珠笔,丁.txt
                \(code),合同,带国家秘密标志,,1,纸质,,丙.txt
                \(code),账册,,2025-13-01,,,,甲.txt
                \(code),合同,,,,,,没有.txt
                \(hidden),合同,,,,,,丁.txt
                ,合同,,,,,,
                """)
            let outcome = try await filing(archive).run(manifest, names: Self.scans.keys.sorted())
            #expect(outcome.filed.map(\.row).sorted() == [2, 3] && outcome.unnamed == ["戊.txt"])
            let why = Dictionary(uniqueKeysWithValues: outcome.rejected.map { ($0.line.row, $0.words.zh) })
            #expect(outcome.rejected.map(\.line.row) == [4, 5, 6, 7, 8])
            #expect(why[4]?.contains("国家秘密标志") == true, "\(why)")
            #expect(why[5] == "材料种类“账册”不在可选范围内；日期“2025-13-01”不能识别")
            #expect(why[6] == "没有文件“没有.txt”")
            // A file above the clearance is as one that there is not.
            #expect(why[7] == "没有您可以补充材料的档案“\(hidden)”")
            #expect(why[8] == "未填写文件名；未填写档号")
            let parts = try await archive.value(file, "parts")?.list ?? []
            #expect(parts.map { $0["title"].text } == ["2025年服务合同", nil] && parts.first?["files"].list.count == 2)
            // They are found by what they say, and what fades is to be copied.
            #expect(try await archive.rows("attachment-text") { $0.text = "鲎合同" }.count == 1)
            #expect(try await archive.rows("recopy-task").count == 1)
            // The same manifest once more doubles nothing.
            let again = try await filing(archive).run(manifest, names: [])
            #expect(again.filed.isEmpty && again.rejected.first { $0.line.row == 2 }?.words.zh == "“甲.txt”已在该档案中")
        }
    }

    @Test(.article(confidentiality[4]), arguments: TestEngine.all)
    func whoMayNotAddToAFileFilesNothing(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let code = try await archive.text(try await archive.file(), "referenceCode") ?? ""
            let lines = try manifest("\(code),合同,,,,,,甲.txt\n")
            let clerk = try await filing(archive, by: archive.clerk).run(lines, names: [])
            #expect(clerk.filed.isEmpty && clerk.rejected.first?.words.zh == "没有您可以补充材料的档案“\(code)”")
            // The supervisor reads it, and adds nothing.
            let supervisor = try await filing(archive, by: archive.supervisor).run(lines, names: [])
            #expect(supervisor.filed.isEmpty && supervisor.rejected.count == 1)
            #expect(throws: PaperError.self) { try ScanManifest.read(try scratch.file("档号,题名\n1,2\n", "坏.csv")) }
        }
    }

    @Test(.article(confidentiality[6]), arguments: TestEngine.all)
    func whatAProgramReadsOnAPictureIsAHint(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let picture = try await archive.desk.keep(file: "扫描.png", content: [1, 2, 3], by: archive.specialist)
            let paper = try await archive.desk.keep(file: "合同.txt", content: Array("条款".utf8), by: archive.specialist)
            try await archive.file(["parts": .list([ArchiveOffice.part("contract", ["files": .list([picture.stored, paper.stored])])])])
            let texts = try await archive.desk.all(AttachmentText.self)
            let empty = try #require(texts.first { $0.value.text.isEmpty }), full = try #require(texts.first { !$0.value.text.isEmpty })
            func read(_ id: ID<AttachmentText>, _ text: String) async throws {
                try await archive.desk.take(AttachmentText.recognise, on: id.raw, input: ["text": .text(text)], by: archive.archivist)
            }
            let marked = await refusal { try await read(empty.id, "机密★20年") }
            #expect(marked?.article == confidentiality[22])
            try await read(empty.id, "鲎识别")
            #expect(try await archive.rows("attachment-text") { $0.text = "鲎识别" }.map(\.id) == [empty.id.raw])
            #expect(try await archive.desk.open(empty.id.raw, by: archive.manager, for: "核对").row.values["note"] == .text("图片文字由程序识别，仅供检索，不作为依据"))
            let there = await refusal { try await read(full.id, "别的") }
            #expect(there?.article == confidentiality[6] && there?.words.zh.contains("已有可检索的文本") == true)
        }
    }

    /// Where `tesseract` is not installed there is nothing to prove; the page says so.
    @Test(.article(confidentiality[6]), .enabled(if: PictureText.isThere, "tesseract is not installed here"))
    func tesseractReadsAPrintedPage() throws {
        let pdf = try FormPrinter().pdf(PaperForm(title: "合同", cells: [.init("编号", "20260115")]))
        #expect(PictureText.read(try #require(PDFPictures.pages(of: pdf)?.first))?.contains("20260115") == true)
    }

    @Test(.article(confidentiality[4]))
    func theInnerListCountsPagesAsLongAsTheyAreKnown() {
        func part(_ pages: Int) -> FilePart {
            var part = FilePart()
            part.pages = pages
            return part
        }
        #expect(InnerList.pages([part(3), part(1), part(0), part(2)]) == ["1-3", "4", "", ""])
        #expect(InnerList.pages([]).isEmpty)
    }

    @Test(.article(confidentiality[4]), .demand(confidentiality[23], 2), arguments: TestEngine.all)
    func listAndNoteSheetArePrintedFromThePartsWithTheNumberOfTheCopy(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let contract = ArchiveOffice.part("contract", ["title": .text("服务合同"), "pages": .whole(12), "author": .text("法务部"), "number": .text("合〔2025〕3号"), "dated": .text("2025-03-01")])
            let letter = ArchiveOffice.part("correspondence", ["ink": .text("ball-point")])
            let file = try await archive.file(["parts": .list([contract, letter])])
            let copy = try await archive.desk.issue(.print, of: file, by: archive.specialist)
            let view = try await archive.desk.document(file, by: archive.specialist.person)
            #expect(view.gate == nil, "a print is a reading")
            let value = try #require(try await archive.desk.load([ID<CustomerFile>(file)]).first).value
            let paper = InnerList(
                view, value, copy, printedBy: archive.specialist.person, try await archive.desk.organisation(), at: archive.office.now, .zh)
            #expect(paper.list.rows == [["1", "合〔2025〕3号", "法务部", "服务合同", "20250301", "1-12", ""], ["2", "", "", "[往来函件]", "", "", ""]])
            #expect(paper.list.watermark == "副本 \(value.referenceCode)-F1 specialist \(archive.office.now.minuteText)")
            #expect(paper.noteSheet.watermark == paper.list.watermark)
            let text = FileText.read(try TablePrinter().pdf(paper.list), name: "a.pdf").text
            #expect(text.contains("卷内文件目录") && text.contains("服务合同") && text.contains("档号：K001-LS"))
            let note = FileText.read(try FormPrinter().pdf(paper.noteSheet), name: "a.pdf").text
            for words in ["备考表", "未著录页数的 1 件", "书写材料不耐久", "客户基本信息表"] { #expect(note.contains(words), "\(note)") }
        }
    }
}
