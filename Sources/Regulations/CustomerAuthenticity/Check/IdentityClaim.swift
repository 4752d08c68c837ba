import Identifiers
import WorkCalendar

/// What a row says of the person behind a document: the name, as a keyed hash of 37 bits, and the day of birth. Only claims about one
/// document are compared.
struct IdentityClaim {
    let bits: UInt64

    init(bits: UInt64) { self.bits = bits }

    init(_ cells: PersonCells) {
        func isSound(_ field: CellDamages.Field) -> Bool { cells.damages.map { $0[field] == .none } ?? true }
        var bits: UInt64 = 0
        if !isBlank(cells.name), isSound(.name) {
            bits = (PersonName.hash(cells.name) | 1) << IdentityClaim.dayBits
        }
        if !cells.birthDate.isEmpty, isSound(.birthDate), let day = Day(loose: cells.birthDate) {
            bits |= UInt64(Day.first.distance(to: day) + 1)
        }
        self.bits = bits
    }

    private static let dayBits: UInt64 = 27

    /// Nought where it is not said, as for the day.
    fileprivate var name: UInt64 { bits >> IdentityClaim.dayBits }
    fileprivate var day: UInt64 { bits & (1 << IdentityClaim.dayBits - 1) }
}

/// A row whose document stands in another row under another name or day of birth.
struct IdentityContradiction: Sendable {
    let row: UInt32
    /// The first row with which it does not agree.
    let other: UInt32
}

extension ValueGroups {
    /// The contradictions about each document, in the order of their rows.
    func contradictions() -> [(document: UInt64, rows: [IdentityContradiction], claims: [UInt64])] {
        var members: [Int32: [SharedRecord]] = [:]
        for (index, record) in records.enumerated() where record.kind == .identity && isShared(index) {
            members[groups[index], default: []].append(record)
        }
        return members.values.compactMap { members in
            let members = members.sorted { $0.row < $1.row }
            var names = FirstTwo(), days = FirstTwo()
            for member in members {
                let claim = IdentityClaim(bits: member.key)
                names.add(claim.name, member.row)
                days.add(claim.day, member.row)
            }
            var rows: [IdentityContradiction] = [], claims: [UInt64] = []
            for member in members {
                let claim = IdentityClaim(bits: member.key)
                guard let other = names.row(unlike: claim.name) ?? days.row(unlike: claim.day) else { continue }
                rows.append(.init(row: member.row, other: other))
                claims.append(member.key)
            }
            return rows.isEmpty ? nil : (members[0].value, rows, claims)
        }
    }
}

/// The first two values that differ, with their rows.
private struct FirstTwo {
    private var first: (value: UInt64, row: UInt32)?
    private var second: UInt32?

    mutating func add(_ value: UInt64, _ row: UInt32) {
        guard value != 0 else { return }
        guard let first else { return first = (value, row) }
        if second == nil, value != first.value { second = row }
    }

    func row(unlike value: UInt64) -> UInt32? {
        guard value != 0, let first, let second else { return nil }
        return value == first.value ? second : first.row
    }
}
