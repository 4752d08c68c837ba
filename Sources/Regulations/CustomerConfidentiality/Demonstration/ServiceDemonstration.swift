import Kernel
import WorkCalendar

/// How the invented company keeps its customers' files, day by day: first contacts and files, a shelf that fills, readings of the climate
/// with an alarm, a repair, a re-copy, and a report that goes out. Every act goes through the desk at its own moment; something is always
/// overdue.
package struct ServiceDemonstration: Sendable {
    let desk: Desk
    package let office: ServiceOffice

    package init(_ desk: Desk, _ office: ServiceOffice) { (self.desk, self.office) = (desk, office) }

    /// One working morning, the `number`th.
    package func work(_ number: Int, at now: Moment) async throws {
        if number == 0 {
            if try await desk.all(ArchiveStore.self).isEmpty { try await furnish() }
            try await subscribe(at: now)
        }
        try await readClimate(number, at: now)
        try await contact(number, at: now)
        try await keep(number, at: now)
        try await report(number, at: now)
        try await give(number, at: now)
        try await access(number, at: now)
        if number == 3 { try await undertake(at: now) }
    }

    // MARK: The archive

    func furnish() async throws {
        for (label, kind, keeper) in [("一库", "paper", office.archivist), ("密库", "classified", office.custodian)] {
            let store = try await desk.take(
                ArchiveStore.enter, input: ["label": .text(label), "kind": .text(kind), "keeper": .whole(keeper.person.raw)],
                by: office.supervisor
            ).id
            for (cabinet, carrier) in kind == "paper" ? [(1, "paper"), (2, "paper"), (3, "disc")] : [(1, "paper")] {
                try await desk.take(
                    Shelf.enter,
                    input: [
                        "store": .whole(store), "cabinet": .whole(Int64(cabinet)), "rows": .whole(5), "slotsInRow": .whole(8),
                        "carrier": .text(carrier), "kinds": .text(kind == "paper" && cabinet == 1 ? "dealer;individual" : ""),
                    ], by: office.supervisor)
            }
        }
        let definition = try await desk.take(
            ReportDefinition.propose,
            input: ["heading": .text("客户档案月报"), "length": .text("month"), "items": .text("stock;opened;kinds;regions;incomplete")],
            by: office.specialist
        ).id
        try await desk.take(ReportDefinition.adopt, on: definition, by: office.manager)
    }

    private func subscribe(at now: Moment) async throws {
        guard let definition = try await desk.all(ReportDefinition.self).first?.id.raw else { return }
        for (head, reader) in [(office.marketHead, office.clerks[0]), (office.financeHead, office.accountant)] {
            let asked = try await desk.take(
                ReportSubscription.request,
                input: [
                    "definition": .whole(definition), "readers": .list([.whole(reader.person.raw)]), "purpose": .text("安排走访与对账"),
                    "until": .text(now.day.adding(days: 180).description),
                ], by: head
            ).id
            // The second waits for the general manager.
            try await desk.take(ReportSubscription.review, on: asked, input: ["opinion": .text("同意")], by: office.manager)
            if head == office.marketHead { try await desk.take(ReportSubscription.approve, on: asked, by: office.generalManager) }
        }
    }

    private static let customers: [(name: String, kind: String, region: String)] = [
        ("明正律师事务所", "lawyer", "广州"), ("新合商贸行", "dealer", "佛山"), ("安诚财务顾问", "adviser", "广州"), ("海川银行广州支行", "bank", "广州"),
        ("远景广告公司", "advertising", "深圳"), ("联信公关公司", "public-relations", "深圳"), ("永泰保险代理", "insurer", "东莞"), ("丰年商行", "dealer", "中山"),
        ("诚朴律师事务所", "lawyer", "珠海"), ("金桥商贸行", "dealer", "东莞"), ("衡平律师事务所", "lawyer", "惠州"), ("福临商贸行", "dealer", "江门"),
        ("致远财务顾问", "adviser", "深圳"), ("南岭银行佛山支行", "bank", "佛山"), ("彩虹广告公司", "advertising", "广州"), ("春风公关公司", "public-relations", "广州"),
        ("平川保险代理", "insurer", "中山"), ("百川商行", "dealer", "肇庆"), ("公衡律师事务所", "lawyer", "东莞"), ("顺发商贸行", "dealer", "清远"),
    ]

    private func part(_ kind: String, ink: String = "print", medium: String = "paper") -> JSONValue {
        .record([.init("kind", .text(kind)), .init("medium", .text(medium)), .init("ink", .text(ink))])
    }

    /// A clerk reports a new customer, and the specialist opens the file a day later; every fifth is left lying.
    private func contact(_ number: Int, at now: Moment) async throws {
        var waiting = RegisterQuery()
        (waiting.states, waiting.isCounted, waiting.sort) = (["reported"], false, .oldest)
        for row in try await desk.register(FirstContact.name, waiting, by: office.specialist.person).rows where serial(row) % 5 != 0 {
            try await open(serial(row) - 1, contact: row)
        }
        guard number % 2 == 0, number / 2 < Self.customers.count else { return }
        let customer = Self.customers[number / 2]
        try await desk.take(
            FirstContact.report,
            input: [
                "subclass": .text(customer.kind), "organisation": .text(customer.name), "region": .text(customer.region),
                "day": .text(now.day.description),
                "matter": .text("展会上交换名片，约定再谈。"),
            ], by: office.clerks[number / 2 % 2])
    }

    func serial(_ row: DocumentRow) -> Int { Int((row.number ?? "").drop { $0 != "〕" }.filter(\.isNumber)) ?? 0 }

    /// - Parameter inOrder: whether nothing is missing in it, nothing fades, and it is not classified.
    func open(_ index: Int, contact: DocumentRow, inOrder: Bool = false) async throws {
        guard let kind = CustomerKind(rawValue: contact.values["subclass"]?.text ?? "") else { return }
        let isSecret = !inOrder && index % 7 == 3
        // Every third lacks something, and some are written with what fades.
        let required = FileStandard.required(kind).dropLast(!inOrder && index % 3 == 0 ? 1 : 0)
        let parts = required.enumerated().map { place, kind in
            part(kind.rawValue, ink: !inOrder && index % 4 == 1 && place == 0 ? "ball-point" : "print")
        }
        var input: [String: JSONValue] = [
            "subclass": .text(kind.rawValue), "customer": .text(contact.title),
            "withoutCode": .text("演示数据，无代码"), "region": contact.values["region"] ?? .text("广州"),
            "owner": .whole(office.clerks[index % 2].person.raw), "keywords": .text(index % 2 == 0 ? "商标 广告" : "货款 年框合同"),
            "contact": .whole(contact.id),
            "copies": .whole(Int64(1 + index % 3)), "parts": .list(parts + (index % 5 == 2 ? [part("other", medium: "disc")] : [])),
        ]
        if isSecret { (input["secrecy"], input["custodian"]) = (.text("secret"), .whole(office.custodian.person.raw)) }
        try await desk.take(CustomerFile.openFile, input: input, by: office.specialist)
    }

    // MARK: Keeping

    func readClimate(_ number: Int, at now: Moment) async throws {
        for label in ["一库", "密库"] where !(label == "密库" && number % 9 == 8) {
            let damp = label == "一库" && number % 12 > 9
            try await desk.take(
                ClimateReading.record,
                input: [
                    "storeName": .text(label), "at": .text(now.description), "temperature": .text("20.\(number % 10)"),
                    "humidity": .text(damp ? "61.\(number % 10)" : "57.\(number % 10)"), "source": .text("sensor"),
                ], by: label == "一库" ? office.archivist : office.custodian)
        }
    }

    /// Out of turn, where the half-year lies far off.
    private func orderCheck() async throws {
        var open = RegisterQuery()
        (open.states, open.isCounted, open.limit) = (["open"], false, 1)
        guard try await desk.register(ArchiveCheck.name, open, by: office.supervisor.person).rows.isEmpty else { return }
        var oldest = RegisterQuery()
        (oldest.states, oldest.isCounted, oldest.sort) = (["in-use"], false, .oldest)
        for shelf in try await desk.register(Shelf.name, oldest, by: office.archivist.person).rows.prefix(1) {
            try await desk.take(ArchiveCheck.begin, input: ["shelf": .whole(shelf.id)], by: office.supervisor)
        }
    }

    /// What is due is done; every third re-copy and one alarm are left lying.
    private func keep(_ number: Int, at now: Moment) async throws {
        var open = RegisterQuery()
        (open.onlyOpen, open.isCounted, open.sort) = (true, false, .oldest)
        for row in try await desk.register(RecopyTask.name, open, by: office.archivist.person).rows where serial(row) % 3 != 0 {
            try await desk.take(RecopyTask.copy, on: row.id, input: ["newInk": .text("carbon")], by: office.archivist)
        }
        if number % 12 == 1 {
            for row in try await desk.register(ClimateAlarm.name, open, by: office.archivist.person).rows
            where row.values["cause"] == .text("limits") {
                try await desk.take(
                    ClimateAlarm.settle, on: row.id, input: ["measure": .text("开除湿机两小时，已恢复。")], by: office.archivist)
            }
        }
        if number == 22 { try await orderCheck() }
        guard number % 15 == 9 else { return }
        let files = try await desk.register(CustomerFile.name, RegisterQuery(), by: office.archivist.person).rows
        guard let file = files.first else { return }
        let picture = try await desk.keep(file: "修复前.txt", content: Array("封皮撕裂，照片略".utf8), by: office.archivist)
        let order = try await desk.take(
            RepairOrder.report,
            input: [
                "file": .whole(file.id), "damage": .text("damaged"), "facts": .text("封皮撕裂一处"), "before": .list([picture.stored]),
            ], by: office.archivist
        ).id
        guard number < 15 else { return }
        let after = try await desk.keep(file: "修复后.txt", content: Array("已托裱，照片略".utf8), by: office.archivist)
        try await desk.take(
            RepairOrder.repair, on: order, input: ["method": .text("托裱"), "after": .list([after.stored])], by: office.archivist)
    }

    // MARK: Reports

    /// The report of the month that is over is signed by two, and its readers acknowledge it.
    func report(_ number: Int, at now: Moment) async throws {
        var open = RegisterQuery()
        (open.onlyOpen, open.isCounted, open.sort) = (true, false, .oldest)
        for row in try await desk.register(StatisticalReport.name, open, by: office.manager.person).rows {
            if row.state == "drawn" {
                try await desk.take(StatisticalReport.review, on: row.id, by: office.supervisor)
            } else {
                try await desk.take(StatisticalReport.approve, on: row.id, by: office.manager)
            }
        }
        if number % 10 == 5 {
            let reader = office.clerks[0]
            for row in try await desk.register(ReportCopy.name, open, by: reader.person).rows where row.holder == reader.person {
                try await desk.take(ReportCopy.receive, on: row.id, by: reader)
            }
        }
    }
}
