/// The parts that the ledger has against those that an agent saw, counted with their serial numbers and not by slot: two modules may
/// share a serial, and one that moved to another slot is not gone.
package struct ComponentComparison: Sendable {
    package private(set) var missing: [SeenComponent] = []
    package private(set) var added: [SeenComponent] = []

    package init(ledger: [SeenComponent], seen inventory: DeviceInventory) {
        for (kind, seen) in inventory.components.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let known = ledger.filter { $0.kind == kind }
            // What the ledger knows nothing of is learnt first, and proposed.
            if known.isEmpty { continue }
            added += Self.rest(seen, without: known)
            if !inventory.isPartial || inventory.wholeKinds.contains(kind) { missing += Self.rest(known, without: seen) }
        }
        let known = Set(ledger.map(Self.key)), there = Set(inventory.components.values.joined().map(Self.key))
        missing += inventory.removed.filter {
            known.contains(Self.key($0)) && !there.contains(Self.key($0)) && !missing.map(Self.key).contains(Self.key($0))
        }
    }

    private static func rest(_ parts: [SeenComponent], without others: [SeenComponent]) -> [SeenComponent] {
        var counts = Dictionary(grouping: others, by: key).mapValues(\.count)
        return parts.filter { part in
            guard let left = counts[key(part)], left > 0 else { return true }
            counts[key(part)] = left - 1
            return false
        }
    }

    /// By serial number; by model and size where a maker gave none.
    private static func key(_ part: SeenComponent) -> String {
        DeviceIdentity.isPlaceholder(part.serial)
            ? "\(part.kind.rawValue) \(PlainText.code(part.model)) \(part.size)" : "\(part.kind.rawValue) \(PlainText.code(part.serial))"
    }
}
