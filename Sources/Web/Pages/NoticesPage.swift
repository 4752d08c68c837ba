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
        let l = call.l, after = try call.after(.notice)
        let page = try await call.desk.notices(of: call.person, after: after)
        let list: HTML =
            page.notices.isEmpty && after == nil
            ? "<p class=\"pad quiet\">\(l("还没有通知。时限临近、单据被退回或转交时，会在这里告诉您。", "No notices yet. You are told here when a limit draws near or a document is sent back or passed on."))</p>"
            : "<ul class=\"lines\">\(page.notices.map { line($0, call) })</ul>\(pages(page, isFirst: after == nil, call))"
        // What a notice asks to be confirmed is confirmed where it is read.
        let waiting = try await after == nil ? RuleRequestsSheet.html(call.catalogue.regulations.map(\.regulation.id), call) : HTML()
        let total: HTML = after == nil ? "<span class=\"quiet\">\(l("共 \(page.total) 条", "\(l.count(page.total)) in all"))</span>" : ""
        return try await call.page(
            l("通知", "Notices"), here: "/notices",
            """
            <div class="head"><h1>\(l("通知", "Notices"))</h1>\(total)\(button(page, isFirst: after == nil, call))\
            <a href="/reach">\(l("接收方式", "How I am told"))</a></div>
            \(waiting)<section class="sheet">\(list)</section>
            """)
    }

    /// Marks what has come since as new still.
    private static func button(_ page: NoticePage, isFirst: Bool, _ call: Call) -> HTML {
        guard isFirst, page.unseen > 0, let newest = page.notices.first else { return "" }
        return """
            <form method="post" action="/notices">\(call.csrf)<input type="hidden" name="newest" value="\(call.ids.word(newest.id, .notice))">
            <button>\(call.l("全部标为已读", "Mark all as read"))</button></form>
            """
    }

    private static func pages(_ page: NoticePage, isFirst: Bool, _ call: Call) -> HTML {
        if isFirst, page.next == nil { return "" }
        let l = call.l
        let onwards: HTML =
            page.next.map { "<a href=\"/notices?after=\(call.ids.word($0, .notice))\" rel=\"next\">\(l("较早的通知", "Older notices"))</a>" }
            ?? ""
        let back: HTML = isFirst ? "" : "<a href=\"/notices\">\(l("回到最新的通知", "Newest notices"))</a>"
        return "<div class=\"pages\">\(back)\(onwards)</div>"
    }

    static func line(_ notice: NoticeView, _ call: Call) -> HTML {
        let l = call.l
        let words = notice.words[l]
        let number = notice.number.flatMap { words.contains($0) ? nil : "\($0) " } ?? ""
        let said = DocumentName.numbered(number + words, l)
        let line: HTML = notice.document.map { "<a href=\"\(call.address($0))\">\(said)</a>" } ?? said
        let new: HTML = notice.isSeen ? "" : "<span class=\"state open\">\(l("新", "new"))</span> "
        return "<li>\(new)\(line) <time class=\"quiet\">\(l.moment(notice.created, in: call.today))</time></li>"
    }
}
