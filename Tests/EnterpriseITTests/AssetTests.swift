import ArticleProof
import Foundation
import EngineFixture
import EnterpriseIT
import Kernel
import Print
import TestOffice
import Testing
import WorkCalendar

@Suite struct AssetTests {
    @Test(.demand(enterpriseIT["第二章8"], 1, 2), arguments: TestEngine.all)
    func onlyTheCentreMovesAndTheReceiverSigns(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let asset = try await factory.asset("PC-001", serial: "S1")
            let order: [String: JSONValue] = [
                "kind": .text("allocate"), "asset": .whole(asset), "receiver": .whole(factory.worker.person.raw), "toPlace": .text("一车间"),
            ]
            for other in [factory.head, factory.worker, factory.keeper] {
                await #expect(throws: DeskError.self) { try await factory.desk.take(AssetMove.order, input: order, by: other) }
            }
            let move = try await factory.desk.take(AssetMove.order, input: order, by: factory.assets).id
            // Until it is signed for it is where it was; a second move of it waits.
            #expect(try await factory.state(asset) == "inStock")
            #expect(try await factory.value(asset, "keeper") == .null)
            await #expect(throws: Refusal.self) { try await factory.desk.take(AssetMove.order, input: order, by: factory.assets) }
            await #expect(throws: DeskError.self) { try await factory.desk.take(AssetMove.accept, on: move, by: factory.worker2) }
            // Refused is a state with a task, and neither assigned nor back.
            try await factory.desk.take(AssetMove.refuse, on: move, input: ["refusal": .text("屏幕有划痕")], by: factory.worker)
            #expect(try await factory.state(move) == "refused")
            #expect(try await factory.tasks(of: factory.assets).contains(move))
            try await factory.desk.take(
                AssetMove.handAgain, on: move, input: ["receiver": .whole(factory.worker2.person.raw), "toPlace": .text("一车间")],
                by: factory.assets)
            try await factory.desk.take(AssetMove.accept, on: move, by: factory.worker2)
            let values = try await factory.view(asset).row.values
            #expect(values["keeper"] == .whole(factory.worker2.person.raw) && values["place"] == .text("一车间"))
            // What is not said stays: another holder, the same place.
            try await factory.move(asset, "transfer", to: factory.worker, at: "")
            #expect(try await factory.value(asset, "place") == .text("一车间"))
            #expect(try await factory.value(asset, "keeper") == .whole(factory.worker.person.raw))
            // A return clears the holder.
            try await factory.move(asset, "giveBack", to: factory.keeper, at: "库房")
            #expect(try await factory.value(asset, "keeper") == .null)
            #expect(try await factory.state(asset) == "inStock")
            #expect(try await factory.value(asset, "moves").list.count == 3)
        }
    }

    @Test(.article(enterpriseIT["第二章8"]), arguments: TestEngine.all)
    func whatIsLentIsShownAsLentUntilItComesBack(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let asset = try await factory.asset("PC-001")
            let move = try await factory.desk.take(
                AssetMove.order,
                input: [
                    "kind": .text("lend"), "asset": .whole(asset), "receiver": .whole(factory.worker.person.raw), "toPlace": .text("一车间"),
                    "until": factory.day(10),
                ], by: factory.assets
            ).id
            try await factory.desk.take(AssetMove.accept, on: move, by: factory.worker)
            #expect(try await factory.state(asset) == "lent")
            #expect(try await factory.value(asset, "keeper") == .whole(factory.worker.person.raw))
            // Repaired meanwhile it is lent still, and not in use.
            try await factory.desk.take(ITAsset.repair, on: asset, input: ["note": .text("键盘失灵")], by: factory.desk1)
            await #expect(throws: DeskError.self) {
                try await factory.desk.take(ITAsset.putBack, on: asset, input: ["note": .text("已换")], by: factory.assets)
            }
            try await factory.desk.take(ITAsset.putBackLent, on: asset, input: ["note": .text("已换")], by: factory.assets)
            #expect(try await factory.state(asset) == "lent")
            try await factory.desk.runJobs()
            #expect(try await !factory.tasks(of: factory.assets).contains(asset))
            factory.office.move(hours: 24 * 11)
            try await factory.desk.runJobs()
            #expect(try await factory.tasks(of: factory.assets).contains(asset))
            try await factory.move(asset, "giveBack", to: factory.keeper, at: "库房")
            #expect(try await factory.state(asset) == "inStock")
            #expect(try await factory.value(asset, "lentUntil") == .null)
            try await factory.desk.runJobs()
            #expect(try await !factory.tasks(of: factory.assets).contains(asset))
            // What is given for good is in use, and not lent.
            try await factory.move(asset, to: factory.worker)
            #expect(try await factory.state(asset) == "inUse")
        }
    }

    @Test(.demand(enterpriseIT["第二章8"], 3), arguments: TestEngine.all)
    func aUnitsRequestIsAllocatedOrRefusedWithAReason(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let asset = try await factory.asset("PC-001")
            func ask() async throws -> Int64 {
                try await factory.desk.take(
                    AssetRequest.request, input: ["what": .text("台式电脑"), "need": .text("新进员工"), "place": .text("一车间")], by: factory.worker
                ).id
            }
            let request = try await ask(), second = try await ask()
            try await factory.desk.take(AssetRequest.allocate, on: request, input: ["asset": .whole(asset)], by: factory.assets)
            let move = try await factory.one("asset-move")
            try await factory.desk.take(AssetMove.accept, on: move, by: factory.worker)
            #expect(try await factory.state(request) == "done")
            // What is in use is not allocated again, and a refusal says why.
            await #expect(throws: Refusal.self) {
                try await factory.desk.take(AssetRequest.allocate, on: second, input: ["asset": .whole(asset)], by: factory.assets)
            }
            await #expect(throws: DeskError.self) { try await factory.desk.take(AssetRequest.refuse, on: second, by: factory.assets) }
            try await factory.desk.take(AssetRequest.refuse, on: second, input: ["reason": .text("本年已更新")], by: factory.assets)
        }
    }

    @Test(.article(enterpriseIT["第二章20"]), arguments: TestEngine.all)
    func oneDocumentFollowsAThingFromItsAcceptanceToItsScrapping(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let purchase = try await factory.purchased(quantity: 1)
            let acceptance = try await factory.inspect(purchase, delivered: 1, passed: 1, serials: ["S1"])
            let asset = try await factory.enter(acceptance, "pc-001", serial: "s1")
            #expect(try await factory.value(asset, "acceptance") == .whole(acceptance))
            #expect(try await factory.value(asset, "value") == .text("5000"))
            await #expect(throws: Refusal.self) { _ = try await factory.asset("PC002", serial: "S-1") }
            try await factory.move(asset, to: factory.worker)
            try await factory.desk.take(ITAsset.repair, on: asset, input: ["note": .text("电源故障")], by: factory.desk1)
            try await factory.desk.take(ITAsset.repaired, on: asset, input: ["note": .text("已换电源")], by: factory.assets)
            try await factory.desk.take(ITAsset.proposeScrap, on: asset, input: ["reason": .text("已超年限")], by: factory.assets)
            try await factory.desk.take(ITAsset.scrap, on: asset, by: factory.leader)
            let trail = try await factory.view(asset).trail.map(\.title.zh)
            for step in ["转固定资产", "调配", "送修", "修复返回", "申请报废", "批准报废"] { #expect(trail.contains(step), "\(step)") }
            await #expect(throws: Refusal.self) { try await factory.move(asset, to: factory.worker) }
        }
    }

    @Test(.demand(enterpriseIT["第二章11"], 1, 2), arguments: TestEngine.all)
    func aBrokenSealIsAFinding(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let asset = try await factory.asset("PC-001")
            await #expect(throws: Refusal.self) {
                try await factory.desk.take(ITAsset.seal, on: asset, input: ["sealNo": .text("F1")], by: factory.assets)
            }
            try await factory.desk.take(
                ITAsset.seal, on: asset, input: ["sealNo": .text("F-001"), "parts": .list([factory.part("memory", "1", "AAA1", 8192)])],
                by: factory.assets)
            try await factory.move(asset, to: factory.worker)
            await #expect(throws: DeskError.self) {
                try await factory.desk.take(ITAsset.reportSeal, on: asset, input: ["note": .text("破")], by: factory.worker2)
            }
            try await factory.desk.take(ITAsset.reportSeal, on: asset, input: ["note": .text("开裂")], by: factory.worker)
            let finding = try await factory.one("computer-finding")
            #expect(try await factory.value(finding, "line").text?.contains("F-001") == true)
            try await factory.desk.take(ComputerFinding.explain, on: finding, input: ["explanation": .text("搬动时蹭裂")], by: factory.worker)
            try await factory.desk.take(ComputerFinding.remove, on: finding, input: ["measure": .text("核对无误，重新加封")], by: factory.desk1)
            #expect(try await factory.state(finding) == "removed")
        }
    }

    @Test(.demand(enterpriseIT["第二章22"], 3), arguments: TestEngine.all)
    func aMoveSchedulesACheckOfThatDevice(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let asset = try await factory.asset("PC-001")
            try await factory.desk.take(
                ITAsset.seal, on: asset, input: ["sealNo": .text("F-001"), "parts": .list([factory.part("memory", "1", "AAA1", 8192)])],
                by: factory.assets)
            try await factory.move(asset, to: factory.worker)
            let check = try await factory.one("asset-check")
            #expect(try await factory.clock(check, "checking")?.due == .endOfDay(Day(iso: "2026-01-22")!))
            #expect(try await factory.tasks(of: factory.assets).contains(check))
            await #expect(throws: Refusal.self) {
                try await factory.desk.take(AssetCheck.pass, on: check, input: ["sealNo": .text("F-009")], by: factory.assets)
            }
            try await factory.desk.take(
                AssetCheck.differ, on: check, input: ["result": .text("configuration"), "note": .text("少一条内存")], by: factory.assets)
            #expect(try await factory.rows("computer-finding").count == 1)
            // What stands elsewhere is no matter of its parts.
            try await factory.move(asset, "transfer", to: factory.worker2, at: "二车间")
            let next = try await factory.one("asset-check", in: ["due"])
            try await factory.desk.take(
                AssetCheck.differ, on: next, input: ["result": .text("place"), "note": .text("仍在一车间")], by: factory.assets)
            let kinds = try await factory.rows("computer-finding").compactMap { $0.values["kind"]?.text }
            #expect(Set(kinds) == ["component", "place"])
        }
    }
}

@Suite(.article(enterpriseIT["第二章22"])) struct StocktakeTests {
    private func scan(_ factory: Factory, _ number: String, _ place: String, _ more: [String: JSONValue] = [:]) -> JSONValue {
        Factory.record(["number": .text(number), "place": .text(place)].merging(more) { $1 })
    }

    @Test(.demand(enterpriseIT["第二章22"], 2, 4), .demand(enterpriseIT["第二章8"], 4), arguments: TestEngine.all)
    func differencesAreDecidedAndOnlyThenTheLedgerChanges(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let names = ["PC-001", "PC-002", "PC-003", "PC-004"]
            var assets: [Int64] = []
            for name in names { assets.append(try await factory.asset(name, place: "一车间")) }
            let nowhere = await #expect(throws: Refusal.self) {
                try await factory.desk.take(Stocktake.begin, input: ["place": .text("没有的地点")], by: factory.assets)
            }
            #expect(nowhere?.words.zh.contains("没有的地点") == true)
            let count = try await factory.desk.take(Stocktake.begin, input: ["place": .text("一车间")], by: factory.assets).id
            #expect(try await factory.value(count, "books").list.count == 4)
            // Without a place nothing is taken, and nothing is blanked.
            await #expect(throws: DeskError.self) {
                try await factory.desk.take(
                    Stocktake.scan, on: count, input: ["more": .list([scan(factory, "PC-001", "")])], by: factory.duty)
            }
            let lines = [scan(factory, "PC001", "一车间"), scan(factory, "PC-002", "二车间"), scan(factory, "X-9", "一车间")]
            try await factory.desk.take(Stocktake.scan, on: count, input: ["more": .list(lines)], by: factory.duty)
            // What a telephone gathered without a connection comes later, with its own times.
            factory.office.move(hours: 2)
            try await factory.desk.take(
                Stocktake.scan, on: count, input: ["batch": .text("2026-01-15T10:30,一车间,PC-003,封条破损\n")], by: factory.duty)
            for wrong in ["甲,一车间,PC-003", "2026-01-15T10:30,,PC-003", "2026-01-14T10:30,一车间,PC-003", "PC-003"] {
                await #expect(throws: Refusal.self) {
                    try await factory.desk.take(Stocktake.scan, on: count, input: ["batch": .text(wrong)], by: factory.duty)
                }
            }
            try await factory.desk.take(Stocktake.close, on: count, by: factory.assets)
            let found = try await factory.rows("stocktake-difference")
            let kinds = Dictionary(uniqueKeysWithValues: found.map { ($0.values["number"]?.text ?? "", $0.values["kind"]?.text ?? "") })
            #expect(kinds == ["PC002": "wrongPlace", "PC003": "brokenSeal", "PC004": "missing", "X9": "surplus"])
            #expect(try await factory.value(count, "agreement") == .text("25"))
            #expect(try await factory.value(count, "surplus") == .whole(1))
            // Nothing has changed yet.
            #expect(try await factory.value(assets[1], "place") == .text("一车间"))
            #expect(try await factory.state(assets[3]) == "inStock")
            await #expect(throws: Refusal.self) { try await factory.desk.take(Stocktake.finish, on: count, by: factory.director) }
            func settle(_ number: String, _ decision: String) async throws {
                let id = try #require(found.first { $0.values["number"]?.text == number }).id
                if try await factory.state(id) == "open" {
                    try await factory.desk.take(
                        StocktakeDifference.propose, on: id, input: ["cause": .text("查明"), "proposal": .text("更正")], by: factory.assets)
                }
                try await factory.desk.take(
                    StocktakeDifference.decide, on: id, input: ["decision": .text(decision), "ground": .text("属实")], by: factory.director)
            }
            try await settle("PC002", "adjust")
            await #expect(throws: Refusal.self) { try await settle("PC004", "adjust") }
            try await settle("PC004", "writeOff")
            try await settle("PC003", "adjust")
            try await settle("X9", "enter")
            try await factory.desk.take(Stocktake.finish, on: count, by: factory.director)
            #expect(try await factory.value(assets[1], "place") == .text("二车间"))
            // 盘亏 keeps its last place.
            #expect(try await factory.state(assets[3]) == "missing")
            #expect(try await factory.value(assets[3], "place") == .text("一车间"))
        }
    }

    @Test(arguments: TestEngine.all) func whatMovedDuringTheCountIsNoDifference(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let one = try await factory.asset("PC-001", place: "一车间")
            _ = try await factory.asset("PC-002", place: "库房")
            let count = try await factory.desk.take(Stocktake.begin, input: [:], by: factory.assets).id
            factory.office.move(hours: 1)
            try await factory.move(one, to: factory.worker, at: "二车间")
            factory.office.move(hours: 1)
            let lines = [scan(factory, "PC-001", "二车间"), scan(factory, "PC-002", "库房"), scan(factory, "PC-002", "三车间")]
            try await factory.desk.take(Stocktake.scan, on: count, input: ["more": .list(lines)], by: factory.assets)
            try await factory.desk.take(Stocktake.close, on: count, by: factory.assets)
            let found = try await factory.rows("stocktake-difference")
            #expect(found.map { $0.values["number"]?.text } == ["PC002"])
            #expect(found.first?.values["foundPlaces"] == .text("库房、三车间"))
            #expect(try await factory.value(count, "lawful").text == "PC001：一车间 → 二车间")
            // In two rooms at once: nobody says which before it is found out.
            let id = try #require(found.first).id
            try await factory.desk.take(
                StocktakeDifference.propose, on: id, input: ["cause": .text("不明"), "proposal": .text("复查")], by: factory.assets)
            let refusal = await #expect(throws: Refusal.self) {
                try await factory.desk.take(
                    StocktakeDifference.decide, on: id, input: ["decision": .text("adjust"), "ground": .text("属实")], by: factory.director)
            }
            #expect(refusal?.words.zh.contains("多处") == true)
        }
    }

    @Test func aStocktakeFallsDueByItself() async throws {
        try await Factory.with(at: Moment(Day(iso: "2026-12-31")!, hour: 9)!) { factory in
            try await factory.desk.runJobs()
            let before = try await factory.rows("it-stocktake").count
            factory.office.move(hours: 24)
            try await factory.desk.runJobs()
            let planned = try await factory.rows("it-stocktake", in: ["planned"])
            #expect(planned.count == before + 1 && planned.allSatisfy { $0.state == "planned" })
        }
    }

    /// Printed, and read back by another's reader at the printer's own resolution.
    @Test(.demand(enterpriseIT["第二章22"], 1)) func labelsAreReadFromTheirPage() async throws {
        let assets = (0..<3).map { number in
            var asset = ITAsset()
            (asset.number, asset.what, asset.place) = ("PC20260001\(number)", "台式电脑", "一车间")
            return asset
        }
        for kind in [LabelSheet.Label.Kind.qr, .code128] {
            let mark = kind == .qr ? "QR-Code" : "CODE-128"
            let sheet = try LabelReader.codes(try await AssetLabels.pdf(assets, on: .a4, kind: kind, skip: 5), resolution: 300)
            #expect(Set(sheet) == Set(assets.map { "\(mark):\($0.number)" }))
            let tape = try LabelReader.codes(try await AssetLabels.pdf([assets[0]], on: .tape, kind: kind), resolution: 203)
            #expect(tape == ["\(mark):PC202600010"])
        }
    }
}

@Suite(.article(enterpriseIT["第二条"])) struct SystemTests {
    private func system(_ factory: Factory, _ name: String, stage: String = "trial") async throws -> Int64 {
        try await factory.desk.take(
            ITSystem.register,
            input: [
                "label": .text(name), "purpose": .text("生产管理"), "owner": .whole(factory.worker.person.raw), "stage": .text(stage),
            ], by: factory.network
        ).id
    }

    private func run(_ factory: Factory, _ id: Int64) async throws {
        try await factory.desk.take(ITSystem.test, on: id, input: ["what": .text("验收测试"), "isPassed": .flag(true)], by: factory.worker)
        try await factory.desk.take(ITSystem.advance, on: id, input: ["stage": .text("running")], by: factory.worker)
    }

    @Test(arguments: TestEngine.all) func noSystemIsEnteredAsRunning(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let refusal = await #expect(throws: Refusal.self) { _ = try await system(factory, "仓储系统", stage: "running") }
            #expect(refusal?.article == enterpriseIT["第二条"] && refusal?.words.zh.contains("请先登记为“试运行”") == true)
            let id = try await system(factory, "仓储系统")
            try await run(factory, id)
            #expect(try await factory.value(id, "stage") == .text("running"))
        }
    }

    @Test(.demand(enterpriseIT["第二条"], 1), arguments: TestEngine.all)
    func aSystemRunsAfterItsTestAndChangesInItsWindows(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let id = try await system(factory, "生产管理系统")
            func advance() async throws {
                try await factory.desk.take(ITSystem.advance, on: id, input: ["stage": .text("running")], by: factory.worker)
            }
            let refusal = await #expect(throws: Refusal.self) { try await advance() }
            #expect(refusal?.article == enterpriseIT["第二条"])
            try await factory.desk.take(
                ITSystem.test, on: id, input: ["what": .text("压力测试"), "isPassed": .flag(false)], by: factory.worker)
            await #expect(throws: Refusal.self) { try await advance() }
            try await factory.desk.take(ITSystem.test, on: id, input: ["what": .text("复测"), "isPassed": .flag(true)], by: factory.worker)
            try await advance()
            func change(_ emergency: Bool = false) async throws {
                try await factory.desk.take(
                    ITSystem.change, on: id, input: ["what": .text("升级补丁"), "isEmergency": .flag(emergency)], by: factory.network)
            }
            await #expect(throws: Refusal.self) { try await change() }
            try await change(true)
            try await factory.desk.take(
                ITSystem.openWindow, on: id,
                input: ["what": .text("月度维护"), "from": .text("2026-01-15T20:00"), "until": .text("2026-01-15T22:00")], by: factory.worker)
            factory.office.move(hours: 12)
            try await change()
            #expect(try await factory.value(id, "changes").list.count == 3)
        }
    }

    @Test(.demand(enterpriseIT["第二章17"], 1), arguments: TestEngine.all)
    func islandsShowUntilTheyHaveAnInterface(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let one = try await system(factory, "生产系统"), two = try await system(factory, "财务系统")
            // One on trial already works by itself.
            try await run(factory, one)
            try await factory.desk.runJobs()
            #expect(Set(try await factory.tasks(of: factory.director)).isSuperset(of: [one, two]))
            await #expect(throws: Refusal.self) {
                try await factory.desk.take(
                    ITSystem.connect, on: one, input: ["other": .whole(one), "what": .text("自己")], by: factory.network)
            }
            try await factory.desk.take(
                ITSystem.connect, on: one, input: ["other": .whole(two), "what": .text("产量数据")], by: factory.network)
            try await factory.desk.runJobs()
            #expect(Set(try await factory.tasks(of: factory.director)).isDisjoint(with: [one, two]))
            await #expect(throws: Refusal.self) { _ = try await system(factory, "生产系统") }
        }
    }
}

/// poppler for the page, zbar for the codes on it.
enum LabelReader {
    static func codes(_ pdf: [UInt8], resolution: Int) throws -> [String] {
        let path = FileManager.default.temporaryDirectory.appending(path: "label-\(UUID().uuidString)").path
        defer { for ending in [".pdf", ".png"] { try? FileManager.default.removeItem(atPath: path + ending) } }
        try Data(pdf).write(to: URL(filePath: path + ".pdf"))
        _ = try run("pdftoppm", ["-r", String(resolution), "-png", "-singlefile", path + ".pdf", path])
        return try run("zbarimg", ["-q", path + ".png"]).split(separator: "\n").map(String.init)
    }

    private static func run(_ tool: String, _ words: [String]) throws -> String {
        let process = Process(), pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [tool] + words
        (process.standardOutput, process.standardError) = (pipe, FileHandle.nullDevice)
        try process.run()
        let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self)
    }
}
