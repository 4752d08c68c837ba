import Kernel
import WorkCalendar

/// The to-do list as a page shows it: two lists, filters, and a row a document.
struct AgendaList {
    let call: Call
    let agenda: Agenda
    let address: AgendaAddress
    let isFirst: Bool

    private var l: Language { call.l }
    private var filter: AgendaFilter { address.filter }

    var html: HTML {
        let table = agenda.matters.isEmpty ? nothing : rows
        return """
            \(tabs)<section class="sheet"><header><h2>\(title)</h2><span class="quiet">\(l("按时限排列", "In order of due time"))</span></header>\
            \(filters)\(table)\(pages)</section>
            """
    }

    private var title: String {
        guard let group = agenda.groups.first(where: { $0.type == filter.type && $0.task == filter.task }) else {
            return filter.isSupervised ? l("我督办的", "Under my supervision") : l("待我办理", "Waiting for me")
        }
        return "\(group.title[l]) · \(call.catalogue.type(group.type)?.title[l] ?? group.type)"
    }

    private var tabs: HTML {
        func tab(_ isSupervised: Bool, _ name: String, _ count: Int) -> HTML {
            let here = filter.isSupervised == isSupervised
            return """
                <a href="\(isSupervised ? "/?list=supervised" : "/")"\(" aria-current=\"page\"", if: here)>\(name) <span class="count">\(l.count(count))</span></a>
                """
        }
        return """
            <nav class="tabs" aria-label="\(l("待办清单", "Lists"))">\(tab(false, l("待我办理", "Waiting for me"), agenda.own))\
            \(tab(true, l("我督办的", "Under my supervision"), agenda.supervised))</nav>
            """
    }

    private var filters: HTML {
        if agenda.groups.isEmpty, address.isWhole { return "" }
        let dues: [(AgendaFilter.Due, String)] = [
            (.overdue, l("逾期", "Overdue")), (.today, l("今日", "Today")), (.week, l("本周", "This week")), (.none, l("无时限", "No limit")),
        ]
        let byDue = dues.map { due, name in
            chip(address.with { $0.due = filter.due == due ? nil : due }, name, agenda.dues[due] ?? 0, isOn: filter.due == due)
        }
        let whole: HTML = address.isWhole ? "" : chip(filter.isSupervised ? "/?list=supervised" : "/", l("清除筛选", "Clear"), nil, isOn: false)
        var hidden: [HTML] = []
        func hide(_ name: String, _ value: String?) {
            if let value { hidden.append("<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">") }
        }
        hide("list", filter.isSupervised ? "supervised" : nil)
        hide("type", filter.type)
        hide("task", filter.task)
        hide("due", filter.due?.rawValue)
        return """
            <div class="chips"><div class="row" role="group" aria-label="\(l("按步骤", "By step"))">\(byStep)</div>\
            <div class="row" role="group" aria-label="\(l("按时限", "By due time"))">\(byDue)\(whole)\
            <form class="seeklist" role="search" action="/">\(hidden)<input type="search" name="text" value="\(filter.text)" \
            aria-label="\(l("在待办中查找", "Search the list"))" placeholder="\(l("在待办中查找", "Search the list"))"></form></div></div>
            """
    }

    private func chip(_ address: String, _ name: String, _ count: Int?, isOn: Bool) -> HTML {
        let count: HTML = count.map { " <span class=\"count\">\(l.count($0))</span>" } ?? ""
        return "<a class=\"chip\" href=\"\(address)\"\(" aria-current=\"true\"", if: isOn)>\(name)\(count)</a>"
    }

    /// What is beyond a few kinds is folded, with how many kinds these are; the chosen one is always in sight.
    private var byStep: HTML {
        func isOn(_ group: Agenda.Group) -> Bool { filter.type == group.type && filter.task == group.task }
        func html(_ group: Agenda.Group) -> HTML {
            let name = filter.isSupervised ? group.title[l] : "\(group.title[l])（\(call.catalogue.type(group.type)?.title[l] ?? "")）"
            let target = address.with { ($0.type, $0.task) = isOn(group) ? (nil, nil) : (group.type, group.task) }
            return chip(target, l == .zh ? name : group.title[l], group.count, isOn: isOn(group))
        }
        let beyond = agenda.groups.dropFirst(Self.mostGroups)
        let shown = agenda.groups.prefix(Self.mostGroups) + beyond.filter(isOn)
        let folded = beyond.filter { !isOn($0) }
        let more: HTML =
            folded.isEmpty
            ? ""
            : """
            <details><summary>\(l("更多（\(folded.count)）", "More (\(folded.count))"))</summary>\
            <div class="row">\(folded.map(html))</div></details>
            """
        return "\(shown.map(html))\(more)"
    }

    private static let mostGroups = 12

    private var nothing: HTML {
        if !address.isWhole {
            return "<p class=\"pad quiet\">\(l("没有符合条件的待办，请清除筛选或换一个条件。", "Nothing fits; clear the filter or try another."))</p>"
        }
        if filter.isSupervised { return "<p class=\"pad quiet\">\(l("没有逾期上报给您督办的事项。", "Nothing overdue was escalated to you."))</p>" }
        return """
            <div class="empty"><h2>\(l("暂无待办事项", "Nothing waits for you"))</h2>
            <p class="quiet">\(l("有新的待办时会出现在这里。要发起一件单据，请从左侧登记簿进入，点“新建”。",
                "What comes to you will show here. To start a document, choose its register at the left and press “New”."))</p></div>
            """
    }

    // MARK: Rows

    /// The step that the chosen rows can take together.
    private var common: DocumentType.Step? {
        guard !filter.isSupervised, let type = filter.type.flatMap({ call.catalogue.type($0) }),
            let step = filter.task.flatMap({ type.step($0) })
        else { return nil }
        return type.isForSeveral(step) ? step : nil
    }

    private var rows: HTML {
        let heads = (
            l("事项", "Task"), l("单据", "Document"), l("依据", "Under"), l("时限", "Due"), l("上一办理人", "From")
        )
        let common = common
        let body = agenda.matters.map { row($0, heads, isChosen: common == nil ? nil : address.isAllChosen) }
        let tick: HTML = common == nil ? "" : "<th scope=\"col\"><span class=\"first\">\(l("选择", "Choose"))</span></th>"
        let head = [heads.0, heads.1, heads.2, heads.3, heads.4].map { "<th scope=\"col\">\($0)</th>" as HTML }
        let table: HTML = """
            <div class="scroll"><table class="stack todo"><thead><tr>\(tick)\(head)</tr></thead>
            <tbody>\(body)</tbody></table></div>
            """
        guard let common, let type = filter.type else { return table }
        let all: HTML = """
            <a class="button" data-all href="\(address.with({ _ in }, choosingAll: !address.isAllChosen))">\
            \(address.isAllChosen ? l("全不选", "None") : l("全选本页", "All on this page"))</a>
            """
        return """
            <form method="post" action="/todo">\(call.csrf)<input type="hidden" name="type" value="\(type)">\
            <input type="hidden" name="step" value="\(common.name)"><input type="hidden" name="back" value="\(address.text)">\
            <div class="together">\(all)<button class="act">\(l("办理所选：\(common.title.zh)", "Act on the chosen: \(common.title.en)"))</button>\
            <span class="quiet">\(l("确认前逐件列明能否办理", "each says whether it can be taken before you confirm"))</span></div>\(table)</form>
            """
    }

    private func row(_ matter: Matter, _ heads: (String, String, String, String, String), isChosen: Bool?) -> HTML {
        let item = matter.main, place = call.address(item.row.id)
        let besides = matter.others.map { "<br><span class=\"quiet\">\($0.title[l])</span>" as HTML }
        let link: HTML = item.article.map { ArticleName.link($0, in: call.catalogue, l) } ?? ""
        let clock =
            item.due.map { ClockWords($0, now: call.now, calendar: call.calendar, l).html(bar: true, l) }
            ?? "<span class=\"quiet\">\(l("无时限", "no limit"))</span>"
        let behalf: HTML = item.behalf.map { "<br><span class=\"quiet\">\(l("代", "for ")) \($0[l])</span>" } ?? ""
        let own: HTML = item.isOwn ? "<br><span class=\"state open\">\(l("您发起的", "yours"))</span>" : ""
        let note: HTML = item.note.isEmpty ? "" : "<br><span class=\"quiet\">\(UserText.html(item.note, l))</span>"
        let tick: HTML =
            isChosen.map { isOn in
                let name = DocumentName.plain(item.row, call.catalogue, l)
                return """
                    <td class="tick"><input type="checkbox" name="item" value="\(call.ids.word(item.row.id, .document))" \
                    aria-label="\(l("选择 \(name)", "Choose \(name)"))"\(" checked", if: isOn)></td>
                    """
            } ?? ""
        return """
            <tr data-row="\(place)">\(tick)<td data-label="\(heads.0)"><span><a href="\(place)"><b>\(item.title[l])</b></a>\(besides)\(behalf)\(own)\(claim(item))\
            </span></td>\
            <td data-label="\(heads.1)"><span>\(DocumentName.link(item.row, call))\(summary(item.row))</span></td>\
            <td data-label="\(heads.2)">\(link)</td>\
            <td data-label="\(heads.3)">\(clock)</td><td data-label="\(heads.4)"><span>\(item.sender[l]) <span class="quiet number">\
            \(l.moment(item.since, in: call.today))</span>\(note)</span></td></tr>
            """
    }

    private func claim(_ item: Todo) -> HTML {
        guard let holder = item.claimed else { return "" }
        let words =
            holder == call.person
            ? l("您已领取", "claimed by you") : l("\(call.organisation.name(holder).zh)已领取", "claimed by \(call.organisation.name(holder).en)")
        return "<br><span class=\"state\(" open", if: holder == call.person)\">\(words)</span>"
    }

    /// Who and what it is about.
    private func summary(_ row: DocumentRow) -> HTML {
        // What it is called stands above already.
        let called = [DocumentName.written(row, call.catalogue) ?? "", row.number ?? ""]
        let said = call.catalogue.type(row.type)?.summary(of: row.values, agenda.names).filter { !called.contains($0.zh) } ?? []
        if said.isEmpty { return "" }
        let parts = said.map { words in words.zh == words.en ? UserText.html(words.zh, l) : HTML(words[l]) }
        return "<br><span class=\"summary\">\(parts.joined(by: " · "))</span>"
    }

    /// The way to the other pages; nothing where one page holds everything.
    private var pages: HTML {
        let base = address.text, more = base.contains("?") ? "&" : "?"
        let next: HTML =
            agenda.next.map { "<a href=\"\(base + more)after=\($0.word(call.ids))\" rel=\"next\">\(l("下一页", "Next page"))</a>" } ?? ""
        let back: HTML = isFirst ? "" : "<a href=\"\(base)\">\(l("回到第一页", "First page"))</a>"
        if next.isEmpty && back.isEmpty { return "" }
        let all = address.isWhole && !filter.isSupervised ? HomePage.all(agenda.figures, l) : l.count(agenda.found)
        let shown = l("本页 \(agenda.matters.count) 件，共 \(all) 件", "\(agenda.matters.count) of \(all) on this page")
        return "<div class=\"pages\">\(back)<span>\(shown)</span>\(next)</div>"
    }
}
