import ArticleProof
import CustomerConfidentiality
import EngineFixture
import HummingbirdTesting
import Kernel
import Ledger
import Print
import Store
import Tables
import TestOffice
import Testing
import WorkCalendar

@testable import Web
@testable import dianzhang

/// A record of the archive is opened for a stated purpose, its scans are filed in bulk and leave as numbered copies, and its end is decided in a table.
struct ArchiveRecordPageTests {
    typealias Archive = ArchivePageTests.Archive

    @Test func aRecordOpensForAPurposeThatIsChosen() async throws {
        try await ArchivePageTests.with { archive in
            let file = try await archive.file("彗星律师事务所", ["keywords": .text("鲎主题")]), page = "/d/\(archive.word(file))"
            let browser = try await archive.enter(archive.specialist), stranger = try await archive.enter(archive.clerk)
            let gate = try await browser.get(page)
            #expect(gate.status == .ok && gate.text.contains("查阅目的") && gate.text.contains("彗星律师事务所") && !gate.text.contains("鲎主题"))
            #expect(!gate.text.contains("补充材料</button>"), "no step before it is read")
            #expect(try await browser.get(page + "/whole").text.contains("查阅目的"))
            let none = try await browser.post(page + "/reading")
            #expect(none.status == .unprocessableContent && none.text.contains("请选择查阅目的"))
            let other = try await browser.post(page + "/reading", [("purpose", "other")])
            #expect(other.status == .unprocessableContent && other.text.contains("请写明查阅目的"))
            // A link that somebody is sent reads nothing.
            #expect(try await archive.office.desk.document(file, by: archive.supervisor).trail.allSatisfy { $0.kind != .read })
            let opened = try await browser.post(page + "/reading", [("purpose", "other"), ("note", "年终核对")])
            #expect(opened.status == .seeOther && opened.headers[.location] == page)
            let shown = try await browser.get(page)
            #expect(shown.text.contains("鲎主题") && shown.text.contains("补充材料"))
            let reading = try await archive.office.desk.document(file, by: archive.supervisor).trail.first { $0.kind == .read }
            #expect(reading?.written == "其他：年终核对" && reading?.who.zh == "specialist")
            #expect(try await stranger.get(page).status == .notFound)
            #expect(try await stranger.post(page + "/reading", [("purpose", "audit")]).status == .notFound)
            // A program gets the catalogue's entry, until it says what for.
            let token = try await archive.server.edge.apiTokens.make(
                for: archive.supervisor, label: "test", days: 30, scopes: [.read, .reveal], by: Principal(archive.supervisor)
            ).text
            let entry = try await archive.client.api(.get, "/api/v1/customer-file/\(archive.word(file))", token)
            #expect(try entry.json["gated"] == .flag(true) && !entry.text.contains("鲎主题"))
            let revealed = try await archive.client.api(
                .post, "/api/v1/customer-file/\(archive.word(file))/reveal", token, #"{"purpose":"核对"}"#)
            #expect(revealed.text.contains("鲎主题"))
            #expect(try await archive.client.api(.get, "/api/v1/customer-file/\(archive.word(file))", token).text.contains("鲎主题"))
        }
    }

    @Test func anAttachmentLeavesWithItsNumberAndAPDFWithAMarkOnEveryPage() async throws {
        try await ArchivePageTests.with { archive in
            let desk = archive.office.desk, principal = Principal(archive.specialist)
            let pdf = try FormPrinter().pdf(PaperForm(title: "合同", cells: [.init("编号", "20260115")]))
            let paper = try await desk.keep(file: "合同.pdf", content: pdf, by: principal)
            let plain = try await desk.keep(file: "说明.txt", content: Array("条款".utf8), by: principal)
            let part: JSONValue = .record([
                .init("files", .list([paper.stored, plain.stored])), .init("ink", .text("print")), .init("kind", .text("contract")),
                .init("medium", .text("paper")),
            ])
            let file = try await archive.file("彗星律师事务所", ["parts": .list([part])]), page = "/d/\(archive.word(file))"
            let browser = try await archive.enter(archive.specialist)
            let marked = try await browser.post("\(page)/file/\(paper.digest)")
            let name = FormData.decode(part: marked.headers[.contentDisposition] ?? "") ?? ""
            #expect(marked.status == .ok && name.contains("合同 K001-LS·2026-D30-0001-F1.pdf"), "\(name)")
            let bytes = Array(marked.body.readableBytesView)
            #expect(bytes.starts(with: Array("%PDF".utf8)) && bytes != pdf)
            // The mark is a part of the picture: there is no text of the paper to take it off from.
            #expect(!FileText.read(bytes, name: "a.pdf").text.contains("20260115") && PDFPictures.pages(of: bytes)?.count == 1)
            let second = try await browser.post("\(page)/file/\(plain.digest)")
            #expect(second.text == "条款" && (FormData.decode(part: second.headers[.contentDisposition] ?? "") ?? "").contains("-F2.txt"))
            let copies = try await desk.register(ControlledCopy.name, RegisterQuery(), by: archive.supervisor).rows
            #expect(copies.map(\.title) == ["K001-LS·2026-D30-0001-F2", "K001-LS·2026-D30-0001-F1"])
        }
    }

    @Test(.article(confidentiality[23])) func aPlainTableBearsTheNumberOfItsCopyInItsName() async throws {
        try await ArchivePageTests.with { archive in
            _ = try await archive.file("彗星律师事务所")
            let browser = try await archive.enter(archive.archivist)
            let table = try await browser.post("/r/customer-file/export", [("format", "csv")])
            let name = FormData.decode(part: table.headers[.contentDisposition] ?? "") ?? ""
            let digest = FileReference.digest(of: Array(table.body.readableBytesView))
            #expect(table.status == .ok && table.text.contains("彗星律师事务所"))
            #expect(name.contains("K001-LS·2026-D30-0001-F1 1行 \(digest.prefix(12)).csv"), "\(name)")
            // The ledger knows the file again.
            let bodies = try await archive.office.desk.store.read { session in try session.all("SELECT body FROM entry", []) { $0.blob(0) }
            }
            let exports = try bodies.map { try Entry(body: $0) }.filter { $0.kind == .export && $0.document == 0 }
            #expect(exports.map(\.purpose) == ["rows=1 sha256=\(digest)"])
            let word = archive.server.edge.ids.word(try #require(exports.first).id, .entry)
            let entry = try await browser.get("/ledger/\(word)")
            #expect(entry.status == .ok && entry.text.contains("sha256=\(digest)"))
            let copies = try await archive.office.desk.register(ControlledCopy.name, RegisterQuery(), by: archive.supervisor).rows
            #expect(copies.map { $0.values["way"] } == [.text("export")] && copies.first?.values["reader"] == .whole(archive.archivist.raw))
        }
    }

    @Test func scansAreFiledByAManifestAndWhatIsWrongIsSaidRowByRow() async throws {
        try await ArchivePageTests.with { archive in
            let file = try await archive.file("彗星律师事务所")
            let browser = try await archive.enter(archive.archivist), stranger = try await archive.enter(archive.clerk)
            #expect(try await browser.get("/archive/scans").text.contains("目录清单"))
            let manifest = "档号,材料种类,题名,文件名\nK001-LS·2026-D30-0001,合同,年度<合同>,甲.txt\nK001-LS·2026-D30-0099,合同,,乙.txt\n"
            let files = [("manifest", "清单.csv", manifest), ("scans", "甲.txt", "鲎正文"), ("scans", "丙.txt", "多余")]
            let done = try await browser.postFiles("/archive/scans", [], files: files.map { (field: $0.0, name: $0.1, content: $0.2) })
            #expect(done.status == .unprocessableContent && done.text.contains("已挂接 1 件，未挂接 1 件"))
            #expect(
                done.text.contains("没有您可以补充材料的档案“K001-LS·2026-D30-0099”") && done.text.contains("没有挂接的文件") && done.text.contains("丙.txt"))
            #expect(try await archive.office.desk.load([ID<CustomerFile>(file)]).first?.value.parts.map(\.title) == ["年度<合同>"])
            let none = try await browser.postFiles("/archive/scans", [], files: [])
            #expect(none.status == .unprocessableContent && none.text.contains("请选择目录清单"))
            let refused = try await stranger.postFiles("/archive/scans", [], files: files.map { (field: $0.0, name: $0.1, content: $0.2) })
            #expect(refused.text.contains("已挂接 0 件，未挂接 2 件"))
        }
    }

    @Test func theInnerListAndTheNoteSheetArePrintedByAButton() async throws {
        try await ArchivePageTests.with { archive in
            let file = try await archive.file("彗星律师事务所"), address = "/archive/inner/\(archive.word(file))"
            let browser = try await archive.enter(archive.specialist), stranger = try await archive.enter(archive.clerk)
            #expect(try await browser.get(address).text.contains("打印卷内文件目录"))
            for paper in ["list", "note"] {
                let pdf = try await browser.post(address, [("paper", paper)])
                #expect(pdf.status == .ok && Array(pdf.body.readableBytesView.prefix(5)) == Array("%PDF-".utf8))
            }
            #expect(try await archive.office.desk.register(ControlledCopy.name, RegisterQuery(), by: archive.supervisor).total == 2)
            #expect(try await stranger.get(address).status == .notFound)
            #expect(try await stranger.post(address, [("paper", "list")]).status == .notFound)
            let secret = try await archive.file("彗尾律师事务所", ["secrecy": .text("secret"), "custodian": .whole(archive.custodian.raw)])
            let denied = try await browser.post("/archive/inner/\(archive.word(secret))", [("paper", "list")])
            #expect(denied.status == .unprocessableContent && denied.text.contains("“打印”的授权"))
        }
    }

    @Test func whatIsDueIsDecidedInATableAndTickedByItsWitness() async throws {
        try await ArchivePageTests.with { archive in
            let desk = archive.office.desk, service = archive.office.service
            let manager = Principal(try await archive.office.hire("manager", .serviceManager, in: service))
            let general = Principal(try await archive.office.hire("general", .generalManager, in: archive.office.company))
            for number in 1...3 {
                let file = try await archive.file("律师所\(number)", ["retention": .text("D10")])
                try await desk.take(CustomerFile.close, on: file, by: Principal(archive.specialist))
            }
            archive.office.move(to: Moment(Day(iso: "2037-01-04")!, hour: 9)!)
            try await desk.runJobs()
            let list = try #require(try await desk.register(DestructionList.name, RegisterQuery(), by: manager.person).rows.first).id
            let address = "/archive/appraisal/\(archive.word(list))"
            let browser = try await archive.enter(manager.person), other = try await archive.enter(archive.archivist)
            let page = try await browser.get(address)
            #expect(page.text.contains("共 3 件，未定 3 件") && page.text.contains("K001-LS·2026-D10-0001"))
            let version = try #require(page.text.between("name=\"version\" value=\"", "\""))
            let none = try await browser.post(address, [("version", version), ("which", "ticked"), ("outcome", "destroy")])
            #expect(none.status == .unprocessableContent && none.text.contains("还没有勾选档案"))
            let kept = try await browser.post(
                address, [("version", version), ("which", "ticked"), ("line", "1"), ("outcome", "permanent"), ("reason", "行业代表性")])
            #expect(kept.status == .seeOther)
            let next = try #require(try await browser.get(address).text.between("name=\"version\" value=\"", "\""))
            #expect(try await browser.post(address, [("version", next), ("which", "rest"), ("outcome", "destroy")]).status == .seeOther)
            let outcomes = try await desk.document(list, by: manager.person).row.values["lines"]?.list.map { $0["outcome"].text ?? "" }
            #expect(outcomes == ["destroy", "permanent", "destroy"])
            #expect(try await other.post(address, [("version", next), ("which", "rest"), ("outcome", "destroy")]).status == .forbidden)
            let members: JSONValue = .list([archive.archivist, archive.clerk].map { .whole($0.raw) })
            try await desk.take(DestructionList.appraise, on: list, input: ["members": members, "opinion": .text("到期")], by: manager)
            try await desk.take(DestructionList.approve, on: list, by: general)
            let witnesses = [archive.clerk, archive.custodian]
            try await desk.take(
                DestructionList.nameWitnesses, on: list,
                input: ["witnesses": .list(witnesses.map { .whole($0.raw) }), "method": .text("pulped")], by: Principal(archive.archivist))
            let witness = try await archive.enter(archive.clerk), sheet = try await witness.get(address)
            #expect(
                sheet.text.contains("请逐件核对实物后勾选") && sheet.text.contains("value=\"2\"") && !sheet.text.contains("value=\"1\" aria-label"))
            let word = try #require(sheet.text.between("name=\"version\" value=\"", "\""))
            #expect(try await witness.post(address, [("version", word)]).text.contains("还没有勾选档案"))
            let one = try await witness.post(address, [("version", word), ("line", "0")])
            #expect(one.status == .unprocessableContent && one.text.contains("尚有 1 件未核对"))
            #expect(try await witness.post(address, [("version", word), ("line", "0"), ("line", "2")]).status == .seeOther)
        }
    }

    @Test(.demand(confidentiality[27], 3))
    func whoeverContainsALeakIsAskedForNoReasonAndSeesWhoReadIt() async throws {
        try await ArchivePageTests.with { archive in
            let desk = archive.office.desk, file = try await archive.file("彗星律师事务所")
            let report = try await desk.take(
                LeakReport.report, input: ["certainty": .text("possible"), "what": .text("见到复印件")], by: Principal(archive.clerk)
            ).id
            // From here on it waits for the manager, who closes it.
            try await archive.office.hire("manager", .serviceManager, in: archive.office.service)
            try await desk.take(LeakReport.acknowledge, on: report, by: Principal(archive.supervisor))
            let browser = try await archive.enter(archive.supervisor), page = "/d/\(archive.word(report))"
            #expect(try await browser.post(page + "/nameRecords", [("files", archive.word(file))]).status == .seeOther)
            #expect(try await browser.post(page + "/contain").status == .seeOther)
            #expect(try await desk.document(report, by: archive.supervisor).row.values["frozen"] == .list([.whole(file)]))
            let readers = try await browser.get("/d/\(archive.word(file))/readers").text
            #expect(readers.contains("<h1>谁能看、谁看过</h1>"))
        }
    }
}
