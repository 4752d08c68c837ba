import Kernel

/// Documents as programs get them, with public ids.
struct DocumentJSON: Sendable {
    let ids: PublicIDs

    func row(_ row: DocumentRow, _ type: DocumentType) -> JSONValue { .record(entries(row, type)) }

    func view(_ view: DocumentView, _ type: DocumentType) -> JSONValue {
        .record(
            entries(view.row, type) + [
                .init("revealed", .flag(view.isRevealed)),
                // Until its reading is stated (…/reveal), its entry in the catalogue alone.
                .init("gated", .flag(view.gate != nil)),
                .init(
                    "steps",
                    .list(
                        view.availableSteps.map { available in
                            .record([
                                .init("name", .text(available.step.name)), .init("title", words(available.step.title)),
                                .init("asks", .list(available.step.fields.map { .text($0) })),
                                .init("behalf", available.behalf.map { id($0.raw, .person) } ?? .null),
                            ])
                        })),
                .init("deadlines", .list(view.deadlines.map(deadline))),
                .init(
                    "waiting",
                    .list(
                        view.waiting.map { waiting in
                            .record([
                                .init("task", id(waiting.task, .task)), .init("title", words(waiting.title)),
                                .init("who", words(waiting.who)),
                                .init("since", .text(waiting.since.description)), .init("mine", .flag(waiting.isMine)),
                                .init("vacant", .flag(waiting.isVacant)), .init("standsIn", .flag(waiting.standsIn)),
                            ])
                        })),
                .init(
                    "trail",
                    .list(
                        view.trail.map { entry in
                            .record([
                                .init("entry", id(entry.id, .entry)), .init("kind", .text(entry.kind.rawValue)),
                                .init("at", .text(entry.at.description)),
                                .init("title", words(entry.title)), .init("who", words(entry.who)),
                                .init("behalf", entry.behalf.map(words) ?? .null),
                                .init("articles", .list(entry.articles.map(ErrorResponder.json))),
                                .init("words", entry.words.map(words) ?? .null),
                                .init("written", .text(entry.written)),
                            ])
                        })),
            ])
    }

    func todo(_ todo: Todo, _ catalogue: Catalogue) -> JSONValue {
        .record([
            .init("task", id(todo.task, .task)), .init("step", todo.step.map { .text($0.name) } ?? .null),
            .init("title", words(todo.title)),
            .init("since", .text(todo.since.description)), .init("note", .text(todo.note)),
            .init("document", catalogue.type(todo.row.type).map { row(todo.row, $0) } ?? .null),
        ])
    }

    func taken(_ taken: Desk.Taken) -> JSONValue {
        var entries: [JSONValue.Entry] = [
            .init("id", id(taken.id, .document)), .init("number", taken.number.map { .text($0) } ?? .null),
            .init("state", .text(taken.state)),
            .init("version", .whole(taken.version)),
        ]
        if let refusal = taken.refusal {
            entries.append(
                .init(
                    "refusal",
                    .record([
                        .init("zh", .text(refusal.words.zh)), .init("en", .text(refusal.words.en)),
                        .init("article", refusal.article.map(ErrorResponder.json) ?? .null),
                        .init("faults", .list(refusal.faults.map(ErrorResponder.json))),
                    ])))
        }
        return .record(entries)
    }

    private func entries(_ row: DocumentRow, _ type: DocumentType) -> [JSONValue.Entry] {
        [
            .init("id", id(row.id, .document)), .init("type", .text(row.type)), .init("number", row.number.map { .text($0) } ?? .null),
            .init("title", .text(row.title)), .init("state", .text(row.state)), .init("level", .text("\(row.level)")),
            .init("unit", id(row.unit.raw, .unit)), .init("holder", id(row.holder.raw, .person)),
            .init("creator", id(row.creator.raw, .person)),
            .init("created", .text(row.created.description)), .init("changed", .text(row.changed.description)),
            .init("version", .whole(Int64(row.version))), .init("values", values(row.values, type.fields)),
            .init("due", row.due.map(deadline) ?? .null),
        ]
    }

    private func values(_ values: [String: JSONValue], _ fields: [FieldDescription]) -> JSONValue {
        .record(
            fields.compactMap { field in
                guard let value = values[field.key], !field.kind.isVacant(value) else { return nil }
                return .init(field.key, ids.outward(value, field.kind))
            })
    }

    private func deadline(_ deadline: DeadlineView) -> JSONValue {
        .record([
            .init("name", .text(deadline.name)), .init("title", words(deadline.title)),
            .init("article", ErrorResponder.json(deadline.article)),
            .init("started", .text(deadline.started.description)), .init("due", .text(deadline.due.description)),
            .init("provisional", .flag(deadline.isProvisional)), .init("met", deadline.met.map { .text($0.description) } ?? .null),
            .init("breached", deadline.breached.map { .text($0.description) } ?? .null),
            .init("firstDue", deadline.firstDue.map { .text($0.description) } ?? .null),
            .init("heldBy", deadline.heldBy.map(words) ?? .null),
        ])
    }

    private func words(_ words: Words) -> JSONValue { .record([.init("zh", .text(words.zh)), .init("en", .text(words.en))]) }
    private func id(_ raw: Int64, _ kind: PublicIDs.Kind) -> JSONValue { raw == 0 ? .null : .text(ids.word(raw, kind)) }
}
