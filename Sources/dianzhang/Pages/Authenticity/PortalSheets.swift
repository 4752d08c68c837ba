import CustomerAuthenticity
import Kernel
import Web
import WorkCalendar

/// What the customer sees.
extension PortalPages {
    /// Name, document, and what for.
    func start(_ request: OpenRequest, _ typed: FormData, _ faults: [Words]) async throws -> OpenResponse {
        let l = request.language, scopes = try await scopes(request)
        if scopes.isEmpty { throw DeskError.absent }
        guard delivery.way != nil else {
            return OpenResponse(
                """
                <h1>\(Self.title[l])</h1><div class="note" role="status"><p>\(l("网上查询暂时不能发送验证码，请通过热线或者柜台查询。", "Codes cannot be sent at present. Please ask by the hot line or at a counter."))</p></div>
                <p><a href="/channels">\(l("查询渠道", "Where to ask"))</a></p>
                """)
        }
        let branch: HTML =
            scopes.count == 1
            ? "<input type=\"hidden\" name=\"scope\" value=\"0\">"
            : QueryForm.select(
                "scope", l("承保机构", "Insurer's branch"), scopes.enumerated().map { (String($0), $1.words[l]) }, typed["scope"])
        let isRegistering = typed["purpose"] == "register"
        func purpose(_ value: String, _ words: String, _ isOn: Bool) -> HTML {
            """
            <label class="check"><input type="radio" name="purpose" value="\(value)"\(" checked", if: isOn)> \(words)</label>
            """
        }
        let by =
            delivery.way == .mail ? l("登记的电子邮箱", "the e-mail address that we have of you") : l("登记的手机", "the mobile that we have of you")
        return OpenResponse(
            """
            <h1>\(Self.title[l])</h1>\(QueryForm.faults(faults, l))
            <p>\(l("投保人、被保险人、受益人和经同意的第三方可以查询保单资料、保障利益、缴费和赔案。验证码发往\(by)。", "Applicants, insured, beneficiaries and third parties with consent may ask of policy data, benefits, payments and claims. A code goes to \(by)."))</p>
            <form class="sheet pad" method="post" action="/portal"><input type="hidden" name="do" value="ask">\(branch)
            <fieldset class="field"><legend>\(l("事项", "What for"))</legend><div class="row">\(purpose("login", l("查询（已注册）", "Query, registered"), !isRegistering))\(purpose("register", l("首次使用，注册", "First time: register"), isRegistering))</div></fieldset>
            \(QueryForm.text("name", l("姓名", "Name"), typed["name"], isFirst: faults.isEmpty))\(QueryForm.text("number", l("证件号码", "Document number"), typed["number"]))
            <div class="field">\(QueryForm.check("agrees", l("注册时勾选：我已阅读查询须知，同意以证件号码和登记手机核实身份", "When registering: I have read the terms, and agree to be verified by document and mobile")))
            <p class="hint">\(l("须知：只能查询本人有身份的保单；每次查看都有记录；请勿把验证码告诉他人；手机号变更或久未使用的，请先拨打热线或到柜台确认。", "Terms: only policies in which you have a role; every look is recorded; tell nobody the code; a mobile that has changed or was long unused is confirmed by the hot line or at a counter first."))</p></div>
            <div class="row"><button class="act">\(l("获取验证码", "Get a code"))</button></div></form>
            <p class="quiet">\(l("本页只用一个会话标识，退出或关闭浏览器即失效。", "This page keeps one word of the session, which is gone when you leave."))
            <a href="/channels">\(l("其他查询渠道", "Other ways to ask"))</a></p>
            """, isFault: !faults.isEmpty)
    }

    private func form(_ act: String, _ request: OpenRequest, _ inside: HTML, button: String, isMain: Bool = true) -> HTML {
        let csrf: HTML = "<input type=\"hidden\" name=\"csrf\" value=\"\(Self.csrf(request))\">"
        return QueryForm.form("/portal", act, csrf, inside, button: button, isMain: isMain)
    }

    func codeAsked(_ request: OpenRequest, _ visit: Found<PortalVisit>, _ faults: [Words]) async throws -> OpenResponse {
        let l = request.language
        let minutes = try await request.desk.inquire(within: visit.record.scope) { try QueryCode.minutes($0) }
        return OpenResponse(
            """
            <h1>\(Self.title[l])</h1>\(QueryForm.faults(faults, l))
            <p>\(l("如果您填写的信息与登记一致，且登记的号码可以使用，验证码已经发出，\(minutes)分钟内有效。没有收到的，请一分钟后重新获取。", "If what you entered is what we have, and the number may be used, a code is on its way; it is good for \(minutes) minutes. If nothing comes, ask again in a minute."))</p>
            <section class="sheet pad">\(form("enter", request, QueryForm.text("code", l("验证码", "Code"), isFirst: faults.isEmpty, longest: 12, digits: true, completes: "one-time-code"), button: l("进入查询", "Enter")))</section>
            <section class="sheet pad">\(form("again", request, "", button: l("重新填写", "Start again"), isMain: false))</section>
            """, isFault: !faults.isEmpty)
    }

    func home(_ request: OpenRequest, _ view: PortalView, _ faults: [Words], _ told: HTML) -> OpenResponse {
        let l = request.language
        let csrf: HTML = "<input type=\"hidden\" name=\"csrf\" value=\"\(Self.csrf(request))\">"
        let policies = view.items.map { item -> HTML in
            let buttons = item.right.scopes.map { "<button name=\"scope\" value=\"\($0.rawValue)\">\($0.words[l])</button>" as HTML }
            return """
                <li><span><b class="number">\(number(item.right, view))</b> \(item.right.policy.value.productClass.words[l]) · \(item.right.role.words[l])</span>
                <form method="post" action="/portal" class="row">\(csrf)<input type="hidden" name="do" value="view"><input type="hidden" name="policy" value="\(item.handle)">\(buttons)</form></li>
                """
        }
        let list: HTML =
            policies.isEmpty
            ? "<p class=\"pad\">\(l("目前没有可以查询的保单。", "There is no policy to ask about."))</p>" : "<ul class=\"lines\">\(policies)</ul>"
        return OpenResponse(
            """
            <div class="head"><h1>\(l("您好，", "Good day, "))\(UserText.html(view.maskedName, l))</h1>\(form("leave", request, "", button: l("退出", "Leave"), isMain: false))</div>
            \(QueryForm.faults(faults, l))\(unmasking(request, view))\(told)
            <section class="sheet"><header><h2>\(l("我的保单", "My policies"))</h2></header>\(list)</section>
            \(more(request, view))
            """, isFault: !faults.isEmpty)
    }

    private func number(_ right: QueryRight, _ view: PortalView) -> String {
        view.isClear ? right.policy.value.title : PolicyDisclosure.masked(right.policy.value.title)
    }

    private func unmasking(_ request: OpenRequest, _ view: PortalView) -> HTML {
        let l = request.language
        if view.isClear {
            return
                "<div class=\"note\" role=\"status\"><p>\(l("已通过二次验证，资料完整显示至 \(view.clearUntil.map { l.moment($0, in: request.now.day) } ?? "")。", "The second code was given: data are shown in full until \(view.clearUntil.map { l.moment($0, in: request.now.day) } ?? "")."))</p></div>"
        }
        let ask = form(
            "askReveal", request, "", button: view.isSecondAsked ? l("重新获取", "Get another") : l("获取二次验证码", "Get a second code"),
            isMain: !view.isSecondAsked)
        let enter: HTML =
            view.isSecondAsked
            ? form(
                "reveal", request,
                QueryForm.text("code", l("二次验证码", "Second code"), isFirst: true, longest: 12, digits: true, completes: "one-time-code"),
                button: l("完整显示", "Show in full")) : ""
        return """
            <section class="sheet"><header><h2>\(l("部分内容已遮蔽", "Some of it is masked"))</h2></header><div class="pad"><p>\(l("金额、日期和号码要再输入一次验证码才完整显示。", "Amounts, days and numbers are shown in full after one more code."))</p>\(enter)\(ask)</div></section>
            """
    }

    /// Consents and extracts, after the second code.
    private func more(_ request: OpenRequest, _ view: PortalView) -> HTML {
        let l = request.language
        let consents = view.consents.map { consent -> HTML in
            """
            <li><span>\(UserText.html(consent.value.partyName, l)) <span class="quiet">\(QueryScope.all(in: consent.value.scopes).map { $0.words[l] }.joined(separator: l("、", ", "))) · \(consent.value.until.map { l.limit($0) } ?? "")</span></span>
            \(form("withdraw", request, "<input type=\"hidden\" name=\"consent\" value=\"\(consent.handle)\">", button: l("立即撤回", "Withdraw now"), isMain: false))</li>
            """
        }
        let given: HTML =
            consents.isEmpty
            ? ""
            : "<section class=\"sheet\"><header><h2>\(l("我作出的查询同意", "My consents"))</h2></header><ul class=\"lines\">\(consents)</ul></section>"
        let end = form("unregister", request, "", button: l("注销网上查询", "End my registration"), isMain: false)
        let account: HTML =
            "<section class=\"sheet pad\"><details><summary>\(l("不再使用网上查询", "No more queries on the web"))</summary>\(end)</details></section>"
        let own = view.items.filter { $0.right.role != .thirdParty }
        guard view.isClear, !view.items.isEmpty else { return "\(given)\(account)" }
        func choice(_ items: [PortalView.Item], _ id: String) -> HTML {
            let options = items.map { "<option value=\"\($0.handle)\">\($0.right.policy.value.title)</option>" as HTML }
            return
                "<div class=\"field\"><label for=\"\(id)\">\(l("保单", "Policy"))</label><select id=\"\(id)\" name=\"policy\">\(options)</select></div>"
        }
        func scopes(_ id: String) -> HTML {
            let checks = QueryScope.four.map { QueryForm.check("scopes", $0.words[l], value: $0.rawValue, id: "\(id)-\($0.rawValue)") }
            return "<fieldset class=\"field\"><legend>\(l("内容", "Scope"))</legend><div class=\"row\">\(checks)</div></fieldset>"
        }
        let extract = form(
            "extract", request, "\(choice(view.items, "extract-policy"))\(scopes("extract"))", button: l("生成下载链接", "Make a link"))
        let consent = form(
            "consent", request,
            """
            \(choice(own, "consent-policy"))\(scopes("consent"))<div class="two">\(QueryForm.text("partyName", l("第三方姓名", "Third party")))\(QueryForm.text("partyNumber", l("第三方证件号码", "Document number of the third party")))\
            \(QueryForm.text("partyPhone", l("第三方手机", "Mobile of the third party"), digits: true))\(QueryForm.text("purpose", l("查询目的", "Purpose")))</div>\(QueryForm.text("until", l("同意至（当日24:00止）", "Until the end of"), type: "date"))
            """, button: l("同意第三方查询", "Consent"))
        let consenting: HTML =
            own.isEmpty ? "" : "<details><summary>\(l("同意第三方查询", "Consent to a third party"))</summary>\(consent)</details>"
        return """
            \(given)<section class="sheet pad"><details><summary>\(l("下载查询结果", "Take an extract"))</summary>\(extract)</details>\(consenting)</section>\(account)
            """
    }

    /// The link, shown once.
    func linkSheet(_ request: OpenRequest, _ word: String) -> HTML {
        let l = request.language, address = "\(request.origin)/portal/extract/\(word)"
        return """
            <div class="note" role="status" tabindex="-1" data-focus><p><b>\(l("下载链接只显示这一次，打开时须再输入您的证件号码：", "The link is shown this once; whoever opens it enters your document number:"))</b></p><p><a href="\(address)"><code>\(address)</code></a></p></div>
            """
    }
}
