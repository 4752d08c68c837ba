import EngineFixture
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import TestOffice
import Testing

@testable import Web

/// 报销: the head approves what is not too much, and whoever pays says by which voucher.
private enum ClaimRules {
    static let regulation = Regulation("claims", Words("报销制度", "Rules on claims"), short: Words("报销", "Claims"), numbering: .arabic)
    static let cashier = Post("cashier", "出纳", "Cashier")
    static let contents = RegulationContents(
        regulation,
        articles: Array(
            """
            articles:
            - {ref: 第1条, zh: "报销须审批。", en: "Claims are approved.", kind: [workflow], demands: ["approval"]}
            - {ref: 第2条, zh: "付款须有凭证。", en: "Payments have a voucher.", kind: [workflow], demands: ["voucher"]}
            """.utf8),
        posts: [cashier], documents: [Claim.self])
}

private struct Claim: Document {
    enum State: String, CaseIterable { case asked, approved, paid }
    static let name = "claim"
    var purpose = ""
    var amount = 0
    var voucher = "", stamp = ""

    static let form = Form<Claim>(
        "报销单", "Claim", number: "报销",
        states: [.asked: .open("待审批", "Asked"), .approved: .open("待付款", "Approved"), .paid: .done("已付款", "Paid")],
        readers: [.post(ClaimRules.cashier)],
        [
            .text(\.purpose, "事由", "Purpose").listed(), .whole(\.amount, "金额", "Amount", in: 1...9999),
            .text(\.voucher, "凭证号", "Voucher").onceFilled(), .text(\.stamp, "印花编号", "Stamp").code().own().onceFilled(),
        ])
    static let ask = Step<Claim>(
        "ask", "申请", "Ask", to: .asked, by: .staff, under: ClaimRules.regulation[1], fields: [\.purpose, \.amount])
    static let approve = Step<Claim>(
        "approve", "审批", "Approve", from: .asked, to: .approved, by: .head, notBy: ask, under: ClaimRules.regulation[1]
    ) { claim, act in
        try act.require(claim.amount <= 500, "金额超过 500 元，须先附合同", "More than 500; a contract comes first")
    }
    static let pay = Step<Claim>(
        "pay", "付款", "Pay", from: .approved, to: .paid, by: .post(ClaimRules.cashier), under: ClaimRules.regulation[2], fields: [\.voucher]
    ) { claim, act in
        try act.require(claim.voucher != "作废", "凭证已作废", "The voucher is void")
    }
    static let stamping = Step<Claim>(
        "stamp", "贴花", "Stamp", from: .approved, to: .paid, by: .post(ClaimRules.cashier), under: ClaimRules.regulation[2],
        fields: [\.stamp])
    static let steps = [ask, approve, pay, stamping]
}

/// Before several are confirmed together, each row says whether it can be taken; nothing of the asking stands.
@Suite struct ManyActsPageTests {
    private static let able = "<span class=\"state done\">可办理</span>", unable = "<span class=\"state no\">不能办理</span>"
    private static let incomplete = "<span class=\"state open\">填写下列各项后可办理</span>"
    private static let tooMuch = "金额超过 500 元，须先附合同"

    private static func count(_ text: String, in page: String) -> Int { page.components(separatedBy: text).count - 1 }

    private static func claims(_ amounts: [Int], _ web: WebOffice) async throws -> [Int64] {
        var claims: [Int64] = []
        for amount in amounts {
            let input: [String: JSONValue] = ["purpose": .text("差旅\(amount)"), "amount": .whole(Int64(amount))]
            claims.append(try await web.office.desk.take(Claim.ask, input: input, by: Principal(web.clerk)).id)
        }
        return claims
    }

    private static func form(_ step: String, _ claims: [Int64], _ web: WebOffice, as name: String = "item") -> [(String, String)] {
        claims.map { (name, web.word($0)) } + [("type", "claim"), ("step", step), ("back", "/")]
    }

    private static func rows(_ web: WebOffice) async throws -> [Int64] {
        let tables = ["entry", "notice", "document", "task", "taken", "deadline", "request", "reading_alarm"]
        return try await web.office.desk.store.read { session in try tables.map { try session.count("SELECT count(*) FROM \($0)") } }
    }

    @Test(arguments: TestEngine.all) func eachRowSaysBeforehandWhetherItIsTaken(engine: TestEngine) async throws {
        try await WebOffice.with(engine, more: [ClaimRules.contents]) { web, client in
            let claims = try await Self.claims([100, 900, 200], web), head = try await Browser.enter(web.head, web, client)
            let before = try await Self.rows(web)
            let page = try await head.post("/todo", Self.form("approve", claims, web))
            #expect(page.status == .ok)
            #expect(Self.count(Self.able, in: page.text) == 2 && Self.count(Self.unable, in: page.text) == 1)
            #expect(page.text.contains(Self.tooMuch) && page.text.contains("href=\"/charter/claims#第1条\""), "with the article")
            #expect(page.text.contains("确认办理 2 件：审批") && page.text.contains("1 件不能办理"))
            let marked = claims.map { page.text.contains("name=\"item\" value=\"\(web.word($0))\"") }
            #expect(marked == [true, false, true], "what cannot be taken is not sent")
            let alone = try await head.post("/todo", Self.form("approve", [claims[1]], web))
            #expect(alone.text.contains(Self.tooMuch) && !alone.text.contains("确认办理"), "nothing to take, no button")
            #expect(try await Self.rows(web) == before, "nobody tried anything, as the book has it")
            let done = try await head.post(
                "/todo", Self.form("approve", [claims[0], claims[2]], web) + [("left", web.word(claims[1])), ("confirmed", "1")])
            #expect(done.text.contains("已办：审批 2 件") && !done.text.contains("未办成"))
            var states: [String] = []
            for claim in claims { states.append(try await web.office.desk.document(claim, by: web.clerk).row.state) }
            #expect(states == ["approved", "asked", "approved"])
        }
    }

    /// What the form itself asks for is no reason to refuse; what is filled in is judged.
    @Test(arguments: TestEngine.all) func aRowIsJudgedWithWhatTheFormHolds(engine: TestEngine) async throws {
        try await WebOffice.with(engine, more: [ClaimRules.contents]) { web, client in
            let claims = try await Self.claims([100, 200], web)
            for claim in claims { try await web.office.desk.take(Claim.approve, on: claim, by: Principal(web.head)) }
            let cashier = try await Browser.enter(try await web.office.hire("cashier", ClaimRules.cashier), web, client)
            let page = try await cashier.post("/todo", Self.form("pay", claims, web)).text
            #expect(Self.count(Self.incomplete, in: page) == 2 && !page.contains(Self.unable))
            #expect(page.contains("确认办理 2 件：付款") && page.contains("name=\"voucher\""))
            let again = [("confirmed", "1"), ("~again", "1")]
            let void = try await cashier.post("/todo", Self.form("pay", claims, web) + again + [("voucher", "作废")]).text
            #expect(Self.count("凭证已作废", in: void) == 2 && !void.contains("确认办理"))
            #expect(void.contains("value=\"作废\"") && void.contains("按填写内容重新核对"), "other input may help")
            let right = try await cashier.post("/todo", Self.form("pay", claims, web, as: "left") + again + [("voucher", "P-1")]).text
            #expect(Self.count(Self.able, in: right) == 2 && right.contains("确认办理 2 件：付款"))
            let done = try await cashier.post("/todo", Self.form("pay", claims, web) + [("confirmed", "1"), ("voucher", "P-1")])
            #expect(done.text.contains("已办：付款 2 件"))
        }
    }

    /// What the form itself lacks is said at its field, as long as nothing was taken, and what was typed stays.
    @Test(arguments: TestEngine.all) func aFaultOfTheFormBringsTheFormBack(engine: TestEngine) async throws {
        try await WebOffice.with(engine, more: [ClaimRules.contents]) { web, client in
            let claims = try await Self.claims([100, 200], web), head = try await Browser.enter(web.head, web, client)
            let cashier = try await Browser.enter(try await web.office.hire("cashier", ClaimRules.cashier), web, client)
            let sent = try await head.post("/todo", Self.form("approve", claims, web) + [("confirmed", "1")]).text
            #expect(sent.contains("已办：审批 2 件</b> 现由公司 出纳（cashier）办理“付款”"), "all went to one post")
            let confirmed = Self.form("pay", claims, web) + [("confirmed", "1"), ("~opinion", "核对无误")]
            let empty = try await cashier.post("/todo", confirmed + [("voucher", "")])
            #expect(empty.status == .unprocessableContent && empty.text.contains("id=\"voucher-wrong\""))
            #expect(empty.text.contains("确认办理 2 件：付款") && empty.text.contains("核对无误") && !empty.text.contains("已办："))
            #expect(empty.text.contains("name=\"item\" value=\"\(web.word(claims[0]))\""))
            let done = try await cashier.post("/todo", confirmed + [("voucher", "P-1")])
            #expect(done.status == .ok && done.text.contains("已办：付款 2 件"))
            // The page of results, loaded again.
            let again = try await cashier.get("/todo")
            #expect(again.status == .seeOther && again.headers[.location] == "/")
        }
    }

    /// A number that each has for itself is not asked once for several.
    @Test func whatDiffersIsNotAskedTogether() async throws {
        try await WebOffice.with(more: [ClaimRules.contents]) { web, client in
            let claims = try await Self.claims([100, 200], web)
            for claim in claims { try await web.office.desk.take(Claim.approve, on: claim, by: Principal(web.head)) }
            let cashier = try await Browser.enter(try await web.office.hire("cashier", ClaimRules.cashier), web, client)
            #expect(try await cashier.get("/?type=claim&task=pay").text.contains("action=\"/todo\""))
            #expect(try await !cashier.get("/?type=claim&task=stamp").text.contains("action=\"/todo\""))
            #expect(try await cashier.post("/todo", Self.form("stamp", claims, web)).status == .notFound)
        }
    }

    /// By the rights of whoever asks: whose step it is not reads so, and who may not know of a document is told of none.
    @Test(arguments: TestEngine.all) func nobodyLearnsMoreByAskingBeforehand(engine: TestEngine) async throws {
        try await WebOffice.with(engine, more: [ClaimRules.contents]) { web, client in
            let claims = try await Self.claims([100, 900], web)
            let clerk = try await Browser.enter(web.clerk, web, client), other = try await Browser.enter(web.other, web, client)
            let before = try await Self.rows(web)
            let own = try await clerk.post("/todo", Self.form("approve", claims, web)).text
            #expect(Self.count("您的岗位不能办理", in: own) == 2 && !own.contains(Self.able) && !own.contains("确认办理"))
            let hidden = try await other.post("/todo", Self.form("approve", claims, web))
            #expect(hidden.status == .unprocessableContent && hidden.text.contains("没有选中任何一件"))
            #expect(!hidden.text.contains("差旅") && !hidden.text.contains(Self.tooMuch))
            #expect(try await Self.rows(web) == before)
        }
    }
}
