import Store

/// How a register is walked. Whoever reads a type by post reads most of what the walk along its index meets; whoever does not comes at a
/// few documents only, and those are gathered first: a walk along the index would try each of a million documents that it may not show.
extension Access {
    /// Whether a post of the person reads the type in some scope, or heads a unit that has adopted its regulation.
    func readsWidely(_ type: DocumentType) -> Bool { !scopesOfReading(type).isEmpty || headsWholly(type) }

    /// Whether the person's posts read the type wherever its regulation was ever adopted: then there is nothing to come at in other ways.
    func readsEverywhere(_ type: DocumentType) -> Bool {
        let places = organisation.adoptions(of: type.regulation.id).filter { $0.regulation == type.regulation.id }.map(\.unit)
        return Set(places).isSubset(of: scopesOfReading(type))
    }

    private func headsWholly(_ type: DocumentType) -> Bool {
        guard type.readers.contains(.head) else { return false }
        return posts.contains { holding in
            holding.post == Post.head.id
                && organisation.adoptions(of: type.regulation.id).contains { organisation.isWithin($0.unit, holding.unit) }
        }
    }

    /// A query of the ids of all documents of a type that the person may come at by other ways than a post's: more than `condition` lets
    /// through, never less. Each part is found by an index.
    func candidates(_ type: DocumentType, _ bind: (Value) -> String) -> String {
        let me = bind(.int(person.raw)), name = bind(.text(type.name))
        let steps = type.steps.map { bind(.text($0.name)) }.joined(separator: ", ")
        var parts = [
            "SELECT id FROM document WHERE holder = \(me) AND holder <> 0 AND type = \(name)",
            "SELECT id FROM document WHERE creator = \(me) AND type = \(name)",
            "SELECT document FROM taken WHERE person = \(me) AND step IN (\(steps))",
            "SELECT document FROM taken WHERE behalf = \(me) AND behalf <> 0 AND step IN (\(steps))",
            "SELECT document FROM access_grant WHERE person = \(me)",
        ]
        for own in names {
            parts.append("SELECT document FROM task WHERE person = \(bind(.int(own.raw)))")
            for holding in organisation.holdings(of: own, on: now.day) {
                let units = organisation.lineage(holding.unit)
                if units.isEmpty { continue }
                let listed = units.map { bind(.int($0.raw)) }.joined(separator: ", ")
                parts.append("SELECT document FROM task WHERE post = \(bind(.text(holding.post))) AND unit IN (\(listed))")
            }
        }
        for lookup in lookupsOfNamed(type) {
            parts.append("SELECT document FROM lookup WHERE key = \(bind(.int(lookup))) AND type = \(name)")
        }
        if type.readers.contains(.head) {
            for holding in posts where holding.post == Post.head.id {
                guard let path = organisation.units[holding.unit]?.path else { continue }
                parts.append(
                    """
                    SELECT id FROM document WHERE type = \(name) AND unit IN (
                        SELECT u.id FROM unit u WHERE u.path >= \(bind(.text(path))) AND u.path < \(bind(.text(path + "~"))))
                    """)
            }
        }
        return parts.joined(separator: " UNION ALL ")
    }

    /// What the person's posts read of a type, told from a row of the index alone; `nil` where more has to be asked of each document.
    func byPost(_ type: DocumentType, _ bind: (Value) -> String) -> String? {
        guard let clearance, type.reserved == nil else { return nil }
        let scopes = scopesOfReading(type)
        if scopes.isEmpty { return nil }
        return
            "d.scope IN (\(scopes.map { bind(.int($0.raw)) }.joined(separator: ", "))) AND d.level <= \(bind(.int(Int64(clearance.rawValue))))"
    }
}
