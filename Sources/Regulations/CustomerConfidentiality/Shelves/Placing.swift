import Kernel

/// 排架: gives files their slots in the order of class and code, left to right and top to bottom (第7条). A new series begins a row of its own
/// where there is one, so that the one before it has room to grow.
enum Placing {
    // MARK: Asking

    /// The shelves on which a file stands.
    static func standing(_ file: ID<CustomerFile>, _ act: Act) throws -> [Found<Shelf>] {
        var found: [Found<Shelf>] = []
        for carrier in Carrier.allCases {
            found += try act.find(\Shelf.carrier, is: carrier, limit: 1000).filter { $0.value.slots.contains { $0.file == file } }
        }
        return found
    }

    /// Whether a file belongs on a shelf.
    static func takes(_ shelf: Shelf, _ file: CustomerFile) -> Bool {
        let kinds = FieldKind.codes(in: shelf.kinds)
        let isOfItsLevel = file.secrecy.isClassified ? shelf.secrecy == file.secrecy : !shelf.secrecy.isClassified
        return isOfItsLevel && (kinds.isEmpty || kinds.contains(file.subclass.rawValue))
    }

    static func shelves(for file: CustomerFile, _ carrier: Carrier, _ act: Act) throws -> [Found<Shelf>] {
        try act.find(\Shelf.carrier, is: carrier, in: .inUse, limit: 1000).filter { takes($0.value, file) }
            .sorted { ($0.value.store.raw, $0.value.cabinet) < ($1.value.store.raw, $1.value.cabinet) }
    }

    // MARK: Placing

    /// Gives a file the slots that it has not yet: one for its papers, one for its discs and tapes.
    static func place(_ file: inout CustomerFile, _ act: Act) throws {
        if file.shelf.isEmpty { file.shelf = try place(file, .paper, act) ?? "" }
        let hasDiscs = file.parts.contains { [.disc, .tape].contains($0.medium) }
        if hasDiscs, file.discShelf.isEmpty { file.discShelf = try place(file, .disc, act) ?? "" }
    }

    /// - Returns: where; `nil` where no shelf has room.
    private static func place(_ file: CustomerFile, _ carrier: Carrier, _ act: Act) throws -> String? {
        let shelves = try shelves(for: file, carrier, act)
        guard let choice = position(for: file.referenceCode, on: shelves.map(\.value)) else {
            act.notify(.post(.archivist), "没有空架位，新档案未能上架，请登记档案架或编制倒架计划", "No slot is free for a new file; enter a shelf or plan a re-shelving run")
            return nil
        }
        var slot = ShelfSlot()
        let shelf = shelves[choice.shelf]
        (slot.row, slot.slot) = shelf.value.slot(at: choice.position)
        (slot.file, slot.code, slot.isOutOfOrder) = (ID(act.record.id), file.referenceCode, !choice.isInOrder)
        if slot.isOutOfOrder {
            act.notify(.post(.archivist), "新档案已放在次序之外的空位，请编制倒架计划", "A new file stands out of order; plan a re-shelving run")
        }
        let placed = slot
        try act.take(Shelf.arrange, on: shelf.id) { shelf in
            shelf.slots.append(placed)
            shelf.sort()
        }
        return shelf.value.place(slot)
    }

    /// Takes a file off its shelves: what is destroyed, or goes elsewhere.
    static func clear(_ file: inout CustomerFile, _ act: Act) throws {
        let id = ID<CustomerFile>(act.record.id)
        for shelf in try standing(id, act) { try act.take(Shelf.arrange, on: shelf.id) { $0.slots.removeAll { $0.file == id } } }
        (file.shelf, file.discShelf) = ("", "")
    }

    // MARK: Order

    /// Where a code belongs among those that stand on shelves.
    static func position(for code: String, on shelves: [Shelf]) -> (shelf: Int, position: Int, isInOrder: Bool)? {
        let starts = shelves.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.capacity) }
        let end = starts[starts.count - 1]
        func local(_ place: Int) -> (shelf: Int, position: Int) {
            let shelf = starts.lastIndex { $0 <= place } ?? 0
            return (shelf, place - starts[shelf])
        }
        let taken = shelves.enumerated().flatMap { index, shelf in
            shelf.slots.map { (place: starts[index] + shelf.position(of: $0), slot: $0) }
        }.sorted { $0.place < $1.place }
        let order = ReferenceCode.order(code), inOrder = taken.filter { !$0.slot.isOutOfOrder }
        let before = inOrder.last { $0.slot.order.precedes(order) }, after = inOrder.first { order.precedes($0.slot.order) }
        let occupied = Set(taken.map(\.place))
        let from = (before?.place ?? -1) + 1, to = after?.place ?? end
        let free = from < to ? (from..<to).filter { !occupied.contains($0) } : []
        let isSameSeries = before.map { $0.slot.order.dropLast() == order.dropLast() } ?? false
        func startsRow(_ place: Int) -> Bool {
            let (shelf, position) = local(place)
            return position % shelves[shelf].slotsInRow == 0
        }
        let wanted = isSameSeries ? free.first : free.first(where: startsRow) ?? free.first
        if let wanted { return (local(wanted).shelf, local(wanted).position, true) }
        // No room where it belongs: the last free slot, until the shelves are put in order.
        guard let spare = (0..<end).last(where: { !occupied.contains($0) }) else { return nil }
        return (local(spare).shelf, local(spare).position, false)
    }
}

extension Shelf {
    mutating func sort() { slots.sort { ($0.row, $0.slot) < ($1.row, $1.slot) } }
}
