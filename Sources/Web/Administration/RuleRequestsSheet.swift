import Hummingbird
import Kernel
import WorkCalendar

/// 规则变更申请: what an administrator asked for, and another or whoever supervises confirms on the regulation's page.
enum RuleRequestsSheet {
    static func add(to routes: Routes) {
        routes.form("/charter/:regulation/rules") { call, form in
            let regulation = try call.part("regulation")
            let id = try call.named("request", in: form, .request)
            try await call.desk.decide(ruleRequest: id, isConfirmed: form["decision"] == "confirm", by: call.principal)
            return .redirect(to: "/charter/\(regulation)")
        }
    }

    /// Those that the person decides or asked for, the house's among them; nothing for anybody else.
    static func html(_ regulations: [String], _ call: Call) async throws -> HTML {
        let l = call.l
        var requests: [RuleRequest] = []
        for regulation in regulations + [RuleRequest.house] {
            requests += try await call.desk.ruleRequests(of: regulation, for: call.person)
        }
        if requests.isEmpty { return "" }
        let lines = requests.map { request -> HTML in
            let asker = call.organisation.name(request.asker)[l], unit = call.organisation.name(request.unit)[l]
            return """
                <li><span><b>\(what(request, call))</b> <span class="quiet">\(unit) · \(l("自 \(l.day(request.from)) 起", "from \(l.day(request.from))")) · \
                \(l("\(asker) 申请", "asked by \(asker)")) \(l.moment(request.asked, in: call.today))</span> · \(UserText.html(request.reason, l))\
                </span>\(buttons(request, call))</li>
                """
        }
        return """
            <section class="sheet"><header><h2>\(l("待确认的规则变更", "Changes of rules to confirm"))</h2></header>\
            <ul class="lines">\(lines)</ul></section>
            """
    }

    private static func what(_ request: RuleRequest, _ call: Call) -> String {
        let l = call.l
        if request.parameter == RuleRequest.readingLimit {
            return "\(l("每人每小时可查看的单据件数", "Documents that one person may open within an hour")) = \(request.value)"
        }
        if request.isOfStandIn {
            guard let name = request.hand.map({ call.organisation.name($0, call.catalogue) }) else {
                return l("取消代行：无人可办的申请不予受理", "Nobody stands in: requests that nobody can decide are not taken")
            }
            return l("无人可办的申请由\(name.zh)代行", "\(name.en) stands in where nobody can decide")
        }
        guard !request.parameter.isEmpty, let contents = call.catalogue.regulation(request.regulation) else {
            return l("采用第 \(request.value) 版", "Adopt version \(request.value)")
        }
        let text = contents.articles.first { $0.parameters?[request.parameter] != nil }
        return "\(ParameterName.words(request.parameter, in: text)[l]) = \(request.value)"
    }

    /// Whoever asked can take it back, and nobody confirms what he asked for.
    private static func buttons(_ request: RuleRequest, _ call: Call) -> HTML {
        let l = call.l
        let isMine = request.asker == call.person
        let regulation = request.regulation == RuleRequest.house ? call.catalogue.contents[0].regulation.id : request.regulation
        func form(_ decision: String, _ style: String, _ title: String) -> HTML {
            """
            <form method="post" action="/charter/\(regulation)/rules">\(call.csrf)\
            <input type="hidden" name="request" value="\(call.ids.word(request.id, .request))"><input type="hidden" name="decision" value="\(decision)">\
            <button class="\(style)" aria-label="\(title)\(l("：", ": "))\(what(request, call))">\(title)</button></form>
            """
        }
        let confirm: HTML =
            isMine
            ? "<span class=\"quiet\">\(l("由另一位系统管理员或监督岗位确认", "another administrator or whoever supervises confirms"))</span>"
            : form("confirm", "", l("确认", "Confirm"))
        return "<span class=\"row\">\(confirm)\(form("decline", "plain", isMine ? l("撤回", "Take back") : l("退回", "Decline")))</span>"
    }
}
