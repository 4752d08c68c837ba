import CustomerAuthenticity
import Kernel
import Web
import WorkCalendar

/// 回访台: one screen for whoever calls a customer back - the number on file, what is said word for word, and the answer to each point
/// (第七条, 第十二条).
enum CallBackPage {
    static let title = Words("回访台", "Call screen")

    static let all = [
        RegulationPage(
            path: "/call-back/:id", regulation: authenticity.id, title: title, isListed: false, document: CallBack.name,
            acts: [CallBack.complete, CallBack.raise, CallBack.attempt].map(\.name),
            show: { .page(try await show($0, FormData())) }, take: { try await act($0, $1) })
    ]

    private static func address(_ id: Int64, _ request: RegulationRequest) -> String {
        "/call-back/\(request.word(document: id))"
    }

    // MARK: The screen

    /// - Parameter clear: the customer's record in full, where its reading was just entered.
    private static func show(
        _ request: RegulationRequest, _ typed: FormData, _ faults: HTML = "", clear: DocumentRow? = nil
    ) async throws -> HTML {
        let found = try await request.found(CallBack.self), l = request.language
        let head: HTML = """
            <div class="head"><h1>\(title[l])</h1><a class="number" href="\(request.address(found.id.raw))">\(found.record.number ?? "")</a>\
            <span class="quiet">\(request.link(authenticity[7])) \(request.link(authenticity[12]))</span></div>
            """
        guard found.state == .planned || found.state == .problem else { return try await ended(found, head, request) }
        let row: DocumentRow =
            if let clear { clear } else { try await request.desk.document(found.value.customer.raw, by: request.person).row }
        let end = found.value.coolingOffEnd.map { l.day($0) } ?? ""
        return """
            \(head)\(faults)<div class="cols"><div>\(numbers(row, isClear: clear != nil, found, request))\
            <form class="sheet" method="post" action="\(address(found.id.raw, request))">\(request.csrf)<header><h2>\(l("2 逐点询问", "2 Point by point"))</h2>\
            <span class="quiet">\(l("犹豫期至 \(end)", "Cooling-off until \(end)"))</span></header><div class="pad" id="answers">\(called(row, typed, l))\
            \(ScriptPoint.asked.map { asked($0, found.value, typed, l) })\
            <div class="row"><button class="act" name="do" value="complete">\(l("全部肯定，回访成功", "Yes to all: it succeeded"))</button>\
            <button name="do" value="raise">\(l("有问题，登记问题件", "A problem: enter it"))</button></div>\
            \(QueryForm.spoken(CallBack.parting, l))</div></form></div>\(missed(found, request))</div>
            """
    }

    /// The telephones of a customer's record, in its order.
    private static func telephones(_ row: DocumentRow) -> [(words: Words, number: String)] {
        let own = [("mobile", Words("手机", "Mobile")), ("landline", Words("固定电话", "Land line"))].map { key, words in
            (words, row.values[key]?.text ?? "")
        }
        let more = (row.values["contacts"]?.list ?? []).map { (Words("其他电话", "Other"), $0["phone"].text ?? "") }
        return (own + more).filter { !$0.1.isEmpty }.map { (words: $0.0, number: $0.1) }
    }

    private static func numbers(_ row: DocumentRow, isClear: Bool, _ found: Found<CallBack>, _ request: RegulationRequest) -> HTML {
        let l = request.language
        let lines = telephones(row).map { "<li>\($0.words[l]) <b class=\"number\">\($0.number)</b></li>" as HTML }
        let dial: HTML =
            isClear || lines.isEmpty
            ? ""
            : QueryForm.form(
                address(found.id.raw, request), "dial", request.csrf, "", button: l("调出完整号码（留痕）", "Show the numbers (recorded)"),
                class: "pad")
        let none: HTML =
            lines.isEmpty ? "<p class=\"pad\">\(l("没有登记的电话，请先办理资料更正。", "No telephone is on file; take a correction first."))</p>" : ""
        return """
            <section class="sheet"><header><h2>\(l("1 拨打登记的号码", "1 Call the number on file"))</h2></header><ul class="lines">\(lines)</ul>\(none)\(dial)\
            <div class="pad">\(CallBack.greeting.map { QueryForm.spoken($0, l) })</div></section>
            """
    }

    private static func called(_ row: DocumentRow, _ typed: FormData, _ l: Language) -> HTML {
        let choices = telephones(row).enumerated().map { place, telephone -> HTML in
            let isOn = typed["phone"].isEmpty ? place == 0 : typed["phone"] == String(place)
            return """
                <label class="check"><input type="radio" name="phone" value="\(place)"\(" checked", if: isOn)> \(telephone.words[l]) \
                <span class="number">\(telephone.number)</span></label>
                """
        }
        return """
            <fieldset class="field"><legend>\(l("接通的号码", "The number that was reached"))</legend><div class="row">\(choices)</div></fieldset>\
            <div class="field">\(QueryForm.check("isApplicant", l("投保人本人接听", "The applicant answers in person"), isOn: typed.has("isApplicant")))</div>
            """
    }

    private static func asked(_ point: ScriptPoint, _ call: CallBack, _ typed: FormData, _ l: Language) -> HTML {
        let name = "answer.\(point.rawValue)"
        let answers = ([.yes, .no, .unsure] as [ScriptAnswer.Answer]).map { answer -> HTML in
            """
            <label class="check"><input id="\(name).\(answer.rawValue)" type="radio" name="\(name)" value="\(answer.rawValue)"\
            \(" checked", if: typed[name] == answer.rawValue)> \(answer.words[l])</label>
            """
        }
        return """
            <fieldset class="field asked"><legend class="say"><q>\(point.spoken(until: call.coolingOffEnd)[l])</q></legend><div class="row">\(answers)\
            <input name="note.\(point.rawValue)" value="\(typed["note.\(point.rawValue)"])" maxlength="200" \
            aria-label="\(l("说明：", "Note: "))\(point.words[l])" placeholder="\(l("说明（选填）", "Note, optional"))"></div></fieldset>
            """
    }

    private static func missed(_ found: Found<CallBack>, _ request: RegulationRequest) -> HTML {
        let l = request.language
        let choices = CallBack.Missed.allCases.filter { $0 != .unknown }.map { ($0.rawValue, $0.words[l]) }
        let earlier = found.value.attempts.map { attempt -> HTML in
            "<li>\(attempt.missed.words[l]) <span class=\"quiet\">\(attempt.at.map { l.moment($0, in: request.now.day) } ?? "")</span></li>"
        }
        let form = QueryForm.form(
            address(found.id.raw, request), "missed", request.csrf,
            QueryForm.select("missed", l("没有接通，或不是本人", "Not reached, or somebody else"), choices), button: l("登记未接通", "Enter the attempt"),
            isMain: false, class: "pad")
        return
            "<section class=\"sheet\"><header><h2>\(l("未接通", "Not reached"))</h2></header>\(form)<ul class=\"lines\">\(earlier)</ul></section>"
    }

    private static func ended(_ found: Found<CallBack>, _ head: HTML, _ request: RegulationRequest) async throws -> HTML {
        let l = request.language, state = request.desk.catalogue.type(CallBack.name)?.state(found.record.state)?.words[l] ?? ""
        var query = RegisterQuery()
        (query.states, query.sort, query.limit, query.isCounted) = (["planned"], .oldest, 1, false)
        let next = try await request.desk.register(CallBack.name, query, by: request.person).rows.first
        let link: HTML =
            next.map { "<a class=\"button act\" href=\"\(address($0.id, request))\" autofocus>\(l("下一位客户", "Next customer"))</a>" }
            ?? HTML(l("没有待回访的客户了。", "Nobody else waits to be called."))
        return "\(head)<section class=\"sheet pad\"><p><b>\(state)</b></p><p>\(link)</p></section>"
    }

    // MARK: What its forms do

    private static func act(_ request: RegulationRequest, _ form: FormData) async throws -> RegulationResponse {
        let found = try await request.found(CallBack.self)
        do {
            switch form["do"] {
            case "dial":
                let clear = try await request.desk.reveal(
                    found.value.customer.raw, of: Customer.name, by: request.person, purpose: "犹豫期回访 \(found.record.number ?? "")")
                return .page(try await show(request, form, clear: clear))
            case "missed":
                return try await take(CallBack.attempt, ["missed": .text(form["missed"])], found, request)
            case "complete":
                let open = ScriptPoint.asked.filter { form["answer.\($0.rawValue)"].isEmpty }.map { point in
                    Refusal.Fault(
                        field: "answer.\(point.rawValue).yes",
                        Words("“\(point.words.zh)”还没有答复", "No answer yet: \(point.words.en.lowercased())"))
                }
                if !open.isEmpty { return .page(try await show(request, form, request.summary(open)), isFault: true) }
                return try await take(CallBack.complete, try await input(form, found, request), found, request)
            case "raise": return try await take(CallBack.raise, try await input(form, found, request), found, request)
            default: throw DeskError.absent
            }
        } catch let refusal as Refusal {
            return .page(try await show(request, form, request.summary(refusal)), isFault: true)
        } catch DeskError.invalid(let faults) {
            return .page(try await show(request, form, request.summary(faults)), isFault: true)
        }
    }

    private static func take(
        _ step: Step<CallBack>, _ input: [String: JSONValue], _ found: Found<CallBack>, _ request: RegulationRequest
    ) async throws -> RegulationResponse {
        try await request.desk.take(step, on: found.id.raw, input: input, by: request.principal)
        return .redirect(address(found.id.raw, request))
    }

    private static func input(
        _ form: FormData, _ found: Found<CallBack>, _ request: RegulationRequest
    ) async throws -> [String: JSONValue] {
        let customer = try await request.desk.load([found.value.customer]).first?.value
        let numbers = ([customer?.mobile ?? "", customer?.landline ?? ""] + (customer?.contacts.map(\.phone) ?? [])).filter { !$0.isEmpty }
        // What is no place in the list is no number: the first is not taken for it.
        let place = Int(form["phone"]) ?? -1
        let isApplicant = form.has("isApplicant")
        let answers = ScriptPoint.asked.compactMap { point -> JSONValue? in
            var answer = ScriptAnswer.Answer(rawValue: form["answer.\(point.rawValue)"]) ?? .unknown
            // Whoever else answers is not the applicant, and is asked no further.
            if answer == .unknown, point == .applicant, !isApplicant { answer = .no }
            return answer == .unknown ? nil : ScriptAnswer(point, answer, note: form["note.\(point.rawValue)"]).stored
        }
        return [
            "phone": .text(numbers.indices.contains(place) ? numbers[place] : ""), "isApplicant": .flag(isApplicant),
            "answers": .list(answers),
        ]
    }
}
