import Hummingbird
import Kernel
import Print

/// A document on paper: A4 in the layout of an official form, with who signed what, a code that leads back to it, and who
/// printed it. Personal data stands in clear only where its purpose is stated; that reading then stands in the ledger.
enum PrintedDocument {
    static func add(to routes: Routes) {
        routes.form("/d/:id/print") { call, form in
            do {
                return try await answer(call, purpose: form.has("purpose") ? form["purpose"] : nil)
            } catch DeskError.invalid(let faults) {
                return try await DocumentPage.show(call, call.id(), .handling("reveal", form, faults, nil))
            }
        }
    }

    private static func answer(_ call: Call, purpose: String?) async throws -> Response {
        // A purpose that says nothing is told before anything gets a number.
        if let purpose, (try? Desk.require(purpose: purpose)) == nil {
            _ = try await call.desk.document(call.id(), by: call.person, revealing: purpose)
        }
        // Numbered first, so that the trail on the paper has it, and nothing is opened for a print that is refused.
        let copy = try await call.desk.issue(.print, of: call.id(), by: call.principal)
        let view = try await call.desk.document(call.id(), by: call.person, revealing: purpose)
        guard let type = call.catalogue.type(view.row.type) else { throw DeskError.absent }
        let paper = PaperOfDocument(call: call, view: view, type: type, copy: copy).form
        let pdf = try await Press.shared.make { try FormPrinter().pdf(paper) }
        return .download(pdf, name: "\(view.row.number ?? type.title[call.l]).pdf", type: "application/pdf")
    }

    /// Without personal data in clear.
    static func button(_ view: DocumentView, _ call: Call) -> HTML {
        if !view.verbs.contains(.print) { return "" }
        return """
            <form class="noprint printing" method="post" action="\(call.address(view.row.id))/print" data-download>\(call.csrf)\
            <button class="quiet">\(call.l("打印（PDF）", "Print (PDF)"))</button></form>
            """
    }
}

/// What of a document stands where on its paper.
struct PaperOfDocument {
    let call: Call
    let view: DocumentView
    let type: DocumentType
    var copy: IssuedCopy?

    private var l: Language { call.l }
    private var row: DocumentRow { view.row }
    private var text: PlainText { PlainText(l: l, names: view.names, catalogue: call.catalogue) }

    var form: PaperForm {
        let printer = call.organisation.name(call.person)[l], now = l.moment(call.desk.clock.now())
        return PaperForm(
            organisation: call.organisation.name(view.scope)[l], title: type.title[l], number: row.number ?? "",
            marks: [StateName(row.state, of: type).words[l]] + (row.level == .internal ? [] : [row.level.words[l]]),
            cells: subject + type.fields.readable.compactMap(cell), signatures: signatures,
            foot: l("\(printer) 于 \(now) 打印", "Printed by \(printer), \(now)")
                + (copy.map { l("　副本号 \($0.code)", "  copy \($0.code)") } ?? ""),
            code: call.ids.word(row.id, .document),
            // What is printed in clear says on every page for whom.
            watermark: copy.map { l("副本 \($0.code) \(printer) \(now)", "Copy \($0.code) \(printer) \(now)") }
                ?? (view.isRevealed ? "\(printer) \(now)" : ""), words: l == .zh ? .zh : .en)
    }

    private var subject: [PaperForm.Cell] {
        row.title.isEmpty ? [] : [.init(l("事项", "Subject"), row.title, isWide: true)]
    }

    private func cell(_ field: FieldDescription) -> PaperForm.Cell? {
        let value = row.values[field.key] ?? .null
        guard !value.isEmpty, !field.kind.isVacant(value) else { return nil }
        if case .lines(let all) = field.kind {
            let columns = all.readable
            let rows = value.list.map { line in columns.map { text.text(line[$0.key], $0.kind) } }
            return .init(field.label[l], heads: columns.map { $0.label[l] }, rows: rows)
        }
        return .init(field.label[l], text.text(value, of: field), isWide: field.kind.isLong)
    }

    /// Who took which step, in the order of the acts; what the system did by itself signs nothing.
    private var signatures: [PaperForm.Signature] {
        let system = call.organisation.name(PersonID.none)
        return view.trail.reversed().filter { $0.kind == .act && $0.who != system }.suffix(Self.mostSignatures).map { entry in
            let name = entry.behalf.map { l("\(entry.who[l])（代\($0[l])）", "\(entry.who[l]) for \($0[l])") } ?? entry.who[l]
            return .init(
                title: entry.title[l], opinion: entry.written.isEmpty ? entry.words?[l] ?? "" : entry.written, name: name,
                moment: l.moment(entry.at))
        }
    }

    /// So many boxes leave the form its page; the whole trail stands beside the document.
    private static let mostSignatures = 6
}
