import Hummingbird
import Kernel

/// 无人可办的申请: who stands in, by unit; and the form that says so.
enum StandInSheet {
    /// The button by which it ends.
    private static let end = "end"

    @Sendable static func take(_ call: Call, _ form: FormData) async throws {
        var reader = AdministrationForm.Reader(form, call.ids)
        let unit = UnitID(reader.id("stand-unit", .unit, among: Options.units(call)))
        let post = form["stand-post"].isEmpty ? "" : reader.choice("stand-post", among: posts(call))
        let person = form["stand-person"].isEmpty ? nil : reader.id("stand-person", .person, among: Options.people(call))
        try reader.check()
        if person != nil, !post.isEmpty {
            throw DeskError.invalid([.init(field: "stand-person", Words("岗位与人员只选一项", "Choose a post or a person, not both"))])
        }
        // Nobody ends it by forgetting to choose.
        if person == nil, post.isEmpty, !form.has(end) {
            throw DeskError.invalid([.init(field: "stand-post", Words("请选择代行的岗位或人员", "Choose the post or the person that stands in"))])
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

    static func html(_ call: Call, _ form: FormData, _ faults: [Refusal.Fault]) async throws -> HTML {
        let l = call.l, list = table(try await call.desk.standInsInForce(), call)
        let fields: HTML = """
            \(PlainField.select("stand-unit", l("单位（及其全部下级）", "Unit (and all below it)"), Options.units(call), form["stand-unit"], faults, l))\
            \(PlainField.select("stand-post", l("交由岗位", "A post"), posts(call), form["stand-post"], faults, l))\
            \(PlainField.select("stand-person", l("或交由人员", "Or a person"), Options.people(call), form["stand-person"], faults, l))
            """
        let hint = l(
            "下一步的岗位无人可办时，申请交由此岗位或人员代行；申请人本人除外。没有代行的，无人可办的申请不予受理。"
                + "指定和撤销均由另一位系统管理员或监督岗位确认后生效，代行人本人不得确认，岗位只有一人任职的也是如此。",
            "Where nobody can take the next step, requests go to this post or person, never to who asked; where nobody stands in, they are "
                + "not taken. Another administrator or whoever supervises confirms both this and its end, never whoever is to stand in, nor the "
                + "only one who holds the post that is.")
        return """
            <div id="stand-in" class="blank">\(list)\(AdministrationForm.sheet(
                call, l("无人可办的申请", "Requests that nobody can decide"), action: "/admin/adoptions/stand-in", button: l("保存", "Save"),
                "\(fields)<p class=\"hint\">\(hint)</p>"))</div>
            """
    }

    /// Those in force; nothing where nobody stands in.
    private static func table(_ inForce: [StandInForce], _ call: Call) -> HTML {
        if inForce.isEmpty { return "" }
        let l = call.l
        let heads = [l("单位", "Unit"), l("代行人或岗位", "Who stands in"), l("起", "Since"), l("确认人", "Confirmed by"), l("办理", "Action")]
        let rows = inForce.map { one -> HTML in
            let standIn = one.standIn, unit = call.organisation.name(standIn.unit)[l]
            let cells: [HTML] = [
                HTML(unit), who(standIn, call), HTML(one.since.map { l.day($0.day) } ?? "—"),
                HTML(one.confirmer.map { call.organisation.name($0)[l] } ?? "—"),
                """
                <form method="post" action="/admin/adoptions/stand-in">\(call.csrf)\
                <input type="hidden" name="stand-unit" value="\(call.ids.word(standIn.unit))">\
                <button class="plain" name="\(end)" value="1" aria-label="\(l("撤销代行：\(unit)", "End: \(unit)"))">\
                \(l("撤销", "End"))</button></form>
                """,
            ]
            return "<tr>\(zip(heads, cells).map { "<td data-label=\"\($0)\"><span>\($1)</span></td>" as HTML })</tr>"
        }
        return """
            <section class="sheet"><header><h2>\(l("现行代行", "Who stands in now"))</h2></header>\
            <div class="scroll"><table class="stack"><thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead><tbody>\(rows)</tbody></table></div></section>
            """
    }

    /// The person or the post, and of a post who holds it today.
    private static func who(_ standIn: StandIn, _ call: Call) -> HTML {
        let l = call.l
        let people = call.organisation.people(standIn, on: call.today).map { call.organisation.name($0)[l] }
        let names = people.isEmpty ? l("目前无人", "nobody at present") : people.joined(separator: l("、", ", "))
        let who = call.organisation.name(standIn.hand, call.catalogue)[l]
        return who == names ? HTML(who) : "\(who) <span class=\"quiet\">\(names)</span>"
    }
}
