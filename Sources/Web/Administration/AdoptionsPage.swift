import Hummingbird
import Kernel
import WorkCalendar

/// 制度启用: which unit, with everything below it, is bound by which regulation, in which version, since when.
enum AdoptionsPage {
    static func add(to routes: Routes) {
        AdministrationForm.add(
            "/admin/adoptions", to: routes, show: { try await show($0, $1, $2) },
            take: [
                "adopt": { call, form in
                    var reader = AdministrationForm.Reader(form, call.ids)
                    let regulation = reader.text("regulation")
                    let unit = reader.id("unit", .unit, among: Options.units(call))
                    let (version, from) = (reader.whole("version"), reader.day("from"))
                    try reader.check()
                    try await call.desk.administer(
                        .adopt(regulation: regulation, version: version, unit: UnitID(unit), from: from, reason: form["reason"]),
                        by: call.principal)
                },
                "stand-in": StandInSheet.take,
            ])
    }

    private static func show(_ call: Call, _ form: FormData, _ faults: [Refusal.Fault]) async throws -> Response {
        let l = call.l
        let heads = [l("制度", "Regulation"), l("适用单位", "Adopted by"), l("版本", "Version"), l("执行期间", "In force")]
        let rows = call.organisation.adoptions.sorted { $0.from > $1.from }.map { adoption -> HTML in
            let title = call.catalogue.regulation(adoption.regulation)?.regulation.title[l] ?? adoption.regulation
            let until = adoption.to.map { " – " + l.day($0) } ?? l(" 起", " onward")
            let isOver: HTML = adoption.isInForce(on: call.today) ? "" : " <span class=\"state no\">\(l("不在执行", "not in force"))</span>"
            return """
                <tr><td data-label="\(heads[0])"><a href="/charter/\(adoption.regulation)">\(title)</a></td>\
                <td data-label="\(heads[1])">\(call.organisation.name(adoption.unit)[l])</td>\
                <td data-label="\(heads[2])">\(adoption.version)</td><td data-label="\(heads[3])"><span>\
                \(l.day(adoption.from))\(until)\(isOver)</span></td></tr>
                """
        }
        let none: HTML =
            rows.isEmpty
            ? "<p class=\"pad quiet\">\(l("还没有单位启用制度。启用之后，登记簿才会出现在左侧。", "No unit has adopted a regulation. Registers show at the left once one has."))</p>"
            : ""
        let regulations = call.catalogue.regulations.map { Option(value: $0.regulation.id, title: $0.regulation.title[l]) }
        let fields: HTML = """
            \(PlainField.select("regulation", l("制度", "Regulation"), regulations, form["regulation"], faults, l))\
            \(PlainField.select("unit", l("单位（及其全部下级）", "Unit (and all below it)"), Options.units(call), form["unit"], faults, l))\
            \(PlainField.text("version", l("版本", "Version"), form.has("version") ? form["version"] : "1", faults, l))\
            \(PlainField.text("from", l("执行日期", "In force from"), form.has("from") ? form["from"] : call.today.description, faults, l))\
            \(PlainField.text("reason", l("理由或文号（执行日期早于今天的须填）", "Reason or decision (needed where it begins before today)"), form["reason"], faults, l, longest: Administration.longestReason))
            """
        let standIns = try await StandInSheet.html(call, form, faults)
        let waiting = try await RuleRequestsSheet.html(call.catalogue.regulations.map(\.regulation.id), call)
        return try await AdministrationForm.page(
            call, l("制度启用", "Adoption"), here: "/admin/adoptions", faults,
            """
            \(waiting)<section class="sheet"><div class="scroll"><table class="stack"><thead>\
            <tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead>\
            <tbody>\(rows)</tbody></table></div>\(none)</section>
            \(AdministrationForm.sheet(call, l("启用制度", "Adopt a regulation"), action: "/admin/adoptions/adopt", button: l("启用", "Adopt"), fields))
            \(standIns)
            """)
    }
}
