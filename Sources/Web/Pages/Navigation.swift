import Kernel

/// The links at the left: what is to be done, one group a regulation, the charter, and administration for administrators.
struct Navigation {
    private let l: Language
    private let here: String
    private var groups: [HTML] = []

    init(call: Call, here: String, counts: NavigationBadges) {
        l = call.l
        self.here = here
        add(
            nil,
            [
                Link(address: "/", title: l("待办", "To do"), count: counts.all), Link(address: "/mine", title: l("我发起和经办的", "My documents")),
                Link(address: "/notices", title: l("通知", "Notices"), count: counts.unseen),
                Link(address: "/overview", title: l("总览", "Overview")), Link(address: "/delegations", title: l("委托代办", "Delegation")),
            ])
        for contents in call.regulations { add(contents, call, counts) }
        add(
            l("制度与存证", "Rules and record"),
            [Link(address: "/charter", title: l("制度条文", "Charter"))]
                + (call.watchedReadings.isEmpty ? [] : [Link(address: "/readings", title: l("查阅登记", "Readings"))])
                + [Link(address: "/ledger", title: l("存证校验", "Ledger"))])
        if call.me.isAdministrator {
            add(
                l("系统管理", "Administration"),
                [
                    Link(address: "/admin/units", title: l("单位", "Units")),
                    Link(address: "/admin/persons", title: l("人员与岗位", "People and posts")),
                    Link(address: "/admin/people-file", title: l("批量导入人员", "People by file")),
                    Link(address: "/admin/adoptions", title: l("制度启用", "Adoption")),
                    Link(address: "/admin/parameters", title: l("参数", "Parameters")),
                    Link(address: "/admin/holidays", title: l("节假日", "Holidays")),
                    Link(address: "/admin/tokens", title: l("接口令牌", "API tokens")),
                    Link(address: "/admin/outgoing", title: l("发件记录", "What left")),
                    Link(address: "/admin/logins", title: l("登录记录", "Log-in record")),
                ])
        }
    }

    /// A regulation's registers and pages, in its chapters. What a page of no register does stands before them, to be seen at once.
    private mutating func add(_ contents: RegulationContents, _ call: Call, _ counts: NavigationBadges) {
        let pages = call.edge.extraPages.filter { $0.regulation == contents.regulation.id && $0.isListed && Self.concerns($0, call) }
        var chapters: [(title: String?, links: [Link])] = contents.chapters.map { chapter in
            let names = Set(chapter.documents.map { $0.name })
            let links = chapter.documents.compactMap { call.catalogue.type($0.name) }
                .filter { type in
                    // A register that one may neither read nor add to is not there.
                    counts.tasks[type.name] != nil || here == "/r/\(type.name)" || OfferedTypes.mayRead(type, call)
                        || OfferedTypes.mayOpen(type, call)
                }
                .map { Link(address: "/r/\($0.name)", title: $0.title[l], count: counts.tasks[$0.name] ?? 0) }
            let own = pages.filter { $0.about.map(names.contains) ?? false }
            return (chapter.title?[l], links + own.map { Link(address: $0.path, title: $0.title[l]) })
        }
        let apart = pages.filter { $0.about == nil }.map { Link(address: $0.path, title: $0.title[l]) }
        if chapters.first?.title == nil, !chapters.isEmpty {
            chapters[0].links = apart + chapters[0].links
        } else {
            chapters.insert((nil, apart), at: 0)
        }
        chapters.removeAll { $0.links.isEmpty }
        guard !chapters.isEmpty else { return }
        let isShort = chapters.reduce(0) { $0 + $1.links.count } <= Self.mostUnfolded
        let parts = chapters.map { chapter in
            guard let title = chapter.title, !isShort else { return list(chapter.links) }
            return fold(title, chapter.links)
        }
        groups.append("<h2>\(contents.regulation.short[l])</h2>\(parts)")
    }

    /// So many links of a regulation are looked over without chapters.
    private static let mostUnfolded = 12

    /// A chapter opens by itself for the page that stands in it.
    private func fold(_ title: String, _ links: [Link]) -> HTML {
        let count = links.reduce(0) { $0 + $1.count }
        return """
            <details\(" open", if: links.contains { $0.address == here })><summary>\(title)\(badge(count))</summary>\(list(links))</details>
            """
    }

    private static func concerns(_ page: RegulationPage, _ call: Call) -> Bool {
        if let type = page.starts.flatMap({ call.catalogue.type($0) }) { return OfferedTypes.mayOpen(type, call) }
        guard let register = page.register.flatMap({ call.catalogue.type($0) }) else { return true }
        return OfferedTypes.mayRead(register, call)
    }

    private mutating func add(_ title: String?, _ links: [Link]) {
        guard !links.isEmpty else { return }
        let heading: HTML = title.map { "<h2>\($0)</h2>" } ?? ""
        groups.append("\(heading)\(list(links))")
    }

    private func list(_ links: [Link]) -> HTML {
        let items = links.map { link -> HTML in
            "<li><a href=\"\(link.address)\"\(" aria-current=\"page\"", if: link.address == here)>\(link.title)\(badge(link.count))</a></li>"
        }
        return "<ul>\(items)</ul>"
    }

    private func badge(_ count: Int) -> HTML {
        if count == 0 { return "" }
        return "<span class=\"quiet\" aria-label=\"\(l("待办 \(count) 件", "\(count) to do"))\">\(l.count(count))</span>"
    }

    private struct Link {
        let address: String
        let title: String
        var count = 0
    }

    var html: HTML { "\(groups)" }
}
