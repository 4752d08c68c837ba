import Kernel

/// 按条文: what was done and is late under each article, each figure with the list behind it.
enum OverviewMatters {
    static func html(_ section: OverviewSection, _ call: Call) -> HTML {
        if section.matters.isEmpty { return "" }
        let l = call.l
        let heads = heads(month: section.month, l)
        let rows = section.matters.map { matter -> HTML in
            let cells = cells(matter, section, call)
            return "<tr>\(zip(heads, cells).map { "<td data-label=\"\($0)\"><span>\($1)</span></td>" as HTML })</tr>"
        }
        return """
            <details class="pad"\(" open", if: rows.count <= Self.mostShown)><summary>\(l("按条文", "By article"))</summary><div class="scroll"><table class="stack"><thead><tr>\
            \(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead><tbody>\(rows)</tbody></table></div></details>
            """
    }

    /// More are folded away.
    private static let mostShown = 15

    static func heads(month: String, _ l: Language) -> [String] {
        [
            l("条文", "Article"), l("事项", "What"), l("办理（近一年）", "Done, one year"), l("办理（\(month)）", "Done, \(month)"), l("已逾期", "Overdue"),
            l("按时办结（近一年）", "In time, one year"),
        ]
    }

    private static func cells(_ matter: Overview.Matter, _ section: OverviewSection, _ call: Call) -> [HTML] {
        let l = call.l, path = "/r/\(matter.type.name)"
        let article = ArticleName.link(matter.article, in: call.catalogue, named: false, l)
        let head: [HTML] = [article, HTML(matter.title[l])]
        switch matter.kind {
        case .step(let step, let year, let month):
            let list = "\(path)?act=\(step.name)&acted="
            let first = "\(list)\(section.months.first ?? section.month)-01", last = "\(list)\(section.month)-01"
            let one: HTML = "<a href=\"\(first)\">\(l.count(year))</a>"
            let other: HTML = month == 0 ? "0" : "<a href=\"\(last)\">\(l.count(month))</a>"
            return head + [one, other, "", ""]
        case .clock(let clock, let overdue, let ended):
            let late: HTML =
                overdue == 0 ? "0" : "<a class=\"late\" href=\"\(path)?clock=overdue:\(clock.name)\">\(l.count(overdue))</a>"
            let share: HTML =
                ended.all == 0 ? "" : "<a href=\"\(path)?clock=late:\(clock.name)\">\(l.share(ended.inTime, of: ended.all))</a>"
            return head + ["", "", late, share]
        }
    }
}
