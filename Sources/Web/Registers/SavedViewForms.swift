import Hummingbird
import Kernel

/// 常用视图: questions to a register that somebody kept under a name.
enum SavedViewForms {
    static func add(to routes: Routes) {
        routes.form("/r/:type/views") { call, form in
            let type = try call.type()
            let address = RegisterAddress(form, of: type, call.ids, NameablePeople(call, of: type))
            guard address.faults.isEmpty else { throw DeskError.invalid(address.faults) }
            let post = form["post"].isEmpty ? nil : form["post"]
            try await call.desk.saveView(form["name"], address.query(), of: type.name, post: post, by: call.person)
            return .redirect(to: "/r/\(type.name)\(address.query())")
        }
        routes.form("/r/:type/views/remove") { call, form in
            let type = try call.type()
            try await call.desk.removeView(try call.named("view", in: form, .view), by: call.person)
            return .redirect(to: "/r/\(type.name)")
        }
    }

    /// Above the register: those that are kept, and how the present question is.
    static func html(_ type: DocumentType, _ address: RegisterAddress, _ call: Call) async throws -> HTML {
        let l = call.l, path = "/r/\(type.name)"
        let views = try await call.desk.savedViews(of: type.name, for: call.person)
        if views.isEmpty, !address.isFiltered { return "" }
        let links = views.map { view -> HTML in
            let post: HTML =
                view.post.map { "<span class=\"quiet\">（\(call.catalogue.posts[$0]?.title[l] ?? $0)）</span>" } ?? ""
            let remove: HTML =
                view.isMine
                ? """
                <form method="post" action="\(path)/views/remove">\(call.csrf)<button class="plain" name="view" value="\(call.ids.word(view.id, .view))" \
                aria-label="\(l("删除视图", "Remove the view")) \(view.name)">×</button></form>
                """ : ""
            return "<li><a href=\"\(path)\(view.query)\">\(UserText.html(view.name, l))</a>\(post)\(remove)</li>"
        }
        let list: HTML = links.isEmpty ? "" : "<ul>\(links)</ul>"
        return "<div class=\"views\">\(list)\(saving(type, address, call), if: address.isFiltered)</div>"
    }

    private static func saving(_ type: DocumentType, _ address: RegisterAddress, _ call: Call) -> HTML {
        let l = call.l, path = "/r/\(type.name)"
        let held = call.organisation.holdings(of: call.person, on: call.today).filter {
            call.organisation.adopter(of: type.regulation.id, for: $0.unit, on: call.today) != nil
        }
        let posts = Set(held.map(\.post)).sorted()
        let options = posts.map {
            Option(
                value: $0,
                title: l(
                    "任“\(call.catalogue.posts[$0]?.title.zh ?? $0)”的同事也可用", "and for the post \(call.catalogue.posts[$0]?.title.en ?? $0)"))
        }
        return """
            <details><summary>\(l("保存为常用视图", "Keep this view"))</summary><form class="row" method="post" action="\(path)/views">\(call.csrf)\(address.hidden)\
            <input name="name" maxlength="\(SavedView.longestName)" aria-label="\(l("视图名称", "Name"))" placeholder="\(l("视图名称", "Name"))">\
            <select name="post" aria-label="\(l("给谁用", "For whom"))">\(PlainField.options(options, "", blank: l("只自己用", "For me alone")))</select>\
            <button>\(l("保存", "Keep"))</button></form></details>
            """
    }
}
