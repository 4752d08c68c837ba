import Kernel
import School
import Web
import WorkCalendar

/// 部门信息台: what came into a department, what went out of it, and who works there: of each department that the person sees something
/// of. One's own stand open; of others what one sees stands folded, with its number.
struct SchoolTrays {
    let request: RegulationRequest
    private var l: Language { request.language }
    private var organisation: Organisation { request.organisation }
    private var today: Day { request.now.day }

    static let page = RegulationPage(
        path: "/school", regulation: school.id, title: Words("部门信息台", "Department trays"),
        show: { request in .page(try await SchoolTrays(request: request).html()) })

    /// A tray shows so many; the register has the rest.
    private static let shown = 10

    func html() async throws -> HTML {
        let outgoing = Dictionary(grouping: try await register(InformationItem.name).rows, by: \.unit)
        let delivered = try await register(Delivery.name)
        let incoming = Dictionary(grouping: delivered.rows) { row in
            row.values["reader"]?.whole.flatMap { organisation.home(of: PersonID($0), on: today) } ?? row.unit
        }
        let home = Set(organisation.holdings(of: request.person, on: today).map(\.unit))
        let own = home.sorted { $0.raw < $1.raw }
        let others = Set(outgoing.keys).union(incoming.keys).subtracting(home).sorted { $0.raw < $1.raw }
        let sheets = (own + others).map { unit -> HTML in
            let came = incoming[unit] ?? [], went = outgoing[unit] ?? [], isOwn = home.contains(unit)
            let body: HTML = """
                \(tray(l("收件", "In"), came, Delivery.name, delivered.names), if: isOwn || !came.isEmpty)\
                \(tray(l("发件", "Out"), went, InformationItem.name, [:]), if: isOwn || !went.isEmpty)\
                <div class="pad"><p class="quiet">\(l("人员：", "Staff: "))\(staff(of: unit))</p></div>
                """
            let name = organisation.name(unit)[l]
            if isOwn { return "<section class=\"sheet\"><header><h2>\(name)</h2></header>\(body)</section>" }
            let count = l("收件 \(came.count)，发件 \(went.count)", "in \(came.count), out \(went.count)")
            return """
                <details class="sheet fold"><summary><h2>\(name)</h2> <span class="quiet">\(count)</span></summary>\(body)</details>
                """
        }
        return """
            <div class="head"><h1>\(l("部门信息台", "Department trays"))</h1><span class="quiet">\(request.link(school[7]))</span></div>\(sheets)
            """
    }

    private func register(_ type: String) async throws -> RegisterPage {
        var query = RegisterQuery()
        (query.limit, query.isCounted) = (200, false)
        return try await request.desk.register(type, query, by: request.person)
    }

    /// Each with the posts that it has in the unit.
    private func staff(of unit: UnitID) -> String {
        let here = organisation.holdings.filter {
            $0.unit == unit && $0.holds(on: today) && organisation.people[$0.person]?.isActive == true
        }
        let people = Dictionary(grouping: here, by: \.person).sorted { $0.key.raw < $1.key.raw }.map { person, held in
            let posts = held.map { request.desk.catalogue.posts[$0.post]?.title[l] ?? "" }.joined(separator: l("、", ", "))
            return "\(organisation.name(person)[l])\(l("（", " ("))\(posts)\(l("）", ")"))"
        }
        return people.isEmpty ? l("没有", "nobody") : people.joined(separator: l("、", ", "))
    }

    /// - Parameter names: what the documents that the rows name are called.
    private func tray(_ name: String, _ rows: [DocumentRow], _ type: String, _ names: [Int64: Words]) -> HTML {
        if rows.isEmpty { return "<div class=\"pad\"><h3>\(name)</h3><p class=\"quiet\">\(l("没有", "Nothing"))</p></div>" }
        let lines = rows.prefix(Self.shown).map { line($0, names) }
        let rest = rows.count - Self.shown
        let more: HTML =
            "<p class=\"pad quiet\"><a href=\"/r/\(type)\">\(l("其余 \(rest) 件见登记簿", "\(rest) more in the register"))</a></p>"
        return """
            <table class="stack"><caption>\(name) <span class="quiet">\(l.count(rows.count))</span></caption><thead><tr>\
            <th scope="col">\(l("标题", "Subject"))</th><th scope="col">\(l("状态", "State"))</th>\
            <th scope="col">\(type == Delivery.name ? l("收件人", "Reader") : l("起草人", "Drafted by"))</th>\
            <th scope="col">\(l("时间", "When"))</th></tr></thead><tbody>\(lines)</tbody></table>\(more, if: rest > 0)
            """
    }

    private func line(_ row: DocumentRow, _ names: [Int64: Words]) -> HTML {
        let described = request.desk.catalogue.type(row.type), isDelivery = row.type == Delivery.name
        let subject = isDelivery ? row.values["subject"]?.text ?? "" : row.title
        // What is confidential has no subject here, and is told from its like by its number.
        let about = [row.values["item"], row.values["incoming"]].compactMap { $0?.whole.flatMap { names[$0] } }.first { $0 != .hidden }
        let name = subject.isEmpty ? row.number ?? about?[l] ?? described?.title[l] ?? "" : subject
        let person = isDelivery ? row.values["reader"]?.whole.map(PersonID.init) : row.creator
        return """
            <tr><td data-label="\(l("标题", "Subject"))"><a href="\(request.address(row.id))">\(name)</a></td>\
            <td data-label="\(l("状态", "State"))">\(described?.state(row.state)?.words[l] ?? row.state)</td>\
            <td data-label="\(isDelivery ? l("收件人", "Reader") : l("起草人", "Drafted by"))">\
            \(person.map { organisation.name($0)[l] } ?? "")</td>\
            <td data-label="\(l("时间", "When"))" class="quiet">\(l.moment(row.created, in: today))</td></tr>
            """
    }
}
