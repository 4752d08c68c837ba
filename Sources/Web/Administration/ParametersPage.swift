import Hummingbird
import Kernel
import WorkCalendar

/// 参数: the numbers that articles set, as in force; changed from a day on, with the approval that allows it.
enum ParametersPage {
    static func add(to routes: Routes) {
        AdministrationForm.add(
            "/admin/parameters", to: routes, show: { try await show($0, $1, $2) },
            take: [
                "set": { call, form in
                    var reader = AdministrationForm.Reader(form, call.ids)
                    let wanted = reader.choice("parameter", among: try await choices(call))
                    let name = wanted.split(separator: " ", maxSplits: 1).map(String.init)
                    let (unit, value) = (reader.id("unit", .unit, among: Options.units(call)), reader.whole("value"))
                    let (from, reason) = (reader.day("from"), reader.text("reason"))
                    try reader.check()
                    guard name.count == 2 else { throw DeskError.absent }
                    try await call.desk.administer(
                        .setParameter(regulation: name[0], name: name[1], unit: UnitID(unit), value: value, from: from, reason: reason),
                        by: call.principal)
                },
                "readings": { call, form in
                    var reader = AdministrationForm.Reader(form, call.ids)
                    let limit = reader.whole("limit")
                    try reader.check()
                    try await call.desk.administer(.setReadingLimit(limit), by: call.principal)
                },
            ])
    }

    /// What can be set, by its article and its name.
    private static func choices(_ call: Call) async throws -> [Option] {
        let l = call.l
        var choices: [Option] = []
        for contents in call.catalogue.regulations {
            for parameter in try await call.desk.charter(contents.regulation.id, by: call.person).parameters {
                let title = ParameterName.words(parameter.name, in: call.catalogue.text(of: parameter.article))[l]
                let place = "\(contents.regulation.short[l]) \(ArticleName.ref(parameter.article.ref, l))"
                choices.append(Option(value: "\(contents.regulation.id) \(parameter.name)", title: "\(place) \(title)", also: [title]))
            }
        }
        return choices
    }

    private static func show(_ call: Call, _ form: FormData, _ faults: [Refusal.Fault]) async throws -> Response {
        let l = call.l
        var rows: [HTML] = []
        let heads = [l("依据", "Under"), l("参数", "Parameter"), l("现行值", "In force"), l("条文所定", "In the article")]
        for contents in call.catalogue.regulations {
            for parameter in try await call.desk.charter(contents.regulation.id, by: call.person).parameters {
                let title = ParameterName.words(parameter.name, in: call.catalogue.text(of: parameter.article))[l]
                rows.append(
                    """
                    <tr><td data-label="\(heads[0])">\(ArticleName.link(parameter.article, in: call.catalogue, l))</td>\
                    <td data-label="\(heads[1])">\(title)</td>\
                    <td class="n" data-label="\(heads[2])"><b>\(parameter.value)</b></td><td class="n" data-label="\(heads[3])">\
                    \(parameter.standard)</td></tr>
                    """)
            }
        }
        let fields: HTML = """
            \(PlainField.select("parameter", l("参数", "Parameter"), try await choices(call), form["parameter"], faults, l))\
            \(PlainField.select("unit", l("适用单位", "For the unit"), Options.units(call), form["unit"], faults, l))\
            \(PlainField.text("value", l("新值", "New value"), form["value"], faults, l))\
            \(PlainField.text("from", l("自何日起", "From"), form.has("from") ? form["from"] : call.today.description, faults, l))\
            \(PlainField.text("reason", l("批准文号或理由", "Approval or reason"), form["reason"], faults, l, longest: Administration.longestReason))
            """
        let waiting = try await RuleRequestsSheet.html(call.catalogue.regulations.map(\.regulation.id), call)
        let limit = form.has("limit") ? form["limit"] : String(call.organisation.readingLimit)
        let readings = AdministrationForm.sheet(
            call, l("查看个人信息的上限", "Limit of opening personal data"), action: "/admin/parameters/readings", button: l("保存", "Save"),
            PlainField.text("limit", l("每人每小时可查看的单据件数", "Documents that one person may open within an hour"), limit, faults, l))
        return try await AdministrationForm.page(
            call, l("参数", "Parameters"), here: "/admin/parameters", faults,
            """
            \(waiting)<section class="sheet"><div class="scroll"><table class="stack"><thead><tr>\
            \(heads.enumerated().map { "<th scope=\"col\"\(" class=\"n\"", if: $0 > 1)>\($1)</th>" as HTML })</tr></thead><tbody>\
            \(rows)</tbody></table></div></section>
            \(AdministrationForm.sheet(call, l("更改参数", "Change a parameter"), action: "/admin/parameters/set", button: l("更改", "Change"), fields))
            \(readings)
            """)
    }
}
