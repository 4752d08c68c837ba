import Store
import WorkCalendar

/// 单位: a node of the organisation tree. `path` is `/1/4/9/`, so that a subtree is a range of paths.
package struct Unit: Sendable {
    package let id: UnitID
    package let parent: UnitID?
    package let path: String
    package let words: Words
    package let isClosed: Bool
}

/// 人员.
package struct Person: Sendable {
    package let id: PersonID
    package let login: String
    package let words: Words
    package let clearance: Level
    package let isActive: Bool
    package let isAdministrator: Bool
}

/// Who holds which post in which unit, from a day to a day (inclusive), unless it was ended before.
package struct Appointment: Sendable {
    package let id: Int64
    package let person: PersonID
    package let unit: UnitID
    package let post: String
    package let from: Day
    package let to: Day?
    /// When an administrator ended it: from then on it is not held.
    package let ended: Moment?

    package func holds(on day: Day) -> Bool {
        from <= day && (to.map { day <= $0 } ?? true) && (ended.map { day < $0.day } ?? true)
    }
}

package struct Adoption: Sendable {
    package let regulation: String
    package let version: Int
    package let unit: UnitID
    package let from: Day
    package let to: Day?
    package func isInForce(on day: Day) -> Bool { from <= day && (to.map { day <= $0 } ?? true) }
}

/// 代理: one person acts for another for a while; both names stand in the trail.
package struct Delegation: Sendable {
    package let id: Int64
    package let giver: PersonID
    package let receiver: PersonID
    package let from: Moment
    package let to: Moment
    package let reason: String
    package func isInForce(at moment: Moment) -> Bool { from <= moment && moment < to }
}

/// The whole organisation as one value, read once and kept until it changes.
package struct Organisation: Sendable {
    package let version: Int64
    package private(set) var units: [UnitID: Unit] = [:]
    package private(set) var people: [PersonID: Person] = [:]
    package private(set) var holdings: [Appointment] = []
    package private(set) var adoptions: [Adoption] = []
    /// What regulations have in common is in force wherever one of them is.
    private var practices: [Adoption] = []
    package private(set) var delegations: [Delegation] = []
    /// How many documents' personal data one person may open within an hour.
    package private(set) var readingLimit = ReadingCounts.usualLimit
    /// Who decides where nobody else can, by the unit that says so.
    package private(set) var standIns: [UnitID: StandIn] = [:]
    private var holdingsByPerson: [PersonID: [Appointment]] = [:]
    private var holdingsByPost: [String: [Appointment]] = [:]

    package static func read(_ session: any Session) throws -> Organisation {
        var all = Organisation(version: try session.count("SELECT CAST(value AS BIGINT) FROM setting WHERE name = 'organisation'"))
        let limit = "SELECT CAST(value AS BIGINT) FROM setting WHERE name = 'reading-limit'"
        if let limit = try session.first(limit, [], { Int($0.int(0)) }) { all.readingLimit = limit }
        let said = try session.all("SELECT name, value FROM setting WHERE name LIKE '\(StandIn.prefix)%'", []) {
            StandIn(name: $0.text(0), value: $0.text(1))
        }
        for case let standIn? in said { all.standIns[standIn.unit] = standIn }
        try session.each("SELECT id, parent, path, zh, en, closed FROM unit", []) { row in
            let unit = Unit(
                id: UnitID(row.int(0)), parent: row.intIfAny(1).map { UnitID($0) }, path: row.text(2),
                words: Words(row.text(3), row.text(4)),
                isClosed: !row.isNull(5))
            all.units[unit.id] = unit
        }
        try session.each("SELECT id, login, zh, en, clearance, active, administrator FROM person", []) { row in
            let person = Person(
                id: PersonID(row.int(0)), login: row.text(1), words: Words(row.text(2), row.text(3)),
                clearance: Level(rawValue: Int(row.int(4))) ?? .public, isActive: row.int(5) == 1, isAdministrator: row.int(6) == 1)
            all.people[person.id] = person
        }
        all.holdings = try session.all("SELECT id, person, unit, post, from_day, to_day, ended FROM holding ORDER BY id", []) { row in
            Appointment(
                id: row.int(0), person: PersonID(row.int(1)), unit: UnitID(row.int(2)), post: row.text(3),
                from: Day(number: Int(row.int(4))),
                to: row.intIfAny(5).map { Day(number: Int($0)) }, ended: row.intIfAny(6).map { Moment(milliseconds: $0) })
        }
        all.adoptions = try session.all("SELECT regulation, version, unit, from_day, to_day FROM adoption ORDER BY id", []) { row in
            Adoption(
                regulation: row.text(0), version: Int(row.int(1)), unit: UnitID(row.int(2)), from: Day(number: Int(row.int(3))),
                to: row.intIfAny(4).map { Day(number: Int($0)) })
        }
        all.practices = Dictionary(grouping: all.adoptions, by: \.unit).map { unit, adopted in
            let ends = adopted.compactMap(\.to)
            return Adoption(
                regulation: Regulation.practices.id, version: 1, unit: unit, from: adopted.map(\.from).min()!,
                to: ends.count == adopted.count ? ends.max() : nil)
        }
        all.delegations = try session.all("SELECT id, giver, receiver, from_at, to_at, reason FROM delegation ORDER BY id", []) { row in
            Delegation(
                id: row.int(0), giver: PersonID(row.int(1)), receiver: PersonID(row.int(2)), from: Moment(milliseconds: row.int(3)),
                to: Moment(milliseconds: row.int(4)), reason: row.text(5))
        }
        all.holdingsByPerson = Dictionary(grouping: all.holdings, by: \.person)
        all.holdingsByPost = Dictionary(grouping: all.holdings, by: \.post)
        return all
    }

    private init(version: Int64) { self.version = version }

    package func name(_ person: PersonID) -> Words { people[person]?.words ?? Words("系统", "the system") }
    package func name(_ unit: UnitID) -> Words { units[unit]?.words ?? Words("（未知单位）", "(unknown unit)") }

    package func holdings(of person: PersonID, on day: Day) -> [Appointment] {
        (holdingsByPerson[person] ?? []).filter { $0.holds(on: day) }
    }

    /// The people who hold the post within the subtree of `unit`.
    package func holders(of post: String, within unit: UnitID, on day: Day) -> [PersonID] {
        (holdingsByPost[post] ?? []).filter { $0.holds(on: day) && isWithin($0.unit, unit) && people[$0.person]?.isActive == true }.map(
            \.person)
    }

    /// This unit, or the nearest one above it, in which somebody holds the post.
    package func place(of post: String, from unit: UnitID, on day: Day) -> UnitID? {
        lineage(unit).first { place in
            (holdingsByPost[post] ?? []).contains { $0.unit == place && $0.holds(on: day) && people[$0.person]?.isActive == true }
        }
    }

    /// Nobody lets the person in any more: out of service, or all posts have ended. Who never had a post may come, and finds little.
    package func hasLeft(_ person: PersonID, on day: Day) -> Bool {
        guard let found = people[person], found.isActive else { return true }
        if found.isAdministrator { return false }
        let held = holdingsByPerson[person] ?? []
        return !held.isEmpty && held.allSatisfy { holding in holding.to.map { $0 < day } ?? false }
    }

    /// The administrators in service besides a person.
    package func administrators(otherThan person: PersonID) -> [PersonID] {
        people.values.filter { $0.isAdministrator && $0.isActive && $0.id != person }.map(\.id).sorted { $0.raw < $1.raw }
    }

    /// The unit in which a person works: that of the first post held.
    package func home(of person: PersonID, on day: Day) -> UnitID? { holdings(of: person, on: day).first?.unit }

    /// Some post of the person has ended, or the person is not at work at all.
    func hasLeftSomething(_ person: PersonID, on day: Day) -> Bool {
        !isWorking(person, on: day) || (holdingsByPerson[person] ?? []).contains { $0.from <= day && !$0.holds(on: day) }
    }

    /// Where the person is in service: the units of the posts held, and those above them.
    package func scopes(of person: PersonID, on day: Day) -> [UnitID] {
        Set(holdings(of: person, on: day).flatMap { lineage($0.unit) }).sorted { $0.raw < $1.raw }
    }

    /// Whether the person works within the subtree of `unit`: active, and in some post.
    package func isInService(_ person: PersonID, within unit: UnitID, on day: Day) -> Bool {
        people[person]?.isActive == true && holdings(of: person, on: day).contains { isWithin($0.unit, unit) }
    }

    package func isWithin(_ unit: UnitID, _ ancestor: UnitID) -> Bool {
        guard let inner = units[unit]?.path, let outer = units[ancestor]?.path else { return false }
        return inner.hasPrefix(outer)
    }

    /// The units from this one upward to the root.
    package func lineage(_ unit: UnitID) -> [UnitID] {
        var line: [UnitID] = []
        var next: UnitID? = unit
        while let unit = next, let found = units[unit], line.count < 64 {
            line.append(unit)
            next = found.parent
        }
        return line
    }

    /// Where a new document of a regulation belongs when a person makes it: the unit where the person works, and the one above that adopted
    /// the regulation; `nil` where none did.
    package func placeOfNew(_ regulation: String, by person: PersonID, on day: Day) -> (unit: UnitID, scope: UnitID)? {
        guard let unit = home(of: person, on: day), let scope = adopter(of: regulation, for: unit, on: day) else { return nil }
        return (unit, scope)
    }

    /// Whether a document of a scope may name a person: who is in service there.
    package func mayName(_ person: PersonID, in scope: UnitID, on day: Day) -> Bool { isInService(person, within: scope, on: day) }

    /// Whether a document of a scope may name a unit: an open one there.
    package func mayName(_ unit: UnitID, in scope: UnitID) -> Bool { units[unit]?.isClosed == false && isWithin(unit, scope) }

    /// The people at the head of the unit, or of the nearest unit above that has a head other than `person`.
    package func heads(above unit: UnitID, otherThan person: PersonID, on day: Day) -> [PersonID] {
        for unit in lineage(unit) {
            let heads = (holdingsByPost[Post.head.id] ?? []).filter {
                $0.unit == unit && $0.holds(on: day) && $0.person != person && people[$0.person]?.isActive == true
            }.map(\.person)
            if !heads.isEmpty { return heads }
        }
        return []
    }

    /// The unit whose adoption of the regulation binds `unit`: the nearest one upward; `nil` when none does.
    package func adopter(of regulation: String, for unit: UnitID, on day: Day) -> UnitID? {
        lineage(unit).first { unit in
            adoptions(of: regulation).contains { $0.unit == unit && $0.regulation == regulation && $0.isInForce(on: day) }
        }
    }

    /// The adoptions of a regulation, now or once, among others.
    package func adoptions(of regulation: String) -> [Adoption] { regulation == Regulation.practices.id ? practices : adoptions }

    /// Those for whom the person may act now, besides the own name. A delegation counts while both are active and in some post.
    package func givers(to person: PersonID, at moment: Moment) -> [PersonID] {
        let given = delegations.filter { $0.receiver == person && $0.isInForce(at: moment) }.map(\.giver)
        return given.isEmpty || !isWorking(person, on: moment.day) ? [] : given.filter { isWorking($0, on: moment.day) }
    }

    /// Active, and in some post.
    package func isWorking(_ person: PersonID, on day: Day) -> Bool {
        people[person]?.isActive == true && !holdings(of: person, on: day).isEmpty
    }
}
