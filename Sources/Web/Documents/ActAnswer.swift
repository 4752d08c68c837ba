import Hummingbird
import Kernel
import WorkCalendar

/// What is said after an act: what happened, what waits next, and the way back. The browser carries the document's word to the next page
/// and no further; what is said there is read from the ledger, and only to whoever acted.
enum ActAnswer {
    private static let name = "done"
    /// An act of longer ago is no news, in seconds.
    private static let freshness: Int64 = 120

    /// On to a page that says what was done.
    static func redirect(_ call: Call, _ id: Int64, to address: String) -> Response {
        var response = Response.redirect(to: address)
        response.headers[.setCookie] = SessionCookie.text(name, call.ids.word(id, .document), call.edge.configuration)
        return response
    }

    /// On to the document, or to the list where whoever gave it away may not see it any more.
    static func redirect(_ call: Call, _ id: Int64, otherwise list: String = "/") async -> Response {
        let isStillSeen = (try? await call.desk.document(id, by: call.person)) != nil
        return redirect(call, id, to: isStillSeen ? call.address(id) : list)
    }

    /// Said once.
    static func clear(_ response: Response, _ call: Call) -> Response {
        guard carried(call) != nil else { return response }
        var response = response
        response.headers[.setCookie] = SessionCookie.text(name, "", call.edge.configuration)
        return response
    }

    private static func carried(_ call: Call) -> Substring? {
        guard call.request.method == .get else { return nil }
        let word = AuthenticationMiddleware.cookie(SessionCookie.name(name, call.edge.configuration), of: call.request)
        return word.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// On the list, of a document that the person sees no more.
    static func html(_ call: Call) async -> HTML {
        guard let word = carried(call), let id = call.ids.read(word, .document) else { return "" }
        if let view = try? await call.desk.document(id, by: call.person) {
            let name: HTML = "<a href=\"\(call.address(id))\">\(DocumentName.html(view.row, call))</a>"
            return note("<p><b>\(call.l("已办理", "Done"))</b> \(name)</p>")
        }
        return note("<p><b>\(call.l("已办理。此件已转出，不再由您查看。", "Done. It went on, and is not for you to see any more."))</b></p>")
    }

    /// On the document's page.
    static func html(_ view: DocumentView, _ type: DocumentType, _ call: Call) async throws -> HTML {
        guard let word = carried(call), call.ids.read(word, .document) == view.row.id,
            let entry = view.trail.first(where: { $0.person == call.person && [.act, .handling].contains($0.kind) }),
            entry.at.distance(to: call.now) < freshness * 1000
        else { return "" }
        let l = call.l
        // Whoever supervises goes on with what is supervised.
        let isSupervised = entry.step == "+supervise"
        var list = AgendaFilter()
        list.isSupervised = isSupervised
        let agenda = try await call.desk.agenda(of: call.person, list, limit: 2)
        let acted = type.step(entry.step) == nil ? nil : entry.step
        let next = try await next(after: view.row.id, type, acted, call) ?? agenda.matters.first { $0.main.row.id != view.row.id }
        let isListed = view.waiting.contains { $0.isMine && $0.step.hasPrefix("!") == isSupervised }
        let left = (isSupervised ? agenda.supervised : agenda.own) - (isListed ? 1 : 0)
        let onward: HTML =
            next.map { matter in
                let item = matter.main, number = item.row.number.map { DocumentName.spoken($0, l) } ?? DocumentName.html(item.row, call)
                return """
                    <a class="button act" data-next href="\(call.address(item.row.id))">\(l("下一件：", "Next: "))\(item.title[l]) \(number)</a>
                    """
            } ?? ""
        let rest =
            left > 0 && isSupervised
            ? l("还剩 \(l.count(left)) 件督办", "\(l.count(left)) left to supervise")
            : left > 0 ? l("还剩 \(l.count(left)) 件待办", "\(l.count(left)) left to do") : l("待办已全部办完", "nothing is left to do")
        let undo: HTML =
            view.undoable == nil || acted == nil
            ? ""
            : """
            <form method="post" action="\(call.address(view.row.id))/handling/undo">\(call.csrf)<button class="plain">\(l("撤销这一步", "Undo this"))</button></form>
            """
        return note(
            """
            <p><b>\(l("已办：", "Done: "))\(entry.title[l])</b> \(whereTo(view, l, call))</p>
            <div class="row after">\(onward)<span class="quiet">\(rest)</span><a href="\(isSupervised ? "/?list=supervised" : "/")">\(l("返回待办", "Back to the list"))</a>\(undo)</div>
            """)
    }

    /// The next one that waits for the same step, where there is one.
    private static func next(after id: Int64, _ type: DocumentType, _ step: String?, _ call: Call) async throws -> Matter? {
        guard let step else { return nil }
        var filter = AgendaFilter()
        (filter.type, filter.task) = (type.name, step)
        return try await call.desk.agenda(of: call.person, filter, limit: 2).matters.first { $0.main.row.id != id }
    }

    /// Whom it waits for now.
    static func whereTo(_ view: DocumentView, _ l: Language, _ call: Call) -> String {
        let steps = view.waiting.filter { $0.kind == .step }
        guard let first = steps.first else { return "" }
        if first.isMine { return l("现待您“\(first.title.zh)”", "it waits for you: “\(first.title.en)”") }
        let names = first.people.prefix(3).map { call.organisation.name($0)[l] }.joined(separator: l("、", ", "))
        let more = first.people.count > 3 ? l("等 \(first.people.count) 人", " and \(first.people.count - 3) more") : ""
        let who =
            first.isShared && !names.isEmpty ? l("\(first.who.zh)（\(names)\(more)）", "\(first.who.en) (\(names)\(more))") : first.who[l]
        return l("现由\(who)办理“\(first.title.zh)”", "now with \(who): “\(first.title.en)”")
    }

    private static func note(_ html: HTML) -> HTML {
        "<div class=\"note done\" role=\"status\" tabindex=\"-1\" data-focus>\(html)</div>"
    }
}
