import Hummingbird
import Kernel
import WorkCalendar

/// 代理: the person lets another act for a while; both names stand in the trail.
enum DelegationsPage {
    static func add(to routes: Routes) {
        routes.page("/delegations") { call in try await show(call, FormData(), []) }
        routes.form("/delegations", isLong: true) { call, form in
            if form.has(FormInput.again) { return try await show(call, form, []) }
            do {
                try await call.desk.handle(handling(form, call), by: call.principal)
            } catch DeskError.invalid(let faults) {
                return try await show(call, form, faults)
            }
            return .redirect(to: "/delegations")
        }
        routes.form("/delegations/end") { call, form in
            try await call.desk.handle(.endDelegation(call.named("delegation", in: form, .delegation)), by: call.principal)
            return .redirect(to: "/delegations")
        }
    }

    private static func handling(_ form: FormData, _ call: Call) throws -> TaskAction {
        var faults: [Refusal.Fault] = []
        let person = call.ids.read(form.value("to", among: people(call), &faults), .person).map { PersonID($0) }
        if person == nil, faults.isEmpty { faults.append(.init(field: "to", Words("请选择代理人", "Choose the delegate"))) }
        let (from, until) = (SpokenDays.day(form["from"], call), SpokenDays.day(form["until"], call))
        if from == nil { faults.append(.init(field: "from", Words("请填写开始日期，例如 2026-03-04", "Give the first day, as 2026-03-04"))) }
        if until == nil { faults.append(.init(field: "until", Words("请填写截止日期，例如 2026-03-04", "Give the last day, as 2026-03-04"))) }
        if let until, until < call.today {
            faults.append(.init(field: "until", Words("截止日期须为今天或以后", "The last day is today or later")))
        }
        if form["reason"].trimmingBlanks.isEmpty { faults.append(.init(field: "reason", Words("请填写事由", "Say why"))) }
        guard faults.isEmpty, let person, let from, let until else { throw DeskError.invalid(faults) }
        let start = from == call.today ? call.now : Moment.startOfDay(from)
        return .delegate(to: person, from: start, until: .endOfDay(until), reason: form["reason"])
    }

    /// Those who work in the houses of one's own posts: of others one need not know. An administrator knows them all.
    private static func people(_ call: Call) -> [Option] {
        let organisation = call.organisation, today = call.today
        func houses(_ person: PersonID) -> Set<UnitID> {
            Set(organisation.holdings(of: person, on: today).compactMap { organisation.lineage($0.unit).last })
        }
        let own = houses(call.person)
        return Options.people(call) { person in
            guard person.id != call.person, organisation.isWorking(person.id, on: today) else { return false }
            return call.me.isAdministrator || !own.isDisjoint(with: houses(person.id))
        }
    }

    private static func show(_ call: Call, _ form: FormData, _ faults: [Refusal.Fault]) async throws -> Response {
        let l = call.l
        let fields: HTML = """
            \(PlainField.select("to", l("代理人", "Delegate"), people(call), form["to"], faults, l))
            \(PlainField.day("from", l("自", "From"), form.has("from") ? form["from"] : call.today.description, faults, call))
            \(PlainField.day("until", l("至（含当日）", "Until (that day included)"), form["until"], faults, call))
            \(PlainField.text("reason", l("事由", "Reason"), form["reason"], faults, l, hint: l("例如：出差、休假", "For example: travel, leave")))
            """
        return try await call.page(
            l("委托代办", "Delegation"), here: "/delegations", status: faults.isEmpty ? .ok : .unprocessableContent,
            """
            <div class="head"><h1>\(l("委托代办", "Delegation"))</h1></div>
            \(FaultSummary.html(faults, call))
            <section class="sheet"><header><h2>\(l("委托情况", "Delegations"))</h2></header>\(try list(call))</section>
            <section class="sheet"><header><h2>\(l("委托他人代办", "Let another act for you"))</h2></header>
            <form class="pad" method="post" action="/delegations" novalidate>\(call.csrf)<div class="two">\(fields)</div>
            <button class="act">\(l("委托", "Delegate"))</button></form></section>
            """)
    }

    private static func list(_ call: Call) throws -> HTML {
        let l = call.l
        let mine = call.organisation.delegations.filter { ($0.giver == call.person || $0.receiver == call.person) && $0.to > call.now }
        if mine.isEmpty {
            return
                "<p class=\"pad quiet\">\(l("目前没有委托。外出期间可以委托同事代办，经过中会记下两个人的名字。", "There are none. While you are away a colleague can act for you; both names stand in the trail."))</p>"
        }
        let rows = try mine.map { delegation -> HTML in
            let last = delegation.to.adding(milliseconds: -1).day
            let end: HTML =
                delegation.giver == call.person
                ? """
                <details class="ask"><summary>\(l("结束", "End"))</summary><form method="post" action="/delegations/end">\(call.csrf)\
                <p class="hint">\(l("结束后代理人立即不能再代您办理，确定吗？", "The delegate can act for you no more from this moment. Are you sure?"))</p>\
                <button name="delegation" value="\(call.ids.word(delegation.id, .delegation))">\(l("确认结束", "Yes, end it"))</button></form></details>
                """ : ""
            return """
                <tr><td>\(call.organisation.name(delegation.giver)[l])</td><td>\(call.organisation.name(delegation.receiver)[l])</td>\
                <td>\(l.moment(delegation.from, in: call.today)) – \(l.day(last, in: call.today))</td>\
                <td>\(UserText.html(try call.desk.reason(of: delegation), l))</td><td>\(end)</td></tr>
                """
        }
        let heads = [l("委托人", "Giver"), l("代理人", "Delegate"), l("期间", "Period"), l("事由", "Reason")]
        return """
            <div class="scroll"><table><thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })<td></td></tr></thead><tbody>\
            \(rows)</tbody></table></div>
            """
    }
}
