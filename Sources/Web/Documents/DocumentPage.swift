import Hummingbird
import Kernel

/// One document: its way, its form on paper, and at the side what can be done, the clocks and the trail.
enum DocumentPage {
    /// What the page answers to, besides showing the document.
    enum PageMode: Sendable {
        case look
        /// A draft that the rules do not let through yet.
        case kept(Refusal)
        /// A step was not taken: what was typed, and why.
        case step(String, FormInput, [Refusal.Fault], Refusal?)
        /// A handling was not done: which, what was typed, and why.
        case handling(String, FormData, [Refusal.Fault], Refusal?)
        /// Personal data is wanted in clear, for this purpose.
        case reveal(String)
    }

    static func add(to routes: Routes) {
        routes.page("/d/:id") { call in try await show(call, call.id(), .look) }
        routes.form("/d/:id/reveal") { call, form in
            do {
                return try await show(call, call.id(), .reveal(form["purpose"]))
            } catch DeskError.invalid(let faults) {
                return try await show(call, call.id(), .handling("reveal", form, faults, nil))
            }
        }
    }

    static func show(_ call: Call, _ id: Int64, _ occasion: PageMode) async throws -> Response {
        let l = call.l
        var purpose: String?
        if case .reveal(let stated) = occasion { purpose = stated }
        let view = try await call.desk.document(id, by: call.person, revealing: purpose)
        guard let type = call.catalogue.type(view.row.type) else { throw DeskError.absent }
        let occasion = await answered(occasion, view, call)
        let (note, status) = note(occasion, call, isOffered: { name in view.availableSteps.contains { $0.step.name == name } })
        if let gate = view.gate {
            return try await ReadingPage.show(
                view, gate, call, note: note, more: unsent(occasion, view, type, call), status: status)
        }
        let availableSteps = try await StepForms(call: call, view: view, type: type, occasion: occasion).html()
        let aside = DocumentAside(call: call, view: view, type: type)
        let related = try await RelatedDocuments.html(view, type, call)
        // What is to be corrected stands above the document, what can be done below it.
        let said = if case .look = occasion { try await ActAnswer.html(view, type, call) } else { HTML() }
        let beside = SideTalk(call: call, view: view, type: type, occasion: occasion)
        let isAnswer =
            switch occasion {
            case .kept, .step: true
            case .look, .handling, .reveal: false
            }
        let page = try await call.page(
            DocumentName.plain(view.row, call.catalogue, l), here: "/r/\(type.name)", status: status, back: call.address(id),
            skips: availableSteps.aside.isEmpty ? "" : "<a class=\"skip\" href=\"#acts\">\(l("跳到办理", "Skip to the acts"))</a>",
            """
            \(said)
            <p class="quiet"><a href="/r/\(type.name)">\(type.title[l])</a> / \(DocumentName.html(view.row, call))</p>
            \(StatePath(of: view, type).html(l))
            <p class="noprint quiet">\(links(view, type, call))</p>
            <div class="cols"><div>\(note)\(unsent(occasion, view, type, call))\(availableSteps.large, if: isAnswer)\(DocumentPaper(call: call, view: view, type: type).html)\(availableSteps.large, if: !isAnswer)</div>
            <div class="aside">\(availableSteps.aside)\
            \(aside.waiting)\(aside.clocks)\(beside.html)\(aside.starts)\(related)\(aside.grants)\(aside.trail)</div></div>
            \(ActBar.html(view, type, call))
            """)
        return ActAnswer.clear(page, call)
    }

    /// The whole file, and the pages that a regulation brings for documents of the type.
    private static func links(_ view: DocumentView, _ type: DocumentType, _ call: Call) -> HTML {
        let id = view.row.id
        let use = view.verbs.contains(.print) ? call.l("全卷查看与打印", "The whole file, to print") : call.l("全卷查看", "The whole file")
        let whole: HTML = "<a href=\"\(call.address(id))/whole\">\(use)</a>"
        // What leads to where one acts stands among the acts.
        let place = ActingPlace(of: view, call)?.address
        let pages = call.edge.extraPages.filter { $0.document == type.name }.map { page -> HTML in
            let address = page.path.replacing(":id", with: call.ids.word(id, .document))
            if address == place { return "" }
            return " · <a href=\"\(address)\">\(page.title[call.l])</a>"
        }
        let readers: HTML =
            """
             · <a href="/readings?document=\(call.ids.word(id, .document))">\(call.l("查阅登记", "Readings"))</a>\
             · <a href="\(call.address(id))/readers">\(call.l("谁能看、谁看过", "Who could read, and who did"))</a>
            """
        return "\(whole)\(pages)\(readers, if: view.isSupervised)"
    }

    /// What a draft lacks stands on its page whenever somebody who can supplement it looks at it.
    private static func answered(_ occasion: PageMode, _ view: DocumentView, _ call: Call) async -> PageMode {
        guard case .look = occasion, let available = view.availableSteps.first(where: { $0.step.allowsBlanks }) else { return occasion }
        let principal = Principal(call.person, onBehalfOf: available.behalf)
        // The page is there also when nobody can write just now.
        let told = try? await call.desk.dryRun(available.step.name, of: view.row.type, on: view.row.id, by: principal)
        switch told {
        case .success(let taken)?: return taken.refusal.map { .kept($0) } ?? occasion
        case .failure(let refusal as Refusal)? where !refusal.faults.isEmpty: return .kept(refusal)
        default: return occasion
        }
    }

    /// What was typed for a step that the document does not offer any more: nobody types it twice.
    private static func unsent(_ occasion: PageMode, _ view: DocumentView, _ type: DocumentType, _ call: Call) -> HTML {
        guard case .step(let name, let input, _, _) = occasion, !view.availableSteps.contains(where: { $0.step.name == name }) else {
            return ""
        }
        var names = view.names
        let values = input.handed(type.fields, call.ids)
        for field in type.fields {
            for id in (values[field.key] ?? .null).each.compactMap(\.whole) {
                if field.kind.named == .person { names[id] = call.organisation.name(PersonID(id)) }
                if field.kind.named == .unit { names[id] = call.organisation.name(UnitID(id)) }
            }
        }
        let text = FieldText(call: call, names: names, document: nil)
        let cells = type.fields.compactMap { field -> HTML? in
            guard let value = values[field.key], !value.isEmpty else { return nil }
            return "<dt>\(field.label[call.l])</dt><dd class=\"wide\">\(text.html(value, of: field))</dd>"
        }
        if cells.isEmpty { return "" }
        let title = call.l("您填写的内容（未提交）", "What you filled in (not taken)")
        return
            "<section class=\"sheet\"><header><h2>\(title)</h2></header><div class=\"pad\"><dl class=\"grid\">\(cells)</dl></div></section>"
    }

    private static func note(_ occasion: PageMode, _ call: Call, isOffered: (String) -> Bool) -> (HTML, HTTPResponse.Status) {
        switch occasion {
        case .look, .reveal: return ("", .ok)
        case .kept(let refusal):
            let kept = Words("未通过，已存为草稿，请补正后再提交。", "It did not pass and is kept as a draft; correct it and send it again. ")
            let words = refusal.faults.isEmpty ? Words(kept.zh + refusal.words.zh, kept.en + refusal.words.en) : kept
            return (FaultSummary.html(Refusal(article: refusal.article, words: words, faults: refusal.faults), call), .ok)
        case .step(let name, _, _, let refusal?) where refusal.faults.isEmpty && isOffered(name):
            // On a phone the form stands far below.
            let back: HTML = "<p><a href=\"#act-\(name)\">\(call.l("回到填写处", "Back to what you filled in"))</a></p>"
            return (FaultSummary.html(refusal, call, more: back), .unprocessableContent)
        case .step(_, _, let faults, let refusal), .handling(_, _, let faults, let refusal):
            if let refusal { return (FaultSummary.html(refusal, call), .unprocessableContent) }
            return faults.isEmpty ? ("", .ok) : (FaultSummary.html(faults, call), .unprocessableContent)
        }
    }
}
