import Kernel
import Print

/// The states of a register as tabs with their counts, and what is filtered as a chart with its table.
struct RegisterTabs {
    let call: Call
    let type: DocumentType
    let address: RegisterAddress
    let page: RegisterPage

    private var l: Language { call.l }
    private var path: String { "/r/\(type.name)" }

    var html: HTML {
        guard address.query.after == nil, type.states.count > 1 else { return "" }
        let all = type.states.map { ($0.name, $0.words) } + TaskAction.endings.map { ($0.name, $0.words) }
        let open = Set(type.states.filter { $0.tone == .open }.map(\.name))
        let sum = page.states.map { $0.values.reduce(0, +) }
        let unfinished = page.states.map { $0.filter { open.contains($0.key) }.values.reduce(0, +) }
        var tabs = [tab("", l("全部", "All"), sum), tab("open", l("未结", "Open"), unfinished)]
        // The overview leads to these; in an open state there are also those for which nobody has anything to do.
        if address.query.onlyUnfinished { tabs.append(tab("unfinished", l("有待办或时限", "To be done"), nil)) }
        for (name, words) in all {
            let count = page.states.map { $0[name] ?? 0 }
            // A state in which nothing is stands for nothing to look at.
            if count == 0, address.state != name { continue }
            tabs.append(tab(name, words[l], count))
        }
        let drawn = address.isDrawn ? address.query(with: ["view": "", "after": ""]) : address.query(with: ["view": "chart", "after": ""])
        let chart: HTML =
            "<li class=\"end\"><a href=\"\(path)\(drawn)\"\(" aria-current=\"true\"", if: address.isDrawn)>\(l("图表", "Chart"))</a></li>"
        return "<nav class=\"states\" aria-label=\"\(l("状态", "States"))\"><ul>\(tabs)\(chart)</ul></nav>"
    }

    private func tab(_ state: String, _ title: String, _ count: Int?) -> HTML {
        let number: HTML = count.map { " <span class=\"quiet\">\(l.count($0))</span>" } ?? ""
        let target = "\(path)\(address.query(with: ["state": state, "after": ""]))"
        return "<li><a href=\"\(target)\"\(" aria-current=\"true\"", if: address.state == state)>\(title)\(number)</a></li>"
    }

    /// By state and by month, each as columns and as a table.
    var charts: HTML {
        guard address.isDrawn else { return "" }
        guard let months = page.months, let states = page.states else {
            return
                "<p class=\"pad quiet\">\(l("超过 \(l.count(RegisterPage.countLimit)) 件，请先筛选，再看图表。", "More than \(l.count(RegisterPage.countLimit)) documents; narrow them down for a chart."))</p>"
        }
        let wanted = address.query.states.isEmpty ? states : states.filter { address.query.states.contains($0.key) }
        let order = type.states.map(\.name) + TaskAction.endings.map(\.name)
        let byState = order.compactMap { name in wanted[name].map { (StateName(name, of: type).words[l], $0) } }
        let byMonth = months.sorted { $0.key < $1.key }.suffix(24).map { ($0.key, $0.value) }
        return """
            <div class="two pad">\(chart(l("按状态", "By state"), l("状态", "State"), byState))\
            \(chart(l("按登记月份", "By month entered"), l("月份", "Month"), byMonth))</div>
            """
    }

    private func chart(_ title: String, _ head: String, _ figures: [(String, Int)]) -> HTML {
        if figures.isEmpty { return "" }
        let chart = Chart(
            title, periods: figures.map(\.0), series: [.init(l("件数", "Documents"), figures.map { Double($0.1) })], kind: .columns)
        let rows = figures.map { "<tr><td>\($0.0)</td><td class=\"n\">\(l.count($0.1))</td></tr>" as HTML }
        return """
            <figure><figcaption>\(title)</figcaption>\(HTML(stringLiteral: chart.svg))\
            <details><summary>\(l("数据表", "Table"))</summary><table class="inner"><thead><tr><th scope="col">\(head)</th>\
            <th scope="col" class="n">\(l("件数", "Documents"))</th></tr></thead><tbody>\(rows)</tbody></table></details></figure>
            """
    }
}
