import Kernel
import WorkCalendar

/// 账户申请: what one administrator asked for and another confirms.
enum AccountRequestsSheet {
    static func html(_ call: Call) async throws -> HTML {
        let l = call.l
        let requests = try await call.desk.accountRequests()
        if requests.isEmpty { return "" }
        let lines = requests.map { request -> HTML in
            let person = call.organisation.name(request.person)[l], asker = call.organisation.name(request.asker)[l]
            let reason: HTML = request.reason.isEmpty ? "" : " · \(UserText.html(request.reason, l))"
            let what = request.kind == .removal && request.leaves ? l("停用系统管理员", "End an administrator altogether") : request.kind.words[l]
            return """
                <li><span><b>\(what)</b> \(person) <span class="quiet">\(l("\(asker) 申请", "asked by \(asker)")) \
                \(l.moment(request.asked, in: call.today))\(reason)</span></span>\(buttons(request, person, call))</li>
                """
        }
        return """
            <section class="sheet"><header><h2>\(l("待确认的账户申请", "Account requests to confirm"))</h2></header>\
            <ul class="lines">\(lines)</ul></section>
            """
    }

    /// Whoever asked can take it back, and nobody confirms what he asked for.
    private static func buttons(_ request: AccountRequest, _ person: String, _ call: Call) -> HTML {
        let l = call.l
        let isMine = request.asker == call.person
        let hidden: HTML = "\(call.csrf)<input type=\"hidden\" name=\"request\" value=\"\(call.ids.word(request.id, .request))\">"
        let confirm: HTML =
            isMine
            ? "<span class=\"quiet\">\(l("由另一位系统管理员确认", "another administrator confirms"))</span>"
            : """
            <form method="post" action="/admin/persons/confirm">\(hidden)\
            <button aria-label="\(l("确认：\(person)", "Confirm: \(person)"))">\(l("确认", "Confirm"))</button></form>
            """
        let no = isMine ? l("撤回", "Take back") : l("退回", "Decline")
        return """
            <span class="row">\(confirm)<form method="post" action="/admin/persons/decline">\(hidden)\
            <button class="plain" aria-label="\(no)\(l("：", ": "))\(person)">\(no)</button></form></span>
            """
    }
}
