import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Hummingbird
import HummingbirdTesting
import Kernel
import ScratchFiles
import TestOffice
import Testing
import WorkCalendar

@testable import Web
@testable import dianzhang

/// The pages of the customer archive, and what they do not show.
struct ArchivePageTests {
    struct Archive: Sendable {
        let office: TestOffice
        let server: WebServer
        let client: any TestClientProtocol
        let specialist: PersonID, supervisor: PersonID, archivist: PersonID, custodian: PersonID, clerk: PersonID

        func enter(_ person: PersonID) async throws -> Browser { try await Browser.enter(person, server, client) }

        func file(_ customer: String, _ more: [String: JSONValue] = [:]) async throws -> Int64 {
            let input: [String: JSONValue] = [
                "customer": .text(customer), "subclass": .text("lawyer"), "withoutCode": .text("境外机构"), "copies": .whole(1),
            ]
            return try await office.desk.take(CustomerFile.openFile, input: input.merging(more) { $1 }, by: Principal(specialist)).id
        }

        func shelf(_ label: String, _ kind: String) async throws -> (store: Int64, shelf: Int64) {
            let store = try await office.desk.take(
                ArchiveStore.enter, input: ["label": .text(label), "kind": .text(kind), "keeper": .whole(archivist.raw)],
                by: Principal(supervisor)
            ).id
            let input: [String: JSONValue] = [
                "store": .whole(store), "cabinet": .whole(1), "rows": .whole(2), "slotsInRow": .whole(3), "carrier": .text("paper"),
            ]
            return (store, try await office.desk.take(Shelf.enter, input: input, by: Principal(supervisor)).id)
        }

        func word(_ id: Int64) -> String { server.edge.ids.word(id, .document) }
    }

    static func with(_ body: @escaping @Sendable (Archive) async throws -> Void) async throws {
        try await TestOffice.with(.sqlite, [confidentialityContents], at: Moment(Day(iso: "2026-06-15")!, hour: 9)!) { office in
            let specialist = try await office.hire("specialist", .informationSpecialist, in: office.service, clearance: .secret)
            let supervisor = try await office.hire("supervisor", .informationSupervisor, in: office.service, clearance: .topSecret)
            let archivist = try await office.hire("archivist", .archivist, in: office.service)
            let custodian = try await office.hire("custodian", .custodian, in: office.service, clearance: .secret)
            let clerk = try await office.hire("clerk")
            let wall = WebOffice.WallClock()
            let configuration = WebConfiguration(host: "127.0.0.1", port: 0, wallClock: wall.clock)
            let server = WebServer(desk: office.desk, configuration: configuration, extraPages: ArchivePages.all)
            try await server.application().test(.router) { client in
                try await body(
                    Archive(
                        office: office, server: server, client: client, specialist: specialist, supervisor: supervisor,
                        archivist: archivist, custodian: custodian, clerk: clerk))
            }
        }
    }

    @Test(.demand(confidentiality[7], 2, 3), .demand(confidentiality[6], 4), .demand(confidentiality[22], 2))
    func theFindingAidAndTheMapShowToEachWhatEachMayKnow() async throws {
        try await Self.with { archive in
            let (_, shelf) = try await archive.shelf("一库", "paper"), (_, closed) = try await archive.shelf("密库", "classified")
            _ = try await archive.file("彗星律师事务所")
            _ = try await archive.file("彗尾律师事务所", ["secrecy": .text("secret"), "custodian": .whole(archive.custodian.raw)])
            let text = "/archive?text=%E5%BD%97"
            let specialist = try await archive.enter(archive.specialist), archivist = try await archive.enter(archive.archivist)
            let all = try await specialist.get(text + "%E5%B0%BE")
            #expect(all.status == .ok && all.text.contains("K001-MJ·2026-D30-0001") && all.text.contains("企业机密"))
            let none = try await archivist.get(text + "%E5%B0%BE")
            #expect(none.status == .ok && none.text.contains("没有找到您可以查阅的档案") && !none.text.contains("MJ"))
            #expect(try await archivist.get(text + "%E6%98%9F").text.contains("彗星律师事务所"))
            let map = try await archivist.get("/archive/shelves")
            #expect(map.text.contains("一库1柜") && !map.text.contains("密库") && map.text.contains("1 / 6"))
            #expect(try await specialist.get("/archive/shelves").text.contains("密库1柜"))
            // Labels: a sheet for who may see the shelf, and for nobody else.
            let labels = try await archivist.get("/archive/labels/\(archive.word(shelf))")
            #expect(labels.status == .ok && Array(labels.body.readableBytesView.prefix(5)) == Array("%PDF-".utf8))
            #expect(try await archivist.get("/archive/labels/\(archive.word(closed))").status == .notFound)
            #expect(try await specialist.get("/archive/labels/\(archive.word(closed))").status == .ok)
            let stranger = try await archive.enter(archive.clerk)
            #expect(try await stranger.get("/archive/labels/\(archive.word(shelf))").status == .notFound)
            #expect(!(try await stranger.get("/archive/shelves").text.contains("一库")))
        }
    }

    /// One copy for three days is what is asked for as a rule; it stands there and can be changed.
    @Test func aLoanFormBeginsWithOneCopyForThreeDays() async throws {
        try await Self.with { archive in
            let page = try await archive.enter(archive.clerk).get("/r/loan/new")
            #expect(page.status == .ok)
            for (name, value) in [("copies", "1"), ("days", "3")] {
                let input = page.text.split(separator: "<input ").first { $0.contains("name=\"\(name)\"") }
                #expect(input?.contains("value=\"\(value)\"") == true, "\(name)")
            }
        }
    }

    @Test(.demand(confidentiality[27], 1)) func aLeakIsReportedOnOnePageFromAnyScreen() async throws {
        try await Self.with { archive in
            let file = try await archive.file("彗星律师事务所")
            let browser = try await archive.enter(archive.specialist)
            let pages = ["/", "/archive", "/archive/shelves", "/d/\(archive.word(file))", "/r/customer-file", "/search?q=%E5%BD%97%E6%98%9F", "/charter"]
            for path in pages {
                let page = try await browser.get(path)
                #expect(page.status == .ok && page.text.contains("href=\"/r/leak-report/new\""), "\(path)")
            }
            let clerk = try await archive.enter(archive.clerk), form = try await clerk.get("/r/leak-report/new")
            #expect(form.status == .ok && form.text.contains("name=\"what\"") && form.text.contains("name=\"certainty\""))
            let empty = try await clerk.post("/r/leak-report/new", [("certainty", "possible"), ("what", "")])
            #expect(empty.status == .unprocessableContent)
            let sent = try await clerk.post("/r/leak-report/new", [("certainty", "possible"), ("what", "打印机旁发现合同")])
            #expect(sent.status == .seeOther)
            #expect(try await archive.office.desk.todo(of: archive.supervisor).items.contains { $0.row.type == LeakReport.name })
        }
    }

    @Test(.demand(confidentiality[14], 1), .demand(confidentiality[16], 1))
    func aCheckIsWalkedOnThePhoneAndTheClimateIsDrawn() async throws {
        try await Self.with { archive in
            let (store, _) = try await archive.shelf("一库", "paper")
            _ = try await archive.file("彗星律师事务所")
            archive.office.move(to: Moment(Day(iso: "2026-07-01")!, hour: 9)!)
            try await archive.office.desk.runJobs()
            let check = try #require(
                try await archive.office.desk.register(ArchiveCheck.name, RegisterQuery(), by: archive.archivist).rows.first).id
            let browser = try await archive.enter(archive.archivist), address = "/archive/check/\(archive.word(check))"
            let page = try await browser.get(address)
            #expect(page.status == .ok && page.text.contains("一库1柜-1-1 · K001-LS·2026-D30-0001") && page.text.contains("0 / 1"))
            let version = try #require(page.text.between("name=\"version\" value=\"", "\""))
            let wrong = try await browser.post(address, [("version", version), ("outcome.0", "lent"), ("note.0", "")])
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("没有在借记录"))
            let saved = try await browser.postFiles(
                address, [("version", version), ("outcome.0", "faded"), ("note.0", "褪色")], files: [("photo.0", "第一排.jpg", "JPEG")])
            #expect(saved.status == .seeOther)
            let line = try await archive.office.desk.document(check, by: archive.archivist).row.values["lines"]?.list.first
            #expect(line?["photos"].list.map { $0["name"].text } == ["第一排.jpg"])
            #expect(try await browser.get(address).text.contains("1 / 1"))
            let stranger = try await archive.enter(archive.clerk)
            #expect(try await stranger.get(address).status == .notFound)
            #expect(try await stranger.post(address, [("outcome.0", "in-order")]).status == .notFound)
            let reading: [String: JSONValue] = [
                "storeName": .text("一库"), "at": .text(archive.office.now.description), "temperature": .text("20"), "humidity": .text("50"),
            ]
            try await archive.office.desk.take(ClimateReading.record, input: reading, by: Principal(archive.archivist))
            // A file from a logger goes in a row a reading; what is on record already comes back.
            let scratch = Scratch()
            let file = try scratch.file("库房名称,时间,温度（℃）,相对湿度（%）\n一库,2026-06-30 08:00,21.5,51\n一库,2026-06-30 08:00,21.5,51\n三库,2026-06-30 09:00,20,50\n")
            let rows = RowImport(desk: archive.office.desk, type: ClimateReading.name, principal: Principal(archive.archivist), language: .zh)
            let done = try await rows.run(file, rejected: scratch.path("rejected.csv"), isDryRun: false)
            #expect(done.taken == 1 && done.rejected == 2)
            let climate = try await browser.get("/archive/climate")
            #expect(climate.text.contains("<svg class=\"chart\"") && climate.text.contains("14–24 ℃，45–60 %"))
            #expect(!(try await stranger.get("/archive/climate").text.contains("一库")))
            _ = store
        }
    }

    @Test(.demand(confidentiality[9], 2), .demand(confidentiality[12], 2)) func aReportGoesOutAsChartsAndAsNumberedPapers() async throws {
        try await Self.with { archive in
            let desk = archive.office.desk
            let manager = Principal(try await archive.office.hire("manager", .serviceManager, in: archive.office.service))
            _ = try await archive.file("彗星律师事务所")
            let definition = try await desk.take(
                ReportDefinition.propose,
                input: ["heading": .text("客户档案月报"), "length": .text("month"), "items": .text("stock;kinds")], by: Principal(archive.specialist)
            ).id
            try await desk.take(ReportDefinition.adopt, on: definition, by: manager)
            let head = Principal(try await archive.office.hire("head", .head, in: archive.office.market))
            let general = Principal(try await archive.office.hire("general", .generalManager, in: archive.office.company))
            let asked = try await desk.take(
                ReportSubscription.request,
                input: [
                    "definition": .whole(definition), "readers": .list([.whole(archive.clerk.raw)]), "purpose": .text("走访"),
                    "until": .text("2026-12-31"),
                ], by: head
            ).id
            try await desk.take(ReportSubscription.review, on: asked, by: manager)
            try await desk.take(ReportSubscription.approve, on: asked, by: general)
            archive.office.move(to: Moment(Day(iso: "2026-07-01")!, hour: 9)!)
            let report = try await desk.take(
                StatisticalReport.draw, input: ["definition": .whole(definition), "period": .text("2026-06")], by: Principal(archive.specialist)
            ).id
            let browser = try await archive.enter(archive.specialist)
            let figures = try await browser.get("/archive/figures/\(archive.word(report))").text
            #expect(figures.contains("各子类在档卷数") && figures.contains("<svg class=\"chart\""))
            let stranger = try await archive.enter(archive.clerk)
            #expect(try await stranger.get("/archive/figures/\(archive.word(report))").status == .notFound)
            try await desk.take(StatisticalReport.review, on: report, by: Principal(archive.supervisor))
            try await desk.take(StatisticalReport.approve, on: report, by: manager)
            let copies = try await desk.register(ReportCopy.name, RegisterQuery(), by: archive.specialist).rows
            let copy = archive.word(try #require(copies.first { $0.state == "kept" }).id)
            let given = try #require(copies.first { $0.state == "issued" }).id, own = archive.word(given)
            // Nothing is printed by a link: the page has the buttons, and each print stands in the ledger.
            let offer = try await browser.get("/archive/report/\(copy)")
            #expect(offer.status == .ok && offer.text.contains("action=\"/archive/workbook/\(copy)\""))
            let paper = try await browser.post("/archive/report/\(copy)"), book = try await browser.post("/archive/workbook/\(copy)")
            #expect(Array(paper.body.readableBytesView.prefix(5)) == Array("%PDF-".utf8))
            #expect(Array(book.body.readableBytesView.prefix(2)) == Array("PK".utf8))
            for path in ["report", "workbook"] { #expect(try await stranger.post("/archive/\(path)/\(copy)").status == .notFound) }
            let id = archive.server.edge.ids.id(copy, .document)
            let made = try await desk.document(id, by: archive.specialist).trail.filter { $0.kind == .read }.map(\.title.zh)
            #expect(made == ["导出", "打印"])
            // Who was given a copy prints it, until it is recalled.
            #expect(try await stranger.post("/archive/report/\(own)").status == .ok)
            try await desk.take(ReportCopy.recall, on: given, input: ["reason": .text("数据有误")], by: manager)
            #expect(try await stranger.get("/archive/report/\(own)").text.contains("此份已收回"))
            for path in ["report", "workbook"] {
                let denied = try await stranger.post("/archive/\(path)/\(own)")
                #expect(denied.status == .unprocessableContent && denied.text.contains("此件现为“已收回”"))
            }
        }
    }
}
