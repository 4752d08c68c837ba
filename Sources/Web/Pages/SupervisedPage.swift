import Hummingbird
import Kernel
import WorkCalendar

/// 督办过的事项: what the person asked for, and what became of it. Of a document that the person may not read it says the number, the type
/// and the state, and nothing that stands in it.
enum SupervisedPage {
    static func add(to routes: Routes) {
        routes.page("/supervised/:id") { call in try await show(call, call.id()) }
    }

    /// Below the list of what waits to be supervised.
    static func sheet(_ call: Call) async throws -> HTML {
        let l = call.l, most = 50, matters = try await call.desk.supervisedMatters(of: call.person, limit: most)
        if matters.isEmpty { return "" }
        let heads = [
            l("单据", "Document"), l("状态", "State"), l("督办意见", "What was asked"), l("要求完成", "To be done by"), l("结果", "What became of it"),
        ]
        let rows = matters.compactMap { matter -> HTML? in
            guard let last = matter.demands.first else { return nil }
            let type = call.catalogue.type(matter.type), address = "/supervised/\(call.ids.word(matter.id, .document))"
            return """
                <tr><td data-label="\(heads[0])"><span><a href="\(address)">\(name(matter, call))</a> \(DocumentName.mark(matter.level, l)) \
                <span class="quiet">\(type?.title[l] ?? matter.type)</span></span></td>\
                <td data-label="\(heads[1])">\(StateName(matter.state, of: type).html(l))</td>\
                <td data-label="\(heads[2])"><span>\(UserText.html(last.opinion, l))</span></td>\
                <td data-label="\(heads[3])">\(until(last, call))</td><td data-label="\(heads[4])">\(outcome(last, l))</td></tr>
                """
        }
        let hint: HTML =
            matters.count < most ? "" : "<span class=\"quiet\">\(l("仅列最近 \(most) 件", "The latest \(most)"))</span>"
        return """
            <section class="sheet" id="supervised"><header><h2>\(l("督办过的事项", "What you have supervised"))</h2>\(hint)</header>\
            <div class="scroll"><table class="stack"><thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead>
            <tbody>\(rows)</tbody></table></div></section>
            """
    }

    private static func show(_ call: Call, _ id: Int64) async throws -> Response {
        let l = call.l, matter = try await call.desk.supervisedMatter(id, of: call.person)
        let type = call.catalogue.type(matter.type), title = type?.title[l] ?? matter.type
        let demands = matter.demands.map { demand -> HTML in
            let behalf: HTML = demand.behalf.map { "<span class=\"quiet\">\(l("代", "for ")) \($0[l])</span>" } ?? ""
            let ended: HTML = demand.ended.map { "<br><span class=\"quiet\">\(l.moment($0, in: call.today))</span>" } ?? ""
            return """
                <li><span><b>\(l.moment(demand.at, in: call.today))</b> \(behalf)<br>\(l("要求完成：", "To be done by: "))\(until(demand, call))<br>\
                \(UserText.html(demand.opinion, l))</span><span>\(outcome(demand, l))\(ended)</span></li>
                """
        }
        let deeds = matter.deeds.map {
            "<li><span>\($0.title[l])</span><span class=\"quiet\">\(l.moment($0.at, in: call.today))</span></li>" as HTML
        }
        let since: HTML =
            deeds.isEmpty
            ? "<p class=\"pad quiet\">\(l("督办之后尚未办理。", "Nothing has been done since."))</p>" : "<ul class=\"lines\">\(deeds)</ul>"
        let further: HTML =
            matter.mayRead
            ? "<p><a class=\"button\" href=\"\(call.address(id))\">\(l("打开单据", "Open the document"))</a></p>"
            : """
            <p class="note">\(l("您不在这件单据的查阅范围内，此页只列督办情况。",
                "You are no reader of this document; this page says what became of what you asked for, and no more."))</p>
            """
        return try await call.page(
            "\(title) \(matter.number ?? "")", here: "/",
            """
            <p class="quiet"><a href="/?list=supervised">\(l("我督办的", "Under my supervision"))</a> / \(name(matter, call))</p>
            <div class="head"><h1>\(title) \(matter.number.map { DocumentName.spoken($0, l) } ?? "")</h1>\(DocumentName.mark(matter.level, l)) \
            \(StateName(matter.state, of: type).html(l))</div>
            <section class="sheet"><header><h2>\(l("督办情况", "What was asked"))</h2></header><ul class="lines">\(demands)</ul></section>
            <section class="sheet"><header><h2>\(l("督办之后的办理", "Done since"))</h2></header>\(since)</section>\(further)
            """)
    }

    /// The number; the type where there is none.
    private static func name(_ matter: SupervisedMatter, _ call: Call) -> HTML {
        let title = call.catalogue.type(matter.type)?.title[call.l] ?? matter.type
        return matter.number.map { DocumentName.spoken($0, call.l) } ?? HTML(title)
    }

    private static func until(_ demand: SupervisedMatter.Demand, _ call: Call) -> HTML {
        HTML(demand.until.map { call.l.limit($0, in: call.today) } ?? "—")
    }

    private static func outcome(_ demand: SupervisedMatter.Demand, _ l: Language) -> HTML {
        switch demand.outcome {
        case .running: "<span class=\"state open\">\(l("未到期，待完成", "not due yet"))</span>"
        case .met: "<span class=\"state done\">\(l("按时完成", "done in time"))</span>"
        case .late: "<span class=\"state no\">\(l("逾期完成", "done late"))</span>"
        case .missed: "<span class=\"state no\">\(l("再次逾期，未完成", "missed again"))</span>"
        case .replaced: "<span class=\"state\">\(l("已另定时限", "another limit was set"))</span>"
        }
    }
}
