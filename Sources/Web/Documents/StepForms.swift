import Kernel

/// What the person can do with a document now: the steps, each with the fields that it asks for, and the handling of its tasks.
struct StepForms {
    let call: Call
    let view: DocumentView
    let type: DocumentType
    let occasion: DocumentPage.PageMode

    private var l: Language { call.l }
    private var address: String { call.address(view.row.id) }
    private var place: ActingPlace? { ActingPlace(of: view, call) }

    /// What stands at the side, and the forms that are too large for it.
    func html() async throws -> (aside: HTML, large: HTML) {
        var forms: [HTML] = [], others: [HTML] = []
        var large: [HTML] = []
        let place = place
        if let place { forms.append(place.link(l)) }
        for (index, available) in view.availableSteps.enumerated() {
            let takesOver = view.takesOver(available.step, of: type)
            let isFirst = index == 0 && !takesOver && place == nil
            let form = try await form(available, isFirst: isFirst)
            guard !takesOver && !isFolded(available) else {
                others.append(form)
                continue
            }
            guard isLarge(available) else {
                forms.append(form)
                continue
            }
            let title = available.step.title[l]
            forms.append("<a class=\"button\(isFirst ? " act" : "")\" href=\"#deed-\(available.step.name)\">\(title)…</a>")
            large.append(
                """
                <section class="sheet noprint" id="deed-\(available.step.name)"><header><h2>\(title)</h2></header><div class="pad">\(form)</div></section>
                """)
        }
        forms += view.waiting.filter { $0.isMine && $0.kind == .signature }.map(signing)
        forms += view.waiting.filter { $0.isMine && $0.kind == .objection }.map(answering)
        var details = HandlingDetails(call: call, view: view, type: type)
        if case .handling(let what, let form, _, _) = occasion { details.typed = (what, form) }
        let handling = details.html
        let supervising = SupervisionForms(call: call, view: view, type: type, occasion: occasion).html
        if forms.isEmpty && others.isEmpty && handling.isEmpty && supervising.isEmpty { return ("", "") }
        let rest = others.isEmpty && handling.isEmpty ? HTML() : OtherActs.html(others, handling, isOpen: isOtherAnswered, l)
        let nothing: HTML =
            forms.isEmpty && supervising.isEmpty ? "<p class=\"quiet\">\(l("目前没有轮到您办理的步骤。", "No step waits for you at present."))</p>" : ""
        let aside: HTML = """
            <section class="sheet noprint" id="acts" tabindex="-1"><header><h2>\(l("办理", "Act"))</h2></header>\
            <div class="pad deeds">\(claims)\(forms)\(nothing)\(supervising)\(rest)</div></section>
            """
        return (aside, "\(large)")
    }

    /// A table, or more than fits beside the document.
    private func isLarge(_ available: AvailableStep) -> Bool {
        let fields = available.step.fields.compactMap { type.field($0) }
        let open = fields.filter { (view.row.values[$0.key] ?? .null).isEmpty && !$0.kind.isChecked }
        return fields.count > 8 || open.count > 2 || fields.contains { if case .lines = $0.kind { true } else { false } }
    }

    /// It is taken on a page made for it, and nobody has begun to fill it in here.
    private func isFolded(_ available: AvailableStep) -> Bool {
        guard place?.takes(available.step) == true, view.drafts[available.step.name] == nil else { return false }
        if case .step(available.step.name, _, _, _) = occasion { return false }
        return true
    }

    /// A refusal of one of the acts that are folded away.
    private var isOtherAnswered: Bool {
        switch occasion {
        case .step(let name, _, _, _): type.step(name).map { view.takesOver($0, of: type) } ?? false
        case .handling(let what, _, _, _): ["back", "reassign", "signer", "withdraw", "decline", "undo"].contains(what)
        case .look, .kept, .reveal: false
        }
    }

    /// 领取: who has claimed what waits at a post.
    private var claims: HTML {
        let shared = view.waiting.filter { waiting in
            waiting.isMine && waiting.kind == .step && waiting.isShared && waiting.people.count > 1
                && view.availableSteps.contains { $0.step.name == waiting.step }
        }
        guard let task = shared.first else { return "" }
        let word = call.ids.word(task.task, .task)
        func button(_ what: String, _ title: String) -> HTML {
            """
            <form method="post" action="\(address)/handling/\(what)">\(call.csrf)<button class="plain" name="task" value="\(word)">\(title)</button></form>
            """
        }
        switch task.claimed {
        case nil:
            return
                "<div class=\"claim\"><span class=\"quiet\">\(l("尚无人领取", "nobody has claimed it"))</span>\(button("claim", l("领取", "Claim")))</div>"
        case call.person:
            return "<div class=\"claim\"><span>\(l("已由您领取", "claimed by you"))</span>\(button("release", l("退领", "Give back")))</div>"
        case let other?:
            return
                "<p class=\"note\">\(l("已由\(call.organisation.name(other).zh)领取，办理前请先与其商量", "\(call.organisation.name(other).en) has claimed it; ask before you act"))</p>"
        }
    }

    /// What the form shows of the document: the values in clear, and rows without what is personal in them.
    private func standing(_ available: AvailableStep, _ fields: [FieldDescription]) -> [String: JSONValue] {
        var values = available.values
        for field in fields {
            if case .lines(let columns) = field.kind, let rows = view.row.values[field.key]?.list {
                values[field.key] = .list(LineRows.standing(rows, columns))
            }
            values[field.key] = values[field.key].map { call.ids.outward($0, field.kind) }
        }
        return values
    }

    private func form(_ available: AvailableStep, isFirst: Bool) async throws -> HTML {
        let fields = available.step.fields.compactMap { type.field($0) }.filter { $0.belongs(to: view.row.values) }
        var (input, faults): (FormInput, [Refusal.Fault]) = (FormInput(), [])
        var isAnswered = false
        switch occasion {
        case .step(available.step.name, let typed, let wrong, let refusal):
            (input, faults, isAnswered) = (typed, wrong + (refusal?.faults ?? []), true)
        case .kept(let refusal) where !fields.isEmpty: (faults, isAnswered) = (refusal.faults, isFirst)
        default: break
        }
        let kept = isAnswered || fields.isEmpty ? nil : view.drafts[available.step.name]
        if let kept {
            input = FormInput(kept: kept)
            isAnswered = true
        }
        var values = isAnswered && !input.values.isEmpty ? input.values : standing(available, fields)
        if input.values.isEmpty {
            let typed = call.edge.typed.values(of: view.row, call)
            for field in fields { values[field.key] = typed[field.key] ?? values[field.key] }
        }
        let drawn =
            fields.isEmpty
            ? ""
            : FieldInput(
                call: call, options: try await FieldOptions.load(fields, in: view.scope, call), faults: faults,
                values: values, input: input,
                prefix: isAnswered ? "" : "\(available.step.name).", names: view.names, masked: view.row.values
            ).html(fields)
        let behalf: HTML =
            available.behalf.map { person -> HTML in
                let name = call.organisation.name(person)
                return """
                    <p class="hint">\(l("代\(name.zh)办理", "For \(name.en)"))</p><input type="hidden" name="behalf" value="\(call.ids.word(person))">
                    """
            } ?? ""
        let under: HTML =
            available.articles.isEmpty
            ? "" : "<p class=\"hint\">\(ArticleName.links(available.articles, in: call.catalogue, named: true, l))</p>"
        let version: HTML = "<input type=\"hidden\" name=\"version\" value=\"\(view.row.version)\">"
        let signature = available.step.signs ? Signing.control(call, faults, in: available.step.name) : ""
        let takesOver = view.takesOver(available.step, of: type)
        let opinion = Opinion.control(
            available.step.name, isAnswered ? input.said : nil, isNeeded: takesOver, faults, own: view.phrases, l)
        let button: HTML = "<button\(" class=\"act\"", if: isFirst)>\(available.step.title[l])</button>"
        let body: HTML = """
            <form id="act-\(available.step.name)" method="post" action="\(address)/\(available.step.name)" enctype="multipart/form-data" novalidate\(" data-guard data-keep", if: !fields.isEmpty)>\
            \(call.csrf)\(kept.map { ActKeeping.told($0, view.row, call) } ?? "")\(FieldInput.firstButton, if: !fields.isEmpty)\(version)\
            \(behalf)\(drawn)\(opinion)\(signature)\(ActKeeping.button(l), if: !fields.isEmpty)\(button)\(under)</form>
            """
        // Steps that ask for something are folded away, but for the first and the one that is being answered.
        if !isFolded(available), fields.isEmpty && !takesOver || isFirst || isAnswered || isLarge(available) { return body }
        return "<details><summary>\(available.step.title[l])</summary>\(body)</details>"
    }

    private func signing(_ task: Waiting) -> HTML {
        var (note, faults) = ("", [Refusal.Fault]())
        if case .handling(let what, let form, let wrong, _) = occasion, ["sign", "object"].contains(what),
            call.ids.id(form["task"], .task) == task.task
        {
            (note, faults) = (form["note"], wrong)
        }
        return """
            <form method="post" action="\(address)/handling/sign">\(call.csrf)<input type="hidden" name="task" value="\(call.ids.word(task.task, .task))">\
            <div class="field"><label for="sign-note">\(l("会签意见", "Opinion"))</label>\
            <textarea id="sign-note" name="note">
            \(note)</textarea></div>\(Signing.control(call, faults, in: "sign"))\
            <button class="act">\(l("同意会签", "Agree and sign"))</button> \
            <button formaction="\(address)/handling/object">\(l("不同意", "Object"))</button>\
            <p class="hint">\(l("不同意的须写明意见，由请您会签的人答复后，单据才能往下办理。", "Whoever objects says why; the document goes on when whoever asked has answered."))</p></form>
            """
    }

    /// A signer's objection: answered by whoever asked for the signature.
    private func answering(_ task: Waiting) -> HTML {
        var note = ""
        if case .handling("answer", let form, _, _) = occasion, call.ids.id(form["task"], .task) == task.task { note = form["note"] }
        return """
            <form method="post" action="\(address)/handling/answer">\(call.csrf)<input type="hidden" name="task" value="\(call.ids.word(task.task, .task))">\
            <div class="field"><label for="answer-note">\(l("对会签意见的答复", "Answer to the signer"))</label>\
            <textarea id="answer-note" name="note">
            \(note)</textarea></div><button class="act">\(l("答复", "Answer"))</button></form>
            """
    }
}
