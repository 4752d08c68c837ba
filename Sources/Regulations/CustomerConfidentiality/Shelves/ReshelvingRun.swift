import Kernel

/// 倒架计划: puts the shelves of one carrier in a store back into order, and says for each file the old slot and the new one (第7条). It is done
/// by hand and then confirmed line by line; nothing moves in the register before that.
package struct ReshelvingRun: Document {
    package enum State: String, CaseIterable, Sendable { case planned, done, dropped }
    package static let name = "reshelving-run"
    package var store = ID<ArchiveStore>.none
    package var carrier = Carrier.paper
    package var moves: [ShelfMove] = []
    package init() {}

    package static let form = Form<ReshelvingRun>(
        "倒架计划", "Re-shelving run", number: "倒架",
        states: [.planned: .open("待倒架", "To be carried out"), .done: .done("已完成", "Done"), .dropped: .no("已撤销", "Dropped")],
        readers: [.archive],
        [
            .reference(\.store, "库房", "Store").listed(), .choice(\.carrier, "存放载体", "For").listed(),
            .lines(\.moves, "架位变动", "Moves").optional(),
        ])

    package static let plan = Step<ReshelvingRun>(
        "plan", "编制倒架计划", "Plan it", to: .planned, by: .either(.archivist, .informationSupervisor), under: confidentiality[7],
        fields: [\.store, \.carrier]
    ) { run, act in
        guard let store = try act.load(run.store) else { return try act.require(false, "请选择库房", "Choose a store") }
        act.raise(to: store.record.level)
        let moves = try Reshelving(run.store, run.carrier, act).moves
        try act.require(!moves.isEmpty, "架上次序正确，不需要倒架", "The shelves are in order; nothing has to move")
        run.moves = moves
    }
    package static let finish = Step<ReshelvingRun>(
        "finish", "倒架完成", "Done", from: .planned, to: .done, by: .either(.archivist, .informationSupervisor), under: confidentiality[7],
        fields: [\.moves], isIrrevocable: true
    ) { run, act in
        let open = run.moves.filter { !$0.isMoved }
        try act.require(open.isEmpty, "还有 \(open.count) 卷未确认移到新架位", "\(open.count) files are not confirmed in their new slots")
        let reshelving = try Reshelving(run.store, run.carrier, act)
        try act.require(
            reshelving.moves.map(\.route) == run.moves.map(\.route), "编制计划后架上又有变动，请撤销本计划并重新编制",
            "The shelves have changed since the plan was made; drop it and make another")
        try reshelving.carryOut(act)
    }.task("倒架", "Move the files")
    package static let drop = Step<ReshelvingRun>(
        "drop", "撤销", "Drop", from: .planned, to: .dropped, by: .either(.archivist, .informationSupervisor), under: confidentiality[7],
        isOptional: true)
    package static let steps = [plan, finish, drop]
}

/// A file that goes from its old slot to a new one.
package struct ShelfMove: Line {
    package var file = ID<CustomerFile>.none
    package var code = "", from = "", to = ""
    package var isMoved = false
    package init() {}

    package static let fields: [Field<ShelfMove>] = [
        .reference(\.file, "客户档案", "File"), .text(\.code, "档号", "Reference code").code(), .text(\.from, "原架位", "Old slot").code(),
        .text(\.to, "新架位", "New slot").code(), .flag(\.isMoved, "已移架", "Moved"),
    ]

    fileprivate var route: [String] { [code, from, to] }
}

/// Where each file of a store stands and where it would in order. Shelves that keep the same kinds are one run of slots.
private struct Reshelving {
    private var layouts: [(shelf: Found<Shelf>, slots: [ShelfSlot])] = []
    private(set) var moves: [ShelfMove] = []

    init(_ store: ID<ArchiveStore>, _ carrier: Carrier, _ act: Act) throws {
        let shelves = try act.find(\Shelf.store, is: store, in: .inUse, limit: 1000).filter { $0.value.carrier == carrier }
            .sorted { $0.value.cabinet < $1.value.cabinet }
        for (_, run) in Dictionary(grouping: shelves, by: \.value.kinds).sorted(by: { $0.key < $1.key }) { arrange(run) }
    }

    private mutating func arrange(_ shelves: [Found<Shelf>]) {
        let standing = shelves.flatMap { shelf in shelf.value.slots.map { (slot: $0, place: shelf.value.place($0)) } }
            .sorted { $0.slot.order.precedes($1.slot.order) }
        let starts = shelves.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.value.capacity) }
        let places = Self.spread(standing.map(\.slot.order), on: shelves.map(\.value))
        var slots = [[ShelfSlot]](repeating: [], count: shelves.count)
        for (one, place) in zip(standing, places) {
            let index = starts.lastIndex { $0 <= place } ?? 0, shelf = shelves[index].value
            var slot = one.slot
            (slot.row, slot.slot) = shelf.slot(at: place - starts[index])
            slot.isOutOfOrder = false
            slots[index].append(slot)
            guard shelf.place(slot) != one.place || one.slot.isOutOfOrder else { continue }
            var move = ShelfMove()
            (move.file, move.code, move.from, move.to) = (slot.file, slot.code, one.place, shelf.place(slot))
            moves.append(move)
        }
        layouts += zip(shelves, slots).map { ($0, $1) }
    }

    /// Each series from the beginning of a row, where there are rows enough; else one behind the other.
    private static func spread(_ orders: [[Int]], on shelves: [Shelf]) -> [Int] {
        var rows: [Int] = [], start = 0
        for shelf in shelves {
            rows += (0..<shelf.rows).map { start + $0 * shelf.slotsInRow }
            start += shelf.capacity
        }
        var places: [Int] = [], next = 0
        for (index, order) in orders.enumerated() {
            if index > 0, orders[index - 1].dropLast() != order.dropLast(), let row = rows.first(where: { $0 >= next }) { next = row }
            places.append(next)
            next += 1
        }
        return next <= start ? places : Array(orders.indices)
    }

    func carryOut(_ act: Act) throws {
        for (shelf, slots) in layouts where shelf.value.slots != slots { try act.take(Shelf.arrange, on: shelf.id) { $0.slots = slots } }
        for move in moves {
            try act.take(CustomerFile.shelve, on: move.file) { file in
                if file.shelf == move.from { file.shelf = move.to } else { file.discShelf = move.to }
            }
        }
    }
}
