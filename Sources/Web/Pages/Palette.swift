import Kernel

/// Where one can go and what one can start from anywhere: the pages of the menu and the forms that a person's posts may open, found by any
/// part of their names. On the page of the search it stands above what was found; with the script, Ctrl K opens it over any page.
struct Palette {
    private let call: Call
    private let all: [(address: String, title: String, kind: String)]

    init(_ call: Call) {
        self.call = call
        let l = call.l, page = l("页面", "page"), start = l("新建", "new")
        var all = [
            ("/", l("待办", "To do"), page), ("/mine", l("我发起和经办的", "My documents"), page), ("/notices", l("通知", "Notices"), page),
            ("/overview", l("总览", "Overview"), page), ("/delegations", l("委托代办", "Delegation"), page),
            ("/account", l("我的账户", "My account"), page),
            ("/charter", l("制度条文", "Charter"), page), ("/reach", l("接收方式、日历订阅", "How I am told, calendar"), page),
        ]
        if !call.watchedReadings.isEmpty { all.append(("/readings", l("查阅登记", "Readings"), page)) }
        for contents in call.regulations {
            for type in call.catalogue.types where type.regulation == contents.regulation {
                for step in OfferedTypes.openable(type, call) {
                    all.append(
                        (
                            "/r/\(type.name)/new\(NewDocumentPage.query(step, type))",
                            l("新建：\(type.title.zh)（\(step.title.zh)）", "New: \(type.title.en) (\(step.title.en))"), start
                        ))
                }
                if OfferedTypes.mayRead(type, call) { all.append(("/r/\(type.name)", type.title[l], l("登记簿", "register"))) }
            }
        }
        if call.me.isAdministrator {
            all += [
                ("/admin/units", l("单位", "Units"), page), ("/admin/persons", l("人员与岗位", "People and posts"), page),
                ("/admin/people-file", l("批量导入人员", "People by file"), page), ("/admin/adoptions", l("制度启用", "Adoption"), page),
                ("/admin/holidays", l("节假日", "Holidays"), page),
            ]
        }
        self.all = all
    }

    private func found(_ text: String) -> [(address: String, title: String, kind: String)] {
        let wanted = text.lowercased()
        return text.isEmpty ? all : all.filter { $0.title.lowercased().contains(wanted) }
    }

    /// On the page of the search.
    func html(matching text: String) -> HTML {
        let lines = found(text).prefix(text.isEmpty ? 200 : 20).map { choice -> HTML in
            "<li><a href=\"\(choice.address)\">\(choice.title)</a><span class=\"quiet\">\(choice.kind)</span></li>"
        }
        if lines.isEmpty { return "" }
        return """
            <section class="sheet"><header><h2>\(call.l("页面和新建", "Pages, and what to start"))</h2></header><ul class="lines">\(lines)</ul></section>
            """
    }

    /// What the script shows below its field: where one can go and what one can start, then documents.
    func choices(matching text: String, _ rows: ArraySlice<DocumentRow>) -> HTML {
        let l = call.l
        let documents = rows.map { row -> HTML in
            """
            <a role="option" tabindex="-1" href="\(call.address(row.id))"><span>\(DocumentName.html(row, call))</span>\
            <span class="quiet">\(call.catalogue.type(row.type)?.title[l] ?? "")</span></a>
            """
        }
        let places = found(text).prefix(text.isEmpty ? 12 : 10).map { choice -> HTML in
            "<a role=\"option\" tabindex=\"-1\" href=\"\(choice.address)\"><span>\(choice.title)</span><span class=\"quiet\">\(choice.kind)</span></a>"
        }
        let more: HTML =
            text.isEmpty
            ? ""
            : "<a role=\"option\" tabindex=\"-1\" href=\"/search?q=\(FormData.encode(text))\"><span>\(l("查找“\(text)”的全部结果", "All results for “\(text)”"))</span></a>"
        let all: [HTML] = places + documents
        return "<div>\(all)\(more)</div>"
    }
}
