import Kernel
import WorkCalendar

/// How the invented people deal with suspicious items, day by day: most in time, some late, some not at all.
struct DemonstrationChase {
    let desk: Desk
    let office: DemonstrationOffice

    /// One working morning. On the last one the new list is left for the visitor to distribute.
    func work(on day: Day, calendar: WorkCalendar, isLast: Bool) async throws {
        for item in try await items(in: "verified") where serial(item) % 13 != 0 {
            try await desk.take(Suspicion.close, on: item.id, by: office.service)
        }
        for item in try await items(in: "evidenced") {
            try await desk.take(Suspicion.verify, on: item.id, input: ["conclusion": .text("genuine")], by: office.compliance)
        }
        for item in try await items(in: "investigating") where !isStalled(item) {
            let principal = backOffice(of: item)
            try await desk.take(Suspicion.completeEvidence, on: item.id, input: try await evidence(item, by: principal), by: principal)
        }
        for item in try await items(in: "received") where !isStalled(item) {
            try await desk.take(Suspicion.investigate, on: item.id, by: backOffice(of: item))
        }
        for item in try await items(in: "distributed") where serial(item) % 19 != 4 {
            try await desk.take(Suspicion.receive, on: item.id, by: backOffice(of: item))
        }
        if isLast { return }
        for item in try await items(in: "listed") where serial(item) % 20 != 7 { try await distribute(item, on: day, calendar) }
    }

    /// The `number`th of the steps of an item's way.
    func move(_ item: DocumentRow, _ number: Int, on day: Day, _ calendar: WorkCalendar) async throws {
        let principal = backOffice(of: item)
        switch number {
        case 0: try await distribute(item, on: day, calendar)
        case 1: try await desk.take(Suspicion.receive, on: item.id, by: principal)
        case 2: try await desk.take(Suspicion.investigate, on: item.id, by: principal)
        case 3: try await desk.take(Suspicion.completeEvidence, on: item.id, input: try await evidence(item, by: principal), by: principal)
        case 4: try await desk.take(Suspicion.verify, on: item.id, input: ["conclusion": .text("genuine")], by: office.compliance)
        default: try await desk.take(Suspicion.close, on: item.id, by: office.service)
        }
    }

    private func distribute(_ item: DocumentRow, on day: Day, _ calendar: WorkCalendar) async throws {
        // Within the cooling-off, which long holidays can end sooner.
        let end = item.values["coolingOffEnd"].flatMap { Day(stored: $0) } ?? day
        let usual = calendar.adding(workingDays: 6, to: day).day
        let callBack = (end > day ? min(usual, CoolingOff.lastDay(of: end, after: day, calendar)) : usual).description
        try await desk.take(
            "distribute", of: "suspicion", on: item.id,
            input: [
                "channelUnit": .whole(unit(of: item).raw), "leader": item.values["leader"] ?? .null, "callBackOn": .text(callBack),
            ],
            by: office.service)
    }

    private func items(in state: String) async throws -> [DocumentRow] { try await items([state]) }

    func items(_ states: Set<String>) async throws -> [DocumentRow] {
        var query = RegisterQuery()
        query.states = states
        query.limit = 500
        query.sort = .oldest
        return try await desk.register("suspicion", query, by: office.service.person).rows
    }

    /// Every sixteenth item lies until it is overdue.
    func isStalled(_ item: DocumentRow) -> Bool { serial(item) % 16 == 3 }

    /// The number that it was given, the same in every demonstration.
    private func serial(_ item: DocumentRow) -> Int { Int((item.number ?? "").drop { $0 != "〕" }.filter(\.isNumber)) ?? 0 }

    private func unit(of item: DocumentRow) -> UnitID { UnitID(item.values["channelUnit"]?.whole ?? office.teams[0].raw) }

    private func backOffice(of item: DocumentRow) -> Principal {
        office.backOffice(ofTeam: office.teams.firstIndex(of: unit(of: item)) ?? 0)
    }

    private func explanation(_ item: DocumentRow) -> String {
        switch item.values["kind"]?.text {
        case "account": "二人为夫妻，共用一个银行账户"
        case "agent_contact": "所留号码系业务员代填，客户已提供本人号码"
        default: "二人为夫妻，共用一部电话"
        }
    }

    private func evidence(_ item: DocumentRow, by principal: Principal) async throws -> [String: JSONValue] {
        let statement = try await desk.keep(file: "客户声明.txt", content: Array("本人确认上述联系方式属实。（演示）".utf8), by: principal)
        return [
            "report": .text("已联系客户核对身份与资料，\(explanation(item))，已取得书面说明。"),
            "evidence": .list([statement.stored]), "isSignedByCustomer": .flag(true),
        ]
    }
}
