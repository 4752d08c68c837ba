import Kernel
import WorkCalendar

/// What stands beside a document: who has to act, the clocks, who was let in, and what happened.
struct DocumentAside {
    let call: Call
    let view: DocumentView
    let type: DocumentType

    private var l: Language { call.l }

    var waiting: HTML {
        let others = view.waiting.filter { !$0.isMine }
        // What was pressed stands in the trail with its hour.
        let reminded = view.trail.first { $0.step == "+remind" && $0.at.day == call.today }
        if others.isEmpty { return "" }
        let lines = others.map { waiting -> HTML in
            let remind: HTML = """
                <form method="post" action="\(call.address(view.row.id))/handling/remind">\(call.csrf)\
                <button class="plain" name="task" value="\(call.ids.word(waiting.task, .task))">\(l("催办", "Remind"))</button></form>
                """
            let at = reminded.map { l.moment($0.at, in: call.today) } ?? ""
            let sent: HTML = "<span class=\"quiet\">\(l("已催办 \(at)，今日不再重复", "reminded \(at); once a day"))</span>"
            let claimed: HTML =
                waiting.claimed.map {
                    "<br><span class=\"quiet\">\(l("已由\(call.organisation.name($0).zh)领取", "claimed by \(call.organisation.name($0).en)"))</span>"
                } ?? ""
            let mayRemind = !waiting.isVacant && waiting.kind != .other
            let vacant: HTML = "<br><span class=\"state no\">\(l("目前无人任职，请联系系统管理员", "nobody holds this post; ask an administrator"))</span>"
            let standsIn: HTML = " <span class=\"state\">\(l("代行", "stands in"))</span>"
            let since: HTML = "<br><span class=\"quiet\">\(l.moment(waiting.since, in: call.today)) \(l("起", "on"))</span>"
            return """
                <li><span><b>\(waiting.title[l])</b> \(waiting.who[l])\(standsIn, if: waiting.standsIn)\(since)\(claimed)\
                \(vacant, if: waiting.isVacant)\
                \(unsigner(waiting), if: waiting.mayWithdraw)</span>\(waiting.isReminded ? sent : remind, if: mayRemind)</li>
                """
        }
        return section(l("等待办理", "Waiting for"), "<ul class=\"lines\">\(lines)</ul>")
    }

    /// Whoever asked for a signature, or whose turn it is, does without it.
    private func unsigner(_ waiting: Waiting) -> HTML {
        let title = l("撤回会签", "Do without"), task = call.ids.word(waiting.task, .task), id = "unsigner-\(task)"
        return """
            <details><summary>\(title)</summary><form method="post" action="\(call.address(view.row.id))/handling/unsigner">\(call.csrf)\
            <input type="hidden" name="task" value="\(task)"><div class="field"><label for="\(id)">\(l("理由", "Reason"))</label>\
            <textarea id="\(id)" name="reason"></textarea></div><button>\(title)</button></form></details>
            """
    }

    /// What can be started about this document, without looking for it again.
    var starts: HTML {
        if TaskAction.endings.contains(where: { $0.name == view.row.state }) { return "" }
        let links = OfferedTypes.startable(from: type, call).flatMap { other, field -> [HTML] in
            let address = "/r/\(other.name)/new?\(field.key)=\(call.ids.word(view.row.id, .document))"
            let title = l("发起：\(other.title.zh)", "New: \(other.title.en)")
            let named = named(for: other, besides: field)
            if named.isEmpty { return ["<li><a href=\"\(address)\">\(title)</a></li>"] }
            return named.map { "<li><a href=\"\(address)&amp;\($0)=\($1)\">\(title)</a> <span>\(UserText.html($2, l))</span></li>" as HTML }
        }
        return links.isEmpty ? "" : section(l("关联发起", "Start from here"), "<ul class=\"lines\">\(links)</ul>")
    }

    /// What this document names of which the other one asks for one: of which of an item's customers a correction is.
    private func named(for other: DocumentType, besides field: FieldDescription) -> [(key: String, word: String, name: String)] {
        for asked in (other.opening?.fields ?? []).compactMap({ other.field($0) }) where asked.key != field.key {
            guard case .reference(let wanted) = asked.kind,
                let own = type.fields.first(where: { if case .references(wanted) = $0.kind { true } else { false } })
            else { continue }
            return (view.row.values[own.key]?.list ?? []).compactMap { value in
                guard let id = value.whole, let name = view.names[id], name != .hidden else { return nil }
                return (asked.key, call.ids.word(id, .document), name[l])
            }
        }
        return []
    }

    /// The first clock that still runs governs.
    var clocks: HTML {
        if view.deadlines.isEmpty { return "" }
        let running = view.deadlines.filter { $0.met == nil }.sorted { $0.due < $1.due }
        let lines = (running + view.deadlines.filter { $0.met != nil }).enumerated().map { index, deadline -> HTML in
            let clock = ClockWords(deadline, now: call.now, calendar: call.calendar, l)
            let last = last(deadline.due)
            let governs: HTML =
                index == 0 && running.count > 1 ? " <span class=\"quiet\">\(l("最早到期，以此为准", "the earliest, governs"))</span>" : ""
            let due =
                deadline.met.map { l("\(l.moment($0, in: call.today)) 办结", "met \(l.moment($0, in: call.today))") }
                ?? l("\(last) 到期", "due \(last)")
            let moved: HTML =
                deadline.firstDue.map { "<br>\(l("工作日变更前为 \(self.last($0))", "before the working days changed: \(self.last($0))"))" } ?? ""
            let held: HTML =
                deadline.breached == nil
                ? "" : deadline.heldBy.map { "<br>\(l("逾期时在\($0.zh)处", "with \($0.en) when it ran out"))" } ?? ""
            return """
                <li><span>\(deadline.title[l]) \(ArticleName.link(deadline.article, in: call.catalogue, named: false, l))<br>\
                <span class="quiet">\(due)\(moved)\(held)</span>\(governs)</span>\(clock.html(bar: false, l))</li>
                """
        }
        return section(l("时限", "Time limits"), "<ul class=\"lines\">\(lines)</ul>")
    }

    private func last(_ due: Moment) -> String { l.limit(due, in: call.today) }

    var grants: HTML {
        if view.grants.isEmpty { return "" }
        let lines = view.grants.map { grant -> HTML in
            let ends = l.limit(grant.ends, in: call.today), until = l("至 \(ends)", "until \(ends)")
            let verbs = grant.verbs.isEmpty ? l("冻结", "frozen by") : grant.verbs.map { $0.words[l] }.joined(separator: l("、", ", "))
            return
                "<li><span>\(grant.person[l]) <span class=\"quiet\">\(verbs) · \(grant.purpose[l])</span></span><span class=\"quiet\">\(until)</span></li>"
        }
        return section(l("授权", "Grants"), "<ul class=\"lines\">\(lines)</ul>")
    }

    var trail: HTML {
        let items = view.trail.map { entry -> HTML in
            let proof = call.ids.word(entry.id, .entry)
            let behalf: HTML = entry.behalf.map { " <span class=\"quiet\">\(l("（代\($0.zh)）", "(for \($0.en))"))</span>" } ?? ""
            let written: HTML = entry.written.isEmpty ? "" : "<br>\(Self.written(entry, l))"
            let words: HTML = entry.words.map { "<br>\($0[l])" } ?? ""
            return """
                <li\(" class=\"refused\"", if: entry.kind == .refusal)><b>\(entry.title[l])</b> \(entry.who[l])\(behalf)\(words)\(written)<br>\
                <time datetime="\(entry.at.description)">\(l.moment(entry.at, in: call.today))</time> \
                \(ArticleName.links(entry.articles, in: call.catalogue, l)) <a class="entry number" href="/ledger/\(proof)" title="\(l("存证记录", "Ledger entry"))">№\(String(proof.prefix(8)))</a></li>
                """
        }
        return """
            <section class="sheet"><header><h2>\(l("办理经过", "What happened"))</h2><a href="/ledger">\(l("存证", "Ledger"))</a></header>
            <ol class="trail">\(items)</ol></section>
            """
    }

    /// A purpose, a reason, or of an attachment that was opened its digest.
    private static func written(_ entry: TrailEntry, _ l: Language) -> HTML {
        if entry.kind == .act { return "\(l("意见：", "Opinion: "))\(UserText.html(entry.written, l))" }
        guard entry.kind == .read else { return UserText.html(entry.written, l) }
        let isDigest = entry.written.count == 64 && entry.written.allSatisfy(\.isHexDigit)
        if isDigest {
            return
                "<span class=\"number\">\(l("校验值", "SHA-256")) \(String(entry.written.prefix(4)))…\(String(entry.written.suffix(4)))</span>"
        }
        return "\(l("目的：", "Purpose: "))\(UserText.html(entry.written, l))"
    }

    private func section(_ title: String, _ body: HTML) -> HTML {
        "<section class=\"sheet\"><header><h2>\(title)</h2></header>\(body)</section>"
    }
}
