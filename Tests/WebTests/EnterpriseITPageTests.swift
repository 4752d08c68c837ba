import ArticleProof
import EngineFixture
import EnterpriseIT
import Hummingbird
import HummingbirdTesting
import Kernel
import Practices
import TestOffice
import Testing
import WorkCalendar

@testable import Web
@testable import dianzhang

/// The list for the gateway, which gives what counts at the moment at which it is asked for; and a device's whole life on one page.
struct EnterpriseITPageTests {
    @Test(.demand(enterpriseIT["第二章12"], 4)) func theGatewayIsGivenTheGrantsThatCountNow() async throws {
        try await TestOffice.with(.sqlite, [enterpriseITContents, practicesContents]) { office in
            let desk = office.desk, today = office.now.day
            let director = try await office.hire("director", centreDirector)
            let stays = try await office.hire("stays"), leaves = try await office.hire("leaves")
            func apply(_ computer: String, from: Int = 0, days: Int, by person: PersonID, isApproved: Bool = true) async throws {
                let input: [String: JSONValue] = [
                    "use": .text("browse"), "purpose": .text("查资料"), "computer": .text(computer), "from": .text(today.adding(days: from).description),
                    "until": .text(today.adding(days: days).description),
                ]
                let id = try await desk.take(InternetApplication.request, input: input, by: Principal(person)).id
                if isApproved { try await desk.take(InternetApplication.approve, on: id, by: Principal(director)) }
            }
            try await apply("PC-017", days: 30, by: stays)
            try await apply("PC-018", days: 30, by: leaves)
            try await apply("PC-019", days: 1, by: stays)
            try await apply("PC-020", days: 30, by: stays, isApproved: false)
            try await apply("PC-021", from: 5, days: 30, by: stays)
            let moves = try await office.hire("moves")
            try await apply("PC-022", days: 30, by: moves)
            let elsewhere = UnitID(try await desk.administer(.addUnit(parent: office.company, zh: "二车间", en: "Workshop two"), by: .system))
            let held = try #require(try await desk.organisation().holdings(of: moves, on: today).first)
            try await desk.administer(.appoint(moves, elsewhere, post: Post.staff.id, from: today, to: nil), by: .system)
            try await desk.administer(.endHolding(held.id, on: today, settled: true), by: .system)
            try await desk.administer(
                .changePerson(
                    leaves, zh: "离职", en: "left", clearance: .internal, active: false, administrator: false, settled: true), by: .system)
            // Two days later no night's work has ended any of them: one who left, one whose days are over and one who works elsewhere count
            // no more, and one whose days are to come does not count yet.
            office.move(hours: 48)
            let wall = WebOffice.WallClock()
            let configuration = WebConfiguration(host: "127.0.0.1", port: 0, wallClock: wall.clock)
            let server = WebServer(desk: desk, configuration: configuration, extraPages: EnterpriseITPages.all)
            try await server.application().test(.router) { client in
                let browser = try await Browser.enter(director, server, client)
                let page = try await browser.get("/it/gateway").text
                #expect(page.contains("PC-017"))
                let file = try await browser.post("/it/gateway")
                #expect(file.status == .ok && file.text.contains("PC-017,stays,browse,2026-01-15,2026-02-14"))
                #expect(file.text.hasPrefix("computer,login,use,from,until") && !page.contains("只列出前"))
                for other in ["PC-018", "PC-019", "PC-020", "PC-021", "PC-022"] {
                    #expect(!page.contains(other) && !file.text.contains(other), "\(other)")
                }
            }
        }
    }

    private struct Bought {
        let asset: Int64
        let director: Principal
        let leader: Principal
        let assets: Principal
        let worker: Principal
    }

    private static func record(_ entries: [String: JSONValue]) -> JSONValue {
        .record(entries.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) })
    }

    /// A computer that was asked for, bought, accepted and entered.
    private static func buy(_ office: TestOffice) async throws -> Bought {
        let desk = office.desk, today = office.now.day
        let director = Principal(try await office.hire("director", centreDirector)), leader = Principal(try await office.hire("leader", factoryLeader))
        let assets = Principal(try await office.hire("assets", .assetStaff)), worker = Principal(try await office.hire("worker"))
        let exception = try await desk.take(
            ITException.request, input: ["kind": .text("outsidePlan"), "subject": .text("绘图电脑"), "reason": .text("急用")], by: director
        ).id
        try await desk.take(ITException.approve, on: exception, by: leader)
        let need = record(["item": .text("台式电脑"), "configuration": .text("i5 16G"), "quantity": .whole(1)])
        let purchase = try await desk.take(
            ITPurchase.ask,
            input: [
                "kind": .text("hardware"), "subject": .text("绘图电脑"), "need": .text("旧机<报废>"), "exception": .whole(exception),
                "items": .list([need]),
            ], by: director
        ).id
        let quotes = [("甲公司", "5000"), ("乙公司", "5200"), ("丙公司", "5300")].map { supplier, price in
            record([
                "supplier": .text(supplier), "offer": .text("启天"), "configuration": .text("i5 16G"), "price": .text(price),
                "isTaxed": .flag(true), "validUntil": .text(today.adding(days: 10).description), "value": .whole(8), "fitness": .whole(8),
                "safety": .whole(8), "growth": .whole(8),
            ])
        }
        try await desk.take(ITPurchase.compare, on: purchase, input: ["quotes": .list(quotes)], by: assets)
        try await desk.take(
            ITPurchase.choose, on: purchase, input: ["supplier": .text("甲公司"), "choiceReason": .text("价低")], by: director)
        let line = record([
            "item": .text("台式电脑"), "configuration": .text("内存=16GB"), "quantity": .whole(1), "price": .text("5000"),
        ])
        try await desk.take(
            ITPurchase.contract, on: purchase,
            input: ["contractNo": .text("HT-2026-07"), "contractDay": .text(today.description), "lines": .list([line])], by: assets)
        let check = record(["item": .text("内存"), "found": .text("16GB")])
        let acceptance = try await desk.take(
            Acceptance.inspect,
            input: [
                "purchase": .whole(purchase), "line": .whole(1), "delivered": .whole(1), "passed": .whole(1), "failed": .whole(0),
                "surplus": .whole(0), "checks": .list([check]), "serials": .text("S1"),
            ], by: assets
        ).id
        let asset = try await desk.take(
            ITAsset.enter,
            input: [
                "acceptance": .whole(acceptance), "number": .text("PC001"), "what": .text("台式电脑"), "serial": .text("S1"),
                "place": .text("库房"),
            ], by: assets
        ).id
        return Bought(asset: asset, director: director, leader: leader, assets: assets, worker: worker)
    }

    @Test(.demand(enterpriseIT["第二章20"], 1)) func aDevicesWholeLifeStandsOnOnePage() async throws {
        try await TestOffice.with(.sqlite, [enterpriseITContents, practicesContents]) { office in
            let desk = office.desk, bought = try await Self.buy(office), asset = bought.asset, stranger = try await office.hire("stranger")
            let request = try await desk.take(
                AssetRequest.request, input: ["what": .text("电脑"), "need": .text("绘图"), "place": .text("一车间")], by: bought.worker
            ).id
            try await desk.take(AssetRequest.allocate, on: request, input: ["asset": .whole(asset)], by: bought.assets)
            let move = try #require(try await desk.register(AssetMove.name, RegisterQuery(), by: bought.director.person).rows.first)
            try await desk.take(AssetMove.accept, on: move.id, by: bought.worker)
            try await desk.take(Stocktake.begin, input: [:], by: bought.assets)
            try await desk.take(ITAsset.repair, on: asset, input: ["note": .text("电源故障")], by: bought.assets)
            try await desk.take(ITAsset.repaired, on: asset, input: ["note": .text("已换电源")], by: bought.assets)
            let wall = WebOffice.WallClock()
            let configuration = WebConfiguration(host: "127.0.0.1", port: 0, wallClock: wall.clock)
            let server = WebServer(desk: desk, configuration: configuration, extraPages: EnterpriseITPages.all + AssetLifePage.all)
            try await server.application().test(.router) { client in
                let word = server.edge.ids.word(asset, .document), path = "/it/life/\(word)"
                // Whoever holds it sees what was the holder's part, and not the quotes.
                let holder = try await Browser.enter(bought.worker.person, server, client)
                let own = try await holder.get(path).text
                #expect(own.contains("设备申请") && own.contains("调拨单") && !own.contains("旧机") && !own.contains("乙公司"))
                let other = try await Browser.enter(stranger, server, client)
                #expect(try await other.get(path).status == .notFound)
                try await desk.take(ITAsset.proposeScrap, on: asset, input: ["reason": .text("已超年限")], by: bought.assets)
                try await desk.take(ITAsset.scrap, on: asset, by: bought.leader)
                let browser = try await Browser.enter(bought.director.person, server, client)
                #expect(try await browser.get("/d/\(word)").text.contains(path), "its page leads there")
                let page = try await browser.get(path).text
                let told = [
                    "特批申请", "旧机&lt;报废&gt;", "乙公司", "5200", "HT-2026-07", "验收单", "转固定资产", "设备申请", "调拨单", "调配后核查", "盘点",
                    "送修", "修复返回", "申请报废", "批准报废",
                ]
                for words in told { #expect(page.contains(words), "\(words)") }
                let stages = ["需求、比价与合同", "验收与入账", "申请与调配", "核查、盘点与问题", "封条、维修与服务", "报废</h2>"]
                let places = stages.compactMap { page.firstRange(of: $0)?.lowerBound }
                #expect(places.count == stages.count && places == places.sorted())
            }
        }
    }
}
