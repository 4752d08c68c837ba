import Kernel
import WorkCalendar

/// Who asks to read, borrow and copy in the invented company, what is carried, and what may have leaked; something always waits, and one
/// loan is overdue.
extension ServiceDemonstration {
    func access(_ number: Int, at now: Moment) async throws {
        guard let file = try await file() else { return }
        switch number % 20 {
        case 6: try await borrow(file, by: office.clerks[0], head: office.marketHead, isBack: true)
        case 8: try await borrow(file, by: office.accountant, head: office.financeHead, isBack: false)
        case 9: try await askAlone(by: office.clerks[1])
        case 11: try await copy(file, number)
        case 13: try await propose(file, number)
        case 15: try await carry(file, number)
        case 17: try await leak(file, number, at: now)
        default: break
        }
    }

    /// One that is not classified, in the archive and with a copy there.
    func file() async throws -> Int64? {
        var query = RegisterQuery()
        (query.states, query.isCounted, query.sort, query.limit) = (["open"], false, .oldest, 20)
        let rows = try await desk.register(CustomerFile.name, query, by: office.archivist.person).rows
        return try await desk.load(rows.map { ID<CustomerFile>($0.id) }).first { $0.value.copies > 1 }?.id.raw
    }

    /// What waits to be borrowed when somebody looks at it first: each clerk may borrow two files that are in the archive.
    package func letBorrow() async throws {
        var query = RegisterQuery()
        (query.states, query.isCounted, query.sort, query.limit) = (["open"], false, .oldest, 60)
        let rows = try await desk.register(CustomerFile.name, query, by: office.archivist.person).rows
        // The first is lent, carried and copied all the time.
        let first = try await file(), out = try await desk.all(Loan.self, in: .lent, limit: 100).map(\.value.file.raw)
        let stored = try await desk.load(rows.map { ID<CustomerFile>($0.id) }).filter { $0.value.copies > 1 }.map(\.id.raw)
        let free = stored.filter { $0 != first && !out.contains($0) }
        for (place, clerk) in office.clerks.enumerated() {
            let files = Array(free.dropFirst(place * 2).prefix(2))
            if !files.isEmpty { try await grant(files, toBorrow: true, to: clerk, head: office.marketHead) }
        }
    }

    private func ask(_ object: String, toBorrow: Bool, by principal: Principal) async throws -> Int64 {
        try await desk.take(
            AccessRequest.draft,
            input: [
                "from": .text("inside"), "object": .text(object), "purpose": .text("business"), "reason": .text("核对合同约定的付款条件"),
                "about": .text("经办该客户业务"), "expected": .text("ordinary"), "alsoLend": .flag(toBorrow), "days": .whole(5),
            ], by: principal
        ).id
    }

    func grant(_ files: [Int64], toBorrow: Bool, to principal: Principal, head: Principal) async throws {
        let request = try await ask("合同与付款资料", toBorrow: toBorrow, by: principal)
        try await desk.take(AccessRequest.send, on: request, by: principal)
        try await desk.take(AccessRequest.endorse, on: request, input: ["sealNumber": .text("用印18号")], by: head)
        try await desk.take(AccessRequest.check, on: request, input: ["files": .list(files.map { .whole($0) })], by: office.specialist)
        try await desk.take(AccessRequest.approve, on: request, by: office.supervisor)
    }

    private func borrow(_ file: Int64, by principal: Principal, head: Principal, isBack: Bool) async throws {
        try await grant([file], toBorrow: true, to: principal, head: head)
        let input: [String: JSONValue] = ["file": .whole(file), "copies": .whole(1), "days": .whole(3), "reason": .text("核对合同")]
        // Who kept one too long borrows no more.
        guard let loan = try? await desk.take(Loan.request, input: input, by: principal).id else { return }
        guard (try? await desk.take(Loan.lend, on: loan, by: office.specialist)) != nil, isBack else { return }
        try await desk.take(Loan.bringBack, on: loan, by: principal)
        try await desk.take(Loan.giveBack, on: loan, input: ["outcome": .text("intact")], by: office.specialist)
    }

    /// One waits for the head's seal, and one is not sent yet.
    private func askAlone(by principal: Principal) async throws {
        let request = try await ask("历年往来函件", toBorrow: false, by: principal)
        try await desk.take(AccessRequest.send, on: request, by: principal)
        _ = try await ask("资信调查", toBorrow: false, by: principal)
    }

    private func copy(_ file: Int64, _ number: Int) async throws {
        for way in ["print", "copy"] {
            let input: [String: JSONValue] = ["files": .list([.whole(file)]), "ways": .text(way), "reason": .text("报送审计")]
            let request = try await desk.take(CopyRequest.request, input: input, by: office.specialist).id
            guard way == "print" else { continue }
            try await desk.take(CopyRequest.approve, on: request, by: office.generalManager)
            _ = try await desk.issue(.print, of: file, by: office.specialist)
        }
    }

    private func propose(_ file: Int64, _ number: Int) async throws {
        try await desk.take(
            LevelChange.propose,
            input: [
                "file": .whole(file), "to": .text("secret"), "custodian": .whole(office.custodian.person.raw), "reason": .text("涉及在谈的合作"),
            ], by: office.supervisor)
    }

    func carry(_ file: Int64, _ number: Int) async throws {
        let seal = "封\(1000 + number)"
        let slip = try await desk.take(
            RecordDispatch.order,
            input: [
                "files": .list([.whole(file)]), "content": .text("合同一册"), "purpose": .text("送财务部对账"),
                "courier": .whole(office.courier.person.raw), "receiver": .whole(office.accountant.person.raw),
                "safeguard": .text("envelope"),
                "sealNumber": .text(seal),
            ], by: office.specialist
        ).id
        try await desk.take(RecordDispatch.handOver, on: slip, input: ["sealCarried": .text(seal)], by: office.courier)
        // The last is on its way yet.
        guard number < 40 else { return }
        try await desk.take(
            RecordDispatch.receive, on: slip, input: ["sealReceived": .text(seal), "sealState": .text("intact")], by: office.accountant)
    }

    func leak(_ file: Int64, _ number: Int, at now: Moment) async throws {
        let report = try await desk.take(
            LeakReport.report,
            input: ["certainty": .text("possible"), "what": .text("复印机旁发现一页合同复印件，已收好。"), "place": .text("三楼文印室")], by: office.clerks[0]
        ).id
        // The last waits for the officers.
        guard number < 40 else { return }
        try await desk.take(LeakReport.acknowledge, on: report, by: office.supervisor)
        try await desk.take(LeakReport.nameRecords, on: report, input: ["files": .list([.whole(file)])], by: office.supervisor)
        try await desk.take(LeakReport.contain, on: report, by: office.supervisor)
        try await desk.take(
            LeakReport.grading, on: report, input: ["grade": .text("internal"), "people": .whole(0)], by: office.supervisor)
        try await desk.take(LeakReport.release, on: report, by: office.manager)
        try await desk.take(
            LeakReport.close, on: report, input: ["cause": .text("取件人遗忘"), "measures": .text("文印室专人清点，当日部门会上提醒")], by: office.manager)
    }
}
