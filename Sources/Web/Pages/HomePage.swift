import Hummingbird
import Kernel
import WorkCalendar

/// 待办: what waits for the person, what is due first at the top.
enum HomePage {
    static func add(to routes: Routes) { routes.page("/", show) }

    private static let onePage = 100

    private static func show(_ call: Call) async throws -> Response {
        let l = call.l
        let after = try call.query.has("after") ? TodoKey(call.query["after"], call.ids) : nil
        let todo = try await call.desk.todo(of: call.person, after: after, limit: onePage)
        let kind = call.calendar.isWorkingDay(call.today) ? l("工作日", "working day") : l("非工作日", "day off")
        let holiday = call.calendar.holidayName(call.today).map { l(" · \($0)", "") } ?? ""
        let body: HTML = """
            <div class="head"><h1>\(l("待办", "To do"))</h1><span class="quiet">\(l.dayWithWeekday(call.today)) · \(kind)\(holiday)</span>\
            </div>
            \(figures(todo, l))
            \(todo.items.isEmpty ? nothing(l) : list(todo, call, isFirst: after == nil))
            \(notices(todo, call), if: after == nil)
            """
        return try await call.page(l("待办", "To do"), here: "/", todo: todo, body)
    }

    private static func figures(_ todo: TodoList, _ l: Language) -> HTML {
        let last: HTML =
            todo.lastMonth.all == 0
            ? "" : "<small>\(l("上月", "last month")) \(l.share(todo.lastMonth.inTime, of: todo.lastMonth.all))</small>"
        let (dueToday, overdue) = (todo.figures.dueToday, todo.figures.overdue)
        let escalated: HTML = overdue == 0 ? "" : "<small>\(l("已逐级上报", "escalated"))</small>"
        return """
            <dl class="figures"><div><dt>\(l("待我办理", "Waiting for me"))</dt><dd>\(l.count(todo.figures.all))</dd></div>\
            <div><dt>\(l("今日到期", "Due today"))</dt><dd\(" class=\"late\"", if: dueToday > 0)>\(l.count(dueToday))</dd></div>\
            <div><dt>\(l("已逾期", "Overdue"))</dt><dd\(" class=\"late\"", if: overdue > 0)>\(l.count(overdue))\(escalated)</dd>\
            </div>\
            <div><dt>\(l("本月按时办结", "In time this month"))</dt><dd>\(l.share(todo.thisMonth.inTime, of: todo.thisMonth.all))\(last)</dd>\
            </div></dl>
            """
    }

    private static func nothing(_ l: Language) -> HTML {
        """
        <section class="sheet pad empty"><h2>\(l("没有等您办理的事", "Nothing waits for you"))</h2>
        <p class="quiet">\(l("有新的待办时会出现在这里。要发起一件文书，请从左侧登记簿进入，点“登记”。",
            "What comes to you will show here. To start a document, choose its register at the left and press “New”."))</p></section>
        """
    }

    private static func list(_ todo: TodoList, _ call: Call, isFirst: Bool) -> HTML {
        let l = call.l
        let (what, document, article, due, from) = (
            l("事项", "Task"), l("文书", "Document"), l("依据", "Under"), l("时限", "Due"), l("来自", "From")
        )
        let rows = todo.items.map { item -> HTML in
            let link: HTML = item.article.map { ArticleName.link($0, in: call.catalogue, l) } ?? ""
            let clock =
                item.due.map { ClockWords($0, now: call.now, calendar: call.calendar, l).html(bar: true, l) }
                ?? "<span class=\"quiet\">\(l("无时限", "no limit"))</span>"
            let behalf: HTML = item.behalf.map { "<br><span class=\"quiet\">\(l("代", "for ")) \($0[l])</span>" } ?? ""
            let own: HTML = item.isOwn ? "<br><span class=\"state open\">\(l("您登记的", "yours"))</span>" : ""
            let note: HTML = item.note.isEmpty ? "" : "<br><span class=\"quiet\">\(UserText.html(item.note, l))</span>"
            return """
                <tr><td data-label="\(what)"><a href="\(call.address(item.row.id))"><b>\(item.title[l])</b></a>\(behalf)\(own)</td>\
                <td data-label="\(document)"><span>\(DocumentName.link(item.row, call))</span></td><td data-label="\(article)">\(link)</td>\
                <td data-label="\(due)">\(clock)</td><td data-label="\(from)"><span>\(item.sender[l]) <span class="quiet number">\
                \(l.moment(item.since, in: call.today))</span>\(note)</span></td></tr>
                """
        }
        return """
            <section class="sheet"><header><h2>\(l("按时限排列", "In order of due time"))</h2></header>
            <div class="scroll"><table class="stack"><thead><tr>\
            \([what, document, article, due, from].map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead>
            <tbody>\(rows)</tbody></table></div>\(pages(todo, call, isFirst: isFirst))</section>
            """
    }

    /// The way to the other pages; nothing where one page holds everything.
    private static func pages(_ todo: TodoList, _ call: Call, isFirst: Bool) -> HTML {
        let l = call.l
        let next: HTML = todo.next.map { "<a href=\"/?after=\($0.word(call.ids))\" rel=\"next\">\(l("下一页", "Next page"))</a>" } ?? ""
        let back: HTML = isFirst ? "" : "<a href=\"/\">\(l("回到第一页", "First page"))</a>"
        if next.isEmpty && back.isEmpty { return "" }
        let shown = l(
            "本页 \(todo.items.count) 件，共 \(l.count(todo.figures.all)) 件",
            "\(todo.items.count) of \(l.count(todo.figures.all)) on this page")
        return "<div class=\"pages\">\(back)<span>\(shown)</span>\(next)</div>"
    }

    private static func notices(_ todo: TodoList, _ call: Call) -> HTML {
        let l = call.l
        let fresh = todo.notices.filter { !$0.isSeen }.prefix(5)
        if fresh.isEmpty { return "" }
        return """
            <section class="sheet"><header><h2>\(l("新通知", "New notices"))</h2><a href="/notices">\(l("全部", "All"))</a></header>
            <ul class="lines">\(fresh.map { NoticesPage.line($0, call) })</ul></section>
            """
    }
}

extension TodoKey {
    /// What `word` looks like, as a regular expression.
    static let pattern = "\(PublicIDs.pattern)\\.\(PublicIDs.pattern)"

    /// A made-up word is a place before all others.
    /// - Throws: `WebFault.unreadable` when an address holds something else.
    init(_ word: String, _ ids: PublicIDs) throws(WebFault) {
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ PublicIDs.isWord($0) }) else { throw .notNext }
        self.init(due: ids.id(parts[0], .due), task: ids.id(parts[1], .task))
    }

    func word(_ ids: PublicIDs) -> String { "\(ids.word(due, .due)).\(ids.word(task, .task))" }
}
