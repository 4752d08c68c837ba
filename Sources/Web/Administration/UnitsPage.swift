import Hummingbird
import Kernel

/// 单位: the tree of units; adds, renames and closes one.
enum UnitsPage {
    static func add(to routes: Routes) {
        AdministrationForm.add(
            "/admin/units", to: routes, show: { try await show($0, $1, $2) },
            take: [
                "add": { call, form in
                    var reader = AdministrationForm.Reader(form, call.ids)
                    let (zh, parent) = (reader.text("zh"), UnitID(reader.id("parent", .unit, among: Options.units(call))))
                    try reader.check()
                    try await call.desk.administer(.addUnit(parent: parent, zh: zh, en: form["en"].trimmingBlanks), by: call.principal)
                },
                "rename": { call, form in
                    let unit = UnitID(try call.named("unit", in: form, .unit))
                    try await call.desk.administer(
                        .renameUnit(unit, zh: form["zh"].trimmingBlanks, en: form["en"].trimmingBlanks), by: call.principal)
                },
                "close": { call, form in
                    try await call.desk.administer(.closeUnit(UnitID(call.named("unit", in: form, .unit))), by: call.principal)
                },
            ])
    }

    private static func show(_ call: Call, _ form: FormData, _ faults: [Refusal.Fault]) async throws -> Response {
        let l = call.l, longest = Administration.longestName
        let most: HTML = " maxlength=\"\(longest)\""
        let rows = UnitTree.inOrder(call.organisation).map { unit, depth -> HTML in
            let indent = String(repeating: "　", count: depth)
            if unit.isClosed {
                return "<tr><td>\(indent)<s>\(unit.words[l])</s> <span class=\"state no\">\(l("已撤销", "closed"))</span></td><td></td></tr>"
            }
            let people = call.organisation.holdings.filter { $0.unit == unit.id && $0.holds(on: call.today) }.count
            return """
                <tr><td>\(indent)\(unit.words[l]) <span class="quiet">\(l("\(people) 个岗位在任", people == 1 ? "1 post held" : "\(people) posts held"))</span></td><td>\
                <details><summary>\(l("更改", "Change"))</summary>\
                <form class="row" method="post" action="/admin/units/rename">\(call.csrf)<input type="hidden" name="unit" value="\(call.ids.word(unit.id))">\
                <input name="zh" value="\(unit.words.zh)"\(most) aria-label="\(l("中文名称", "Chinese name"))">\
                <input name="en" value="\(unit.words.en)"\(most) aria-label="\(l("英文名称", "English name"))">\
                <button>\(l("改名", "Rename"))</button></form>\
                <details class="ask"><summary>\(l("撤销此单位", "Close this unit"))</summary><form method="post" action="/admin/units/close">\(call.csrf)\
                <p class="hint">\(l("撤销“\(unit.words.zh)”后不能恢复，确定吗？", "“\(unit.words.en)” cannot be opened again. Are you sure?"))</p>\
                <button name="unit" value="\(call.ids.word(unit.id))">\(l("确认撤销", "Yes, close it"))</button></form></details></details></td></tr>
                """
        }
        let fields: HTML = """
            \(PlainField.select("parent", l("上级单位", "Below"), Options.units(call), form["parent"], faults, l))\
            \(PlainField.text("zh", l("中文名称", "Chinese name"), form["zh"], faults, l, longest: longest))\
            \(PlainField.text("en", l("英文名称（选填）", "English name (optional)"), form["en"], faults, l, longest: longest))
            """
        return try await AdministrationForm.page(
            call, l("单位", "Units"), here: "/admin/units", faults,
            """
            \(try await StartSheet.html(call))<section class="sheet"><div class="scroll"><table><thead><tr><th scope="col">\(l("单位", "Unit"))</th>\
            <th scope="col">\(l("更改", "Change"))</th></tr></thead>\
            <tbody>\(rows)</tbody></table></div></section>
            \(AdministrationForm.sheet(call, l("增设单位", "Add a unit"), action: "/admin/units/add", button: l("增设", "Add"), fields))
            """)
    }
}
