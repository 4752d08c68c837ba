import CustomerAuthenticity
import Kernel
import Web
import WorkCalendar

/// 电话查询台: one screen for the person at the telephone - what to read out, where to type, and what may be told (第十七条). It is used with
/// the keyboard: the cursor stands where the next answer goes, Enter sends it, the four scopes have the keys 1 to 4.
struct TelephoneDeskPage: Sendable {
    let delivery: any CodeDelivery
    let floor: Duration
    static let title = Words("电话查询台", "Telephone desk")

    init(delivery: any CodeDelivery = NoCodeDelivery(), floor: Duration = EvenTime.usual) {
        (self.delivery, self.floor) = (delivery, floor)
    }

    var all: [RegulationPage] {
        [
            RegulationPage(
                path: "/desk", regulation: authenticity.id, title: Self.title, starts: TelephoneQuery.name,
                show: { .page(try await start($0, FormData())) }, take: open),
            RegulationPage(
                path: "/desk/:id", regulation: authenticity.id, title: Self.title, isListed: false, show: { .page(try await show($0)) },
                take: { try await act($0, $1) }),
        ]
    }

    // MARK: A call comes in

    private func start(_ request: RegulationRequest, _ typed: FormData, _ faults: HTML = "") async throws -> HTML {
        let l = request.language
        var query = RegisterQuery()
        (query.onlyOpen, query.limit, query.isCounted, query.person) = (true, 10, false, request.person)
        let open = try await request.desk.register(TelephoneQuery.name, query, by: request.person).rows.filter {
            $0.holder == request.person
        }
        let waiting = open.map { row -> HTML in
            let state = request.desk.catalogue.type(row.type)?.state(row.state)?.words[l] ?? ""
            return
                "<li><a href=\"\(address(row.id, request))\">\(row.number ?? "")</a> <span class=\"quiet\">\(state) · \(l.moment(row.created, in: request.now.day))</span></li>"
        }
        let mine: HTML =
            waiting.isEmpty
            ? ""
            : "<section class=\"sheet\"><header><h2>\(l("办理中的来电", "Calls under way"))</h2></header><ul class=\"lines\">\(waiting)</ul></section>"
        let form = QueryForm.form(
            "/desk", "open", request.csrf,
            """
            \(QueryForm.text("callerNumber", l("来电号码", "Calling number"), typed["callerNumber"], hint: l("未显示号码的可不填", "empty where withheld"), isFirst: true, digits: true))
            \(QueryForm.text("name", l("来电人姓名", "Name of the caller"), typed["name"]))
            \(QueryForm.text("claim", l("证件号码或保单号", "Document or policy number"), typed["claim"]))
            \(QueryForm.text("wish", l("查询事由", "What it is about"), typed["wish"], longest: 200))
            """, button: l("开始核对身份", "Begin"), class: "pad")
        return """
            \(head(request, nil))\(faults)<div class="cols"><div><section class="sheet"><header><h2>\(l("1 登记来电", "1 The call"))</h2></header>\(form)</section>\(mine)</div>\
            \(QueryForm.script(
                [
                    Words("您好，这里是客户服务热线。请问您怎么称呼？", "Customer service, good day. May I have your name?"),
                    Words("请说出您的证件号码或者保单号。", "Please say the number of your document of identity, or of a policy."),
                    Words("为了保护您的信息，我先核对几个问题，可以吗？", "To protect your data I first have a few questions. Is that all right?"),
                ], l))</div>
            """
    }

    private func open(_ request: RegulationRequest, _ form: FormData) async throws -> RegulationResponse {
        let input = ["callerNumber", "name", "claim", "wish"].map { ($0, JSONValue.text(form[$0])) }
        return try await EvenTime.of(floor) {
            do {
                let taken = try await request.desk.take(
                    TelephoneQuery.open, input: Dictionary(uniqueKeysWithValues: input), by: request.principal)
                return .redirect(address(taken.id, request))
            } catch let refusal as Refusal {
                return .page(try await start(request, form, request.summary(refusal)), isFault: true)
            } catch DeskError.invalid(let faults) {
                return .page(try await start(request, form, request.summary(faults)), isFault: true)
            }
        }
    }

    // MARK: A query

    func address(_ id: Int64, _ request: RegulationRequest) -> String {
        "/desk/\(request.word(document: id))"
    }

    /// The query, for whoever holds it alone.
    func found(_ request: RegulationRequest) async throws -> Found<TelephoneQuery> {
        let id = try request.document("id")
        let view = try await request.desk.document(id, by: request.person)
        guard view.row.type == TelephoneQuery.name, view.row.holder == request.person,
            let found = try await request.desk.load([ID<TelephoneQuery>(id)]).first
        else { throw DeskError.absent }
        return found
    }

    private func head(_ request: RegulationRequest, _ number: String?) -> HTML {
        """
        <div class="head"><h1>\(Self.title[request.language])</h1>\(number.map { "<span class=\"number\">\($0)</span>" as HTML } ?? "")\
        <span class="quiet">\(request.link(authenticity[17])) \(request.link(authenticity[21]))</span></div>
        """
    }

    func show(_ request: RegulationRequest, _ faults: HTML = "", told: HTML = "", note: Words? = nil) async throws -> HTML {
        let found = try await found(request), l = request.language
        let stage: (main: HTML, lines: [Words]) =
            switch found.state {
            case .asked: asking(found, request)
            case .proved: try await proving(found, request)
            case .open: try await telling(found, request)
            default: ended(found, request)
            }
        let noteHTML: HTML = note.map { "<div class=\"note\" role=\"status\"><p>\($0[l])</p></div>" } ?? ""
        return """
            \(head(request, found.record.number))\(faults)\(noteHTML)<div class="cols"><div>\(told)\(stage.main)</div>\(QueryForm.script(stage.lines, l))</div>
            """
    }

    private func sheet(_ title: String, _ inside: HTML) -> HTML {
        "<section class=\"sheet\"><header><h2>\(title)</h2></header>\(inside)</section>"
    }

    private func asking(_ found: Found<TelephoneQuery>, _ request: RegulationRequest) -> (HTML, [Words]) {
        let l = request.language, address = address(found.id.raw, request)
        let fields = found.value.asked.enumerated().map { place, question in
            QueryForm.text("answer.\(place)", "\(place + 1). \(question.words[l])", hint: question.hint[l], isFirst: place == 0)
        }
        let form = QueryForm.form(address, "answer", request.csrf, "\(fields)", button: l("核对", "Compare"), class: "pad")
        let hangUp = QueryForm.form(
            address, "hangUp", request.csrf, "", button: l("客户挂断", "The caller hung up"), isMain: false, class: "pad")
        let hint: HTML =
            "<p class=\"pad hint\">\(l("系统只回答“通过”或“未通过”，不显示正确答案。客户答不上的填“不知道”。", "The system says only yes or no, and shows no right answer. Where the caller has none, type “unknown”."))</p>"
        return ("\(sheet(l("2 核对身份", "2 Identity"), "\(hint)\(form)"))\(hangUp)", found.value.asked.map(\.spoken))
    }

    private func proving(_ found: Found<TelephoneQuery>, _ request: RegulationRequest) async throws -> (HTML, [Words]) {
        let l = request.language, address = address(found.id.raw, request)
        let code = try await request.desk.load([found.value.code]).first
        let number = try await request.desk.inquire(within: found.record.scope) { try TelephoneQuery.numberToDial(of: found, $0) }
        var parts: [HTML] = []
        if delivery.way == nil {
            parts.append(
                "<p class=\"pad note\">\(l("未接通短信网关，不能发送验证码。请告诉客户先挂机，按留存号码回拨，由本人接听。", "No SMS gateway is connected: a code cannot be sent. Let the caller hang up, and call back on the number on file."))</p>"
            )
        } else {
            let isSent = code.map { $0.state == .issued || $0.state == .sent } ?? false
            if isSent {
                parts.append(
                    QueryForm.form(
                        address, "code", request.csrf,
                        QueryForm.text(
                            "typedCode", l("客户报出的验证码", "The code that the caller says"), isFirst: true, longest: 12, digits: true),
                        button: l("核对验证码", "Compare"), class: "pad"))
            }
            parts.append(
                QueryForm.form(
                    address, "send", request.csrf, "",
                    button: isSent ? l("重新发送", "Send another") : l("向留存号码发送验证码", "Send a code to the number on file"),
                    isMain: !isSent, class: "pad"))
        }
        if let number {
            parts.append(
                QueryForm.form(
                    address, "called", request.csrf,
                    """
                    <p>\(l("留存号码", "Number on file"))：<b class="number">\(number)</b></p>\(QueryForm.check("isOwnVoice", l("已回拨，由本人接听", "Called back; the person answered")))
                    \(QueryForm.text("callNote", l("回拨情况", "The call back"), longest: 200))
                    """, button: l("登记回拨", "Enter the call back"), class: "pad"))
        } else {
            parts.append(
                QueryForm.form(
                    address, "dial", request.csrf, "", button: l("调出留存号码回拨（留痕）", "Show the number to call back (recorded)"),
                    isMain: delivery.way == nil,
                    class: "pad"))
        }
        parts.append(
            QueryForm.form(address, "hangUp", request.csrf, "", button: l("客户挂断", "The caller hung up"), isMain: false, class: "pad"))
        let lines = [
            Words(
                "我们向您登记的手机发送了一个六位验证码，请您念给我听。",
                "We have sent a code of six digits to the mobile that we have of you. Please read it out to me."),
            Words("如果没有收到，请您先挂机，我们马上按登记的号码给您回电。", "If nothing came, please hang up; we call you back at once on the number that we have."),
        ]
        return (sheet(l("3 验证码或回拨", "3 Code or call back"), "\(parts)"), lines)
    }

    private func telling(_ found: Found<TelephoneQuery>, _ request: RegulationRequest) async throws -> (HTML, [Words]) {
        let l = request.language, address = address(found.id.raw, request)
        let (rights, consents) = try await request.desk.inquire(within: found.record.scope) {
            (try TelephoneQuery.rights(of: found, $0), try TelephoneQuery.consents(of: found, $0))
        }
        let policies = rights.enumerated().map { place, right -> HTML in
            let buttons = right.scopes.enumerated().map { key, scope -> HTML in
                """
                <button name="scope" value="\(scope.rawValue)"\(" accesskey=\"\(key + 1)\"", if: place == 0)>\(place == 0 ? "\(key + 1) " : "")\(scope.words[l])</button>
                """
            }
            return """
                <li><span><b class="number">\(right.policy.value.title)</b> \(right.policy.value.productClass.words[l]) · \(right.role.words[l])</span>
                <form method="post" action="\(address)" class="row">\(request.csrf)<input type="hidden" name="do" value="tell">\
                <input type="hidden" name="policy" value="\(right.policy.value.title)">\(buttons)</form></li>
                """
        }
        let list: HTML =
            policies.isEmpty
            ? "<p class=\"pad\">\(l("没有可以告知的保单。", "There is no policy to be told of."))</p>" : "<ul class=\"lines\">\(policies)</ul>"
        let given = consents.map { consent -> HTML in
            """
            <li><span><span class="number">\(consent.record.number ?? "")</span> \(UserText.html(SealedKind.maskName(consent.value.partyName), l))</span>
            <form method="post" action="\(address)">\(request.csrf)<input type="hidden" name="do" value="withdraw"><button name="consent" value="\(consent.record.number ?? "")">\(l("立即撤回", "Withdraw now"))</button></form></li>
            """
        }
        let consenting: HTML =
            given.isEmpty ? "" : sheet(l("客户作出的第三方查询同意", "Consents that the customer gave"), "<ul class=\"lines\">\(given)</ul>")
        let finish = QueryForm.form(
            address, "finish", request.csrf, QueryForm.text("note", l("办理情况", "Note"), longest: 500), button: l("办结", "Finish"),
            class: "pad")
        let ends =
            found.value.until.map {
                l("须在 \(l.moment($0, in: request.now.day)) 前办结", "to be finished by \(l.moment($0, in: request.now.day))")
            } ?? ""
        let lines = [
            Words("谢谢您，身份已经核实。请问您要查询哪份保单、哪方面的内容？", "Thank you, your identity is verified. About which policy, and what, do you ask?"),
            Words("请问还有其他需要查询的吗？", "Is there anything else?"),
        ]
        return (
            """
            \(sheet(l("4 告知客户", "4 Tell the customer"), "<p class=\"pad hint\">\(l("只告知客户所问；每次调阅都登记。", "Tell what is asked; each look is entered.")) \(ends)</p>\(list)"))\
            \(toldSheet(found.value.told, request))\(consenting)\(sheet(l("5 办结", "5 Finish"), finish))
            """, lines
        )
    }

    private func toldSheet(_ told: [ToldLine], _ request: RegulationRequest) -> HTML {
        let l = request.language
        if told.isEmpty { return "" }
        let lines = told.map { line -> HTML in
            "<li><span class=\"number\">\(line.policyNo)</span> \(line.scope.words[l]) <span class=\"quiet\">\(line.at.map { l.moment($0, in: request.now.day) } ?? "")</span></li>"
        }
        return sheet(l("已告知", "Told"), "<ul class=\"lines\">\(lines)</ul>")
    }

    private func ended(_ found: Found<TelephoneQuery>, _ request: RegulationRequest) -> (HTML, [Words]) {
        let l = request.language, state = request.desk.catalogue.type(TelephoneQuery.name)?.state(found.record.state)?.words[l] ?? ""
        let lines =
            found.state == .failed
            ? [
                Words(
                    "很抱歉，没有核实到您的身份，暂时不能为您查询。您可以稍后再来电，或者带上身份证件和保险合同到柜台办理。",
                    "I am sorry, your identity could not be verified, and I cannot tell you anything now. Please call again later, or bring your document and the contract to our counter."
                )
            ] : [Words("感谢您的来电，再见。", "Thank you for your call. Good-bye.")]
        let main = sheet(
            state,
            """
            <div class="pad"><p><a class="button act" href="/desk" autofocus>\(l("下一个来电", "Next call"))</a></p></div>
            """)
        return ("\(main)\(toldSheet(found.value.told, request))", lines)
    }
}
