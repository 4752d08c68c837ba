import ArticleProof
import EngineFixture
import EnterpriseIT
import Foundation
import Kernel
import ScratchFiles
import TestOffice
import Testing
import WorkCalendar

/// Lists that people and consoles make: of software, of devices, of what a count found.
@Suite struct ListTests {
    private static let software = """
        主机名,资产编号,软件名称,版本,发布者,安装位置
        PC017,PC-017,7-Zip 23.01 (x64),23.01,Igor Pavlov,C:\\a
        ,,WPS Office,12.1,Kingsoft,
        PC018,PC-018,纸牌大师 3.0,3.0,,
        ,,,9.9,,
        """

    @Test(.article(enterpriseIT["第二章10"])) func aListOfSoftwareTellsOfEachComputer() throws {
        let reading = try TableInventory.read(Array(Self.software.utf8), name: "软件.csv")
        #expect(reading.computers.map(\.identity.assetTag) == ["PC-017", "PC-018"])
        #expect(reading.computers.map { $0.software?.count } == [2, 1])
        // Only what is listed is known: nothing was said of parts or protection.
        #expect(reading.computers.allSatisfy { $0.isPartial && $0.components.isEmpty && $0.protection == nil })
        #expect(reading.unread.contains("第 5 行没有软件名称") && reading.unread.contains("没有读取“安装位置”一列"))
        // Each as a table of its own says the same.
        let own = try DeviceInventory.read(try TableInventory.content(of: reading.computers[0]))
        #expect(own.format == .table && own.identity.assetTag == "PC-017" && own.software == reading.computers[0].software)
        let many = #expect(throws: InventoryFault.self) { _ = try DeviceInventory.read(Array(Self.software.utf8)) }
        #expect(many?.words.zh.contains("2 台计算机") == true)
    }

    @Test(.article(enterpriseIT["第二章10"])) func aWorkbookIsReadAsACSVIs() throws {
        let scratch = Scratch()
        func cell(_ text: String) -> String { "<c t=\"inlineStr\"><is><t>\(text)</t></is></c>" }
        let rows = [["资产编号", "软件名称", "版本"], ["PC-017", "7-Zip", "23.01"]].map { "<row>\($0.map(cell).joined())</row>" }.joined()
        let bytes = try Array(Data(contentsOf: URL(filePath: scratch.workbook(rows))))
        let seen = try DeviceInventory.read(bytes)
        #expect(seen.identity.assetTag == "PC-017" && seen.software == [SeenSoftware(name: "7-Zip", version: "23.01")])
    }

    @Test(.demand(enterpriseIT["第二章10"], 2, 3), arguments: TestEngine.all)
    func aListHandedInIsComparedAndFindsWhatIsNotAllowed(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let desk = factory.desk, asset = try await factory.asset("PC-018", serial: "SN18")
            let rule = try await desk.take(
                SoftwareRule.propose,
                input: ["kind": .text("forbidden"), "software": .text("纸牌大师"), "publisher": .text(""), "reason": .text("游戏")], by: factory.network
            ).id
            try await desk.take(SoftwareRule.approve, on: rule, by: factory.director)
            let computers = try TableInventory.read(Array(Self.software.utf8)).computers
            let file = try await desk.keep(file: "PC-018.csv", content: try TableInventory.content(of: computers[1]), by: factory.network)
            let id = try await desk.take(InventoryReport.submit, input: ["file": .list([file.stored])], by: factory.network).id
            #expect(try await factory.value(id, "asset") == .whole(asset))
            #expect(try await factory.value(id, "result") == .text("deviating"))
            #expect(try await factory.rows("computer-finding").first?.values["line"]?.text?.hasPrefix("禁止软件：纸牌大师") == true)
            await #expect(throws: DeskError.self) {
                try await desk.take(InventoryReport.submit, input: ["content": .text(Self.software)], by: factory.worker)
            }
            let many = await #expect(throws: Refusal.self) {
                try await desk.take(InventoryReport.submit, input: ["content": .text(Self.software)], by: factory.network)
            }
            #expect(many?.words.zh.contains("上传清单") == true)
        }
    }

    @Test(.article(enterpriseIT["第二章10"]), arguments: TestEngine.all)
    func aPrinterReportsWithoutBeingCalledAComputer(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let printer = try await factory.asset("PR-001", serial: "PHCVN191TG")
            let file = try await factory.desk.keep(
                file: "printer_1.json", content: try InventoryReadingTests.sample("printer_1.json"), by: factory.network)
            let id = try await factory.desk.take(InventoryReport.submit, input: ["file": .list([file.stored])], by: factory.network).id
            #expect(try await factory.value(id, "asset") == .whole(printer))
            #expect(try await factory.value(id, "result") == .text("clean"))
            #expect(try await factory.value(id, "seen").text?.contains("没有读取的部分：cartridges") == true)
        }
    }

    @Test(.article(enterpriseIT["第二章20"])) func aListOfDevicesIsReadByLine() throws {
        let text = """
            资产编号,名称,序列号,存放地点,使用人,启用日期,颜色
            PC-001,台式电脑,SN1,一车间,worker,2025-03-04,黑
            ,打印机,SN2,库房,,,
            pc 001,台式电脑,SN3,库房,,,
            PC-003,,SN4,库房,,,
            PC-004,台式电脑,SN5,库房,,三月,
            """
        let table = try AssetTable(Array(text.utf8), name: "资产.csv")
        #expect(table.rows.map(\.number) == ["PC-001"] && table.unused == ["颜色"])
        #expect(
            table.unread.map { "\($0.line) \($0.words.zh)" } == [
                "3 没有资产编号", "4 资产编号 pc 001 与第 2 行重复", "5 没有名称", "6 启用日期“三月”读不出",
            ])
        let ledger: [String: JSONValue] = ["what": .text("台式电脑"), "serial": .text("SN-1"), "place": .text("二车间"), "model": .text("M1")]
        let same = table.rows[0].differences(from: ledger.merging(["place": .text("一车间")]) { $1 }, holder: Words("worker", "worker"))
        #expect(same.isEmpty)
        let other = table.rows[0].differences(from: ledger, holder: Words("穆欣", "Mu Xin")).map(\.zh)
        #expect(other == ["存放地点：台账“二车间”，清单“一车间”", "使用人：台账“穆欣”，清单“worker”"])
        #expect(table.rows[0].takeOver("清单")["acquired"] == .text("2025-03-04"))
    }

    @Test(.demand(enterpriseIT["第二章22"], 1)) func findingsWrittenDownWithoutAConnectionAreReadByLine() throws {
        let books: [JSONValue] = ["PC-001", "PC-002"].map {
            .record([.init("number", .text($0)), .init("what", .text("=电脑")), .init("place", .text("一车间")), .init("keeper", .whole(7))])
        }
        let list = try StocktakeTable.list(books, place: "一车间") { _ in "worker" }
        let written = String(decoding: list.dropFirst(3), as: UTF8.self)
        #expect(written.hasPrefix(StocktakeTable.headings.joined(separator: ",")) && !written.contains(",=电脑"))
        // As it was downloaded it says nothing.
        let empty = try StocktakeTable(list, name: "清单.csv", place: "一车间")
        #expect(empty.rows.isEmpty && empty.untouched == 2 && empty.unread.isEmpty)
        let filled = """
            编号,名称,账面地点,账面使用人,实际地点,实际使用人,时间,结果
            PC-001,电脑,一车间,worker,,,2026-01-15 09:30,在
            PC-002,电脑,一车间,worker,二车间,worker2,,封条破损
            PC-003,电脑,一车间,worker,,,,未见
            PC-004,电脑,一车间,worker,,,昨天,在
            PC-005,电脑,一车间,worker,,,,好像在
            X-9,投影仪,,,库房,,,在
            """
        let read = try StocktakeTable(Array(filled.utf8), place: "一车间")
        #expect(read.rows.map(\.number) == ["PC-001", "PC-002", "X-9"] && read.rows.map(\.place) == ["一车间", "二车间", "库房"])
        #expect(read.rows[0].at == Moment(Day(iso: "2026-01-15")!, hour: 9, minute: 30) && read.rows[1].isSealBroken && read.rows[1].holder == "worker2")
        #expect(read.untouched == 1 && read.unread.map(\.line) == [5, 6])
    }

    @Test(.article(enterpriseIT["第二章22"]), arguments: TestEngine.all)
    func aCountIsFollowedPlaceByPlace(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let desk = factory.desk
            for (number, place) in [("PC-001", "一车间"), ("PC-002", "一车间"), ("PC-003", "库房")] { _ = try await factory.asset(number, place: place) }
            let id = try await desk.take(Stocktake.begin, input: [:], by: factory.assets).id
            let photo = try await desk.keep(file: "标签.jpg", content: [0xFF, 0xD8], by: factory.duty)
            let seen = Factory.record(["number": .text("pc001"), "place": .text("一车间"), "photos": .list([photo.stored])])
            try await desk.take(Stocktake.scan, on: id, input: ["more": .list([seen])], by: factory.duty)
            let count = StocktakeCount(try await factory.view(id))
            #expect(count.places == ["一车间", "库房"] && count.progress(at: "一车间") == (1, 2))
            #expect(count.things(at: "一车间").map(\.number) == ["PC002", "PC001"] && count.things(at: "一车间")[0].what == "台式电脑")
            // What has no place changes nothing.
            let refusal = await #expect(throws: (any Error).self) {
                try await desk.take(
                    Stocktake.scan, on: id, input: ["more": .list([Factory.record(["number": .text("PC-002")])])], by: factory.duty)
            }
            #expect(refusal != nil)
        }
    }
}
