import Hummingbird
import Kernel

extension Call {
    /// A whole page: the bar, the shelves and the body.
    /// - Parameters:
    ///   - here: the address of the shelf's link that the page belongs to.
    ///   - back: where the language switch returns to; the page's own address unless it answers a form.
    ///   - figures: where the page has counted them already.
    ///   - skips: further links that lead past the bar.
    func page(
        _ title: String, here: String, status: HTTPResponse.Status = .ok, back: String? = nil,
        figures: (tasks: TodoFigures, unseen: Int)? = nil,
        skips: HTML = "", _ body: HTML
    ) async throws -> Response {
        let counts = try await shelfCounts(figures)
        let back = back ?? (request.method == .get ? request.uri.description : here)
        let html: HTML = """
            \(PageHead(title: title, l))
            <body>
            <a class="skip" href="#main">\(l("跳到正文", "Skip to the content"))</a>
            \(skips)\(bar(back: back))
            <div class="shelves">\(menuBar(counts))<nav id="menu" popover aria-label="\(l("菜单", "Menu"))">\
            \(Navigation(call: self, here: here, counts: counts).html)</nav></div>
            <main id="main">\(demonstrationStrip, if: edge.configuration.openDemonstration != nil)\(body)</main>
            </body></html>
            """
        return .html(html, status: status)
    }

    /// On a phone the menu is a sheet, and what one comes for stands before it.
    private func menuBar(_ counts: NavigationBadges) -> HTML {
        func link(_ address: String, _ title: String, _ count: Int) -> HTML {
            let current = request.uri.path == address
            return """
                <a href="\(address)"\(" aria-current=\"page\"", if: current)>\(title)\(" <b>\(l.count(count))</b>", if: count > 0)</a>
                """
        }
        return """
            <div class="menubar"><button type="button" popovertarget="menu">\(l("菜单", "Menu"))</button>
            \(link("/", l("待办", "To do"), counts.all))\(link("/notices", l("通知", "Notices"), counts.unseen))</div>
            """
    }

    private func bar(back: String) -> HTML {
        let held = posts
        let more = held.count > 1 ? l(" 等\(held.count)个岗位", " and \(held.count - 1) more") : ""
        let place = held.first.map { "\(organisation.name($0.unit)[l])·\($0.post[l])\(more)" } ?? ""
        return """
            <header class="bar"><a class="brand" href="/">\(l("典章", "Dianzhang"))</a>
            <form class="find" role="search" action="/search"><input type="search" name="q" value="\(query["q"])" \
            aria-label="\(l("查找客户、单据、编号", "Find customers, documents, numbers"))" \
            placeholder="\(l("查找客户、单据、编号", "Find customers, documents, numbers"))"><kbd>Ctrl K</kbd></form>
            <div class="who">\(alarms)\(LanguageSwitch.form(l, back: back, csrf: csrf))
            <a href="/account"\(" aria-current=\"page\"", if: request.uri.path == "/account")>\(me.words[l]) <span class="quiet">\
            \(place)</span></a>
            <form method="post" action="/logout">\(csrf)<button class="plain">\(l("退出", "Log out"))</button></form></div></header>
            """
    }

    /// What somebody reports at once, wherever he is.
    private var alarms: HTML {
        let links = regulations.compactMap { contents -> HTML? in
            guard let type = contents.alarm.flatMap({ catalogue.type($0.name) }), let step = type.opening, OfferedTypes.mayOpen(type, self)
            else {
                return nil
            }
            return "<a href=\"/r/\(type.name)/new\">\(step.title[l])</a> "
        }
        return "\(links)"
    }

    private var demonstrationStrip: HTML {
        """
        <form class="strip" method="post" action="/demo/clock">\(csrf)<span>\(l("演示环境 · 演示时间", "Demonstration · its clock says")) \
        <b>\(l.dayWithWeekday(today)) \(l.moment(now).split(separator: " ").last.map(String.init) ?? "")</b></span>\
        <button>\(l("下一工作日", "Next working day"))</button></form>
        """
    }
}

/// What stands before every page's body.
struct PageHead {
    let html: HTML

    init(title: String, _ l: Language) {
        html = """
            <!doctype html>
            <html lang="\(l.code)"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title) - \(l("典章", "Dianzhang"))</title>
            <link rel="icon" href="\(Assets.icon.address)"><link rel="stylesheet" href="\(Assets.style.address)">
            <script src="\(Assets.script.address)" defer></script></head>
            """
    }
}

extension HTML.StringInterpolation {
    mutating func appendInterpolation(_ head: PageHead) { appendInterpolation(head.html) }
}

/// A page without shelves: the log-in, the set-up and what goes wrong. Needs nothing from the database.
struct BarePage {
    let title: String
    let body: HTML
    /// Where the language switch returns to; without one there is no switch.
    let back: String?

    func response(_ status: HTTPResponse.Status, _ l: Language) -> Response {
        let change: HTML = if let back { "<div class=\"who\">\(LanguageSwitch.form(l, back: back, csrf: ""))</div>" } else { "" }
        let html: HTML = """
            \(PageHead(title: title, l))
            <body class="bare"><a class="skip" href="#main">\(l("跳到正文", "Skip to the content"))</a>
            <header class="bar"><a class="brand" href="/">\(l("典章", "Dianzhang"))</a>\(change)</header>
            <main id="main">\(body)</main></body></html>
            """
        return .html(html, status: status)
    }
}
