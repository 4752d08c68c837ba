import Kernel
import WorkCalendar

/// Who asked in the invented branch, and what came of it.
extension DemonstrationQueries {
    private func open(_ customer: Customer, _ caller: String, by place: Int) async throws -> Int64 {
        try await desk.take(
            TelephoneQuery.open,
            input: [
                "callerNumber": .text(caller), "name": .text(customer.name), "claim": .text(customer.number), "wish": .text("查询缴费和保障"),
            ], by: telephonists[place]
        ).id
    }

    private func answer(_ id: Int64, _ words: [IdentityQuestion: [String]], by place: Int) async throws -> Desk.Taken? {
        guard let query = try await desk.load([ID<TelephoneQuery>(id)]).first else { return nil }
        let answers = query.value.asked.map { question -> JSONValue in
            .record([.init("question", .text(question.rawValue)), .init("answer", .text(words[question]?.first ?? "不知道"))])
        }
        return try await desk.take(TelephoneQuery.answer, on: id, input: ["answers": .list(answers)], by: telephonists[place])
    }

    /// A call that was verified by a code, and told.
    func call(_ customer: Customer, _ place: Int, telling scopes: [QueryScope], at now: Moment) async throws {
        let id = try await open(customer, "0206677\(customer.sequence)0", by: place)
        guard let query = try await desk.load([ID<TelephoneQuery>(id)]).first else { return }
        let right = try await desk.inquire(within: query.record.scope) { inquiry in
            try QueryPerson.with(number: customer.number, name: customer.name, inquiry).map { try IdentityAnswers(of: $0, inquiry).right }
                ?? [:]
        }
        guard try await answer(id, right, by: place)?.state == "proved" else { return }
        let drawn = QueryCode.Drawn(desk)
        try await desk.take(TelephoneQuery.sendCode, on: id, by: telephonists[place]) { document in
            guard var query = document as? TelephoneQuery else { return }
            query.drawn = drawn
            document = query
        }
        if let code = try await desk.load([ID<TelephoneQuery>(id)]).first?.value.code {
            try await QueryCode.send(code, drawn, by: Swallowed(), desk)
        }
        try await desk.take(TelephoneQuery.enterCode, on: id, input: ["typedCode": .text(drawn.digits)], by: telephonists[place])
        for scope in scopes {
            try await desk.take(
                TelephoneQuery.tell, on: id, input: ["askedPolicy": .text(customer.policyNo), "askedScope": .text(scope.rawValue)],
                by: telephonists[place])
        }
        try await desk.take(TelephoneQuery.finish, on: id, input: ["note": .text("已告知，客户无其他问题")], by: telephonists[place])
    }

    /// A call whose answers were wrong.
    func fail(_ customer: Customer, _ caller: String, by place: Int) async throws {
        let id = try await open(customer, caller, by: place)
        _ = try await answer(id, [:], by: place)
    }

    private func check(_ customer: Customer, contract: String) async throws -> Desk.Taken {
        try await desk.take(
            CounterQuery.check,
            input: [
                "documentType": .text("resident-id"), "documentNumber": .text(customer.number), "name": .text(customer.name),
                "contractNo": .text(contract), "isDocumentSeen": .flag(true), "isContractSeen": .flag(true), "wish": .text("查询保单"),
            ], by: clerk)
    }

    func counter(_ customer: Customer, telling scopes: [QueryScope]) async throws {
        let taken = try await check(customer, contract: customer.policyNo)
        guard taken.refusal == nil else { return }
        for scope in scopes {
            try await desk.take(CounterQuery.tell, on: taken.id, input: ["askedScope": .text(scope.rawValue)], by: clerk)
        }
        try await desk.take(CounterQuery.confirmTelephone, on: taken.id, input: ["telephone": .text(customer.mobile)], by: clerk)
        try await desk.take(CounterQuery.finish, on: taken.id, input: ["note": .text("已告知")], by: clerk)
    }

    /// Another's contract in hand.
    func refuse(at now: Moment) async throws { _ = try await check(Self.customers[2], contract: Self.customers[0].policyNo) }

    func consent(_ customer: Customer, scopes: String, until: Moment, withdrawn: Bool) async throws {
        let paper = try await desk.keep(file: "查询同意书.txt", content: Array("同意书（演示）".utf8), by: clerk)
        let taken = try await desk.take(
            QueryConsent.record,
            input: [
                "policyNo": .text(customer.policyNo), "grantorName": .text(customer.name), "grantorNumber": .text(customer.number),
                "partyName": .text(Self.lawyer.name), "partyNumber": .text(Self.lawyer.number), "partyPhone": .text(Self.lawyer.mobile),
                "purpose": .text("代办理赔"), "scopes": .text(scopes), "until": until.stored, "evidence": .list([paper.stored]),
            ], by: clerk)
        if withdrawn {
            try await desk.take(QueryConsent.withdraw, on: taken.id, input: ["reason": .text("客户到柜台撤回")], by: clerk)
        }
    }

    /// A registration, and a look at what was paid.
    func visitWeb(_ customer: Customer, at now: Moment) async throws {
        let drawn = QueryCode.Drawn(desk), word = desk.keyedDigest(of: "demonstration", for: "portal-session")
        let taken = try await desk.take(PortalVisit.ask, by: .system, in: (office.branch, .none)) { document in
            var visit = PortalVisit()
            (visit.purpose, visit.name, visit.number, visit.network) = (.register, customer.name, customer.number, "demonstration")
            (visit.brought.drawn, visit.brought.word) = (drawn, "")
            document = visit
        }
        func step(_ step: Step<PortalVisit>, _ fill: @escaping @Sendable (inout PortalVisit.Brought) -> Void) async throws {
            try await desk.take(step, on: taken.id, by: .system) { document in
                guard var visit = document as? PortalVisit else { return }
                fill(&visit.brought)
                document = visit
            }
        }
        if let code = try await desk.load([ID<PortalVisit>(taken.id)]).first?.value.code {
            try await QueryCode.send(code, drawn, by: Swallowed(), desk)
        }
        try await step(PortalVisit.enter) { ($0.typedCode, $0.word) = (drawn.digits, word) }
        if let visit = try await desk.load([ID<PortalVisit>(taken.id)]).first, visit.state == .inside {
            let view = try await desk.inquire(within: visit.record.scope) { try PortalView(visit, $0) }
            for item in view?.items ?? [] { try await step(PortalVisit.view) { ($0.handle, $0.scope) = (item.handle, .payments) } }
        }
        try await step(PortalVisit.leave) { _ in }
    }

    /// What left in the demonstration's past came to nobody.
    private struct Swallowed: CodeDelivery {
        var way: CodeWay? { .demonstration }
        func send(_ message: CodeMessage) async throws {}
    }
}
