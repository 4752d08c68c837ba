import CustomerAuthenticity
import Kernel
import Web
import WorkCalendar

/// 客户接触台: one screen for whoever has a customer before him or on the telephone - each value that nobody has verified, how it is asked,
/// and what came of it (第十二条).
enum ContactPage {
    static let title = Words("核实资料", "Verify the data")

    static let all = [
        RegulationPage(
            path: "/contact/:id", regulation: authenticity.id, title: title, isListed: false, document: ContactEvent.name,
            show: { .page(try await show($0, FormData())) }, take: { try await act($0, $1) })
    ]

    private typealias Value = ValueOrigin.Value

    private static func address(_ id: Int64, _ request: RegulationRequest) -> String {
        "/contact/\(request.word(document: id))"
    }

    // MARK: The screen

    private static func show(
        _ request: RegulationRequest, _ typed: FormData, _ faults: HTML = "", clear: DocumentRow? = nil
    ) async throws -> HTML {
        let found = try await request.found(ContactEvent.self), l = request.language, event = found.value
        let head: HTML = """
            <div class="head"><h1>\(title[l])</h1><a class="number" href="\(request.address(found.id.raw))">\(found.record.number ?? "")</a>\
            <span>\(event.kind.words[l])</span><span class="quiet">\(request.link(authenticity[12]))</span></div>
            """
        guard found.state == .opened else {
            return """
                \(head)<section class="sheet pad"><p><b>\(l("已登记核实结果", "The result is entered"))</b></p>\
                <p><a class="button act" href="/r/contact-event/new" autofocus>\(l("登记下一次接触", "Next contact"))</a></p></section>
                """
        }
        let row: DocumentRow = if let clear { clear } else { try await request.desk.document(event.customer.raw, by: request.person).row }
        let unverified = values(event.unverified), missing = values(event.missing)
        let known = unverified.map { field($0, row.values[$0.field]?.text ?? "", typed, l) }
        let wanted = missing.map { field($0, nil, typed, l) }
        let lines = (unverified + missing).compactMap(\.question)
        let reveal: HTML =
            clear == nil
            ? QueryForm.form(
                address(found.id.raw, request), "reveal", request.csrf, "", button: l("显示完整资料（留痕）", "Show the data in full (recorded)"),
                isMain: false) : ""
        let nothing: HTML =
            lines.isEmpty ? "<p>\(l("资料均已核实，没有需要补充的。", "Everything is verified, and nothing is missing."))</p>" : ""
        return """
            \(head)\(faults)<div class="cols"><div><section class="sheet pad">\(reveal)</section>\
            <form class="sheet" method="post" action="\(address(found.id.raw, request))">\(request.csrf)<input type="hidden" name="do" value="finish">\
            <header><h2>\(l("逐项核对", "Value by value"))</h2></header><div class="pad">\(nothing)\(known)\(wanted)\
            \(QueryForm.text("source", l("核实来源", "Source"), typed["source"].isEmpty ? source(event.kind, l) : typed["source"], longest: 100))\
            <div class="field">\(QueryForm.check("reminds", l("提醒客户：以后有变请及时办理变更（客户会收到一条提醒）", "Remind the customer to report changes (a reminder is sent)"), isOn: typed.has("reminds")))</div>\
            <div class="row"><button class="act">\(l("登记核实结果", "Enter the result"))</button></div></div></form></div>\
            \(QueryForm.script(lines + [ContactEvent.parting], l))</div>
            """
    }

    private static func values(_ codes: String) -> [Value] {
        codes.split(separator: ";").compactMap { Value(rawValue: String($0)) }.filter { $0 != .unknown }
    }

    private static func source(_ kind: ContactEvent.Kind, _ l: Language) -> String {
        l("\(kind.words.zh)时客户本人", "The customer, at: \(kind.words.en.lowercased())")
    }

    /// - Parameter known: as the record has it; `nil` where it has none.
    private static func field(_ value: Value, _ known: String?, _ typed: FormData, _ l: Language) -> HTML {
        let name = value.rawValue
        func choice(_ outcome: String, _ words: String) -> HTML {
            let isOn = typed["outcome.\(name)"] == outcome
            return """
                <label class="check"><input id="outcome.\(name).\(outcome.isEmpty ? "none" : outcome)" type="radio" name="outcome.\(name)" value="\(outcome)"\
                \(" checked", if: isOn)> \(words)</label>
                """
        }
        let confirmed: HTML = known == nil ? "" : choice("confirmed", l("确认无误", "Confirmed"))
        let new: HTML =
            value.takesNew
            ? """
            <input name="new.\(name)" value="\(typed["new.\(name)"])" maxlength="200" aria-label="\(l("新的", "New: "))\(value.words[l])" \
            placeholder="\(l("新的", "New: "))\(value.words[l])">
            """ : ""
        let told = value == .sex ? known.flatMap { PersonSex(rawValue: $0)?.words[l] } ?? known : known
        let shown: HTML =
            told.map { "<span class=\"number\">\($0)</span>" } ?? "<span class=\"quiet\">\(l("尚未提供", "not given yet"))</span>"
        return """
            <fieldset class="field asked"><legend><b>\(value.words[l])</b> \(shown)</legend><div class="row">\(choice("", l("未谈及", "Not asked")))\
            \(confirmed)\(choice("corrected", known == nil ? l("客户提供", "Given now") : l("需更正", "To be corrected")))\(new)</div></fieldset>
            """
    }

    // MARK: What its forms do

    private static func act(_ request: RegulationRequest, _ form: FormData) async throws -> RegulationResponse {
        let found = try await request.found(ContactEvent.self)
        do {
            switch form["do"] {
            case "reveal":
                let clear = try await request.desk.reveal(
                    found.value.customer.raw, of: Customer.name, by: request.person,
                    purpose: "\(found.value.kind.words.zh)时核实资料 \(found.record.number ?? "")")
                return .page(try await show(request, form, clear: clear))
            case "finish":
                try await request.desk.take(
                    ContactEvent.finish, on: found.id.raw,
                    input: ["findings": .list(findings(form, found.value)), "remindsOfChanges": .flag(form.has("reminds"))],
                    by: request.principal)
                return .redirect(address(found.id.raw, request))
            default: throw DeskError.absent
            }
        } catch let refusal as Refusal {
            return .page(try await show(request, form, request.summary(refusal)), isFault: true)
        } catch DeskError.invalid(let faults) {
            return .page(try await show(request, form, request.summary(faults)), isFault: true)
        }
    }

    private static func findings(_ form: FormData, _ event: ContactEvent) -> [JSONValue] {
        (values(event.unverified) + values(event.missing)).compactMap { value in
            let outcome = form["outcome.\(value.rawValue)"], told = form["new.\(value.rawValue)"].trimmingBlanks
            if outcome.isEmpty { return nil }
            func text(_ values: Value...) -> JSONValue { values.contains(value) && outcome == "corrected" ? .text(told) : .null }
            return .record([
                .init("value", .text(value.rawValue)), .init("outcome", .text(outcome)), .init("phone", text(.mobile, .landline)),
                .init("email", text(.email)), .init("address", text(.address)), .init("source", .text(form["source"].trimmingBlanks)),
            ])
        }
    }
}

extension ValueOrigin.Value {
    /// The field of the customer's record.
    fileprivate var field: String {
        switch self {
        case .birthDate: "birthDate"
        case .document: "documentNumber"
        default: rawValue
        }
    }

    /// Whether what the customer says is another now is taken down here; what a document proves is not.
    fileprivate var takesNew: Bool { [.mobile, .landline, .email, .address].contains(self) }
}
