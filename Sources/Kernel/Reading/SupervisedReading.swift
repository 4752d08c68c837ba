import Ledger
import Store
import WorkCalendar

/// 督办过的事项: what a person asked for on a document as its supervisor, and what became of that. Whoever an overdue clock was escalated to
/// need not be a reader of the document: the number, the type and the state are then all that is said of it.
package struct SupervisedMatter: Sendable {
    package struct Demand: Sendable {
        package enum Outcome: Sendable {
            /// The limit lies ahead.
            case running
            /// Done in time.
            case met
            /// Done, and late.
            case late
            /// Not done, and the limit has passed.
            case missed
            /// Another limit took its place.
            case replaced
        }

        package let at: Moment
        /// As whose delegate.
        package let behalf: Words?
        package let opinion: String
        package let until: Moment?
        package let outcome: Outcome
        /// When it was done, or another limit took its place.
        package let ended: Moment?
    }

    /// A step that somebody took since.
    package struct Deed: Sendable {
        package let title: Words
        package let at: Moment
    }

    package let id: Int64
    package let type: String
    package let number: String?
    package let state: String
    package let level: Level
    /// The newest first.
    package let demands: [Demand]
    /// Since the first demand, the oldest first; of one matter alone.
    package let deeds: [Deed]
    /// Whether the person reads the document itself.
    package let mayRead: Bool
}

extension Desk {
    /// What the person has supervised, the newest first.
    package func supervisedMatters(of person: PersonID, limit: Int = 50) async throws -> [SupervisedMatter] {
        let now = clock.now()
        return try await store.read { [self] session in
            try SupervisedSearch(self, session, person, at: now).matters(limit: limit)
        }
    }

    /// - Throws: `DeskError.absent` where the person supervised no such document.
    package func supervisedMatter(_ id: Int64, of person: PersonID) async throws -> SupervisedMatter {
        let now = clock.now()
        return try await store.read { [self] session in
            try SupervisedSearch(self, session, person, at: now).matter(id)
        }
    }
}

/// Drawn from the ledger: the entry says who asked for what, and the clock that it started says what became of it.
private struct SupervisedSearch {
    private let desk: Desk
    private let session: any Session
    private let access: Access
    private let person: PersonID

    init(_ desk: Desk, _ session: any Session, _ person: PersonID, at now: Moment) throws {
        (self.desk, self.session, self.person) = (desk, session, person)
        access = desk.access(of: person, try desk.organisation(session), at: now)
    }

    private var organisation: Organisation { access.organisation }
    private static let kind = Value.blob([Entry.Kind.note.rawValue])
    /// So many of a hand's handlings are looked through.
    private static let mostWalked = 5000

    func matters(limit: Int) throws -> [SupervisedMatter] {
        // What was asked for in the person's name by a delegate is the person's too.
        let hands = Set([person] + organisation.delegations.filter { $0.giver == person }.map(\.receiver))
        var entries: [Entry] = []
        for hand in hands {
            entries += try session.all(
                session.engine.written(
                    """
                    SELECT body FROM entry WHERE person = $1 AND person <> 0 AND substr(body, 2, 1) = $2 AND \(Entry.isNoAct())
                    ORDER BY id DESC LIMIT \(Self.mostWalked)
                    """), [.int(hand.raw), Self.kind]
            ) { row in try row.withBlob(0) { try Entry($0) } }.filter(isOwn)
        }
        var order: [Int64] = [], found: [Int64: [Entry]] = [:]
        for entry in entries.sorted(by: { $0.id > $1.id }) {
            if found[entry.document] == nil { order.append(entry.document) }
            found[entry.document, default: []].append(entry)
        }
        return try matters(Array(order.prefix(limit)), found)
    }

    func matter(_ id: Int64) throws -> SupervisedMatter {
        // Spelt otherwise than its own index has it: a document has few handlings, along the index of its entries.
        let entries = try session.all(
            "SELECT body FROM entry WHERE document = $1 AND document <> 0 AND substr(body, 1 + 1, 1) = $2 ORDER BY id DESC",
            [.int(id), Self.kind]
        ) { row in try row.withBlob(0) { try Entry($0) } }.filter(isOwn)
        guard let matter = try matters([id], [id: entries], withDeeds: true).first else { throw DeskError.absent }
        return matter
    }

    /// What the person asked for, in the own name or in one in which the person still acts, and what others asked for in the person's.
    private func isOwn(_ entry: Entry) -> Bool {
        guard entry.step == Supervision.name, entry.document != 0 else { return false }
        let name = Self.name(entry)
        return name == person || (entry.person == person.raw && access.names.contains(name))
    }

    private static func name(_ entry: Entry) -> PersonID { PersonID(entry.onBehalfOf == 0 ? entry.person : entry.onBehalfOf) }

    /// - Parameter found: the entries of each document, the newest first.
    private func matters(_ ids: [Int64], _ found: [Int64: [Entry]], withDeeds: Bool = false) throws -> [SupervisedMatter] {
        if ids.isEmpty { return [] }
        let places = (1...ids.count).map { "$\($0)" }.joined(separator: ", "), named: [Value] = ids.map { .int($0) }
        let (known, knowing) = access.knowing(startingAt: ids.count + 1)
        let records = try session.all(
            "SELECT \(Record.joinedColumns) FROM document d WHERE d.id IN (\(places)) AND \(known)", named + knowing
        ) { Record($0) }
        let (rule, reading) = access.condition(type: nil, startingAt: 1)
        let asked = ids.indices.map { "$\(reading.count + 1 + $0)" }.joined(separator: ", ")
        let readable = Set(
            try session.all("SELECT d.id FROM document d WHERE \(rule) AND d.id IN (\(asked))", reading + named) { $0.int(0) })
        let clocks = try RunningDeadlines.of(ids, desk.catalogue, session)
        let byID = Dictionary(records.map { ($0.id, $0) }) { first, _ in first }
        return try ids.compactMap { id -> SupervisedMatter? in
            guard let record = byID[id], let type = desk.catalogue.type(record.type) else { return nil }
            let entries = (found[id] ?? []).filter { isKnown(record, to: Self.name($0)) }
            guard let first = entries.last else { return nil }
            let own = (clocks[id] ?? []).filter { $0.name == Supervision.name }
            return SupervisedMatter(
                id: id, type: record.type, number: record.number, state: record.state, level: record.level,
                demands: try entries.map { try demand($0, own) }, deeds: withDeeds ? try deeds(since: first, type) : [],
                mayRead: readable.contains(id))
        }
    }

    /// A delegate learns of no more than the one in whose name the demand was made.
    private func isKnown(_ record: Record, to name: PersonID) -> Bool {
        organisation.isInService(name, within: record.scope, on: access.now.day)
            && organisation.people[name].map { $0.clearance >= record.level } == true
    }

    private func demand(_ entry: Entry, _ clocks: [DeadlineView]) throws -> SupervisedMatter.Demand {
        let at = Moment(milliseconds: entry.at)
        let clock = clocks.first { $0.started == at }
        return SupervisedMatter.Demand(
            at: at, behalf: entry.onBehalfOf == 0 ? nil : organisation.name(PersonID(entry.onBehalfOf)),
            opinion: try FreeText(keys: desk.keys).opened(entry), until: clock?.due, outcome: outcome(clock, among: clocks),
            ended: clock?.met)
    }

    /// A new limit ends the one before at the moment when it begins.
    private func outcome(_ clock: DeadlineView?, among clocks: [DeadlineView]) -> SupervisedMatter.Demand.Outcome {
        guard let clock else { return .replaced }
        guard let met = clock.met else { return access.now > clock.due ? .missed : .running }
        if clocks.contains(where: { $0.started == met && $0.started > clock.started }) { return .replaced }
        return met <= clock.due ? .met : .late
    }

    /// The steps alone, and not by whom: who works on a document that somebody does not read is not that person's to know.
    private func deeds(since first: Entry, _ type: DocumentType) throws -> [SupervisedMatter.Deed] {
        try session.all(
            "SELECT body FROM entry WHERE document = $1 AND document <> 0 AND id > $2 AND substr(body, 1 + 1, 1) = $3 ORDER BY id LIMIT 200",
            [.int(first.document), .int(first.id), .blob([Entry.Kind.act.rawValue])]
        ) { row in try row.withBlob(0) { try Entry($0) } }.filter { $0.person != 0 }.map {
            SupervisedMatter.Deed(title: type.trailTitle($0), at: Moment(milliseconds: $0.at))
        }
    }
}
