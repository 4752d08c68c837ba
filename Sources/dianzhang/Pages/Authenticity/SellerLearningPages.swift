import CustomerAuthenticity
import Kernel
import Synchronization
import Tables
import Web
import WorkCalendar

/// What a seller finds at one place: how he stands, the tests that are open, the sheets that he handed in; and for everybody who may know,
/// who was qualified to sell on a day (第九条, 第十条).
enum SellerLearningPages {
    static let title = Words("学习与测试", "Learning and tests")
    private static let list = Words("有资格的业务员", "Agents who may sell")

    static let all = [
        RegulationPage(
            path: "/tests", regulation: authenticity.id, title: title, register: SellerTest.name, show: { .page(try await own($0)) }),
        RegulationPage(
            path: "/qualified", regulation: authenticity.id, title: list, register: Agent.name, show: { .page(try await qualified($0)) },
            take: { try await export($0, $1) }),
    ]

    // MARK: One's own

    private static func own(_ request: RegulationRequest) async throws -> HTML {
        let l = request.language
        var query = RegisterQuery()
        (query.person, query.limit, query.isCounted) = (request.person, 50, false)
        let agents = try await request.desk.register(Agent.name, query, by: request.person).rows
        let agent = try await request.desk.load(agents.map { ID<Agent>($0.id) }).first { $0.value.user == request.person }
        let sheets = try await request.desk.register(AnswerSheet.name, query, by: request.person).rows
        var open = RegisterQuery()
        (open.states, open.limit, open.isCounted) = (["scheduled"], 50, false)
        let tests = try await request.desk.register(SellerTest.name, open, by: request.person).rows
        let figures: HTML = if let agent { try await standing(agent, request) } else { "" }
        return """
            <div class="head"><h1>\(title[l])</h1><span class="quiet">\(request.link(authenticity[9])) \(request.link(authenticity[10]))</span></div>
            \(figures)\(offered(tests, sheets, isSeller: agent != nil, request))\(handedIn(sheets, request))
            """
    }

    private static func standing(_ agent: Found<Agent>, _ request: RegulationRequest) async throws -> HTML {
        let l = request.language, value = agent.value, today = request.now.day
        let state = request.desk.catalogue.type(Agent.name)?.state(agent.state?.rawValue ?? "")
        let licence = value.licence(on: today)
        let hours = try await request.desk.inquire(within: agent.record.scope) { try value.hoursToUse($0) }
        let figures: [(String, HTML)] = [
            (l("业务员代码", "Agent number"), UserText.html(value.agentNo, l)),
            (l("销售资格", "Qualification"), HTML(state?.words[l] ?? "")),
            (l("资格有效期至", "Qualified until"), HTML(value.qualifiedUntil.map { l.day($0) } ?? "—")),
            (l("等级", "Grade"), HTML(licence?.grade.words[l] ?? l("未登记", "not on record"))),
            (l("尚可用于测试的课时", "Class hours for the next test"), "\(hours)"),
        ]
        let cells = figures.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" as HTML }
        return """
            <dl class="figures">\(cells)</dl><p class="quiet pad"><a href="/r/seller-course">\(l("课程与教材", "Courses and material"))</a> · \
            <a href="/r/check-confirmation/new">\(l("核对确认", "Confirm a check"))</a> · \
            <a href="\(request.address(agent.id.raw))">\(l("我的业务员档案", "My record as an agent"))</a></p>
            """
    }

    private static func offered(_ tests: [DocumentRow], _ sheets: [DocumentRow], isSeller: Bool, _ request: RegulationRequest) -> HTML {
        let l = request.language
        let unfinished = sheets.first { $0.state == AnswerSheet.State.open.rawValue }
        let resume: HTML =
            unfinished.map { sheet in
                """
                <div class="strip"><span><b>\(l("您有一份答卷尚未交卷", "You have a sheet that is not handed in"))</b></span>\
                <a class="button act" href="\(TestSittingPage.address(sheet.id, request))">\(l("继续作答", "Go on"))</a></div>
                """
            } ?? ""
        let lines = tests.map { row -> HTML in
            let times = ["opensAt", "closesAt"].map { key in
                row.values[key]?.text.flatMap { Moment(iso: $0) }.map { l.limit($0, in: request.now.day) } ?? ""
            }
            let sit: HTML =
                isSeller && unfinished == nil
                ? "<a class=\"button\" href=\"/tests/begin/\(TestSittingPage.word(row.id, request))\">\(l("参加测试", "Sit it"))</a>" : ""
            return """
                <li><span><a href="\(request.address(row.id))">\(UserText.html(row.title, l))</a><br><span class="quiet">\(times[0]) — \(times[1])</span></span>\
                \(sit, if: !sit.isEmpty)</li>
                """
        }
        let body: HTML =
            lines.isEmpty ? "<p class=\"pad\">\(l("现在没有安排测试。", "No test is scheduled now."))</p>" : "<ul class=\"lines\">\(lines)</ul>"
        return "\(resume)<section class=\"sheet\"><header><h2>\(l("已安排的测试", "Scheduled tests"))</h2></header>\(body)</section>"
    }

    private static func handedIn(_ sheets: [DocumentRow], _ request: RegulationRequest) -> HTML {
        let l = request.language
        let lines = sheets.filter { $0.state != AnswerSheet.State.open.rawValue }.map { row -> HTML in
            let result = TestResult(rawValue: row.values["result"]?.text ?? "") ?? .unknown
            let isPassed = result == .passed && row.state == AnswerSheet.State.handedIn.rawValue
            let words = row.state == AnswerSheet.State.void.rawValue ? l("已作废", "Void") : result.words[l]
            let at = row.values["handedInAt"]?.text.flatMap { Moment(iso: $0) }.map { l.moment($0, in: request.now.day) } ?? ""
            let points = Int(row.values["points"]?.whole ?? 0), total = Int(row.values["total"]?.whole ?? 0)
            return """
                <li><span><a href="\(TestSittingPage.address(row.id, request))">\(UserText.html(row.number ?? "", l))</a> <span class="quiet">\(at)</span></span>\
                <span><span class="number">\(points) / \(total)</span> <span class="state \(isPassed ? "done" : "no")">\(words)</span></span></li>
                """
        }
        if lines.isEmpty { return "" }
        return "<section class=\"sheet\"><header><h2>\(l("我的答卷", "My sheets"))</h2></header><ul class=\"lines\">\(lines)</ul></section>"
    }

    // MARK: Who may sell

    /// A day that was asked for, else today.
    private static func day(_ text: String, _ request: RegulationRequest) -> Day { Day(loose: text) ?? request.now.day }

    /// Those who were qualified on a day, by their numbers.
    private static func qualified(on day: Day, among ids: [Int64], _ desk: Desk) async throws -> [Found<Agent>] {
        try await desk.load(ids.map { ID<Agent>($0) }).filter { $0.value.maySell(on: day, state: $0.state) }
            .sorted { $0.value.agentNo < $1.value.agentNo }
    }

    private static func qualified(_ request: RegulationRequest) async throws -> HTML {
        let l = request.language, day = Self.day(request.query("on"), request)
        var query = RegisterQuery(), ids: [Int64] = [], names: [Int64: String] = [:]
        (query.limit, query.isCounted) = (500, false)
        repeat {
            let page = try await request.desk.register(Agent.name, query, by: request.person)
            ids += page.rows.map(\.id)
            for row in page.rows { names[row.id] = row.values["name"]?.text }
            query.after = page.next
        } while query.after != nil
        let agents = try await Self.qualified(on: day, among: ids, request.desk)
        let lines = agents.map { agent -> HTML in
            let until = agent.value.qualification(on: day)?.until.map { l.day($0) } ?? ""
            return """
                <tr><th scope="row"><a href="\(request.address(agent.id.raw))">\(UserText.html(agent.value.agentNo, l))</a>\
                <td data-label="\(l("姓名", "Name"))">\(UserText.html(names[agent.id.raw] ?? "", l))\
                <td data-label="\(l("渠道", "Channel"))">\(agent.value.channel.words[l])\
                <td data-label="\(l("等级", "Grade"))">\(agent.value.licence(on: day)?.grade.words[l] ?? "—")\
                <td data-label="\(l("资格有效期至", "Qualified until"))">\(until)
                """
        }
        let heads = [("业务员代码", "Agent number"), ("姓名", "Name"), ("渠道", "Channel"), ("等级", "Grade"), ("资格有效期至", "Qualified until")].map {
            "<th scope=\"col\">\(l($0, $1))" as HTML
        }
        let table: HTML =
            agents.isEmpty
            ? "<p class=\"pad\">\(l("当日没有有资格的业务员。", "Nobody was qualified on that day."))</p>"
            : "<div class=\"scroll\" tabindex=\"0\"><table class=\"stack\"><thead><tr>\(heads)</thead><tbody>\(lines)</tbody></table></div>"
        return """
            <div class="head"><h1>\(list[l])</h1><span class="quiet">\(request.link(authenticity[10]))</span></div>
            <section class="sheet"><form class="filters" method="get" action="/qualified"><label class="inline" for="on">\(l("日期", "Day"))</label>\
            <input id="on" name="on" value="\(day.description)"><button>\(l("查询", "Show"))</button>\
            <span class="quiet">\(l("\(l.day(day))：\(agents.count) 人", "\(l.day(day)): \(agents.count)"))</span></form>\(table)</section>
            <form class="pad" method="post" action="/qualified" data-download>\(request.csrf)<input type="hidden" name="on" value="\(day.description)">\
            <button>\(l("导出名单（CSV）", "Export the list (CSV)"))</button></form>
            """
    }

    private static func export(_ request: RegulationRequest, _ form: FormData) async throws -> RegulationResponse {
        let day = Self.day(form["on"], request), l = request.language
        let rows = Mutex<[Int64]>([])
        var query = RegisterQuery()
        query.isCounted = false
        try await request.desk.export(Agent.name, query, by: request.person) { row, _ in rows.withLock { $0.append(row.id) } }
        let file = try TemporaryFile()
        let writer = try CSVWriter(.file(file.path), byteOrderMark: true)
        try writer.row([l("业务员代码", "agent_no"), l("渠道", "channel"), l("等级", "grade"), l("资格有效期至", "qualified_until")])
        for agent in try await qualified(on: day, among: rows.withLock { $0 }, request.desk) {
            try writer.row([
                agent.value.agentNo, agent.value.channel.words[l], agent.value.licence(on: day)?.grade.words[l] ?? "",
                agent.value.qualification(on: day)?.until?.description ?? "",
            ])
        }
        try writer.close()
        return .file(file, name: "qualified-\(day).csv", type: "text/csv; charset=utf-8")
    }
}
