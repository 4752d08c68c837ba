import Hummingbird
import Kernel
import Print
import WorkCalendar

/// 总览: for each regulation the registers that the person reads, with figures that lead to the lists behind them, and the trend of a year.
enum OverviewPage {
    static func add(to routes: Routes) {
        routes.page("/overview", show)
        routes.form("/overview/print") { call, _ in
            let overview = try await overview(call)
            // The page says that there is nothing.
            if overview.isEmpty { return .redirect(to: "/overview") }
            let paper = OverviewPaper(
                overview: overview, catalogue: call.catalogue, organisation: call.organisation, person: call.person,
                now: call.now, isMailed: false, l: call.l)
            let report = paper.report
            let pdf = try await Press.shared.make { try ReportPrinter().pdf(report) }
            return .download(pdf, name: paper.name, type: "application/pdf")
        }
    }

    private static func overview(_ call: Call) async throws -> Overview {
        let types = call.regulations.flatMap { contents in
            call.catalogue.types.filter { $0.regulation == contents.regulation && OfferedTypes.mayRead($0, call) }
        }
        return try await call.desk.overview(of: types.map(\.name), by: call.person)
    }

    private static func show(_ call: Call) async throws -> Response {
        let l = call.l
        let overview = try await overview(call)
        let sections = OverviewSection.all(overview, call.regulations).map { section($0, call) }
        let nothing: HTML = """
            <section class="sheet pad empty"><h2>\(l("暂无可以汇总的登记簿", "No registers to sum up"))</h2>
            <p class="quiet">\(l("您可以查看的登记簿有内容后，这里会列出数字和趋势。", "Once there is something in the registers that you may read, figures and trends are listed here."))</p></section>
            """
        let mailed: HTML = "<a class=\"noprint\" href=\"/reach\">\(l("每周或每月发到邮箱", "By mail each week or month"))</a>"
        let paper: HTML =
            sections.isEmpty
            ? ""
            : """
            <form class="noprint printing" method="post" action="/overview/print" data-download>\(call.csrf)\
            <button class="quiet">\(l("下载（PDF）", "Download (PDF)"))</button></form>\
            \(mailed, if: call.edge.configuration.outgoing.contains(.mail))
            """
        return try await call.page(
            l("总览", "Overview"), here: "/overview",
            """
            <div class="head"><h1>\(l("总览", "Overview"))</h1><span class="quiet">\(l("截至 \(l.moment(call.now))，只计您可以查看的；未结指还有待办或时限的", "As of \(l.moment(call.now)); only what you may read is counted; open is what has a task or a time limit"))</span>\(PrintButton.html(l))\(paper)</div>
            \(totals(overview, call))\(sections.isEmpty ? nothing : "\(sections)")
            """)
    }

    private static func totals(_ overview: Overview, _ call: Call) -> HTML {
        let l = call.l, totals = OverviewTotals(overview)
        return """
            <dl class="figures"><div><dt>\(l("未结", "Open"))</dt><dd>\(l.count(totals.open))</dd></div>\
            <div><dt>\(l("已逾期", "Overdue"))</dt><dd\(" class=\"late\"", if: totals.overdue > 0)>\(l.count(totals.overdue))</dd></div>\
            <div><dt>\(l("本月登记", "Entered this month"))</dt><dd>\(l.count(totals.entered))</dd></div>\
            <div><dt>\(l("本月按时办结", "In time this month"))</dt><dd>\(l.share(totals.ended.inTime, of: totals.ended.all))</dd></div></dl>
            """
    }

    private static func section(_ section: OverviewSection, _ call: Call) -> HTML {
        let l = call.l, contents = section.contents, months = section.months
        let heads = [
            l("登记簿", "Register"), l("未结", "Open"), l("已逾期", "Overdue"), l("逾期最多的单位", "Units with most overdue"),
            l("本月登记", "This month"), l("按时办结（近一年）", "In time, one year"),
        ]
        func row(_ register: Overview.Register) -> HTML {
            let path = "/r/\(register.type.name)", month = months.last ?? ""
            let open: HTML =
                register.open.map { "<a href=\"\(path)?state=unfinished\">\(l.count($0))</a>" }
                ?? HTML(l("超过一万件，未计", "over 10,000 documents, not counted"))
            let late: HTML =
                register.overdue == 0 ? "0" : "<a class=\"late\" href=\"\(path)?clock=overdue\">\(l.count(register.overdue))</a>"
            // No links: the register is filtered by the unit whose a document is, and here it stands where the document waits.
            let units = register.units.prefix(3).map { HTML("\(call.organisation.name($0.unit)[l]) \(l.count($0.count))") }
            let entered: HTML =
                register.months.map { "<a href=\"\(path)?from=\(month)-01\">\(l.count($0[month] ?? 0))</a>" } ?? ""
            let ended = register.year
            let share: HTML =
                ended.all == 0 ? "" : "<a href=\"\(path)?clock=late\">\(l.share(ended.inTime, of: ended.all))</a>"
            let cells: [HTML] = [
                "<a href=\"\(path)\">\(register.type.title[l])</a>", open, late, units.joined(by: HTML(l("、", ", "))), entered, share,
            ]
            return "<tr>\(zip(heads, cells).map { "<td data-label=\"\($0)\"><span>\($1)</span></td>" as HTML })</tr>"
        }
        func isBusy(_ register: Overview.Register) -> Bool {
            register.open != 0 || register.overdue > 0 || register.months?[months.last ?? ""] != nil
        }
        func table(_ some: [Overview.Register]) -> HTML {
            """
            <div class="scroll"><table class="stack"><thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead>\
            <tbody>\(some.map(row))</tbody></table></div>
            """
        }
        let busy = section.sorted.filter(isBusy)
        let quiet = section.registers.filter { !isBusy($0) }
        let others: HTML =
            quiet.isEmpty
            ? ""
            : "<details class=\"pad\"><summary>\(l("其他 \(quiet.count) 个登记簿（无未结，本月无登记）", "\(quiet.count) other registers, with nothing open or new"))</summary>\(table(quiet))</details>"
        return """
            <section class="sheet"><header><h2>\(contents.regulation.title[l])</h2><a href="/charter/\(contents.regulation.id)">\(l("制度条文", "Charter"))</a></header>\
            \(table(busy))\(others)\(OverviewMatters.html(section, call))\(trends(section, l))</section>
            """
    }

    /// How much came in each month, and what share of the time limits was kept; each as a chart and as a table.
    private static func trends(_ section: OverviewSection, _ l: Language) -> HTML {
        let (months, entered, ended) = (section.months, section.entered, section.ended)
        let short = months.map { String($0.dropFirst(2)) }
        let charts = [
            Chart(
                l("每月登记", "Entered each month"), periods: short, series: [.init(l("件", "documents"), entered.map(Double.init))],
                kind: .columns),
            Chart(l("每月按时办结率", "In time each month"), periods: short, series: [.init(l("按时", "in time"), section.shares)], unit: "%"),
        ].map { chart -> HTML in "<figure><figcaption>\(chart.title)</figcaption>\(HTML(stringLiteral: chart.svg))</figure>" }
        let rows = months.indices.map { place -> HTML in
            """
            <tr><td>\(months[place])</td><td class="n">\(l.count(entered[place]))</td><td class="n">\(l.share(ended[place].inTime, of: ended[place].all))</td></tr>
            """
        }
        return """
            <details class="pad" open><summary>\(l("一年趋势", "A year's trend"))</summary><div class="two">\(charts)</div>\
            <details><summary>\(l("数据表", "Table"))</summary><table class="inner"><thead><tr><th scope="col">\(l("月份", "Month"))</th>\
            <th scope="col" class="n">\(l("登记", "Entered"))</th><th scope="col" class="n">\(l("按时", "In time"))</th></tr></thead>\
            <tbody>\(rows)</tbody></table></details></details>
            """
    }
}
