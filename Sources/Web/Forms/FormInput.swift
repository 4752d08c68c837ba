import Kernel

/// What a person typed into the fields of a step, as the desk takes it. Everything stays as it was typed, so that a form with a fault
/// comes back as it was sent.
struct FormInput: Sendable {
    private(set) var values: [String: JSONValue] = [:]
    private(set) var faults: [Refusal.Fault] = []
    /// The lines to which a row was asked for.
    private(set) var more: String?
    /// What the person typed to look for a reference, by field.
    private(set) var sought: [String: String] = [:]
    private(set) var found: [String: [Option]] = [:]
    private var looks = false
    /// From when on days are counted that were said in words.
    private var days: SpokenDays?
    /// What else came with the step: the opinion.
    var said = FormData()

    /// The form is only to be shown again: a row was asked for, or a reference is being looked for.
    var isUnfinished: Bool { more != nil || looks }

    /// In a form that was filled in during an earlier log-in: the person looks at it once more.
    static let again = "~again"

    init() {}

    /// What was filled in before and kept.
    init(kept draft: ActDraft) {
        values = draft.values
        said.add(Opinion.field, draft.opinion)
    }

    /// What the desk takes: rows that stood already get back what was not shown of them.
    /// - Parameter standing: the document's values in clear; needed only where `needsStanding` says so.
    func handed(_ fields: [FieldDescription], standing: [String: JSONValue] = [:], _ ids: PublicIDs) -> [String: JSONValue] {
        var handed = values
        for field in fields {
            guard var value = handed[field.key] else { continue }
            if let days { value = days.read(value, field.kind) }
            if case .lines(let columns) = field.kind {
                value = .list(LineRows.merged(value.list, with: standing[field.key]?.list ?? [], columns))
            }
            handed[field.key] = ids.inward(value, field.kind)
        }
        return handed
    }

    /// Some row is to keep personal data that was not shown.
    func needsStanding(_ fields: [FieldDescription]) -> Bool {
        fields.contains { field in
            guard case .lines = field.kind, field.kind.isPersonal else { return false }
            return values[field.key]?.list.contains { LineRows.place(of: $0) != nil } ?? false
        }
    }

    /// - Parameters:
    ///   - isNew: an empty field of a new document is empty; of one that stands, an empty personal field is left as it was, since what it
    ///     holds was not shown.
    ///   - scope: where the document belongs, whose choices are those of its form.
    static func read(
        _ sent: FormData, _ fields: [FieldDescription], isNew: Bool, in scope: UnitID?, _ call: Call
    ) async throws -> FormInput {
        var input = FormInput()
        let typed = try await TypedChoices(sent, fields, in: scope, call)
        let form = typed.form
        input.faults = typed.faults
        input.days = SpokenDays(today: call.today, calendar: call.calendar)
        if form.has("more") { input.more = form["more"] }
        input.looks = form.has(again) || !form["look"].isEmpty
        for field in fields {
            switch field.kind {
            case .files: input.values[field.key] = try await input.files(field.key, form, call)
            case .lines(let columns): input.values[field.key] = try await input.lines(field.key, columns, form, call)
            case .people: input.readPeople(field, form)
            case .reference(let type): try await input.readReference(field, type, form, call)
            case .references(let type): try await input.readReferences(field, type, form, call)
            default:
                guard let value = simple(field.key, field.kind, form) else { continue }
                if !isNew, field.kind.isPersonal, value.isEmpty { continue }
                input.values[field.key] = value
            }
        }
        return input
    }

    static func simple(_ name: String, _ kind: FieldKind, _ form: FormData) -> JSONValue? {
        switch kind {
        case .flag: .flag(form.has(name))
        case .references, .people: .list(chosen(name, form).map { .text($0) })
        // Of several boxes, none may be ticked.
        case .codes: .text(chosen(name, form).joined(separator: ";"))
        case .period(let length): PeriodInput.read(name, length, form)
        default: form.has(name) ? .text(form[name]) : nil
        }
    }

    /// What was ticked under a name, each once.
    private static func chosen(_ name: String, _ form: FormData) -> [String] {
        form.all(name).reduce(into: []) { chosen, word in if !word.isEmpty, !chosen.contains(word) { chosen.append(word) } }
    }

    /// The rows that a person filled in, each with the files that came with it.
    private mutating func lines(_ key: String, _ columns: [FieldDescription], _ form: FormData, _ call: Call) async throws -> JSONValue {
        var files: [String: JSONValue] = [:]
        for column in columns {
            guard case .files = column.kind else { continue }
            for index in LineRows.indexes(key, form) where !form.has("\(key).\(index).~drop") {
                let name = "\(key).\(index).\(column.key)"
                files[name] = try await self.files(name, form, call)
            }
        }
        return .list(LineRows.read(key, columns, form, files: files))
    }

    private mutating func files(_ name: String, _ form: FormData, _ call: Call) async throws -> JSONValue {
        var files: [JSONValue] = []
        for word in form.all("\(name)~kept") {
            guard let file = PendingUploads.file(word) else {
                faults.append(.init(field: name, Words("先前选的文件已失效，请重新选择", "The files chosen before have expired; choose them again")))
                continue
            }
            files.append(file.stored)
        }
        if form.all(FormData.oversized).contains(name) {
            let (zh, en) = (
                Language.zh.size(call.edge.configuration.greatestAttachment), Language.en.size(call.edge.configuration.greatestAttachment)
            )
            faults.append(
                .init(
                    field: name,
                    Words(
                        "附件超过 \(zh)，没有收下；其他内容都保留，请压缩后重新选择",
                        "The file is larger than \(en) and was not taken; all else is kept. Make it smaller and choose it again")))
        }
        for upload in form.files(name) {
            guard case .bytes(let bytes) = upload.content else { continue }
            if let wrong = AttachmentKind.fault(upload.name, field: name) {
                faults.append(wrong)
                continue
            }
            do {
                files.append(try await call.desk.keep(file: upload.name, content: bytes, by: Principal(call.person)).stored)
            } catch DeskError.invalid(let wrong) {
                faults += wrong.map { .init(field: name, $0.words, under: $0.article) }
            }
        }
        return .list(files)
    }

    /// Whoever was ticked. A name that was typed and not looked for is looked for, so that nobody believes it chosen.
    private mutating func readPeople(_ field: FieldDescription, _ form: FormData) {
        let chosen = Self.chosen(field.key, form), text = form["\(field.key)~find"].trimmingBlanks
        values[field.key] = .list(chosen.map { .text($0) })
        if text.isEmpty { return }
        sought[field.key] = text
        if chosen.isEmpty { looks = true }
    }

    private mutating func readReference(_ field: FieldDescription, _ type: String, _ form: FormData, _ call: Call) async throws {
        let chosen = form[field.key]
        values[field.key] = .text(chosen)
        guard let choices = try await look(field, type, form, call) else { return }
        found[field.key] = choices
        if form["look"] == field.key {
            if !choices.contains(where: { $0.value == chosen }) { values[field.key] = .text("") }
        } else if chosen.isEmpty {
            if choices.count == 1 { values[field.key] = .text(choices[0].value) } else { mustChoose(field, choices) }
        }
    }

    /// What was chosen before stays chosen while more is looked for.
    private mutating func readReferences(_ field: FieldDescription, _ type: String, _ form: FormData, _ call: Call) async throws {
        var chosen = Self.chosen(field.key, form)
        let choices = try await look(field, type, form, call) ?? []
        if sought[field.key] != nil, form["look"] != field.key, chosen.isEmpty {
            if choices.count == 1 { chosen = [choices[0].value] } else { mustChoose(field, choices) }
        }
        values[field.key] = .list(chosen.map { .text($0) })
        var known: [Option] = []
        let named = Set(choices.map(\.value))
        for word in chosen.prefix(FieldOptions.longestList) where !named.contains(word) {
            let id = call.ids.id(word, .document)
            guard let row = try? await call.desk.document(id, by: call.person).row else { continue }
            known.append(Option(value: word, title: DocumentName.plain(row, call.catalogue, call.l)))
        }
        found[field.key] = known + choices
    }

    /// What the word that was typed to look for a reference finds; `nil` where none was typed.
    private mutating func look(_ field: FieldDescription, _ type: String, _ form: FormData, _ call: Call) async throws -> [Option]? {
        let text = form["\(field.key)~find"].trimmingBlanks
        if text.isEmpty { return nil }
        sought[field.key] = text
        let choices = try await call.desk.choices(of: type, matching: text, by: call.person).map { Option($0, call) }
        if form["look"] == field.key, choices.isEmpty { mustChoose(field, choices) }
        return choices
    }

    private mutating func mustChoose(_ field: FieldDescription, _ choices: [Option]) {
        let text = sought[field.key] ?? ""
        faults.append(
            .init(
                field: field.key,
                choices.isEmpty
                    ? Words("没有找到“\(text)”，请换一个词", "Nothing found for “\(text)”; try another word")
                    : Words("找到不止一个“\(text)”，请从列表中选择", "More than one found for “\(text)”; choose from the list")))
    }
}
