import Kernel

/// How many documents a list has in all, and the way to its other pages.
enum Pager {
    /// Nothing on a later page, where nobody counted.
    static func total(_ page: RegisterPage, isFirst: Bool, _ l: Language) -> HTML {
        guard isFirst else { return "" }
        let many = l.count(page.mostCounted)
        let words =
            page.total > page.mostCounted
            ? l("超过 \(many) 件", "more than \(many) documents") : l("共 \(l.documents(page.total))", l.documents(page.total))
        return "<span class=\"quiet\">\(words)</span>"
    }

    static func html(_ page: RegisterPage, isFirst: Bool, _ l: Language, first: String, next: (Int64) -> String) -> HTML {
        let onwards: HTML = page.next.map { "<a href=\"\(next($0))\" rel=\"next\">\(l("下一页", "Next page"))</a>" } ?? ""
        let back: HTML = isFirst ? "" : "<a href=\"\(first)\">\(l("回到第一页", "First page"))</a>"
        let shown = l("本页 \(page.rows.count) 件", "\(page.rows.count) on this page")
        return "<div class=\"pages\">\(back)<span>\(shown)</span>\(onwards)</div>"
    }
}
