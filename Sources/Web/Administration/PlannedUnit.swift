import Kernel

/// Where a row of the file puts somebody: the whole path from the top, whatever part of it was written.
struct PlannedUnit {
    let path: [String]
    /// How many of them there are already, and the last of those.
    let standing: (count: Int, unit: UnitID?)
    /// The whole paths of those that have the name it begins with, where that is more than one: nobody can say which is meant.
    let candidates: [String]

    /// What would be made, each with its whole path.
    var added: [[String]] {
        candidates.isEmpty ? (standing.count..<path.count).map { Array(path.prefix($0 + 1)) } : []
    }

    /// Once rows above may have made something of it.
    func looked(upIn organisation: Organisation) -> PlannedUnit {
        candidates.isEmpty ? PlannedUnit(path: path, standing: Self.standing(path, organisation), candidates: []) : self
    }

    private static func standing(_ names: [String], _ organisation: Organisation) -> (count: Int, unit: UnitID?) {
        var (count, unit) = (0, UnitID?.none)
        for name in names {
            let next = organisation.units.values.first { $0.parent == unit && !$0.isClosed && $0.isCalled(name) }
            guard let next else { break }
            (count, unit) = (count + 1, next.id)
        }
        return (count, unit)
    }
}

extension PlannedUnit {
    /// - Parameter made: the whole paths of what rows above make.
    init(_ text: String, _ organisation: Organisation, made: Set<[String]> = []) {
        let names = text.split { "/／>＞".contains($0) }.map { $0.trimmingBlanks }.filter { !$0.isEmpty }
        guard let first = names.first else {
            self.init(path: [], standing: (0, nil), candidates: [])
            return
        }
        let open = organisation.units.values.filter { !$0.isClosed }
        let there = open.filter { $0.isCalled(first) }.map { Self.names(of: $0.id, organisation) }
        let known = Set(there).union(made.filter { $0.last == first })
        let tops = Set(open.filter { $0.parent == nil }.map { [$0.words.zh] }).union(made.filter { $0.count == 1 })
        var above: [String] = []
        if !known.contains(where: { $0.count == 1 }) {
            if known.count > 1 {
                self.init(path: names, standing: (0, nil), candidates: known.map { $0.joined(separator: "/") }.sorted())
                return
            }
            // What there is one of stands where it stands; what there is none of, below the house where there is one house.
            if let only = known.first { above = Array(only.dropLast()) } else if tops.count == 1, let house = tops.first { above = house }
        }
        let written = above + names, found = Self.standing(written, organisation)
        let standing = found.unit.map { Self.names(of: $0, organisation) } ?? []
        self.init(path: standing + Array(written.dropFirst(found.count)), standing: found, candidates: [])
    }

    private static func names(of unit: UnitID, _ organisation: Organisation) -> [String] {
        organisation.lineage(unit).reversed().map { organisation.name($0).zh }
    }
}

extension Unit {
    fileprivate func isCalled(_ name: String) -> Bool { words.zh == name || words.en == name }
}
