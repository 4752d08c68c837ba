import Kernel
import WorkCalendar

/// What a person typed into a form whose document was kept as a draft, in clear, for the same log-in and for half an hour: nobody types
/// again what he typed a second ago, or looks for a wrong digit behind a mask. It is kept in memory alone.
struct TypedValues: Sendable {
    private struct Key: Hashable {
        let login: [UInt8]
        let document: Int64
    }

    private struct Typed: Sendable {
        let values: [String: JSONValue]
        let version: Int64
        let at: Moment

        func isOver(at now: Moment) -> Bool { now > at.adding(seconds: TypedValues.minutes * 60) }
    }

    static let minutes = 30
    private let typed = BoundedCache<Key, Typed>(limit: 1_000)

    /// - Parameter taken: what became of it; of a document that passed nothing is kept.
    func remember(_ input: FormInput, _ fields: [FieldDescription], _ taken: Desk.Taken, _ call: Call) {
        // Nothing stays in clear longer than it can be shown.
        typed.forget { $0.isOver(at: call.now) }
        let key = Key(login: call.login.digest, document: taken.id)
        guard taken.refusal != nil else { return typed[key] = nil }
        var values: [String: JSONValue] = [:]
        for field in fields where field.kind.isPersonal {
            guard let value = input.values[field.key], !value.isEmpty else { continue }
            // The rows stand in the document as they were typed.
            if case .lines = field.kind {
                values[field.key] = .list(
                    value.list.enumerated().map { index, row in
                        .record(row.entries.filter { $0.key != LineRows.was } + [.init(LineRows.was, .text(String(index)))])
                    })
            } else {
                values[field.key] = value
            }
        }
        typed[key] = Typed(values: values, version: taken.version, at: call.now)
    }

    /// Of the document as it stands now; none once somebody else has changed it.
    func values(of row: DocumentRow, _ call: Call) -> [String: JSONValue] {
        guard let found = typed[Key(login: call.login.digest, document: row.id)], found.version == Int64(row.version),
            !found.isOver(at: call.now)
        else { return [:] }
        return found.values
    }
}
