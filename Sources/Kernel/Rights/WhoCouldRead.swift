import Ledger
import Store
import WorkCalendar

/// Who could read a document on a day, and who did: from the posts held then, the grants that ran then, and the ledger.
package struct ReadersOfDay: Sendable {
    package struct Could: Sendable {
        package let person: Words
        package let posts: [Words]
        /// The end and purpose of grants that ran on the day; none where a post lets the person read.
        package let grants: [GrantView]
    }
    package struct Did: Sendable {
        package let person: Words
        package let at: Moment
        package let what: Words
        package let purpose: String
    }
    package let day: Day
    package let could: [Could]
    package let did: [Did]
}

extension Desk {
    /// Whether a person watches over the readings of a document: holds one of the posts that the regulation names for it, or a supervising
    /// one, where the document belongs.
    func supervises(_ person: PersonID, _ record: Record, _ organisation: Organisation, at now: Moment) -> Bool {
        guard let type = catalogue.type(record.type), let contents = catalogue.regulation(type.regulation.id) else { return false }
        let posts = Set((contents.supervisors + contents.posts.filter(\.isSupervising)).map(\.id))
        return organisation.holdings(of: person, on: now.day).contains {
            posts.contains($0.post) && organisation.isWithin($0.unit, record.scope)
        }
    }

    /// Level and clearances are those of today; posts, grants and readings those of the day.
    /// - Throws: `DeskError.absent` where the person does not watch over it.
    package func readers(of id: Int64, on day: Day, by person: PersonID) async throws -> ReadersOfDay {
        let now = clock.now()
        return try await store.read { [self] session in
            let organisation = try organisation(session), type = try presumedType(of: id, session)
            let mine = self.access(of: person, organisation, at: now)
            guard try mayRead(id, of: type, mine, session), let record = try Record.load(id, session),
                supervises(person, record, organisation, at: now)
            else { throw DeskError.absent }
            return ReadersOfDay(
                day: day, could: try could(record, on: day, organisation, session),
                did: try readings(of: record, on: day, organisation, session))
        }
    }

    private func could(_ record: Record, on day: Day, _ organisation: Organisation, _ session: any Session) throws -> [ReadersOfDay.Could] {
        let (start, end) = (Moment.startOfDay(day), Moment.endOfDay(day))
        let grants = try session.all(
            """
            SELECT person, from_at, purpose, ends, verbs FROM access_grant
            WHERE document = $1 AND from_at < $2 AND ends > $3 AND verbs LIKE '%read%' ORDER BY from_at
            """, [.int(record.id), .int(end.milliseconds), .int(start.milliseconds)]
        ) { row in
            (
                person: PersonID(row.int(0)), from: Moment(milliseconds: row.int(1)),
                view: GrantView(
                    person: organisation.name(PersonID(row.int(0))), verbs: Verb.all(in: row.text(4)).sorted(),
                    purpose: Words(kept: row.text(2)), ends: Moment(milliseconds: row.int(3)))
            )
        }
        var found: [ReadersOfDay.Could] = []
        for person in organisation.people.values.sorted(by: { $0.id.raw < $1.id.raw }) {
            let held = organisation.holdings(of: person.id, on: day)
            if held.isEmpty { continue }
            let own = grants.filter { $0.person == person.id }
            // The day's end, its beginning, and when each grant began to run.
            let moments = [end.adding(milliseconds: -1), max(start, record.created)] + own.map { max($0.from, start) }
            let may = try moments.contains { moment in
                if moment < record.created { return false }
                let access = Access(
                    person: person.id, organisation: organisation, catalogue: catalogue, now: moment, index: keys.blindIndex, isPast: true)
                return try mayRead(record.id, of: record.type, access, session)
            }
            guard may else { continue }
            let posts = held.compactMap { catalogue.posts[$0.post]?.title }
            found.append(.init(person: person.words, posts: posts, grants: own.map(\.view)))
        }
        return found
    }

    private func readings(of record: Record, on day: Day, _ organisation: Organisation, _ session: any Session) throws -> [ReadersOfDay.Did]
    {
        guard let type = catalogue.type(record.type) else { return [] }
        return try session.all(
            "SELECT id, body FROM entry WHERE document = $1 AND at >= $2 AND at < $3 ORDER BY id",
            [.int(record.id), .int(Moment.startOfDay(day).milliseconds), .int(Moment.endOfDay(day).milliseconds)]
        ) { row in try row.withBlob(1) { try Entry($0) } }.filter(\.isReading).map { entry in
            ReadersOfDay.Did(
                person: organisation.name(PersonID(entry.person)), at: Moment(milliseconds: entry.at), what: type.trailTitle(entry),
                purpose: try FreeText(keys: keys).opened(entry))
        }
    }
}

/// Who came at a document, and when.
package struct Reading: Sendable {
    package let person: PersonID
    package let at: Moment
    package let what: Words
}

extension Inquiry {
    /// Who read a document of this scope, opened what is attached, or took a copy, from the ledger, the latest first.
    package func readings<D: Document>(of id: ID<D>, limit: Int = 1000) throws -> [Reading] {
        guard let record = try load(id)?.record, let type = transaction.desk.catalogue.type(record.type) else { return [] }
        return try transaction.session.all(
            "SELECT id, body FROM entry WHERE document = $1 ORDER BY id DESC", [.int(id.raw)]
        ) { row in try row.withBlob(1) { try Entry($0) } }.filter(\.isReading).prefix(limit).map {
            Reading(person: PersonID($0.person), at: Moment(milliseconds: $0.at), what: type.trailTitle($0))
        }
    }

    /// Whether a person may use a document so, at this moment.
    package func may<D: Document>(_ verb: Verb, _ id: ID<D>, _ person: PersonID) throws -> Bool {
        let access = transaction.desk.access(of: person, organisation, at: now)
        return try transaction.desk.may(verb, id.raw, of: D.name, access, transaction.session)
    }
}

extension Entry {
    fileprivate var isReading: Bool { (kind == .read || kind == .export) && person != 0 }
}
