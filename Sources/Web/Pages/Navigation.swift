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
                ("/", l("待办", "To do"), counts.all), ("/mine", l("我的文书", "My documents"), 0),
                ("/notices", l("通知", "Notices"), counts.unseen),
                ("/delegations", l("代理", "Delegation"), 0),
            ])
        for contents in call.regulations {
            let regulation = contents.regulation
            var links = call.catalogue.types.filter { $0.regulation == regulation }.map { type in
                ("/r/\(type.name)", type.title[l], counts.tasks[type.name] ?? 0)
            }
            for page in call.edge.extraPages where page.regulation == regulation.id && page.isListed {
                links.append((page.path, page.title[l], 0))
            }
            add(regulation.short[l], links)
        }
        add(
            l("制度与存证", "Rules and record"),
            [
                ("/charter", l("制度条文", "Charter"), 0), ("/ledger", l("存证校验", "Ledger"), 0),
            ])
        if call.me.isAdministrator {
            add(
                l("系统管理", "Administration"),
                [
                    ("/admin/units", l("单位", "Units"), 0), ("/admin/persons", l("人员与岗位", "People and posts"), 0),
                    ("/admin/adoptions", l("制度采用", "Adoption"), 0), ("/admin/parameters", l("参数", "Parameters"), 0),
                    ("/admin/holidays", l("节假日", "Holidays"), 0), ("/admin/tokens", l("接口令牌", "API tokens"), 0),
                    ("/admin/logins", l("登录记录", "Log-in record"), 0),
                ])
        }
    }

    private mutating func add(_ title: String?, _ links: [(address: String, title: String, count: Int)]) {
        guard !links.isEmpty else { return }
        let heading: HTML = title.map { "<h2>\($0)</h2>" } ?? ""
        let items = links.map { link -> HTML in
            let count: HTML =
                link.count == 0
                ? ""
                : "<span class=\"quiet\" aria-label=\"\(l("待办 \(link.count) 件", "\(link.count) to do"))\">\(l.count(link.count))</span>"
            return "<li><a href=\"\(link.address)\"\(" aria-current=\"page\"", if: link.address == here)>\(link.title)\(count)</a></li>"
        }
        groups.append("\(heading)<ul>\(items)</ul>")
    }

    var html: HTML { "\(groups)" }
}
