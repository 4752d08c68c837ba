import Hummingbird
import Kernel

/// 批量办理: the same step on several documents of the list. Each is shown before it is confirmed, with whether it can be taken; each is an
/// act of its own with its own entry, and one that is refused leaves the others done.
enum ManyActs {
    /// So many in one go: a page of the list.
    static let most = HomePage.onePage

    static func add(to routes: Routes) {
        // The page that says what became of several, loaded again: nothing is done twice, and nothing of it is kept.
        routes.page("/todo") { _ in .redirect(to: "/") }
        routes.form("/todo", isLong: true) { call, form in
            guard let type = call.catalogue.type(form["type"]), let step = type.step(form["step"]), type.isForSeveral(step) else {
                throw DeskError.absent
            }
            let chosen = try await chosen(form, step, type, call)
            let missing = Set(form.all("item") + form.all(left)).count - chosen.count
            let batch = Batch(
                call: call, type: type, step: step, chosen: chosen, missing: missing, back: LoginPage.inside(form["back"]))
            guard chosen.contains(where: { $0.isMarked || form.has(FormInput.again) }) else {
                return try await batch.page(form, [nothingChosen])
            }
            let input = try await FormInput.read(form, batch.asked, isNew: true, in: batch.scope, call)
            guard form.has("confirmed"), !form.has(FormInput.again), input.faults.isEmpty, !input.isUnfinished else {
                return try await batch.page(form, input.faults, input)
            }
            return try await batch.carryOut(form, input)
        }
    }

    private static let nothingChosen = Refusal.Fault(
        field: "", Words("没有选中任何一件，请返回勾选", "Nothing was chosen; go back and tick what is to be done"))

    /// Under this name the page sends those that could not be taken as it was shown: they are judged anew with what is filled in.
    static let left = "left"

    /// Those of the chosen that the person sees; each with the step as it is offered there.
    private static func chosen(_ form: FormData, _ step: DocumentType.Step, _ type: DocumentType, _ call: Call) async throws -> [Batch.Item]
    {
        var items: [Batch.Item] = []
        var seen: Set<Int64> = []
        let marked = form.all("item")
        for (place, word) in (marked + form.all(left)).prefix(most).enumerated() {
            let id = call.ids.id(word, .document)
            guard seen.insert(id).inserted, let view = try? await call.desk.document(id, by: call.person),
                view.row.type == type.name
            else { continue }
            let offered = view.availableSteps.first { $0.step.name == step.name }
            items.append(Batch.Item(view: view, offered: offered, isMarked: place < marked.count))
        }
        return items
    }
}

/// The chosen documents and what is asked for all of them.
struct Batch {
    struct Item {
        let view: DocumentView
        /// `nil` where it does not wait for this step any more.
        let offered: AvailableStep?
        /// It is to be done with the others.
        let isMarked: Bool
    }

    let call: Call
    let type: DocumentType
    let step: DocumentType.Step
    let chosen: [Item]
    /// So many that were ticked are not among them: made up, hidden, of another type or beyond a page, all in one answer.
    let missing: Int
    let back: String

    var l: Language { call.l }
    /// Where the first of them belongs: for it the form offers its choices.
    var scope: UnitID? { open.first?.view.scope }
    private var open: [Item] { chosen.filter { $0.offered != nil } }

    func word(_ item: Item) -> String { call.ids.word(item.view.row.id, .document) }
    /// Under this name the page sends which version of a document it showed.
    func seen(_ item: Item) -> String { "version.\(word(item))" }

    /// The fields that some of them have not: asked once, for those. What stands in a document stays.
    var asked: [FieldDescription] { asked(of: open) }

    func asked(of items: [Item]) -> [FieldDescription] {
        step.fields.compactMap { type.field($0) }.filter { field in
            items.contains { $0.offered?.values[field.key]?.isEmpty ?? true }
        }
    }

    /// What the form gives to one of them.
    func handed(_ offered: AvailableStep, _ input: FormInput) -> [String: JSONValue] {
        var handed = input.handed(asked, call.ids)
        for (key, value) in offered.values where !value.isEmpty { handed[key] = nil }
        return handed.filter { !$0.value.isEmpty }
    }

    func page(_ form: FormData, _ faults: [Refusal.Fault], _ input: FormInput = FormInput()) async throws -> Response {
        var rows: [BatchPage.Row] = []
        for item in chosen {
            // One that is not there any more is as one that never was.
            guard let found = try await prospect(of: item, input) else { continue }
            rows.append(BatchPage.Row(item: item, prospect: found))
        }
        return try await BatchPage(batch: self, form: form, faults: faults, input: input, rows: rows).response()
    }

    private var leftOut: HTML { leftOut(missing) }

    func leftOut(_ count: Int) -> HTML {
        count == 0
            ? ""
            : """
            <p class="note">\(l("另有 \(count) 件已不在您的待办中，未办", "\(count) more wait for you no longer and were left out"))</p>
            """
    }

    func carryOut(_ form: FormData, _ input: FormInput) async throws -> Response {
        var call = call
        var signature: Signature?
        do {
            signature = step.signs ? try await Signing.sign(&call, form, in: "many") : nil
        } catch DeskError.invalid(let faults) {
            return try await page(form, faults, input)
        }
        var done: [Item] = [], failed: [(item: Item, words: Words)] = [], ownFaults: [Refusal.Fault] = []
        for item in chosen where item.isMarked {
            do {
                try await take(item, form, input, signature, call)
                done.append(item)
            } catch let refusal as Refusal {
                failed.append((item, refusal.words))
                ownFaults += ofForm(refusal.faults)
            } catch DeskError.invalid(let faults) {
                ownFaults += ofForm(faults)
                failed.append((item, faults.first?.words ?? ErrorResponse(DeskError.invalid(faults)).words))
            } catch let error where error is DeskError || ErrorResponse.keepsForm(error) {
                failed.append((item, ErrorResponse(error).words))
            }
        }
        // The form comes back with what was typed: of a page of results nobody can mend it.
        if done.isEmpty, !ownFaults.isEmpty {
            let once = ownFaults.enumerated().filter { ownFaults.firstIndex(of: $1) == $0 }.map(\.element)
            return try await page(form, once, input)
        }
        return try await result(done, failed)
    }

    /// Those that lie in what the form itself asks for.
    private func ofForm(_ faults: [Refusal.Fault]) -> [Refusal.Fault] {
        let names = Set(asked.map(\.key)).union([Opinion.field])
        return faults.filter { names.contains(String($0.field.prefix { $0 != "." })) }
    }

    /// One of them, as its page showed it.
    private func take(_ item: Item, _ form: FormData, _ input: FormInput, _ signature: Signature?, _ call: Call) async throws {
        let row = item.view.row
        let principal = Principal(call.person, onBehalfOf: item.offered?.behalf, signed: signature, request: call.key).part(word(item))
        guard let offered = item.offered else {
            // The same form came before, and this is what it did.
            if try await call.desk.taken(by: principal) != nil { return }
            throw DeskError.conflict(Self.gone)
        }
        if form.has(seen(item)), form[seen(item)] != String(row.version) {
            if try await call.desk.taken(by: principal) != nil { return }
            throw DeskError.conflict(Self.changed)
        }
        try await call.desk.take(
            step.name, of: type.name, on: row.id, expecting: Int64(row.version), input: handed(offered, input),
            opinion: Opinion.text(form), by: principal)
    }

    static let gone = Words("已由他人办理，本次未办", "somebody else has acted on it; it was left out")
    private static let changed = Words(
        "确认之前单据已被更改，请打开核对后再办理", "The document was changed before you confirmed; open it, check it and act then")

    private func result(_ done: [Item], _ failed: [(item: Item, words: Words)]) async throws -> Response {
        let lines = failed.map { item, words -> HTML in
            "<li><span>\(DocumentName.link(item.view.row, call))<br><span class=\"wrong\">\(words[l])</span></span></li>"
        }
        let finished = done.map {
            "<li><span>\(DocumentName.link($0.view.row, call))</span><span class=\"state done\">\(step.title[l])</span></li>" as HTML
        }
        let whereTo = await whereTo(done)
        let agenda = try await call.desk.agenda(of: call.person, limit: 1)
        let rest =
            agenda.own == 0
            ? l("待办已全部办完", "nothing is left to do") : l("还剩 \(l.count(agenda.own)) 件待办", "\(l.count(agenda.own)) left to do")
        let faults: HTML =
            failed.isEmpty
            ? ""
            : """
            <section class="sheet"><header><h2>\(l("未办成 \(failed.count) 件", "\(failed.count) not done"))</h2></header><ul class="lines">\(lines)</ul></section>
            """
        return try await call.page(
            l("批量办理", "Together"), here: "/", back: "/",
            """
            <div class="head"><h1>\(l("\(step.title.zh)：结果", "\(step.title.en): what became of it"))</h1></div>
            <div class="note done" role="status" tabindex="-1" data-focus><p><b>\(l("已办：\(step.title.zh) \(done.count) 件", "Done: \(step.title.en), \(done.count)"))</b> \(whereTo)</p>\
            <div class="row after"><a class="button act" href="/">\(l("返回待办", "Back to the list"))</a><span class="quiet">\(rest)</span></div></div>
            \(leftOut)\(faults)<section class="sheet"><header><h2>\(l("已办成", "Done"))</h2></header><ul class="lines">\(finished)</ul></section>
            """)
    }

    /// Whom all of them wait for now; nothing where they went apart.
    private func whereTo(_ done: [Item]) async -> String {
        var said: Set<String> = []
        for item in done {
            guard let view = try? await call.desk.document(item.view.row.id, by: call.person) else { return "" }
            said.insert(ActAnswer.whereTo(view, l, call))
            if said.count > 1 { return "" }
        }
        return said.first ?? ""
    }
}
