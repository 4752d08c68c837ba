import Hummingbird
import Kernel

/// 通知: what the system told the person.
enum NoticesPage {
    static func add(to routes: Routes) {
        routes.page("/notices", show)
        routes.form("/notices") { call, form in
            try await call.desk.seen(noticesUpTo: call.named("newest", in: form, .notice), by: call.person)
            return .redirect(to: "/notices")
        }
    }

    private static func show(_ call: Call) async throws -> Response {
        let l = call.l, after = try call.after(.notice), kind = NoticeTopic(rawValue: call.query["kind"])
        let page = try await call.desk.notices(of: call.person, kind, after: after)
        let isFirst = after == nil
        let list: HTML =
            page.notices.isEmpty && isFirst
            ? nothing(kind, l)
            : "<ul class=\"lines\">\(folded(page.notices).map { row($0, call) })</ul>\(pages(page, kind, isFirst: isFirst, call))"
        // What a notice asks to be confirmed is confirmed where it is read.
        let waiting = try await isFirst ? RuleRequestsSheet.html(call.catalogue.regulations.map(\.regulation.id), call) : HTML()
        let count = kind.map { page.counts[$0] ?? 0 } ?? page.total
        let total: HTML = isFirst ? "<span class=\"quiet\">\(l("共 \(count) 条", "\(l.count(count)) in all"))</span>" : ""
        return try await call.page(
            l("通知", "Notices"), here: "/notices",
            """
            <div class="head"><h1>\(l("通知", "Notices"))</h1>\(total)\(button(page, isWhole: isFirst && kind == nil, call))\
            <a href="/reach">\(l("接收方式", "How I am told"))</a></div>
            \(waiting)<section class="sheet">\(kinds(page, kind, l))\(list)</section>
            """)
    }

    private static func nothing(_ kind: NoticeTopic?, _ l: Language) -> HTML {
        let words =
            kind == nil
            ? l(
                "还没有通知。时限临近、单据被退回或转交时，会在这里告诉您。",
                "No notices yet. You are told here when a limit draws near or a document is sent back or passed on.")
            : l("这一类没有通知，请换一类或看全部。", "No notices of this kind; choose another, or all.")
        return "<p class=\"pad quiet\">\(words)</p>"
    }

    // MARK: Kinds

    private static func address(_ kind: NoticeTopic?, after: String? = nil) -> String {
        let parts = [kind.map { "kind=\($0.rawValue)" }, after.map { "after=\($0)" }].compactMap { $0 }
        return parts.isEmpty ? "/notices" : "/notices?" + parts.joined(separator: "&")
    }

    /// The kinds that there are, and the chosen one.
    private static func kinds(_ page: NoticePage, _ chosen: NoticeTopic?, _ l: Language) -> HTML {
        if page.total == 0, chosen == nil { return "" }
        func chip(_ kind: NoticeTopic?, _ name: String, _ count: Int) -> HTML {
            """
            <a class="chip" href="\(address(kind))"\(" aria-current=\"true\"", if: kind == chosen)>\(name) <span class="count">\(l.count(count))</span></a>
            """
        }
        let shown = NoticeTopic.allCases.filter { $0 == chosen || (page.counts[$0] ?? 0) > 0 }
        return """
            <div class="chips"><nav class="row" aria-label="\(l("按类别", "By kind"))">\(chip(nil, l("全部", "All"), page.total))\
            \(shown.map { chip($0, $0.words[l], page.counts[$0] ?? 0) })</nav></div>
            """
    }

    /// What clocks of one document told one after the other stands in one line: the newest of it is what holds.
    static func folded(_ notices: [NoticeView]) -> [[NoticeView]] {
        var lines: [[NoticeView]] = []
        for notice in notices {
            if let above = lines.last?.last, above.kind.isOfClock, notice.kind.isOfClock, let document = notice.document,
                above.document == document
            {
                lines[lines.count - 1].append(notice)
            } else {
                lines.append([notice])
            }
        }
        return lines
    }

    /// - Parameter notices: those of one line, the newest first; none is left out, the further ones are folded.
    private static func row(_ notices: [NoticeView], _ call: Call) -> HTML {
        guard let newest = notices.first else { return "" }
        if notices.count == 1 { return line(newest, call) }
        let l = call.l, further = Array(notices.dropFirst())
        let words = l("另有 \(further.count) 条", "\(further.count) more")
        let isNew = newest.isSeen && further.contains { !$0.isSeen }
        return """
            <li class="folded">\(said(newest, call))<details><summary>\(words)\(" · \(l("有新的", "with new ones"))", if: isNew)</summary>\
            <ul class="lines bare">\(further.map { line($0, call) })</ul></details></li>
            """
    }

    /// Marks what has come since as new still. Among those of one kind nobody marks what is not listed.
    private static func button(_ page: NoticePage, isWhole: Bool, _ call: Call) -> HTML {
        guard isWhole, page.unseen > 0, let newest = page.notices.first else { return "" }
        return """
            <form method="post" action="/notices">\(call.csrf)<input type="hidden" name="newest" value="\(call.ids.word(newest.id, .notice))">
            <button>\(call.l("全部标为已读", "Mark all as read"))</button></form>
            """
    }

    private static func pages(_ page: NoticePage, _ kind: NoticeTopic?, isFirst: Bool, _ call: Call) -> HTML {
        if isFirst, page.next == nil { return "" }
        let l = call.l
        let onwards: HTML =
            page.next.map {
                "<a href=\"\(address(kind, after: call.ids.word($0, .notice)))\" rel=\"next\">\(l("较早的通知", "Older notices"))</a>"
            } ?? ""
        let back: HTML = isFirst ? "" : "<a href=\"\(address(kind))\">\(l("回到最新的通知", "Newest notices"))</a>"
        return "<div class=\"pages\">\(back)\(onwards)</div>"
    }

    static func line(_ notice: NoticeView, _ call: Call) -> HTML { "<li>\(said(notice, call))</li>" }

    private static func said(_ notice: NoticeView, _ call: Call) -> HTML {
        let l = call.l
        let words = notice.words[l]
        let number = notice.number.flatMap { words.contains($0) ? nil : "\($0) " } ?? ""
        let said = DocumentName.numbered(number + words, l)
        let line: HTML = notice.document.map { "<a href=\"\(call.address($0))\">\(said)</a>" } ?? said
        let new: HTML = notice.isSeen ? "" : "<span class=\"state open\">\(l("新", "new"))</span> "
        return "\(new)\(line) <time class=\"quiet\">\(l.moment(notice.created, in: call.today))</time>"
    }
}
