import Kernel
import Witnessing
import WorkCalendar

/// Where checkpoints go and when the last one left, for administrators.
enum CheckpointPlaces {
    static func html(_ call: Call) async throws -> HTML {
        guard call.me.isAdministrator else { return "" }
        let l = call.l
        let overview =
            try await call.edge.configuration.checkpoints?.overview() ?? DeliveryOverview()
        let warning: HTML = overview.warning.map { "<div class=\"note refusal\" data-checkpoints=\"none\"><p><b>\(coded($0[l]))</b></p></div>" } ?? ""
        let last: HTML =
            overview.last.map { last in
                "<p class=\"pad\">\(l("最近一次送出", "The last one left")): \(l.moment(last.at)), \(place(last.place, l))</p>"
            } ?? ""
        return """
            <section class="sheet" id="checkpoint-places"><header><h2>\(l("检查点的去处", "Where checkpoints go"))</h2></header>\
            <div class="pad">\(warning)</div>\(last)\(table(overview.lines, call))</section>
            """
    }

    private static func table(_ lines: [DeliveryOverview.Line], _ call: Call) -> HTML {
        if lines.isEmpty { return "" }
        let l = call.l
        let heads = [l("去处", "Place"), l("状态", "State"), l("最近送出", "Last left"), l("记录数", "Entries")]
        let rows = lines.map { line -> HTML in
            let state = line.state
            let left: HTML = state.leftAt.map { HTML(l.moment($0)) } ?? "–"
            let cells = [place(line, l), self.state(line, l), left, HTML(state.leftAt == nil ? "–" : l.count(Int(state.size)))]
            return "<tr>\(zip(heads, cells).map { "<td data-label=\"\($0)\">\($1)" as HTML })"
        }
        return """
            <div class="scroll" tabindex="0"><table class="stack"><thead><tr>\(heads.map { "<th scope=\"col\">\($0)" as HTML })</thead>\
            <tbody>\(rows)</tbody></table></div>
            """
    }

    private static func place(_ line: DeliveryOverview.Line, _ l: Language) -> HTML {
        let weak: HTML =
            line.isBeside
            ? " <span class=\"quiet\">\(l("与数据库同在一个磁盘，保护较弱", "on the database's own disk: weak protection"))</span>" : ""
        return "\(place(line.place, l))\(weak)"
    }

    private static func place(_ place: CheckpointPlace, _ l: Language) -> HTML { "\(place.title[l]) <code>\(place.target)</code>" }

    /// What is typed as it stands: settings, commands, addresses.
    private static func coded(_ text: String) -> HTML {
        let typed = /dianzhang [a-z]+( --[a-z]+)?|(checkpoint|smtp|trusted)-[a-z-]+|docs\/[A-Z]+\.md|https?:\/\/[^\s，。）)]+/
        var (html, rest) = (HTML(), text[...])
        while let match = rest.firstMatch(of: typed) {
            html = "\(html)\(String(rest[..<match.range.lowerBound]))<code>\(String(match.output.0))</code>"
            rest = rest[match.range.upperBound...]
        }
        return "\(html)\(String(rest))"
    }

    private static func state(_ line: DeliveryOverview.Line, _ l: Language) -> HTML {
        if let fault = line.state.fault {
            let times = line.state.isAlarm ? "" : l("（第 \(line.state.attempts) 次）", " (attempt \(line.state.attempts))")
            return "<span class=\"late\">\(l("未送达", "not delivered"))\(times)</span> \(coded(fault[l]))"
        }
        if line.isLate { return "<span class=\"late\">\(l("一天未送出", "none for a day"))</span>" }
        if line.state.leftAt == nil { return "<span class=\"state open\">\(l("等待首次送出", "waits for the first"))</span>" }
        return "<span class=\"state done\">\(l("正常", "in order"))</span>"
    }
}
