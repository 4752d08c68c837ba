import Store
import WorkCalendar

/// Who may take which step on which document: the one answer for pages, API, tasks and the desk. What it does not allow is forbidden.
struct Authority {
    let organisation: Organisation
    let catalogue: Catalogue
    let day: Day

    /// Whether a person satisfies `who` with respect to a document.
    func satisfies(_ who: Who, _ person: PersonID, _ record: Record, fields: JSONValue) -> Bool {
        post(who, person, record, fields: fields) != nil
    }

    /// Satisfied by name, and not through a post.
    static let byName: Int64 = 0

    /// Through which post - the id of its holding - a person satisfies `who` with respect to a document; `nil` where not at all.
    func post(_ who: Who, _ person: PersonID, _ record: Record, fields: JSONValue) -> Int64? {
        guard organisation.people[person]?.isActive == true else { return nil }
        func held(_ post: String, _ isThere: (UnitID) -> Bool) -> Int64? {
            organisation.holdings(of: person, on: day).first { $0.post == post && isThere($0.unit) }?.id
        }
        func head(above unit: UnitID, otherThan other: PersonID) -> Int64? {
            guard organisation.heads(above: unit, otherThan: other, on: day).contains(person) else { return nil }
            return held(Post.head.id) { organisation.isWithin(unit, $0) }
        }
        /// Who is named must still work where the document belongs; for one who does not, the head of the document's unit stands in.
        func byName(_ named: PersonID) -> Int64? {
            if named.isNone { return nil }
            if isThere(named, record) { return named == person ? Self.byName : nil }
            return head(above: record.unit, otherThan: named)
        }
        switch who {
        case .staff: return isThere(person, record) ? Self.byName : nil
        case .post(let post): return held(post.id) { organisation.isWithin($0, record.scope) }
        case .postOf(let post, let field):
            guard let unit = fields[field].whole.map({ UnitID($0) }) else { return nil }
            return held(post.id) { organisation.isWithin(unit, $0) }
        case .head: return head(above: record.unit, otherThan: record.creator)
        case .requester: return byName(record.creator)
        case .holder: return byName(record.holder)
        case .named(let field): return byName(PersonID(fields[field].whole ?? 0))
        case .each(let field): return fields[field].list.lazy.compactMap(\.whole).compactMap { byName(PersonID($0)) }.first
        case .headOf(let field):
            let named = PersonID(fields[field].whole ?? 0)
            guard let home = organisation.home(of: named, on: day) else { return nil }
            return head(above: home, otherThan: named)
        case .any(let whos): return whos.lazy.compactMap { post($0, person, record, fields: fields) }.first
        case .system: return nil
        }
    }

    private func isThere(_ person: PersonID, _ record: Record) -> Bool {
        organisation.isInService(person, within: record.scope, on: day)
    }

    /// Whether the four-eyes rule keeps this hand off: who took one of the steps, in any name, may not take the other in any name.
    func isSameHand(_ principal: Principal, as steps: [String], on document: Int64, _ session: any Session) throws -> Bool {
        guard !steps.isEmpty, !principal.isSystem else { return false }
        return isSameHand(principal, as: steps, try Satellites.of(document, session).taken)
    }

    /// - Parameter taken: who took which step of the document.
    func isSameHand(_ principal: Principal, as steps: [String], _ taken: [Satellites.Taken]) -> Bool {
        guard !steps.isEmpty, !principal.isSystem else { return false }
        return taken.contains { steps.contains($0.step) && $0.isBy(principal) }
    }

    /// Whom a step waits for: rows of the to-do list.
    func addressees(of who: Who, _ record: Record, fields: JSONValue) -> [Addressee] {
        func byName(_ named: PersonID) -> [Addressee] {
            if named.isNone { return [] }
            if isThere(named, record) { return [.person(named)] }
            return organisation.heads(above: record.unit, otherThan: named, on: day).map(Addressee.person)
        }
        switch who {
        case .staff, .system: return []
        case .post(let post): return [.post(post.id, record.scope)]
        case .postOf(let post, let field):
            guard let unit = fields[field].whole.map({ UnitID($0) }) else { return [.post(post.id, record.scope)] }
            return [.post(post.id, organisation.place(of: post.id, from: unit, on: day) ?? unit)]
        case .head: return organisation.heads(above: record.unit, otherThan: record.creator, on: day).map(Addressee.person)
        case .requester: return byName(record.creator)
        case .holder: return byName(record.holder)
        case .named(let field): return byName(PersonID(fields[field].whole ?? 0))
        case .each(let field): return fields[field].list.compactMap(\.whole).flatMap { byName(PersonID($0)) }
        case .headOf(let field):
            let named = PersonID(fields[field].whole ?? 0)
            guard let home = organisation.home(of: named, on: day) else { return [] }
            return organisation.heads(above: home, otherThan: named, on: day).map(Addressee.person)
        case .any(let whos): return whos.flatMap { addressees(of: $0, record, fields: fields) }
        }
    }

    /// Whom something reaches that must reach somebody: those of `who` that are there; else the heads above the document's unit; else the
    /// posts that read it; else those that supervise in its scope. Nobody where none of them is held.
    func reached(_ who: Who, _ record: Record, _ type: DocumentType, fields: JSONValue) -> [Addressee] {
        let supervising = catalogue.regulation(type.regulation.id)?.posts.filter(\.isSupervising) ?? []
        let circles: [[Addressee]] = [
            addressees(of: who, record, fields: fields),
            organisation.heads(above: record.unit, otherThan: .none, on: day).map(Addressee.person),
            addressees(of: .any(type.readers), record, fields: fields), supervising.map { .post($0.id, record.scope) },
        ]
        return circles.lazy.map { present(among: $0, in: record.scope) }.first { !$0.isEmpty } ?? []
    }

    /// Those of the addressees behind whom somebody is who works in the scope.
    func present(among addressees: [Addressee], in scope: UnitID) -> [Addressee] {
        addressees.filter { people($0).contains { organisation.isInService($0, within: scope, on: day) } }
    }

    /// What an addressee is called.
    func words(of addressee: Addressee) -> Words {
        switch addressee {
        case .person(let person): return organisation.name(person)
        case .post(let id, let place):
            let post = catalogue.posts[id]?.title ?? Words("岗位", "post"), unit = organisation.name(place)
            return Words("\(unit.zh) \(post.zh)", "\(post.en), \(unit.en)")
        }
    }

    /// The people behind an addressee.
    func people(_ addressee: Addressee) -> [PersonID] {
        switch addressee {
        case .person(let person): [person]
        case .post(let post, let unit): organisation.holders(of: post, within: unit, on: day)
        }
    }
}

enum Addressee: Hashable {
    case person(PersonID)
    case post(String, UnitID)

    /// As a task keeps it.
    init(person: Int64?, post: String?, unit: Int64?) {
        self = person.map { .person(PersonID($0)) } ?? .post(post ?? "", UnitID(unit ?? 0))
    }
}
