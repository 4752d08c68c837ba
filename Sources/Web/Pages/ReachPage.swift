import Courier
import Hummingbird
import Kernel

/// 接收方式: how a person is told of notices beside the page.
enum ReachPage {
    static func add(to routes: Routes) {
        routes.page("/reach") { call in try await show(call, try await call.desk.reach(of: call.person), []) }
        routes.form("/reach") { call, form in
            let reach = Reach(
                way: Reach.Way(rawValue: form["way"]) ?? .page, address: form["address"].trimmingBlanks, isCalled: form["called"] == "1",
                report: Reach.Report(rawValue: form["report"]) ?? .never, language: call.l)
            let faults = faults(reach, call)
            guard faults.isEmpty else { return try await show(call, reach, faults) }
            try await call.desk.choose(reach, by: call.person)
            return .redirect(to: "/notices")
        }
    }

    private static func faults(_ reach: Reach, _ call: Call) -> [Refusal.Fault] {
        var faults: [Refusal.Fault] = []
        let ways = call.edge.configuration.outgoing
        if reach.way != .page, !ways.contains(.mail) {
            faults.append(
                .init(field: "way", Words("本单位没有连接邮件服务器，只能在页面查看", "No mail server is connected here; notices are on the page alone")))
        }
        if reach.report != .never, !ways.contains(.mail) {
            faults.append(
                .init(field: "report", Words("本单位没有连接邮件服务器，不能发送总览", "No mail server is connected here; the overview cannot be sent")))
        }
        if reach.way != .page || reach.report != .never || !reach.address.isEmpty, !MailMessage.isAddress(reach.address) {
            faults.append(
                .init(field: "address", Words("请填写完整的邮箱地址，如 name@example.com", "Enter a whole mail address, like name@example.com")))
        }
        if reach.isCalled, !ways.contains(.robot) {
            faults.append(.init(field: "called", Words("本单位没有连接群机器人", "No group robot is connected here")))
        }
        return faults
    }

    private static func show(_ call: Call, _ reach: Reach, _ faults: [Refusal.Fault]) async throws -> Response {
        let l = call.l, ways = call.edge.configuration.outgoing
        let choices = Reach.Way.allCases.filter { $0 == .page || ways.contains(.mail) }
        let boxes = choices.map { way -> HTML in
            """
            <label class="check"><input type="radio" name="way" value="\(way.rawValue)"\(" checked", if: way == reach.way)> \(way.words[l])</label>
            """
        }
        let reports = Reach.Report.allCases.map { report -> HTML in
            """
            <label class="check"><input type="radio" name="report" value="\(report.rawValue)"\(" checked", if: report == reach.report)> \(report.words[l])</label>
            """
        }
        let overview: HTML =
            ways.contains(.mail)
            ? """
            <fieldset class="field"><legend>\(l("总览邮件（PDF）", "Overview by mail (PDF)"))</legend>\(reports)\
            <p class="hint">\(l("只计您可以查看的，不含涉密单据，也不含个人信息。", "Only what you may read is counted, nothing classified, and it holds no personal data."))</p></fieldset>
            """ : ""
        let address: HTML =
            ways.contains(.mail)
            ? PlainField.text(
                "address", l("邮箱", "Mail address"), reach.address, faults, l, type: "email", autocomplete: "email", longest: 254) : ""
        let robot: HTML =
            ways.contains(.robot)
            ? PlainField.check(
                "called", l("同时由群机器人提醒（只说有几条新通知，不说内容）", "The group's robot says so too (how many, never what)"), reach.isCalled) : ""
        let none: HTML =
            ways.isEmpty
            ? "<p class=\"hint\">\(l("本单位没有连接邮件服务器或群机器人，通知只在页面显示。", "Neither a mail server nor a robot is connected here; notices are on the page alone."))</p>"
            : ""
        return try await call.page(
            l("接收方式", "How I am told"), here: "/notices", status: faults.isEmpty ? .ok : .unprocessableContent,
            """
            <p class="quiet"><a href="/notices">\(l("通知", "Notices"))</a> / \(l("接收方式", "How I am told"))</p>
            <div class="head"><h1>\(l("接收方式", "How I am told"))</h1></div>\(FaultSummary.html(faults, call))
            <form class="sheet pad" method="post" action="/reach" novalidate>\(call.csrf)
            <fieldset class="field"><legend>\(l("除页面以外", "Beside the page"))</legend>\(none)\(boxes)</fieldset>\(overview)\(address)\(robot)
            <p class="hint">\(l("含个人信息的通知不外发，只提示登录查看。", "A notice with personal data stays inside; you are only asked to log in."))</p>
            <button class="act">\(l("保存", "Save"))</button></form>\(try await CalendarFeed.sheet(call))
            """)
    }
}
