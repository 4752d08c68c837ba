import Hummingbird
import Kernel

/// 无人可办的申请: who stands in, by unit; and the form that says so.
enum StandInSheet {
    @Sendable static func take(_ call: Call, _ form: FormData) async throws {
        var reader = AdministrationForm.Reader(form, call.ids)
        let unit = UnitID(reader.id("stand-unit", .unit, among: Options.units(call)))
        let post = form["stand-post"].isEmpty ? "" : reader.choice("stand-post", among: posts(call))
        let person = form["stand-person"].isEmpty ? nil : reader.id("stand-person", .person, among: Options.people(call))
        try reader.check()
        if person != nil, !post.isEmpty {
            throw DeskError.invalid([.init(field: "stand-person", Words("岗位与人员只选一项", "Choose a post or a person, not both"))])
        }
        let hand = person.map { StandIn.Hand.person(PersonID($0)) } ?? (post.isEmpty ? nil : .post(post))
        do {
            try await call.desk.administer(.setStandIn(unit, hand), by: call.principal)
        } catch DeskError.invalid(let faults) {
            // The form has two fields for whoever stands in.
            let field = person == nil ? "stand-post" : "stand-person"
            throw DeskError.invalid(faults.map { .init(field: field, $0.words, under: $0.article) })
        }
    }

    private static func posts(_ call: Call) -> [Option] {
        call.catalogue.posts.values.map { Option(value: $0.id, title: $0.title[call.l]) }.sorted { $0.title < $1.title }
    }

    static func html(_ call: Call, _ form: FormData, _ faults: [Refusal.Fault]) -> HTML {
        let l = call.l
        let standIns = call.organisation.standIns.values.sorted { $0.unit.raw < $1.unit.raw }
        let lines = standIns.map { standIn -> HTML in
            let people = call.organisation.people(standIn, on: call.today).map { call.organisation.name($0)[l] }
            let names = people.isEmpty ? l("目前无人", "nobody at present") : people.joined(separator: l("、", ", "))
            let who = call.organisation.name(standIn.hand, call.catalogue)[l]
            let now: HTML = who == names ? "" : "<span class=\"quiet\">\(names)</span>"
            return "<li><span><b>\(call.organisation.name(standIn.unit)[l])</b> \(who)</span>\(now)</li>"
        }
        let list: HTML = lines.isEmpty ? "" : "<ul class=\"lines\">\(lines)</ul>"
        let fields: HTML = """
            \(PlainField.select("stand-unit", l("单位（及其全部下级）", "Unit (and all below it)"), Options.units(call), form["stand-unit"], faults, l))\
            \(PlainField.select("stand-post", l("交由岗位", "A post"), posts(call), form["stand-post"], faults, l))\
            \(PlainField.select("stand-person", l("或交由人员", "Or a person"), Options.people(call), form["stand-person"], faults, l))
            """
        let hint = l(
            "下一步的岗位无人可办时，申请交由此岗位或人员代行；申请人本人除外。都不选即取消：无人可办的申请不予受理。"
                + "由另一位系统管理员或监督岗位确认后生效。",
            "Where nobody can take the next step, requests go to this post or person, never to who asked. Choose neither to end it: "
                + "such requests are not taken then. Another administrator or whoever supervises confirms it first.")
        return """
            <div id="stand-in" class="blank">\(list)\(AdministrationForm.sheet(
                call, l("无人可办的申请", "Requests that nobody can decide"), action: "/admin/adoptions/stand-in", button: l("保存", "Save"),
                "\(fields)<p class=\"hint\">\(hint)</p>"))</div>
            """
    }
}
