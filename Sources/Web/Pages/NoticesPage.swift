import Hummingbird
import Kernel

/// 通知: what the system told the person.
enum NoticesPage {
    static func add(to routes: Routes) {
        routes.page("/notices", show)
        routes.form("/notices") { call, form in
            try await call.desk.seen(notices: form.all("notice").compactMap { Int64($0) }, by: call.person)
            return .redirect(to: "/notices")
        }
    }

    private static func show(_ call: Call) async throws -> Response {
        let l = call.l
        let todo = try await call.desk.todo(of: call.person, limit: 1)
        let fresh = todo.notices.filter { !$0.isSeen }
        let button: HTML =
            fresh.isEmpty
            ? ""
            : """
            <form method="post" action="/notices">\(call.csrf)\(fresh.map { "<input type=\"hidden\" name=\"notice\" value=\"\($0.id)\">" as HTML })\
            <button>\(l("全部标为已读", "Mark all as read"))</button></form>
            """
        let list: HTML =
            todo.notices.isEmpty
            ? "<p class=\"pad quiet\">\(l("还没有通知。时限临近、文书被退回或转交时，会在这里告诉您。", "No notices yet. You are told here when a limit draws near or a document is sent back or passed on."))</p>"
            : "<ul class=\"lines\">\(todo.notices.map { line($0, call) })</ul>"
        return try await call.page(
            l("通知", "Notices"), here: "/notices", todo: todo,
            """
            <div class="head"><h1>\(l("通知", "Notices"))</h1>\(button)</div><section class="sheet">\(list)</section>
            """)
    }

    static func line(_ notice: NoticeView, _ call: Call) -> HTML {
        let l = call.l
        let said = DocumentName.numbered(notice.words[l], l)
        let words: HTML = notice.document.map { "<a href=\"/d/\($0)\">\(said)</a>" } ?? said
        let new: HTML = notice.isSeen ? "" : "<span class=\"state open\">\(l("新", "new"))</span> "
        return "<li>\(new)\(words) <time class=\"quiet\">\(l.moment(notice.created, in: call.today))</time></li>"
    }
}
