import ArticleProof
import CustomerAuthenticity
import HummingbirdTesting
import Kernel
import ScratchFiles
import Testing
import WorkCalendar

@testable import Web
@testable import dianzhang

/// The pages of those who answer: the telephone desk, the counter, the figures.
@Suite struct QueryDeskPageTests {
    private static func answer(_ question: String) -> String {
        [
            "固定电话后四位": "4321", "电子邮箱": "w1@example.com", "联系地址中的数字": "11 2 301", "银行账号后四位": "0001", "险种": "普通寿险",
            "投保年月": "2026-01", "最近一次缴费金额": "3600.50", "最近一次缴费年月": "2026-01",
        ][question] ?? "不知道"
    }

    /// Opens a query on the page; its address.
    private static func open(_ browser: Browser, name: String = PortalHouse.name, number: String = PortalHouse.number) async throws
        -> String
    {
        let opened = try await browser.post(
            "/desk", [("do", "open"), ("callerNumber", ""), ("name", name), ("claim", number), ("wish", "查缴费")])
        return try #require(opened.headers[.location])
    }

    private static func answers(_ page: String, right: Bool = true) -> [(String, String)] {
        (0..<3).map { place in
            let label = page.between("<label for=\"answer.\(place)\">\(place + 1). ", "</label>") ?? ""
            return ("answer.\(place)", right ? answer(label) : "不知道")
        }
    }

    @Test(.demand(authenticity[17], 1)) func theDeskAsksBlindAndTellsOnlyWhoIsKnown() async throws {
        try await PortalHouse.with { house in
            let browser = try await Browser.enter(house.telephonist, house.server, house.client)
            #expect(try await browser.get("/").text.contains("href=\"/desk\""), "the link stands for whoever opens queries")
            let address = try await Self.open(browser), page = try await browser.get(address)
            #expect(page.status == .ok && page.text.contains("对客户说") && page.text.contains("autofocus"))
            for secret in ["4321", "w1@example.com", "3600.5", PortalHouse.mobile, PortalHouse.number] {
                #expect(!page.text.contains(secret))
            }
            let answered = try await browser.post(address, [("do", "answer")] + Self.answers(page.text))
            #expect(answered.status == .seeOther, "\(answered.text)")
            #expect(try await browser.post(address, [("do", "send")]).status == .seeOther)
            let digits = try await house.sent.digits(after: 0)
            let wrong = try await browser.post(address, [("do", "code"), ("typedCode", digits == "000000" ? "1" : "000000")])
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("验证码不符或已失效"))
            #expect(try await browser.post(address, [("do", "code"), ("typedCode", digits)]).status == .seeOther)
            let telling = try await browser.get(address)
            #expect(telling.text.contains("PW1") && !telling.text.contains("3600.50") && telling.text.contains("accesskey=\"3\""))
            let told = try await browser.post(address, [("do", "tell"), ("policy", "PW1"), ("scope", "payments")])
            #expect(told.status == .ok && told.text.contains("3600.50") && told.text.contains("已告知"))
            #expect(try await browser.get(address).text.contains("3600.50") == false, "looked at again, it is told again")
            #expect(
                try await browser.post(address, [("do", "tell"), ("policy", "PW2"), ("scope", "payments")]).status == .unprocessableContent)
            let other = try await Browser.enter(house.second, house.server, house.client)
            #expect(try await other.get(address).status == .notFound)
            #expect(try await browser.post(address, [("do", "finish"), ("note", "已答")]).status == .seeOther)
            #expect(try await browser.get(address).text.contains("下一个来电"))
        }
    }

    @Test func somebodyAndNobodyAreTheSamePageAtTheDesk() async throws {
        try await PortalHouse.with(floor: .milliseconds(500)) { house in
            let browser = try await Browser.enter(house.telephonist, house.server, house.client), clock = ContinuousClock()
            func failed(_ name: String, _ number: String) async throws -> (String, Duration) {
                let address = try await Self.open(browser, name: name, number: number), page = try await browser.get(address)
                let begin = clock.now
                let answer = try await browser.post(address, [("do", "answer")] + Self.answers(page.text, right: false))
                let words = answer.text.between("<div class=\"note refusal\"", "</main>") ?? ""
                #expect(answer.status == .unprocessableContent && words.contains("未能核实身份"))
                return (words, begin.duration(to: clock.now))
            }
            let somebody = try await failed(PortalHouse.name, PortalHouse.number)
            let nobody = try await failed("张无名", PortalHouse.resident("19700101", 77))
            #expect(somebody.0 == nobody.0)
            for one in [somebody, nobody] { #expect(one.1 >= .milliseconds(500)) }
        }
    }

    @Test func whereNoGatewayIsConnectedTheDeskSaysSoAndCallsBack() async throws {
        try await PortalHouse.with(way: nil) { house in
            let browser = try await Browser.enter(house.telephonist, house.server, house.client)
            let address = try await Self.open(browser), page = try await browser.get(address)
            #expect(try await browser.post(address, [("do", "answer")] + Self.answers(page.text)).status == .seeOther)
            let proving = try await browser.get(address).text
            #expect(proving.contains("未接通短信网关，不能发送验证码") && !proving.contains(PortalHouse.mobile) && !proving.contains("value=\"send\""))
            #expect(try await browser.post(address, [("do", "dial")]).status == .seeOther)
            #expect(try await browser.get(address).text.contains(PortalHouse.mobile))
            #expect(try await browser.post(address, [("do", "called")]).status == .unprocessableContent)
            #expect(try await browser.post(address, [("do", "called"), ("isOwnVoice", "1"), ("callNote", "本人")]).status == .seeOther)
            #expect(try await browser.get(address).text.contains("4 告知客户"))
        }
    }

    @Test(.demand(authenticity[19], 1)) func theCounterShowsNothingBeforeBothAreCompared() async throws {
        try await PortalHouse.with { house in
            let browser = try await Browser.enter(house.clerk, house.server, house.client)
            func check(_ contract: String, seen: Bool = true) async throws -> TestResponse {
                try await browser.post(
                    "/counter",
                    [
                        ("do", "check"), ("documentType", "resident-id"), ("documentNumber", PortalHouse.number),
                        ("name", PortalHouse.name),
                        ("contractNo", contract), ("wish", "查询"),
                    ] + (seen ? [("isDocumentSeen", "1"), ("isContractSeen", "1")] : []))
            }
            #expect(try await check("PW1", seen: false).text.contains("请先核对保险合同"))
            let foreign = try await check("PW2")
            #expect(foreign.status == .unprocessableContent && foreign.text.contains("不能与保单核对一致"))
            let address = try #require(try await check("PW1").headers[.location])
            #expect(try await browser.get(address).text.contains("3600.50") == false)
            let told = try await browser.post(address, [("do", "tell"), ("scope", "payments")])
            #expect(told.status == .ok && told.text.contains("3600.50"))
            #expect(try await browser.post(address, [("do", "confirm"), ("telephone", "13900000001")]).status == .unprocessableContent)
            #expect(try await browser.post(address, [("do", "confirm"), ("telephone", PortalHouse.mobile)]).text.contains("已确认"))
            #expect(try await browser.post(address, [("do", "finish")]).status == .seeOther)
        }
    }

    @Test func theFiguresOfAMonthAreATableAndCharts() async throws {
        try await PortalHouse.with { house in
            let browser = try await Browser.enter(house.service.person, house.server, house.client)
            #expect(try await browser.get("/queries/usage").text.contains("还没有月份的统计"))
            let telephonist = try await Browser.enter(house.telephonist, house.server, house.client)
            _ = try await Self.open(telephonist)
            house.office.move(to: Moment(Day(iso: "2026-02-02")!, hour: 9)!)
            try await house.office.desk.runJobs()
            let page = try await Browser.enter(house.service.person, house.server, house.client).get("/queries/usage").text
            #expect(page.contains("2026-01") && page.contains("各渠道查询次数") && page.contains("<svg class=\"chart\""))
        }
    }

    /// By file, and by a program.
    @Test func whatIsToldComesInByFileAndByProgram() async throws {
        try await PortalHouse.with { house in
            let scratch = Scratch()
            let path = try scratch.file(
                "保单号,应缴日期,金额（元）,实缴日期,缴费方式\nPW1,2026-01-05,120.00,2026-01-06,银行转账\nP-NONE,2026-01-05,1,,\n", "缴费.csv")
            let importing = RowImport(desk: house.office.desk, type: PolicyPayment.name, principal: house.service, language: .zh)
            let done = try await importing.run(path, rejected: scratch.path("退回.csv"), isDryRun: false)
            #expect(done.taken == 1 && done.rejected == 1)
            let token = try await house.server.edge.apiTokens.make(
                for: house.service.person, label: "t", days: 1, scopes: Set(TokenScope.allCases), by: house.service
            ).text
            let made = try await house.client.api(
                .post, "/api/v1/policy-benefit", token, #"{"policyNo":"PW1","benefit":"身故保险金","amount":"300000"}"#)
            #expect(made.status == .created, "\(made.text)")
            let wrong = try await house.client.api(.post, "/api/v1/policy-benefit", token, #"{"policyNo":"PX","benefit":"甲","amount":"1"}"#)
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("没有此保单号"))
        }
    }
}
