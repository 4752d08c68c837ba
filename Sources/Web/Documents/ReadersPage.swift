import Hummingbird
import Kernel
import WorkCalendar

/// Who could read a document on a day, and who did. For whoever watches over its readings; for everybody else there is no such page.
enum ReadersPage {
    static func add(to routes: Routes) {
        routes.page("/d/:id/readers") { call in try await show(call, call.id()) }
    }

    private static func show(_ call: Call, _ id: Int64) async throws -> Response {
        let l = call.l, day = min(Day(iso: call.query["day"]) ?? call.today, call.today)
        let readers = try await call.desk.readers(of: id, on: day, by: call.person)
        let view = try await call.desk.document(id, by: call.person)
        let could = readers.could.map { one -> HTML in
            let posts = one.posts.map { $0[l] }.joined(separator: l("、", ", "))
            let grants = one.grants.map { grant -> HTML in
                let verbs = grant.verbs.map { $0.words[l] }.joined(separator: l("、", ", "))
                return
                    "<br>\(l("授权：", "Grant: "))\(verbs) · \(UserText.html(grant.purpose[l], l)) · \(l("至", "until")) \(l.limit(grant.ends, in: call.today))"
            }
            return "<li><span><b>\(one.person[l])</b> <span class=\"quiet\">\(posts)\(grants)</span></span></li>"
        }
        let did = readers.did.map { one -> HTML in
            """
            <li><span><b>\(one.person[l])</b> \(one.what[l]) <span class="quiet">\(UserText.html(one.purpose, l))</span></span>\
            <time datetime="\(one.at.description)">\(l.moment(one.at, in: call.today))</time></li>
            """
        }
        func list(_ title: String, _ items: [HTML], none: String) -> HTML {
            let body: HTML = items.isEmpty ? "<p class=\"pad quiet\">\(none)</p>" : "<ul class=\"lines\">\(items)</ul>"
            return "<section class=\"sheet\"><header><h2>\(title)</h2></header>\(body)</section>"
        }
        return try await call.page(
            l("谁能看、谁看过", "Who could read, and who did"), here: "/r/\(view.row.type)",
            """
            <p class="quiet"><a href="\(call.address(id))">\(DocumentName.html(view.row, call))</a> / \(l("谁能看、谁看过", "Who could read, and who did"))</p>
            <div class="head"><h1>\(l("谁能看、谁看过", "Who could read, and who did"))</h1></div>
            <form class="row" method="get" action="\(call.address(id))/readers"><label for="day">\(l("日期", "Day"))</label> \
            <input id="day" name="day" type="date" value="\(day.description)" max="\(call.today.description)">\
            <button>\(l("查看", "Show"))</button></form>
            \(list(l("\(l.day(day, in: call.today)) 能够查阅的人", "Could read on \(l.day(day, in: call.today))"), could, none: l("没有人", "Nobody")))
            \(list(l("当日查阅、打印、导出记录", "Read, printed or exported on that day"), did, none: l("当日没有人查阅", "Nobody did")))
            <p class="quiet">\(l("岗位、授权和查阅记录按当日计；密级和人员的涉密等级按现在计。",
                "Posts, grants and readings are those of the day; levels and clearances are those of today."))</p>
            """)
    }
}
