import Hummingbird
import Kernel
import WorkCalendar

/// Handles the tasks of a document of any type: POST /d/<id>/handling/<what>.
enum HandlingForms {
    static func add(to routes: Routes) {
        routes.form("/d/:id/handling/:what", isLong: true) { call, form in
            let (id, what) = (try call.id(), try call.part("what"))
            if form.has(FormInput.again) { return try await DocumentPage.show(call, id, .handling(what, form, [], nil)) }
            var call = call
            do {
                let signature = what == "sign" ? try await Signing.sign(&call, form, in: what) : nil
                let form = try await naming(what, id, dated(what, form, call), call)
                try await call.desk.handle(
                    handling(what, id, form, call.ids), by: Principal(call.person, signed: signature, request: call.key))
                // Whoever supervised and does not read the document finds there what becomes of it.
                return await ActAnswer.redirect(call, id, otherwise: what == "supervise" ? "/?list=supervised" : "/")
            } catch DeskError.invalid(let faults) {
                return try await DocumentPage.show(call, id, .handling(what, form, faults, nil))
            } catch let refusal as Refusal {
                return try await DocumentPage.show(call, id, .handling(what, form, [], refusal))
            } catch DeskError.absent where form.has("task") {
                // The task is not there; that the document is, only its page may tell.
                let gone = DeskError.conflict(Words("此待办已办结或已转走", "This task is done or has moved on"))
                let occasion = DocumentPage.PageMode.handling(what, form, [], Refusal(unable: gone))
                return try await DocumentPage.show(call, id, occasion).with(ErrorResponse(gone))
            } catch let error where ErrorResponse.keepsForm(error) {
                let occasion = DocumentPage.PageMode.handling(what, form, [], Refusal(unable: error))
                guard let page = try? await DocumentPage.show(call.after(error, form), id, occasion) else { throw error }
                return page.with(ErrorResponse(error))
            }
        }
    }

    /// A day in words, as the desk takes it; what is none stays, to be told.
    private static func dated(_ what: String, _ form: FormData, _ call: Call) -> FormData {
        guard what == "supervise", let day = SpokenDays.day(form["until"], call) else { return form }
        return form.with("until", day.description)
    }

    /// Whoever's name was typed, among those that the page offered.
    private static func naming(_ what: String, _ id: Int64, _ form: FormData, _ call: Call) async throws -> FormData {
        let typed = form.chosen("to")
        if typed.isEmpty { return form }
        if PublicIDs.isWord(typed) { return form.with("to", typed) }
        let view = try await call.desk.document(id, by: call.person)
        let offered: [Option]
        switch what {
        case "signer": offered = Options.people(call) { view.signers.contains($0.id) }
        case "reassign":
            let others = view.waiting.first { $0.task == call.ids.id(form["task"], .task) }?.others ?? []
            offered = Options.people(call) { others.contains($0.id) }
        default: return form
        }
        do { return try form.choosing("to", among: offered) } catch DeskError.invalid(let faults) {
            // The page has several such fields, by other ids.
            throw DeskError.invalid(faults.map { .init(field: "", $0.words) })
        }
    }

    /// - Parameter form: as the page sends it; ids are public ones.
    static func handling(_ what: String, _ id: Int64, _ form: FormData, _ ids: PublicIDs) throws -> TaskAction {
        func task() -> Int64 { ids.id(form["task"], .task) }
        /// What the desk would say next stands beside it.
        func missing(_ field: String) -> [Refusal.Fault] {
            form[field].trimmingBlanks.isEmpty ? [.init(field: field, Words("请写明理由", "Give a reason"))] : []
        }
        let opinion = form.has("opinion") ? form["opinion"] : Opinion.text(form)
        func person(needing reason: String? = nil) throws -> PersonID {
            guard let person = ids.read(form["to"], .person) else {
                throw DeskError.invalid([.init(field: "", Words("请选择人员", "Choose a person"))] + (reason.map(missing) ?? []))
            }
            return PersonID(person)
        }
        func until(_ text: String) throws -> Moment {
            if let moment = Moment(stored: .text(text.trimmingBlanks)) { return moment }
            // A day lasts to its end.
            if let day = Day(stored: .text(text.trimmingBlanks)) { return Moment.endOfDay(day) }
            let day = Words("请填写要求完成日期，例如 2026-03-04", "Give the day by which it is to be done, for example 2026-03-04")
            var faults: [Refusal.Fault] = [.init(field: "until", day)]
            if opinion.trimmingBlanks.isEmpty { faults.append(.init(field: "opinion", TaskAction.noOpinion)) }
            throw DeskError.invalid(faults)
        }
        switch what {
        case "back": return .sendBack(document: id, to: form["state"], reason: form["reason"])
        case "reassign": return .reassign(task: task(), to: try person(needing: "reason"), reason: form["reason"])
        case "signer": return .addSigner(document: id, try person(), note: form["reason"])
        case "sign": return .sign(task: task(), note: form["note"])
        case "object": return .object(task: task(), note: form["note"])
        case "answer": return .answer(task: task(), note: form["note"])
        case "unsigner": return .withdrawSigner(task: task(), reason: form["reason"])
        case "remind": return .remind(task: task())
        case "withdraw": return .withdraw(document: id, reason: form["reason"])
        case "decline": return .decline(document: id, reason: form["reason"])
        case "undo": return .undo(document: id)
        case "supervise":
            return .supervise(document: id, opinion: opinion, until: try until(form["until"]))
        case "claim": return .claim(task: task())
        case "release": return .release(task: task())
        case "comment": return .comment(document: id, text: form["comment"])
        case "copy": return .circulate(document: id, names: form["names"], note: form["note"])
        case "seen": return .acknowledge(document: id)
        default: throw DeskError.absent
        }
    }
}

/// The ways to pass a document on, folded away below its steps.
struct HandlingDetails {
    let call: Call
    let view: DocumentView
    let type: DocumentType
    /// The handling that was not done, and what was typed for it.
    var typed: (what: String, form: FormData)?

    private var l: Language { call.l }

    private func text(_ what: String, _ field: String) -> String { typed.map { $0.what == what ? $0.form[field] : "" } ?? "" }

    var html: HTML {
        var forms: [HTML] = []
        let mine = view.waiting.filter { $0.isMine && $0.kind != .signature && $0.kind != .objection }
        let isMyTurn = !mine.isEmpty && view.availableSteps.contains { !$0.step.isOptional }
        if isMyTurn {
            let states = StatePath(of: view, type).stations.prefix { $0 != view.row.state }
            if !states.isEmpty, type.binding(view.row.state) == nil { forms.append(sendBack(Array(states))) }
        }
        // Where the post has one holder alone, there is nobody to pass it on to.
        let passable = mine + view.waiting.filter { $0.isMine && $0.kind == .signature }
        if let task = passable.first(where: { !$0.others.isEmpty }) {
            let people = Options.people(call) { task.others.contains($0.id) }
            forms.append(passOn("reassign", l("转办", "Pass on"), l("转办给", "To"), l("理由", "Reason"), people, task))
        }
        if isMyTurn {
            forms.append(
                passOn("signer", l("加签", "Add a signer"), l("会签人", "Signer"), l("请其会签的事项", "What to sign for"), signers, nil))
        }
        let isOwn = view.row.creator == call.person, isEarly = type.isBeforeAnyDecision(view.row.state)
        if isOwn, isEarly, type.binding(view.row.state) == nil { forms.append(ending("withdraw", l("撤回", "Withdraw"))) }
        if !isOwn, isMyTurn, type.isDraft(view.row.state) { forms.append(ending("decline", l("不予受理", "Decline"))) }
        if let step = view.undoable { forms.append(undo(step)) }
        return "\(forms)"
    }

    private func undo(_ step: Words) -> HTML {
        fold(
            "undo", l("撤销：\(step.zh)", "Undo: \(step.en)"),
            """
            <p class="hint">\(l("回到这一步之前；已填的内容保留，可更正后再办。撤销也记入办理过程。",
                "Back to before this step. What was filled in stays, to be corrected. The undoing stands in what happened, too."))</p>
            """)
    }

    private func fold(_ what: String, _ title: String, _ fields: HTML) -> HTML {
        """
        <details\(" open", if: typed?.what == what)><summary>\(title)</summary><form method="post" action="\(call.address(view.row.id))/handling/\(what)">\(call.csrf)\(fields)\
        <button>\(title)</button></form></details>
        """
    }

    private func reason(_ what: String, _ label: String) -> HTML {
        """
        <div class="field"><label for="\(what)-reason">\(label)</label>\
        <textarea id="\(what)-reason" name="reason">
        \(text(what, "reason"))</textarea></div>
        """
    }

    private func sendBack(_ states: [String]) -> HTML {
        let choices = states.reversed().map { Option(value: $0, title: StateName($0, of: type).words[l]) }
        return fold(
            "back", l("退回", "Send back"),
            """
            <div class="field"><label for="back-state">\(l("退回到", "Back to"))</label>\
            <select id="back-state" name="state">\(PlainField.options(choices, typed?.what == "back" ? text("back", "state") : choices[0].value, blank: nil))</select></div>\
            \(reason("back", l("理由", "Reason")))
            """)
    }

    private var signers: [Option] { Options.people(call) { view.signers.contains($0.id) } }

    private func passOn(_ what: String, _ title: String, _ to: String, _ why: String, _ people: [Option], _ task: Waiting?) -> HTML {
        let hidden: HTML = task.map { "<input type=\"hidden\" name=\"task\" value=\"\(call.ids.word($0.task, .task))\">" } ?? ""
        return fold(
            what, title,
            """
            \(hidden)<div class="field"><label for="\(what)-to">\(to)</label>\
            \(TypeAhead.choice(
                "id=\"\(what)-to\" name=\"to\"", id: "\(what)-to", name: "to", people, typed.map { $0.what == what ? $0.form.chosen("to") : "" } ?? "", l,
                blank: l("请选择", "Choose")))</div>\
            \(reason(what, why))
            """)
    }

    private func ending(_ what: String, _ title: String) -> HTML { fold(what, title, reason(what, l("理由", "Reason"))) }
}
