import EngineFixture
import Kernel
import Synchronization
import TestOffice
import Testing
import WorkCalendar

@testable import CustomerAuthenticity

/// An insurer with a telephone desk and a counter: a customer who insures a child, with benefits, payments, a claim and a beneficiary.
struct QueryHouse: Sendable {
    static let name = "林晓岚", number = IntakeFile.number(birth: "19850314", sequence: 22), mobile = "13926170358"
    static let child = "林小树", beneficiary = "林远山", beneficiaryNumber = IntakeFile.number(birth: "19580607", sequence: 31)
    static let beneficiaryMobile = "13712340071"
    static let policyNo = "PQ001"

    let insurer: InsurerOffice
    let telephonist: Principal
    let secondTelephonist: Principal
    let clerk: Principal
    let sent = SentCodes()
    var desk: Desk { insurer.desk }
    var office: TestOffice { insurer.office }

    /// What left, as a gateway would have it.
    final class SentCodes: CodeDelivery {
        private let box = Mutex<[CodeMessage]>([])
        private let connected = Mutex(true)
        var way: CodeWay? { connected.withLock { $0 } ? .sms : nil }
        func send(_ message: CodeMessage) async throws {
            guard way != nil else { throw CodeFault.notConnected }
            box.withLock { $0.append(message) }
        }
        func disconnect() { connected.withLock { $0 = false } }
        var all: [CodeMessage] { box.withLock { $0 } }
        var digits: String { all.last.map { String($0.text.zh.filter(\.isNumber).prefix(6)) } ?? "" }
    }

    static func with(_ engine: TestEngine = .sqlite, _ body: (QueryHouse) async throws -> Void) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let office = insurer.office
            let house = QueryHouse(
                insurer: insurer, telephonist: Principal(try await office.hire("telephonist", .deskOperator, in: office.service)),
                secondTelephonist: Principal(try await office.hire("telephonist2", .deskOperator, in: office.service)),
                clerk: Principal(try await office.hire("clerk", .counterClerk, in: office.service)))
            try await house.enterPolicy()
            try await body(house)
        }
    }

    private func enterPolicy() async throws {
        let taken = try await insurer.submit(
            insurer.application("TQ001", sequence: 1) { application in
                application.policyNo = Self.policyNo
                var person = application.persons[0]
                (person.name, person.sex, person.birthDate) = (Self.name, .female, "1985-03-14")
                (person.documentNumber, person.mobile, person.landline) = (Self.number, Self.mobile, "020-87654321")
                (person.email, person.address) = ("lin@example.com", "广东省广州市天河区中山路17号2栋301室")
                (person.account, person.accountHolder) = ("6222021234567", Self.name)
                var child = ApplicationPerson()
                (child.role, child.name, child.sex, child.birthDate) = (.insured, Self.child, .male, "2015-05-06")
                application.persons = [person, child]
            })
        try #require(taken.state == "accepted", "\(taken.refusal?.words.zh ?? "")")
        try await enter("policy-benefit", ["benefit": .text("身故保险金"), "amount": .text("300000"), "from": .text("2026-01-15")])
        try await enter(
            "policy-payment",
            ["dueOn": .text("2026-01-10"), "amount": .text("3600.50"), "paidOn": .text("2026-01-12"), "way": .text("transfer")])
        try await enter("policy-claim", ["claimNo": .text("LP1"), "kind": .text("claim"), "reportedOn": .text("2026-01-14")])
        try await designate(Self.beneficiary, Self.beneficiaryNumber, mobile: Self.beneficiaryMobile)
    }

    @discardableResult
    func enter(_ type: String, _ input: [String: JSONValue], policyNo: String = policyNo) async throws -> Int64 {
        try await desk.take(
            "enter", of: type, input: input.merging(["policyNo": .text(policyNo)]) { given, _ in given }, by: insurer.service
        ).id
    }

    /// Enters a beneficiary, or the legal heirs.
    @discardableResult
    func designate(_ name: String?, _ number: String = "", mobile: String = "", from day: Day? = nil) async throws -> Int64 {
        var input: [String: JSONValue] = ["from": .text((day ?? office.now.day).description)]
        if let name {
            input["persons"] = .list([
                .record([
                    .init("name", .text(name)), .init("documentNumber", .text(number)), .init("mobile", .text(mobile)),
                    .init("order", .whole(1)), .init("share", .whole(100)),
                ])
            ])
        } else {
            input["areLegalHeirs"] = .flag(true)
        }
        return try await enter("beneficiary-designation", input)
    }

    var customer: Int64 {
        get async throws {
            try #require(try await desk.all(Customer.self).first { $0.value.name == Self.name }).id.raw
        }
    }

    func registerDeath(of customer: Int64) async throws {
        let paper = try await desk.keep(file: "死亡证明.txt", content: Array("证明".utf8), by: insurer.service)
        try await desk.take(
            ContactRestriction.register,
            input: [
                "customer": .whole(customer), "kind": .text("deceased"), "since": .text(office.now.day.description),
                "source": .text("家属告知"),
                "evidence": .list([paper.stored]),
            ], by: insurer.service)
    }

    // MARK: At the telephone

    func call(_ name: String = name, _ claim: String = number, from caller: String = "02066668888", by person: Principal? = nil)
        async throws
        -> Int64
    {
        try await desk.take(
            TelephoneQuery.open,
            input: ["callerNumber": .text(caller), "name": .text(name), "claim": .text(claim), "wish": .text("查询缴费")],
            by: person ?? telephonist
        ).id
    }

    func query(_ id: Int64) async throws -> Found<TelephoneQuery> { try #require(try await desk.load([ID<TelephoneQuery>(id)]).first) }

    /// What the customer of this house answers.
    static func right(_ question: IdentityQuestion) -> String {
        switch question {
        case .landline: "4321"
        case .email: "Lin@Example.com"
        case .houseNumber: "17 2 301"
        case .account: "4567"
        case .productClass: "普通寿险"
        case .appliedMonth: "2026年1月"
        case .agentName: "赵业务"
        case .insuredName: child
        case .beneficiaryName: beneficiary
        case .lastAmount: "3600.5"
        case .lastMonth: "202601"
        case .unknown: ""
        }
    }

    /// - Returns: how it came out.
    func answer(_ id: Int64, _ words: (IdentityQuestion) -> String = right, by person: Principal? = nil) async throws -> Desk.Taken {
        let answers = try await query(id).value.asked.map { question -> JSONValue in
            .record([.init("question", .text(question.rawValue)), .init("answer", .text(words(question)))])
        }
        return try await desk.take(TelephoneQuery.answer, on: id, input: ["answers": .list(answers)], by: person ?? telephonist)
    }

    /// Sends a code; what left is in `sent`.
    @discardableResult
    func sendCode(_ id: Int64) async throws -> Bool {
        let drawn = QueryCode.Drawn(desk)
        try await desk.take(TelephoneQuery.sendCode, on: id, by: telephonist) { document in
            guard var query = document as? TelephoneQuery else { return }
            query.drawn = drawn
            document = query
        }
        return try await QueryCode.send(try await query(id).value.code, drawn, by: sent, desk)
    }

    func enterCode(_ id: Int64, _ digits: String) async throws -> Desk.Taken {
        try await desk.take(TelephoneQuery.enterCode, on: id, input: ["typedCode": .text(digits)], by: telephonist)
    }

    /// A query that came as far as to be told.
    func verified(_ name: String = name, _ claim: String = number) async throws -> Int64 {
        let id = try await call(name, claim)
        #expect(try await answer(id).state == "proved")
        try await sendCode(id)
        #expect(try await enterCode(id, sent.digits).state == "open")
        return id
    }

    @discardableResult
    func tell(_ id: Int64, _ scope: QueryScope = .payments, of policy: String = policyNo) async throws -> Desk.Taken {
        try await desk.take(
            TelephoneQuery.tell, on: id, input: ["askedPolicy": .text(policy), "askedScope": .text(scope.rawValue)], by: telephonist)
    }

    func rights(_ id: Int64) async throws -> [QueryRight] {
        let query = try await query(id)
        return try await desk.inquire(within: query.record.scope) { try TelephoneQuery.rights(of: query, $0) }
    }

    // MARK: At the counter

    func counter(
        _ name: String = name, _ number: String = number, _ contract: String = policyNo, isSeen: Bool = true
    ) async throws -> Desk.Taken {
        try await desk.take(
            CounterQuery.check,
            input: [
                "documentType": .text("resident-id"), "documentNumber": .text(number), "name": .text(name), "contractNo": .text(contract),
                "isDocumentSeen": .flag(isSeen), "isContractSeen": .flag(isSeen), "wish": .text("查询"),
            ], by: clerk)
    }

    /// Everything that the book holds, by type, to see what an act has left.
    func counts() async throws -> [Int64] {
        try await desk.store.read { session in
            try ["document", "entry", "lookup", "notice", "deadline"].map { try session.count("SELECT count(*) FROM \($0)") }
        }
    }
}
