import Ledger
import Store
import WorkCalendar

/// By which way personal data was read. It stands in the entry of the reading, where an act has the state from which it led.
package enum ReadingWay: Sendable, Hashable {
    case page
    /// The API.
    case program
    /// Another document, on which the data stands.
    case document(Int64)

    var kept: String {
        switch self {
        case .page: ""
        case .program: "api"
        case .document(let id): "#\(id)"
        }
    }

    init(kept: String) {
        if kept == "api" {
            self = .program
        } else if kept.hasPrefix("#"), let id = Int64(kept.dropFirst()) {
            self = .document(id)
        } else {
            self = .page
        }
    }
}

/// Whoever opens a document has read whose data stands on it: a telephone on a suspicious item is a customer's. The reading stands on that
/// customer's trail too, whether or not the reader may open the customer.
enum SubjectReading {
    /// What the ledger calls it. It opens no gate (`StatedReading`), and does not count against the reading limit a second time.
    static let step = "subject"
}

extension Desk {
    /// - Parameters:
    ///   - words: what the product says of the reading where nobody was asked; else whoever watches finds no purpose at all.
    ///   - written: the purpose that was stated.
    func enterSubjects(
        of record: Record, by principal: Principal, words: Words?, written: String, at now: Moment, _ session: any Session
    ) throws {
        guard let type = catalogue.type(record.type) else { return }
        let fields = type.fields.filter(\.isSubject)
        if fields.isEmpty { return }
        // What a document names stands in it openly.
        let values = try JSONReader.read(record.body)
        let subjects = Set(fields.flatMap { values[$0.key].each.compactMap(\.whole) }).subtracting([0, record.id]).sorted()
        for subject in subjects {
            guard let found = try Record.load(subject, session) else { continue }
            try enter(
                .read, found, principal: principal, step: SubjectReading.step, from: ReadingWay.document(record.id).kept, words: words,
                written: written, at: now, session)
        }
    }
}
