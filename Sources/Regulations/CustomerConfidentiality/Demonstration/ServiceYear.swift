import Kernel
import WorkCalendar

/// The months before the weeks that are told morning by morning: customers come, files are opened in time, lent and brought back.
extension ServiceDemonstration {
    /// A part of a week: its first morning and afternoon, then its second.
    package func remember(_ week: Int, _ part: Int, at now: Moment) async throws {
        switch part {
        case 0:
            if week == 0 { try await furnish() }
            try await readClimate(0, at: now)
            try await meet(week, on: now.day)
        case 1:
            try await lend(week)
        case 2:
            try await readClimate(1, at: now)
            try await settle()
            try await check()
            for row in try await waiting(FirstContact.name) { try await open(serial(row), contact: row, inOrder: serial(row) % 9 != 5) }
            try await bringBack()
            try await report(0, at: now)
        default:
            if week == 22 { try await leak() }
        }
    }

    private func waiting(_ type: String, by principal: Principal? = nil) async throws -> [DocumentRow] {
        var open = RegisterQuery()
        (open.onlyOpen, open.isCounted, open.sort) = (true, false, .oldest)
        return try await desk.register(type, open, by: (principal ?? office.supervisor).person).rows
    }

    private static let names = [
        "晨光", "恒通", "瑞丰", "嘉禾", "启明", "博远", "汇川", "天成", "润泽", "鸿运", "万和", "信达", "同创", "华源", "德胜", "佳美", "宏图", "利民", "中岳", "盛世", "泰和", "云帆",
        "立信",
    ]
    private static let kinds = [
        ("lawyer", "律师事务所"), ("dealer", "商贸行"), ("adviser", "财务顾问"), ("advertising", "广告公司"), ("public-relations", "公关公司"),
        ("insurer", "保险代理"), ("dealer", "经营部"),
    ]
    private static let regions = ["广州", "佛山", "深圳", "东莞", "中山", "珠海", "惠州"]

    private func meet(_ week: Int, on day: Day) async throws {
        let (kind, ending) = Self.kinds[week % Self.kinds.count]
        let matters = ["来电咨询合作条件。", "老客户介绍，约定再谈。", "走访时登记。"]
        try await desk.take(
            FirstContact.report,
            input: [
                "subclass": .text(kind), "organisation": .text(Self.names[week % Self.names.count] + ending),
                "region": .text(Self.regions[week % Self.regions.count]), "day": .text(day.description),
                "matter": .text(matters[week % 3]),
            ], by: office.clerks[week % 2])
    }

    // MARK: What is lent, copied and carried

    private func lend(_ week: Int) async throws {
        guard week % 2 == 1, let file = try await file() else { return }
        if week % 12 == 5 { return try await carry(file, week - 40) }
        if week % 12 == 9 { return try await printOut(file) }
        let isClerk = week % 4 == 1
        let (who, head) = isClerk ? (office.clerks[0], office.marketHead) : (office.accountant, office.financeHead)
        try await grant([file], toBorrow: true, to: who, head: head)
        let input: [String: JSONValue] = ["file": .whole(file), "copies": .whole(1), "days": .whole(3), "reason": .text("核对合同")]
        let loan = try await desk.take(Loan.request, input: input, by: who).id
        try await desk.take(Loan.lend, on: loan, by: office.specialist)
    }

    private func bringBack() async throws {
        for loan in try await desk.all(Loan.self, in: .lent, limit: 10) {
            try await desk.take(Loan.bringBack, on: loan.id.raw, by: Principal(loan.value.borrower))
            try await desk.take(Loan.giveBack, on: loan.id.raw, input: ["outcome": .text("intact")], by: office.specialist)
        }
        for copy in try await desk.all(ControlledCopy.self, in: .out, limit: 10) {
            try await desk.take(ControlledCopy.giveBack, on: copy.id.raw, input: ["condition": .text("完好")], by: office.specialist)
        }
    }

    private func printOut(_ file: Int64) async throws {
        let input: [String: JSONValue] = ["files": .list([.whole(file)]), "ways": .text("print"), "reason": .text("报送审计")]
        let request = try await desk.take(CopyRequest.request, input: input, by: office.specialist).id
        try await desk.take(CopyRequest.approve, on: request, by: office.generalManager)
        _ = try await desk.issue(.print, of: file, by: office.specialist)
    }

    private func leak() async throws {
        guard let file = try await file() else { return }
        try await leak(file, 0, at: desk.clock.now())
    }

    // MARK: Keeping

    /// Alarms end when the climate is right again.
    private func settle() async throws {
        for row in try await waiting(ClimateAlarm.name) {
            try await desk.take(ClimateAlarm.settle, on: row.id, input: ["measure": .text("已核对传感器，读数恢复。")], by: office.custodian)
        }
    }

    /// The check of each half-year: all of it is there and in order.
    private func check() async throws {
        for row in try await waiting(ArchiveCheck.name) {
            try await desk.take(ArchiveCheck.record, on: row.id, by: office.custodian) { document in
                guard var check = document as? ArchiveCheck else { return }
                for index in check.lines.indices where check.lines[index].outcome == .unchecked { check.lines[index].outcome = .inOrder }
                check.protections = "heat;damp;water;fire;theft;light;dust;pests"
                document = check
            }
            try await desk.take(
                ArchiveCheck.close, on: row.id, input: ["summary": .text("逐卷检查，完好在位。")], by: office.custodian)
        }
    }
}
