import Hummingbird
import Kernel
import WorkCalendar

/// 待办: what waits for the person, what is due first at the top.
enum HomePage {
    static func add(to routes: Routes) { routes.page("/", show) }

    static let onePage = 50

    private static func show(_ call: Call) async throws -> Response {
        let l = call.l
        let after = try call.query.has("after") ? TodoKey(call.query["after"], call.ids) : nil
        let address = AgendaAddress(call)
        let agenda = try await call.desk.agenda(of: call.person, address.filter, after: after, limit: onePage)
        let kind = call.calendar.isWorkingDay(call.today) ? l("工作日", "working day") : l("非工作日", "day off")
        let holiday = call.calendar.holidayName(call.today).map { l(" · \($0)", "") } ?? ""
        let list = AgendaList(call: call, agenda: agenda, address: address, isFirst: after == nil)
        let supervised = address.filter.isSupervised && after == nil ? try await SupervisedPage.sheet(call) : ""
        let live: HTML = call.edge.configuration.liveSeconds > 0 && after == nil ? " data-live=\"/todo/events\"" : ""
        let body: HTML = """
            \(await ActAnswer.html(call))\
            <div class="head"><h1>\(l("待办", "To do"))</h1><span class="quiet">\(l.dayWithWeekday(call.today)) · \(kind)\(holiday)</span>\
            </div>
            \(figures(agenda.figures, try await call.punctuality(), l))
            <div id="agenda"\(live)>\(list.html)</div>\(supervised)
            \(notices(agenda, call), if: after == nil)\(KeyHelp.html(l))
            """
        let page = try await call.page(l("待办", "To do"), here: "/", figures: (agenda.figures, agenda.unseen), body)
        return ActAnswer.clear(page, call)
    }

    private static func figures(_ waiting: TodoFigures, _ clocks: Punctuality, _ l: Language) -> HTML {
        let last: HTML =
            clocks.lastMonth.all == 0
            ? "" : "<small>\(l("上月", "last month")) \(l.share(clocks.lastMonth.inTime, of: clocks.lastMonth.all))</small>"
        let (dueToday, overdue) = (waiting.dueToday, waiting.overdue)
        let escalated: HTML = overdue == 0 ? "" : "<small>\(l("已逐级上报", "escalated"))</small>"
        func figure(_ count: Int, _ due: AgendaFilter.Due) -> HTML {
            count == 0 ? HTML(l.count(count)) : "<a href=\"/?due=\(due.rawValue)\">\(l.count(count))</a>"
        }
        return """
            <dl class="figures"><div><dt>\(l("待我办理", "Waiting for me"))</dt><dd>\(all(waiting, l))</dd></div>\
            <div><dt>\(l("今日到期", "Due today"))</dt><dd\(" class=\"late\"", if: dueToday > 0)>\(figure(dueToday, .today))</dd></div>\
            <div><dt>\(l("已逾期", "Overdue"))</dt><dd\(" class=\"late\"", if: overdue > 0)>\(figure(overdue, .overdue))\(escalated)</dd>\
            </div>\
            <div><dt>\(l("本月按时办结", "In time this month"))</dt><dd>\(l.share(clocks.thisMonth.inTime, of: clocks.thisMonth.all))\(last)</dd>\
            </div></dl>
            """
    }

    static func all(_ figures: TodoFigures, _ l: Language) -> String {
        figures.isMore ? l("\(l.count(figures.all)) 以上", "more than \(l.count(figures.all))") : l.count(figures.all)
    }

    private static func notices(_ agenda: Agenda, _ call: Call) -> HTML {
        let l = call.l
        let fresh = agenda.notices.filter { !$0.isSeen }.prefix(5)
        if fresh.isEmpty { return "" }
        return """
            <section class="sheet"><header><h2>\(l("新通知", "New notices"))</h2><a href="/notices">\(l("全部", "All"))</a></header>
            <ul class="lines">\(fresh.map { NoticesPage.line($0, call) })</ul></section>
            """
    }
}

/// Which keys do what, in sight for whoever asks.
enum KeyHelp {
    static func html(_ l: Language) -> HTML {
        let keys: [(String, String)] = [
            ("j", l("下一行", "next row")), ("k", l("上一行", "row above")), ("Enter", l("打开", "open")),
            ("e", l("办理：打开并转到办理处", "act: open it at its acts")), ("x", l("勾选", "tick")), ("/", l("查找待办", "search the list")),
            ("?", l("显示或收起本说明", "show or hide this")),
        ]
        let lines = keys.map { "<li><kbd>\($0.0)</kbd> \($0.1)</li>" as HTML }
        return """
            <details class="keys noprint" id="keys"><summary>\(l("键盘快捷键", "Keyboard"))</summary><ul>\(lines)</ul></details>
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
