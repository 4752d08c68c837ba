import CustomerAuthenticity
import Kernel
import Web
import WorkCalendar

/// 柜台查询: document and contract in hand, both compared before anything is shown (第十九条).
struct CounterPage: Sendable {
    static let title = Words("柜台查询", "Counter")

    static let all = [
        RegulationPage(
            path: "/counter", regulation: authenticity.id, title: title, starts: CounterQuery.name,
            show: { .page(try await start($0, FormData())) }, take: check),
        RegulationPage(
            path: "/counter/:id", regulation: authenticity.id, title: title, isListed: false, show: { .page(try await show($0)) },
            take: { try await act($0, $1) }),
    ]

    private static func head(_ request: RegulationRequest, _ number: String?) -> HTML {
        """
        <div class="head"><h1>\(title[request.language])</h1>\(number.map { "<span class=\"number\">\($0)</span>" as HTML } ?? "")\
        <span class="quiet">\(request.link(authenticity[19])) \(request.link(authenticity[21]))</span></div>
        """
    }

    private static func address(_ id: Int64, _ request: RegulationRequest) -> String {
        "/counter/\(request.word(document: id))"
    }

    // MARK: What is said

    private static let greeting = [
        Words("您好，请出示您的身份证件原件和保险合同。", "Good day. May I see your document of identity and your insurance contract, please?"),
        Words("请问您想了解哪方面的情况？", "What would you like to know?"),
    ]
    private static let refusal = [
        Words(
            "很抱歉，您的证件和合同没有核对一致，暂时不能为您查询。请您核对后再办理，或者由投保人本人来办理。",
            "I am sorry, document and contract do not agree, and I cannot tell you anything now. Please check them, or let the policyholder come."
        )
    ]
    private static let telling = [
        Words("谢谢您，已经核对一致。我把您要了解的情况告诉您。", "Thank you, they agree. I tell you what you asked for."),
        Words("请问您现在用的手机号码是多少？我核对一下登记的号码。", "What is your mobile number now? I compare it with the one that we have."),
    ]
    private static let receiving = [
        Words("您的材料已经收下，审核后会通知您再来办理。", "Your papers are received. We tell you when they have been looked at.")
    ]
    private static let parting = [Words("已经为您办好，谢谢您，请慢走。", "That is all. Thank you, and good-bye.")]

    // MARK: Document and contract

    private static func start(_ request: RegulationRequest, _ typed: FormData, _ faults: HTML = "") async throws -> HTML {
        let l = request.language
        let kinds = CardKind.allCases.filter { $0 != .unknown && $0 != .other && $0 != .birthCertificate }.map {
            ($0.rawValue, $0.words[l])
        }
        let form = QueryForm.form(
            "/counter", "check", request.csrf,
            """
            <div class="two">\(QueryForm.select("documentType", l("出示的证件", "Document seen"), kinds, typed["documentType"].isEmpty ? "resident-id" : typed["documentType"]))
            \(QueryForm.text("documentNumber", l("证件号码（照证件抄录）", "Its number, as printed"), typed["documentNumber"], isFirst: true))
            \(QueryForm.text("name", l("证件上的姓名", "Name on it"), typed["name"]))
            \(QueryForm.text("contractNo", l("保险合同号（照合同抄录）", "Contract number, as printed"), typed["contractNo"]))</div>
            \(QueryForm.text("wish", l("查询事由", "What it is about"), typed["wish"], longest: 200))
            <div class="field">\(QueryForm.check("isDocumentSeen", l("已核对证件原件与本人相符", "The original was seen and shows this person"), isOn: typed.has("isDocumentSeen")))
            \(QueryForm.check("isContractSeen", l("已核对保险合同原件（第三方为查询同意书）", "The contract (of a third party the consent) was seen"), isOn: typed.has("isContractSeen")))</div>
            """, button: l("核对", "Compare"), class: "pad")
        var query = RegisterQuery()
        (query.onlyOpen, query.limit, query.isCounted, query.person) = (true, 10, false, request.person)
        let rows = try await request.desk.register(CounterQuery.name, query, by: request.person).rows.filter { $0.holder == request.person }
        let open = rows.map { row -> HTML in
            "<li><a href=\"\(address(row.id, request))\">\(row.number ?? "")</a> <span class=\"quiet\">\(l.moment(row.created, in: request.now.day))</span></li>"
        }
        let mine: HTML =
            open.isEmpty
            ? "" : "<section class=\"sheet\"><header><h2>\(l("办理中", "Under way"))</h2></header><ul class=\"lines\">\(open)</ul></section>"
        let links: HTML = """
            <p class="quiet">\(l("被保险人身故、受益人为法定继承人的：", "Where the insured has died and the beneficiaries are the legal heirs:"))
            <a href="/r/counter-query/new?step=checkHeir">\(l("受理继承人查询", "Receive an heir"))</a>。
            <a href="/r/query-consent/new">\(l("登记第三方查询同意", "Record a consent"))</a></p>
            """
        return """
            \(head(request, nil))\(faults)<div class="cols"><div><section class="sheet"><header><h2>\(l("1 核对证件和合同", "1 Document and contract"))</h2></header>\(form)</section>\(mine)\(links)</div>\
            \(QueryForm.script(faults.isEmpty ? greeting : refusal, l))</div>
            """
    }

    private static func check(_ request: RegulationRequest, _ form: FormData) async throws -> RegulationResponse {
        var input = Dictionary(
            uniqueKeysWithValues: ["documentType", "documentNumber", "name", "contractNo", "wish"].map { ($0, JSONValue.text(form[$0])) })
        for flag in ["isDocumentSeen", "isContractSeen"] { input[flag] = .flag(form.has(flag)) }
        let asked = input
        return try await EvenTime.of(EvenTime.usual) {
            do {
                let taken = try await request.desk.take(CounterQuery.check, input: asked, by: request.principal)
                if let refusal = taken.refusal { return .page(try await start(request, form, request.summary(refusal)), isFault: true) }
                return .redirect(address(taken.id, request))
            } catch let refusal as Refusal {
                return .page(try await start(request, form, request.summary(refusal)), isFault: true)
            } catch DeskError.invalid(let faults) {
                return .page(try await start(request, form, request.summary(faults)), isFault: true)
            }
        }
    }

    // MARK: What is told

    private static func found(_ request: RegulationRequest) async throws -> Found<CounterQuery> {
        let id = try request.document("id")
        let view = try await request.desk.document(id, by: request.person)
        guard view.row.type == CounterQuery.name, view.row.holder == request.person,
            let found = try await request.desk.load([ID<CounterQuery>(id)]).first
        else { throw DeskError.absent }
        return found
    }

    private static func show(_ request: RegulationRequest, _ faults: HTML = "", told: HTML = "", note: Words? = nil) async throws -> HTML {
        let found = try await found(request), l = request.language, address = address(found.id.raw, request)
        let right = try await request.desk.inquire(within: found.record.scope) { try CounterQuery.right(of: found, $0) }
        let noteHTML: HTML = note.map { "<div class=\"note\" role=\"status\"><p>\($0[l])</p></div>" } ?? ""
        guard let right else {
            let state = request.desk.catalogue.type(CounterQuery.name)?.state(found.record.state)?.words[l] ?? ""
            return """
                \(head(request, found.record.number))\(faults)<div class="cols"><section class="sheet pad"><p>\(state)</p>\
                <p><a class="button act" href="/counter" autofocus>\(l("下一位客户", "Next customer"))</a></p></section>\
                \(QueryForm.script(found.state == .refused ? refusal : found.state == .waiting ? receiving : parting, l))</div>
                """
        }
        let buttons = right.scopes.enumerated().map { place, scope -> HTML in
            "<button name=\"scope\" value=\"\(scope.rawValue)\" accesskey=\"\(place + 1)\">\(place + 1) \(scope.words[l])</button>"
        }
        let tellingForm: HTML = """
            <div class="pad"><p><b class="number">\(right.policy.value.title)</b> \(right.policy.value.productClass.words[l]) · \(right.role.words[l])</p>
            <form method="post" action="\(address)" class="row">\(request.csrf)<input type="hidden" name="do" value="tell">\(buttons)</form></div>
            """
        let number = QueryForm.form(
            address, "confirm", request.csrf,
            QueryForm.text(
                "telephone", l("请客户说出手机号，确认仍在使用", "Let the customer say the mobile"),
                hint: l("与留存号码相符的，该号码可继续接收验证码；不符的办理资料更正", "where it is that on file, codes may go there again; else take a correction"),
                digits: true),
            button: l("确认留存号码", "Confirm"), isMain: false, class: "pad")
        let finish = QueryForm.form(
            address, "finish", request.csrf, QueryForm.text("note", l("办理情况", "Note"), longest: 500), button: l("办结", "Finish"),
            class: "pad")
        return """
            \(head(request, found.record.number))\(faults)\(noteHTML)<div class="cols"><div>\(told)<section class="sheet"><header><h2>\(l("2 告知客户", "2 Tell the customer"))</h2></header>\(tellingForm)</section>
            <section class="sheet">\(number)</section><section class="sheet"><header><h2>\(l("3 办结", "3 Finish"))</h2></header>\(finish)</section></div>\
            \(QueryForm.script(Self.telling, l))</div>
            """
    }

    private static func act(_ request: RegulationRequest, _ form: FormData) async throws -> RegulationResponse {
        let found = try await found(request), id = found.id.raw
        do {
            switch form["do"] {
            case "tell":
                let scope = QueryScope(rawValue: form["scope"]) ?? .unknown
                try await request.desk.take(
                    CounterQuery.tell, on: id, input: ["askedScope": .text(scope.rawValue)], by: request.principal)
                let told = try await request.desk.inquire(within: found.record.scope) { inquiry -> PolicyDisclosure? in
                    try CounterQuery.right(of: found, inquiry).map { try PolicyDisclosure(scope, of: $0.policy, inquiry) }
                }
                guard let told else { throw DeskError.absent }
                return .page(try await show(request, told: DisclosureSheet.html(told, request.language)))
            case "confirm":
                try await request.desk.take(
                    CounterQuery.confirmTelephone, on: id, input: ["telephone": .text(form["telephone"])], by: request.principal)
                return .page(try await show(request, note: Words("已确认，该号码可以接收验证码。", "Confirmed: codes may go to this number.")))
            case "finish":
                try await request.desk.take(CounterQuery.finish, on: id, input: ["note": .text(form["note"])], by: request.principal)
                return .redirect("/counter")
            default: throw DeskError.absent
            }
        } catch let refusal as Refusal {
            return .page(try await show(request, request.summary(refusal)), isFault: true)
        } catch DeskError.invalid(let faults) {
            return .page(try await show(request, request.summary(faults)), isFault: true)
        }
    }
}
