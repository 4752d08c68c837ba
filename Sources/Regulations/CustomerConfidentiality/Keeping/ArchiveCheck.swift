import Kernel
import WorkCalendar

/// 档案全面检查: falls due by itself every half year, one sheet a shelf, in the order in which they stand, and one for each level of what stands
/// on no shelf (第14条). It cannot be closed while a record is unchecked, and what is found goes on as repairs, re-copies and moves.
package struct ArchiveCheck: Document {
    package enum State: String, CaseIterable, Sendable { case open, closed }
    package static let name = "archive-check"
    package var shelf = ID<Shelf>.none
    package var period = "", shelfLabel = ""
    /// For files of which level its shelf is; without a shelf, which files it goes over.
    package var secrecy = SecrecyLevel.internal
    package var lines: [CheckLine] = []
    package var protections = "", summary = ""
    package init() {}
    package var title: String { "\(period) \(shelfLabel)" }

    package static let form = Form<ArchiveCheck>(
        "档案保管检查", "Check of the archive", number: "档检",
        states: [.open: .open("检查中", "Under way"), .closed: .done("已办结", "Closed")], readers: [.archive],
        [
            .text(\.period, "检查期", "Period").code().indexed().listed(), .reference(\.shelf, "档案架", "Shelf").optional().listed(),
            .text(\.shelfLabel, "架号", "Shelf").code(), .choice(\.secrecy, "密级", "Level").optional().onceFilled(),
            .lines(\.lines, "逐卷检查", "Record by record").optional(),
            .codes(\.protections, "八防检查合格项", "Protections in order", Protection.all).optional(),
            .prose(\.summary, "检查小结", "Summary").optional(),
        ])

    static let checking = Deadline(
        "checking", "按期完成检查", "Check in time", under: confidentiality[14], escalatesTo: .post(.serviceManager), ofWorkingDays: true)
    package static let deadlines = [checking]

    package static let fallDue = Step<ArchiveCheck>("fallDue", "到期", "Falls due", to: .open, by: .system, under: confidentiality[14]) {
        check, act in
        try check.start(act)
        act.notify(.post(.archivist), "半年全面检查已到期，请逐卷检查", "The half-yearly check is due; check record by record")
    }
    /// Out of turn: before a keeper hands over, or after something happened to a shelf.
    package static let begin = Step<ArchiveCheck>(
        "begin", "安排检查", "Order a check", to: .open, by: .post(.informationSupervisor), under: confidentiality[14], fields: [\.shelf]
    ) { check, act in
        guard let shelf = try act.load(check.shelf) else {
            return try act.require(false, "请选择要检查的档案架", "Choose the shelf that is to be checked")
        }
        let others = try act.find(\ArchiveCheck.shelf, is: check.shelf, in: .open, limit: 1)
        try act.require(others.isEmpty, "该架的检查正在进行，请先办结", "This shelf is being checked; close that check first")
        try act.require(!shelf.value.slots.isEmpty, "架上没有档案，不必检查", "Nothing stands on this shelf")
        (check.shelfLabel, check.secrecy) = (shelf.value.label, shelf.value.secrecy)
        check.period = String(act.today.description.prefix(7))
        try check.start(act)
        act.notify(.post(.archivist), "主管安排了一次档案检查，请逐卷检查", "A check of the archive was ordered; check record by record")
    }
    /// On the phone, in front of the shelf: row after row.
    package static let record = Step<ArchiveCheck>(
        "record", "登记检查结果", "Record what is found", from: .open, to: nil, by: .either(.archivist, .informationSpecialist, .custodian),
        under: confidentiality[14], confidentiality[7], fields: [\.lines, \.protections], isOptional: true
    ) { check, act in try check.requireSame(act) }
    package static let refresh = Step<ArchiveCheck>(
        "refresh", "补列新上架档案", "List what was shelved since", from: .open, to: nil,
        by: .either(.archivist, .informationSpecialist, .custodian),
        under: confidentiality[14], isOptional: true
    ) { check, act in try check.list(act) }
    package static let close = Step<ArchiveCheck>(
        "close", "办结检查", "Close the check", from: .open, to: .closed, by: .either(.archivist, .informationSpecialist, .custodian),
        under: confidentiality[14], fields: [\.summary], isIrrevocable: true, signs: true
    ) { check, act in
        let open = check.lines.filter { $0.outcome == .unchecked }
        try act.require(open.isEmpty, "还有 \(open.count) 卷未检查，不能办结", "\(open.count) records are unchecked; it cannot be closed")
        let new = try check.unlisted(act)
        let came = check.shelf.isNone ? Words("新增未上架", "came in without a slot") : Words("新上架", "were shelved")
        try act.require(
            new.isEmpty, "检查期间\(came.zh) \(new.count) 卷未列入，请先“补列新上架档案”并检查",
            "\(new.count) records \(came.en) since; list them and check them first")
        let unsaid = check.lines.filter { $0.outcome.asksForNote && $0.note.isEmpty }
        try act.require(
            unsaid.isEmpty, "错放、缺失、破损的，请写明情况（\(unsaid.map(\.code).joined(separator: "、"))）",
            "Say what was found where a record is misplaced, missing or damaged")
        try check.follow(act)
        act.meet(checking)
    }
    package static let steps = [fallDue, begin, record, refresh, close]

    /// 第14条: every record: one for each shelf that holds something, and for what stands on none, when the half-year begins.
    package static let halfYearly = Duty(
        "archive-check", "档案全面检查", "Full check of the archive", under: confidentiality[14], .months(.archiveCheckMonths), .opening
    ) { duty in
        for carrier in Carrier.allCases {
            for shelf in try duty.find(\Shelf.carrier, is: carrier, in: .inUse, limit: 1000) where !shelf.value.slots.isEmpty {
                var check = ArchiveCheck()
                (check.shelf, check.shelfLabel, check.secrecy) = (shelf.id, shelf.value.label, shelf.value.secrecy)
                check.period = String(duty.period.lowerBound.description.prefix(7))
                try duty.create(check, by: fallDue)
            }
        }
        let levels = Set(try unshelved(duty).map { level(of: $0.value) })
        for level in [SecrecyLevel.internal, .secret, .topSecret] where levels.contains(level) {
            var check = ArchiveCheck()
            (check.shelfLabel, check.secrecy) = (noShelf, level)
            check.period = String(duty.period.lowerBound.description.prefix(7))
            try duty.create(check, by: fallDue)
        }
    }
}

extension ArchiveCheck {
    private static let noShelf = "未上架"
    /// Classified files stand apart, wherever they stand.
    private static func level(of file: CustomerFile) -> SecrecyLevel { file.secrecy.isClassified ? file.secrecy : .internal }

    /// What no shelf has a slot for, in the order of the codes.
    private static func unshelved(_ book: Inquiry) throws -> [Found<CustomerFile>] {
        try [CustomerFile.State.open, .closed, .restricted].flatMap { try book.all(CustomerFile.self, in: $0, createdBy: book.today) }
            .filter { $0.value.shelf.isEmpty }
            .sorted { ReferenceCode.order($0.value.referenceCode).precedes(ReferenceCode.order($1.value.referenceCode)) }
    }

    /// What it goes over, in its order.
    private func standing(_ act: Act) throws -> [CheckLine] {
        guard !shelf.isNone else {
            return try Self.unshelved(act).filter { Self.level(of: $0.value) == secrecy }.map {
                CheckLine($0.id, $0.value.referenceCode, Self.noShelf)
            }
        }
        guard let found = try act.load(shelf) else { return [] }
        return found.value.slots.sorted { ($0.row, $0.slot) < ($1.row, $1.slot) }.map {
            CheckLine($0.file, $0.code, found.value.place($0))
        }
    }

    fileprivate mutating func start(_ act: Act) throws {
        try list(act)
        act.start(Self.checking, workingDays: try act.parameter(.archiveCheckWorkingDays))
    }

    private func unlisted(_ act: Act) throws -> [CheckLine] {
        let listed = Set(lines.map(\.file))
        return try standing(act).filter { !listed.contains($0.file) }
    }

    /// Lists what stands there and is not listed yet, in its order; what is on loan is shown as lent.
    fileprivate mutating func list(_ act: Act) throws {
        act.raise(to: try act.load(shelf)?.record.level ?? secrecy.level)
        for var line in try unlisted(act) {
            let isOut = try act.count(\Loan.file, is: line.file, in: .lent) > 0
            if isOut { (line.outcome, line.note) = (.lent, "在借") }
            lines.append(line)
        }
        let order = Dictionary(try standing(act).enumerated().map { ($0.element.file, $0.offset) }) { first, _ in first }
        lines.sort { (order[$0.file] ?? .max) < (order[$1.file] ?? .max) }
    }

    /// What is to be checked is the system's to say: a hand fills in what it found.
    fileprivate func requireSame(_ act: Act) throws {
        guard let before = try act.load(ID<ArchiveCheck>(act.record.id)) else { return }
        try act.require(
            lines.map(\.file) == before.value.lines.map(\.file) && lines.map(\.place) == before.value.lines.map(\.place),
            "检查清单由系统列出，不能增减或改动档号、架位", "The list is the system's; no record may be added, left out or moved in it")
        for line in lines where line.outcome == .lent {
            try act.require(
                try act.count(\Loan.file, is: line.file, in: .lent) > 0, "\(line.code) 没有在借记录，不能填“在借”", "\(line.code) is not on loan")
        }
    }

    /// Repairs for what is faded or damaged, and a search for what does not stand where it should.
    fileprivate func follow(_ act: Act) throws {
        for line in lines where line.outcome.asksForRepair { try RepairOrder.open(line, ID(act.record.id), act) }
        for line in lines where [.misplaced, .missing].contains(line.outcome) {
            var search = MissingRecord()
            (search.file, search.code, search.place, search.facts) = (line.file, line.code, line.place, line.note)
            (search.isMisplaced, search.level) = (line.outcome == .misplaced, act.record.level)
            try act.create(search, by: MissingRecord.open)
        }
    }
}

/// One record on the shelf, and how it was found.
package struct CheckLine: Line {
    package var file = ID<CustomerFile>.none
    package var code = "", place = "", note = ""
    package var outcome = CheckOutcome.unchecked
    package var photos: [FileReference] = []
    package init() {}

    init(_ file: ID<CustomerFile>, _ code: String, _ place: String) { (self.file, self.code, self.place) = (file, code, place) }

    package static let fields: [Field<CheckLine>] = [
        .text(\.place, "架位", "Slot").code(), .text(\.code, "档号", "Reference code").code(), .reference(\.file, "客户档案", "File"),
        .choice(\.outcome, "检查结果", "Found").optional(), .text(\.note, "情况", "Note").optional(),
        .files(\.photos, "照片", "Pictures").optional(),
    ]
}

package enum CheckOutcome: String, Choosable {
    case unchecked = "", inOrder = "in-order", misplaced, missing, lent, damaged, faded, wrongInk = "wrong-ink"

    package var words: Words {
        switch self {
        case .unchecked: Words("", "")
        case .inOrder: Words("完好在位", "In place and in order")
        case .misplaced: Words("错放", "Misplaced")
        case .missing: Words("缺失", "Missing")
        case .lent: Words("在借", "On loan")
        case .damaged: Words("破损", "Damaged")
        case .faded: Words("字迹褪变", "Faded")
        case .wrongInk: Words("书写材料不合格", "Wrong ink")
        }
    }

    var asksForRepair: Bool { [.damaged, .faded, .wrongInk].contains(self) }
    var asksForNote: Bool { asksForRepair || self == .misplaced || self == .missing }
}

/// 八防.
enum Protection {
    static let all: [FieldKind.Choice] = [
        ("heat", "防高温", "Heat and cold"), ("damp", "防潮", "Damp and dryness"), ("water", "防水", "Water"), ("fire", "防火", "Fire"),
        ("theft", "防盗", "Theft"), ("light", "防光", "Light"), ("dust", "防尘、防污染", "Dust and pollution"), ("pests", "防虫、防霉", "Pests and mould"),
    ].map { FieldKind.Choice(value: $0.0, words: Words($0.1, $0.2)) }
}
