import EngineFixture
import Foundation
import HTTPTypes
import HummingbirdTesting
import Kernel
import Tables
import TestOffice
import Testing
import WorkCalendar

@testable import Web

/// What the overview and the charter count leads to the lists behind it, and goes on paper.
struct OverviewTests {
    private static func text(_ pdf: [UInt8]) -> String { FileText.read(pdf, name: "a.pdf").text.filter { !$0.isWhitespace } }

    @Test(arguments: TestEngine.all) func figuresOfAnArticleLeadToTheDocumentsBehindThem(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            for index in 0..<2 { try await web.memo("旧函\(index)件") }
            web.office.move(to: web.office.now.adding(days: 40))
            let approved = try await web.memo("新函件")
            try await web.office.desk.take(Memo.approve, on: approved, input: ["opinion": .text("可")], by: Principal(web.head))
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let page = try await clerk.get("/overview").text
            #expect(page.contains("<a href=\"/r/memo?act=draft&amp;acted=2025-03-01\">3</a>"), "in a year")
            #expect(page.contains("<a href=\"/r/memo?act=draft&amp;acted=2026-02-01\">1</a>"), "this month")
            #expect(page.contains("<a href=\"/r/memo?act=approve&amp;acted=2026-02-01\">1</a>") && !page.contains("act=refuse"))
            let month = try await clerk.get("/r/memo?act=draft&acted=2026-02-01").text
            #expect(month.contains("新函件") && !month.contains("旧函0件"))
            let year = try await clerk.get("/r/memo?act=draft&acted=2025-03-01").text
            #expect(year.contains("新函件") && year.contains("旧函0件") && year.contains("旧函1件"))
            #expect(try await clerk.get("/r/memo?acted=2026-02-01").text.contains("新函件"))
            #expect(try await clerk.get("/r/memo?act=nothing").text.contains("act 没有“nothing”这个值"))
            // The clocks of nothing are no clocks, and a misspelt one is told.
            #expect(try await clerk.get("/r/memo?clock=overdue:nothing").text.contains("clock 没有“overdue:nothing”这个值"))
        }
    }

    /// Not by states: in one that is done a clock may run, and what is late is open.
    @Test(arguments: TestEngine.all) func openIsWhatHasATaskOrAClockAndTheListAgrees(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            let desk = web.office.desk
            try await desk.take(Guest.enter, input: ["name": .text("林道静")], by: Principal(web.clerk))
            let approved = try await web.memo("已审函件")
            let waiting = try await web.memo("待审函件")
            try await desk.take(Memo.approve, on: approved, input: ["opinion": .text("可")], by: Principal(web.head))
            let registers = try await desk.overview(of: ["memo", "guest"], by: web.clerk).registers
            #expect(registers.map(\.all) == [2, 1] && registers.map(\.open) == [1, 0])
            // What nobody has to do any more is not open, whatever its state.
            let idle = try await web.memo("无人待办函件")
            try await desk.store.write { session in try session.execute("DELETE FROM task WHERE document = $1", [.int(idle)]) }
            #expect(try await desk.overview(of: ["memo"], by: web.clerk).registers.map(\.open) == [1])
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let list = try await clerk.get("/r/memo?state=unfinished").text
            #expect(list.contains(web.page(waiting)) && !list.contains(web.page(approved)) && list.contains("有待办或时限"))
            #expect(!(try await clerk.get("/r/guest?state=unfinished").text.contains("林*静")))
        }
    }

    /// Where a document waits is late, and not whoever registered it.
    @Test(arguments: TestEngine.all) func whatIsOverdueIsTheUnitsWhereItWaits(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, _ in
            let desk = web.office.desk
            let memo = try await web.memo("待审函件")
            let (market, service) = (web.office.market, web.office.service)
            try await desk.store.write { session in
                try session.execute(
                    """
                    INSERT INTO deadline (id, document, name, article, started, due, provisional) VALUES (1, $1, 'late', 'x', 0, 1, 0)
                    """, [.int(memo)])
                try session.execute(
                    "UPDATE task SET post = 'head', unit = $2, person = NULL WHERE document = $1", [.int(memo), .int(market.raw)])
            }
            func late() async throws -> [UnitID] { try await desk.overview(of: ["memo"], by: web.clerk).registers[0].units.map(\.unit) }
            #expect(try await late() == [market])
            // By name it waits where that person is.
            let waiter = try await web.office.hire("waiter", in: service)
            try await desk.store.write { session in
                try session.execute(
                    "UPDATE task SET post = NULL, unit = NULL, person = $2 WHERE document = $1", [.int(memo), .int(waiter.raw)])
            }
            #expect(try await late() == [service])
        }
    }

    @Test(arguments: TestEngine.all) func theChartersCountsLeadToWhatTheReaderMaySee(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            let approved = try await web.memo("已审函件")
            try await web.memo("待审函件")
            try await web.office.desk.take(Memo.approve, on: approved, input: ["opinion": .text("可")], by: Principal(web.head))
            try await web.office.desk.sequence()
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let charter = try await clerk.get("/charter/test").text
            #expect(charter.contains("<a href=\"/r/memo?act=approve\">通过 1 拒绝 0</a>"))
            #expect(charter.contains("<a href=\"/r/memo?act=draft\">办结 2</a>") && !charter.contains("act=refuse"))
            let list = try await clerk.get("/r/memo?act=approve").text
            #expect(list.contains("已审函件") && !list.contains("待审函件") && list.contains("selected>审核通过</option>"))
            // Who may read none of them finds the count, as it is the house's, and no way behind it.
            let other = try await Browser.enter(web.person("other"), web, client)
            let theirs = try await other.get("/charter/test").text
            #expect(theirs.contains("通过 1 拒绝 0") && !theirs.contains("/r/memo?act="))
            #expect(!(try await other.get("/r/memo?act=approve").text.contains("已审函件")))
        }
    }

    @Test(arguments: TestEngine.all) func theOverviewIsDownloadedAsAPDF(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            for index in 0..<3 { try await web.memo("函件\(index)件") }
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            let answer = try await clerk.post("/overview/print")
            #expect(answer.status == .ok && answer.headers[.contentType] == "application/pdf")
            let text = Self.text(Array(Data(buffer: answer.body)))
            for said in ["总览", "只计clerk可以查看的", "测试制度", "便函", "第二条", "便函·起草", "每月登记", "公司"] {
                #expect(text.contains(said), "\(said) is not on the paper: \(text)")
            }
            #expect(!text.contains("函件0件"), "figures alone")
            // Who has nothing to sum up is told so on the page, and gets no paper.
            let other = try await Browser.enter(web.person("other"), web, client)
            #expect(!(try await other.get("/overview").text.contains("/overview/print")))
            let none = try await other.post("/overview/print")
            #expect(none.status == .seeOther && none.headers[.location] == "/overview")
        }
    }

    @Test(arguments: TestEngine.all) func nothingClassifiedIsCountedInWhatGoesByMail(engine: TestEngine) async throws {
        try await WebOffice.with(engine, more: [LeadRegulation.contents]) { web, _ in
            let desk = web.office.desk
            let reader = try await web.office.hire("reader", LeadRegulation.reader, clearance: .secret)
            let clerk = try await web.office.hire("entering", LeadRegulation.clerk, clearance: .secret)
            for (subject, isSecret) in [("线索甲", false), ("线索乙", true)] {
                let input: [String: JSONValue] = [
                    "subject": .text(subject), "phone": .text("13800134499"), "isSecret": .flag(isSecret), "files": .list([]),
                ]
                try await desk.take(Lead.enter, input: input, by: Principal(clerk))
            }
            let all = try await desk.overview(of: ["lead"], by: reader)
            #expect(all.registers.map(\.all) == [2])
            // On the first of February January is summed up.
            web.office.move(to: Moment(Day(iso: "2026-02-01")!, hour: 8)!)
            let day = web.office.now.day
            let report = try #require(try await OverviewPaper.outgoing(of: reader, dueOn: day, .zh, desk))
            #expect(report.name == "dianzhang-overview-2026-02-01.pdf" && report.pdf.starts(with: Array("%PDF-".utf8)))
            let text = Self.text(report.pdf)
            #expect(text.contains("2026-01登记") && text.contains("不含涉密单据") && text.contains("线索·登记"))
            #expect(report.texts.contains("1") && !report.texts.contains("2"))
            #expect(report.texts.allSatisfy { !OutgoingGuard.looksPersonal($0) })
            #expect(try await OverviewPaper.outgoing(of: web.person("other"), dueOn: day, .zh, desk) == nil)
            let english = try #require(try await OverviewPaper.outgoing(of: reader, dueOn: day, .en, desk))
            #expect(english.texts.contains("Overview") && !english.texts.contains("总览"))
        }
    }

    @Test(arguments: TestEngine.all) func theOverviewByMailIsChosenWithAnAddress(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            let clerk = try await Browser.enter(web.person("clerk"), web, client)
            // Where no mail server is connected there is nothing to choose.
            #expect(!(try await clerk.get("/reach").text.contains("name=\"report\"")))
            try await web.memo()
            let alone = try await clerk.get("/overview").text
            #expect(alone.contains("/overview/print") && !alone.contains("发到邮箱"))
            let refused = try await clerk.post("/reach", [("way", "page"), ("report", "weekly"), ("address", "clerk@example.org")])
            #expect(refused.status == .unprocessableContent && refused.text.contains("不能发送总览"))
            #expect(try await web.office.desk.reach(of: web.clerk).report == .never)
            let connected = web.connected(by: [.mail])
            try await connected.application().test(.router) { client in
                let clerk = try await Browser.enter(web.person("clerk"), connected, client)
                #expect(try await clerk.get("/reach").text.contains("name=\"report\" value=\"weekly\""))
                #expect(try await clerk.get("/overview").text.contains("发到邮箱"))
                let half = try await clerk.post("/reach", [("way", "page"), ("report", "weekly"), ("address", "")])
                #expect(half.status == .unprocessableContent && half.text.contains("完整的邮箱地址"))
                let taken = try await clerk.post("/reach", [("way", "page"), ("report", "weekly"), ("address", "clerk@example.org")])
                #expect(taken.status == .seeOther)
                #expect(
                    try await web.office.desk.reach(of: web.clerk) == Reach(way: .page, address: "clerk@example.org", report: .weekly))
            }
        }
    }
}

extension WebOffice {
    /// The same office where notices can leave by some ways.
    fileprivate func connected(by ways: Set<Outgoing.Way>) -> WebServer {
        var configuration = server.edge.configuration
        configuration.outgoing = ways
        return WebServer(desk: office.desk, configuration: configuration)
    }
}
