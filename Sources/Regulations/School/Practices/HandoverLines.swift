import Kernel
import WorkCalendar

/// What stands on the list of a handover, who may take it, and how it goes over.
extension StaffHandover {
    /// What the person holds now, done or not: a loan that has not come back is in those hands.
    private static func held(by person: PersonID, _ inquiry: Inquiry) throws -> [Held] {
        let open = try inquiry.held(by: person).filter { $0.type != StaffHandover.name }
        let listed = Set(open.map(\.id))
        let lent = try inquiry.inHand(ItemTaking.self, in: .taken, of: person).filter { $0.value.way == .lend }.map(\.held)
        return open + lent.filter { !listed.contains($0.id) }
    }

    /// What nobody else may know of stands in it without its kind and its number.
    static func fresh(of person: PersonID, _ inquiry: Inquiry) throws -> [Row] {
        try held(by: person, inquiry).map { held in
            let isHidden = held.type == BreachReport.name || held.type == PersonnelMatter.name
            var row = Row()
            (row.mark, row.isCleared) = (held.mark, held.level.rawValue)
            (row.what, row.number) = isHidden ? ("另行移交事项", "") : (held.what.zh, held.number)
            row.reason = isHidden ? "" : held.reason.words
            return row
        }
    }

    private func taker(of row: Row) -> PersonID { row.taker.isNone ? successor : row.taker }

    /// Whoever takes a line is cleared for it; a confidential item goes to somebody on its core list.
    func requireCleared(_ act: Act) throws {
        let organisation = act.organisation
        let uncleared = rows.filter { (organisation.people[taker(of: $0)]?.clearance.rawValue ?? 0) < $0.isCleared }
        try act.require(
            uncleared.isEmpty, "有 \(uncleared.count) 项的涉密级别高于接收人，请为这些项另填有权接收的人",
            "Some lines are above the successor's clearance; name somebody else for them")
        let takers = Dictionary(rows.map { ($0.mark, taker(of: $0)) }) { first, _ in first }
        var outside: [String] = []
        for held in try Self.held(by: leaver, act) {
            guard let taker = takers[held.mark], let core = try Self.core(of: held, act), !core.contains(taker) else { continue }
            // Where nobody else of the list is there any more, whoever is cleared for it takes it.
            let others = core.filter { $0 != leaver && organisation.isInService($0, within: act.scope, on: act.today) }
            if others.isEmpty { continue }
            outside.append(held.number.isEmpty ? held.what.zh : held.number)
        }
        try act.require(
            outside.isEmpty, "受控、核心信息只能移交给其核心人员名单上的人，请为这些项另填接收人：\(outside.prefix(5).joined(separator: "、"))",
            "A confidential item goes to somebody on its core list; name such a person for \(outside.count) lines")
    }

    /// The core list of a confidential item, or of the one that was delivered; `nil` where there is none.
    private static func core(of held: Held, _ act: Act) throws -> [PersonID]? {
        var item: Found<InformationItem>?
        if held.type == InformationItem.name { item = try act.load(ID<InformationItem>(held.id)) }
        if held.type == Delivery.name, let delivery = try act.load(ID<Delivery>(held.id)) { item = try act.load(delivery.value.item) }
        return item.flatMap { $0.value.secrecy.isConfidential ? $0.value.core : nil }
    }

    /// What is in hand goes to whoever accepted it: documents, loans, seals, equipment, keys, what is to be done. What is left with a
    /// person who only changes the post stays; other tasks go with the post that ends.
    func passOn(_ act: Act) throws {
        let marks = Dictionary(rows.map { ($0.mark, taker(of: $0)) }) { first, _ in first }
        let held = try Self.held(by: leaver, act)
        let takers = Dictionary(held.map { ($0.id, marks[$0.mark] ?? successor) }) { first, _ in first }
        let goal = { (id: Int64) -> PersonID in takers[id] ?? successor }
        let inHand = Dictionary(grouping: held.filter { $0.holder == leaver }) { goal($0.id) }
        for (taker, documents) in inHand where taker != leaver { try act.entrust(documents, to: taker) }
        let seals = try act.find(\Seal.keeper, is: leaver, in: .inUse, limit: 100)
            + act.find(\Seal.custodian, is: leaver, in: .inUse, limit: 100).filter { $0.value.keeper != leaver }
        for seal in seals {
            try act.take(Seal.pass, on: seal.id) { value in
                if value.custodian == leaver { value.custodian = goal(seal.id.raw) }
                if value.keeper == leaver { value.keeper = goal(seal.id.raw) }
            }
        }
        for state in [OfficeEquipment.State.inUse, .broken] {
            for equipment in try act.find(\OfficeEquipment.keeper, is: leaver, in: state, limit: 1000) {
                try act.take(OfficeEquipment.handOver, on: equipment.id) { $0.keeper = goal(equipment.id.raw) }
            }
        }
        for key in try act.find(\DoorKey.keeper, is: leaver, in: .held, limit: 1000) {
            try act.take(DoorKey.handOver, on: key.id) { $0.keeper = goal(key.id.raw) }
        }
        try passOnTasks(act, goal)
    }

    private func passOnTasks(_ act: Act, _ goal: (Int64) -> PersonID) throws {
        for task in try act.find(\AssignedTask.owner, is: leaver, in: .assigned, limit: 1000) where goal(task.id.raw) != leaver {
            try act.take(AssignedTask.handOver, on: task.id) { ($0.owner, $0.origin) = (goal(task.id.raw), leaver) }
        }
        for ordered in try act.find(\Resolution.owner, is: leaver, in: .ordered, limit: 1000) where goal(ordered.id.raw) != leaver {
            try act.take(Resolution.handOver, on: ordered.id) { ($0.owner, $0.origin) = (goal(ordered.id.raw), leaver) }
        }
    }

    /// Those that nobody has accepted. Whoever leaves keeps none of them.
    func missing(from held: [Row], isLeaving: Bool = false) -> [Row] {
        let known = Set(rows.filter { $0.isAccepted && !(isLeaving && $0.taker == leaver) }.map(\.mark))
        return held.filter { !known.contains($0.mark) }
    }

    /// To whom goes what is newly given to somebody whose handover has been opened: to the successor, from the opening to the last day.
    static func successor(of person: PersonID, _ inquiry: Inquiry) throws -> PersonID? {
        try inquiry.find(\StaffHandover.leaver, is: person, limit: 20).first { found in
            let isOver = found.value.lastDay.map { $0 < inquiry.today } ?? false
            return found.state != .cancelled && (found.state != .complete || !isOver)
        }?.value.successor
    }
}

/// 未办清交接不得调动、离岗.
extension StaffHandover {
    static let leaving = Guard("handover", under: school[14], on: .leaving) { change in try requireComplete(change, isLeaving: true) }

    /// A transfer: nothing is held any more in the unit where the post ends, and something elsewhere.
    static let moving = Guard("handover-moving", under: school[14], on: .endingPost) { change in
        let others = change.organisation.holdings(of: change.person, on: change.today).filter {
            $0.unit != change.unit || $0.post != change.post
        }
        if others.isEmpty || others.contains(where: { $0.unit == change.unit }) { return }
        try requireComplete(change, isLeaving: false)
    }

    private static func requireComplete(_ change: OrganisationChange, isLeaving: Bool) throws {
        let done = try change.find(\StaffHandover.leaver, is: change.person, limit: 20).first { found in
            // A handover of last year is none of today's.
            found.state == .complete && found.record.changed.adding(days: 60) > change.now
        }
        let held = try fresh(of: change.person, change)
        if held.isEmpty, done == nil { return }
        try change.require(
            done != nil, "此人名下有 \(held.count) 项事项，尚未办清交接，不得调动、离岗或停用",
            "\(held.count) things are in this person's hands; the handover comes first")
        guard let done else { return }
        let missing = done.value.missing(from: held, isLeaving: isLeaving)
        try change.require(
            missing.isEmpty, "交接之后又有 \(missing.count) 项新事项，请补办交接", "Since the handover \(missing.count) more have come; hand them over too")
        let isNamed = change.successor.isNone || change.successor == done.value.successor
        try change.require(isNamed, "接办人与交接清单上的接收人不一致", "The successor is not the one who accepted the handover")
    }
}

extension Held.Reason {
    fileprivate var words: String {
        switch self {
        case .task: "待办"
        case .post: "在本岗位待办"
        case .named: "涉及本人"
        case .holder: "由本人持有"
        case .unit: "单位所存"
        }
    }
}

extension Act {
    /// Lays the document where somebody works.
    func place(with person: PersonID) {
        if let home = organisation.home(of: person, on: today), organisation.isWithin(home, scope) { place(in: home) }
    }
}
