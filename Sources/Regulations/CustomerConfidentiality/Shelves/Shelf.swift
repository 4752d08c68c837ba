import Kernel

/// 档案架: a cabinet with its rows from the top and its slots from the left (第7条). Which file stands where is the system's to say.
package struct Shelf: Document {
    package enum State: String, CaseIterable, Sendable { case inUse = "in-use", closed }
    package static let name = "archive-shelf"
    package var store = ID<ArchiveStore>.none
    package var label = ""
    package var cabinet = 0, rows = 6, slotsInRow = 30
    package var carrier = Carrier.paper
    package var kinds = ""
    package var secrecy = SecrecyLevel.internal
    package var slots: [ShelfSlot] = []
    package init() {}
    package var title: String { label }

    package static let form = Form<Shelf>(
        "档案架", "Shelf", states: [.inUse: .done("使用中", "In use"), .closed: .no("停用", "Closed")], readers: [.archive],
        [
            .reference(\.store, "所在库房", "Store").listed(),
            .whole(\.cabinet, "柜号（自门口起，自左至右）", "Cabinet, from the door, left to right", in: 1...999).listed(),
            .whole(\.rows, "排数（自上而下）", "Rows, top to bottom", in: 1...20).listed(),
            .whole(\.slotsInRow, "每排位数（自左至右）", "Slots in a row, left to right", in: 1...100).listed(),
            .choice(\.carrier, "存放载体", "For").indexed().listed(),
            .codes(
                \.kinds, "存放的客户子类", "Kinds of customer kept",
                CustomerKind.allCases.filter { $0 != .unknown }.map { .init(value: $0.rawValue, words: $0.words) }
            ).optional().hint("不选为全部子类", "none chosen: all"),
            .text(\.label, "架号", "Shelf").optional().code().listed(), .choice(\.secrecy, "存放密级", "For files of level").optional().onceFilled(),
            .lines(\.slots, "架位", "Slots").optional(),
        ])

    package static let enter = Step<Shelf>(
        "enter", "登记档案架", "Enter a shelf", to: .inUse, by: .either(.archivist, .informationSupervisor), under: confidentiality[7],
        fields: [\.store, \.cabinet, \.rows, \.slotsInRow, \.carrier, \.kinds]
    ) { shelf, act in
        guard let store = try act.load(shelf.store), store.state == .inUse else {
            return try act.require(false, "请选择使用中的库房", "Choose a store that is in use")
        }
        try act.require(shelf.rows * shelf.slotsInRow <= 1000, "一个档案架最多 1000 位，请分为几个架登记", "A shelf has 1,000 slots at most; enter several")
        let twins = try act.find(\Shelf.store, is: shelf.store, in: .inUse, limit: 1000).filter { $0.value.cabinet == shelf.cabinet }
        try act.require(twins.isEmpty, "该库房已有 \(shelf.cabinet) 号柜", "This store has a cabinet \(shelf.cabinet) already")
        shelf.secrecy = store.value.kind.secrecy
        shelf.label = "\(store.value.label)\(shelf.cabinet)柜"
        act.raise(to: store.record.level)
    }
    /// What the system puts on it, takes off it, or puts in order.
    package static let arrange = Step<Shelf>(
        "arrange", "排架", "Arrange", from: .inUse, to: nil, by: .system, under: confidentiality[7], isOptional: true)
    package static let close = Step<Shelf>(
        "close", "停用", "Close", from: .inUse, to: .closed, by: .either(.archivist, .informationSupervisor), under: confidentiality[7],
        isOptional: true
    ) { shelf, act in
        try act.require(shelf.slots.isEmpty, "架上还有 \(shelf.slots.count) 卷档案，不能停用", "\(shelf.slots.count) files stand on it; it cannot be closed")
    }
    package static let steps = [enter, arrange, close]

    /// 架-排-位: 一库3柜-2-15.
    package func place(_ slot: ShelfSlot) -> String { "\(label)-\(slot.row)-\(slot.slot)" }
    package var capacity: Int { rows * slotsInRow }
    /// The n-th slot, from the left of the topmost row on.
    package func slot(at position: Int) -> (row: Int, slot: Int) { (position / slotsInRow + 1, position % slotsInRow + 1) }
    package func position(of slot: ShelfSlot) -> Int { (slot.row - 1) * slotsInRow + slot.slot - 1 }
}

/// 存放载体: discs and tapes stand apart from paper.
package enum Carrier: String, Choosable {
    case paper, disc

    package var words: Words {
        switch self {
        case .paper: Words("纸质", "Paper")
        case .disc: Words("光盘、磁带", "Discs and tapes")
        }
    }
}

/// 架位 that is taken.
package struct ShelfSlot: Line {
    package var row = 0, slot = 0
    package var file = ID<CustomerFile>.none
    package var code = ""
    package var isOutOfOrder = false
    package init() {}

    package static let fields: [Field<ShelfSlot>] = [
        .whole(\.row, "排", "Row", in: 1...20), .whole(\.slot, "位", "Slot", in: 1...100), .reference(\.file, "客户档案", "File"),
        .text(\.code, "档号", "Reference code").code(), .flag(\.isOutOfOrder, "待倒架", "Out of order"),
    ]

    /// By what it stands where it stands.
    var order: [Int] { ReferenceCode.order(code) }
}

extension [Int] {
    func precedes(_ other: [Int]) -> Bool { lexicographicallyPrecedes(other) }
}
