import Store
import Vault
import WorkCalendar

/// 暂存: what a person has filled in for an act and not sent yet. It is nobody else's, sealed like the document's data, and gone when the
/// document moves on or the act is done. It is no part of the document and has no entry.
package struct ActDraft: Sendable {
    /// As it was typed, by field.
    package let values: [String: JSONValue]
    package let opinion: String
    package let at: Moment
}

extension Desk {
    /// - Throws: `DeskError.absent` where the person may not see the document, `.conflict` where the step is not the person's to take now.
    package func keepDraft(
        _ values: [String: JSONValue], opinion: String, for step: String, on id: Int64, by person: PersonID
    ) async throws {
        let now = clock.now()
        let content = JSONText.text(
            .record([
                .init("values", .record(values.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) })),
                .init("opinion", .text(opinion)),
            ]))
        guard content.utf8.count <= TextLimit.document else {
            throw DeskError.conflict(
                Words("填写的内容过长，不能暂存，请缩短或改用附件", "What was filled in is too long to be kept; shorten it or attach files"))
        }
        try await store.write { [self] session in
            let view = try view(id, by: person, clear: false, at: now, session)
            guard view.availableSteps.contains(where: { $0.step.name == step }) else {
                throw DeskError.conflict(
                    Words("此步骤现在不由您办理，未能暂存", "The step is not yours to take now; nothing was kept"))
            }
            let sealed = try keys.sealText(content, level: view.row.level.rawValue, context: Self.context(step, id, person))
            try session.execute(
                """
                INSERT INTO act_draft (person, document, step, content, at) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (person, document, step) DO UPDATE SET content = excluded.content, at = excluded.at
                """, [.int(person.raw), .int(id), .text(step), .text(sealed), .int(now.milliseconds)])
        }
    }

    package func dropDraft(for step: String, on id: Int64, by person: PersonID) async throws {
        try await store.write { session in
            try session.execute(
                "DELETE FROM act_draft WHERE person = $1 AND document = $2 AND step = $3", [.int(person.raw), .int(id), .text(step)])
        }
    }

    /// Those of one person on a document that the person sees, by step. What somebody else wrote there is none.
    func drafts(of id: Int64, by person: PersonID, _ session: any Session) throws -> [String: ActDraft] {
        var drafts: [String: ActDraft] = [:]
        let rows = try session.all(
            "SELECT step, content, at FROM act_draft WHERE person = $1 AND document = $2", [.int(person.raw), .int(id)]
        ) { (step: $0.text(0), content: $0.text(1), at: Moment(milliseconds: $0.int(2))) }
        for row in rows where KeyRing.isSealed(row.content) {
            guard let text = try? keys.openText(row.content, context: Self.context(row.step, id, person)),
                let kept = try? JSONReader.read(text)
            else { continue }
            let values = Dictionary(uniqueKeysWithValues: kept["values"].entries.map { ($0.key, $0.value) })
            drafts[row.step] = ActDraft(values: values, opinion: kept["opinion"].text ?? "", at: row.at)
        }
        return drafts
    }

    private static func context(_ step: String, _ document: Int64, _ person: PersonID) -> [UInt8] {
        KeyRing.context(document: document, field: "draft \(person.raw) \(step)")
    }
}
