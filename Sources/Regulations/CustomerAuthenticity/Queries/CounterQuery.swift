import Identifiers
import Kernel
import WorkCalendar

/// 柜台查询: document of identity and contract in hand, both compared with the policy before anything is shown (第十九条). A legal heir shows
/// papers that a second person approves; a third party the document that the consent names.
package struct CounterQuery: Document {
    package enum State: String, CaseIterable, Sendable { case open, waiting, refused, finished, lapsed }

    package var documentType = CardKind.unknown
    package var documentNumber = ""
    package var name = ""
    package var contractNo = ""
    package var isDocumentSeen = false
    package var isContractSeen = false
    package var wish = ""
    package var evidence: [FileReference] = []
    package var role = QueryRole.unknown
    package var until: Moment?
    package var askedScope = QueryScope.unknown
    package var telephone = ""
    package var told: [ToldLine] = []
    package var answer = ""
    package var note = ""
    package init() {}

    package static let name = "counter-query"

    package static let form = Form<CounterQuery>(
        "柜台查询", "Counter query", number: "柜台查询",
        states: [
            .open: .open("已核对，可告知", "Checked"), .waiting: .open("待复核", "To be approved"), .refused: .no("核对不符", "Refused"),
            .finished: .done("已办结", "Finished"), .lapsed: .no("已超时", "Out of time"),
        ],
        readers: [.either(.customerService, .compliance)],
        [
            .choice(\.documentType, "出示的证件", "Document seen").listed(),
            .sealed(\.documentNumber, "证件号码", "Document number", .document).listed(), .name(\.name, "姓名", "Name").listed(),
            .text(\.contractNo, "保险合同号", "Contract number").code().listed(),
            .flag(\.isDocumentSeen, "已核对证件原件与本人相符", "The original was seen and shows this person"),
            .flag(\.isContractSeen, "已核对保险合同（第三方为查询同意书）", "The contract (of a third party the consent) was seen"),
            .text(\.wish, "查询事由", "What it is about"),
            .files(\.evidence, "继承人的证明材料", "Papers of the heir").onceFilled().hint(
                "死亡证明、亲属关系证明等", "proof of the death, of the relation"),
            .choice(\.role, "查询人身份", "Role").onceFilled().listed(), .moment(\.until, "查询截止", "Until").ends().onceFilled(),
            .choice(\.askedScope, "要告知的内容", "Scope to be told").onceFilled(),
            .sealed(\.telephone, "客户说出的手机号", "Mobile that the customer says", .phone).onceFilled(),
            .lines(\.told, "已告知", "Told").unindexed().onceFilled(), .text(\.answer, "复核意见", "Opinion").onceFilled(),
            .text(\.note, "办理情况", "Note").optional().onceFilled(),
        ])

    static let time: Deadline = Deadline("time", "查询时限", "Time of the query", under: authenticity[19], takes: lapse)
    package static let deadlines = [time]

    package static let check = Step<CounterQuery>(
        "check", "核对证件和合同", "Check document and contract", to: .open, by: .post(.counterClerk), under: authenticity[19],
        fields: [\.documentType, \.documentNumber, \.name, \.contractNo, \.isDocumentSeen, \.isContractSeen, \.wish]
    ) { query, act in try query.compare(act) }.countingTries()
    /// 法定继承人: nobody by name, so a second person looks at the papers before anything is shown.
    package static let checkHeir = Step<CounterQuery>(
        "checkHeir", "受理继承人查询", "Receive an heir", to: .waiting, by: .post(.counterClerk), under: authenticity[19],
        fields: [\.documentType, \.documentNumber, \.name, \.contractNo, \.isDocumentSeen, \.evidence, \.wish]
    ) { query, act in try query.receiveHeir(act) }.countingTries()
    package static let approve = Step<CounterQuery>(
        "approve", "复核同意", "Approve", from: .waiting, to: .open, by: .either(.customerService, .compliance), notBy: checkHeir,
        under: authenticity[19], fields: [\.answer], signs: true
    ) { query, act in try query.begin(act) }
    package static let reject = Step<CounterQuery>(
        "reject", "复核不同意", "Do not approve", from: .waiting, to: .refused, by: .either(.customerService, .compliance),
        notBy: checkHeir, under: authenticity[19], fields: [\.answer], isOptional: true)
    package static let tell = Step<CounterQuery>(
        "tell", "告知", "Tell", from: .open, to: nil, by: .holder, under: authenticity[19], authenticity[21], fields: [\.askedScope],
        isOptional: true
    ) { query, act in try query.tellOne(act) }
    /// The person says in front of the clerk which number is the own one.
    package static let confirmTelephone = Step<CounterQuery>(
        "confirmTelephone", "确认留存手机号", "Confirm the mobile on file", from: .open, to: nil, by: .holder, under: authenticity[19],
        authenticity[12], fields: [\.telephone], isOptional: true
    ) { query, act in try query.confirm(act) }
    package static let finish = Step<CounterQuery>(
        "finish", "办结", "Finish", from: .open, to: .finished, by: .holder, under: authenticity[19], fields: [\.note], isOptional: true
    ) { _, act in act.meet(time) }
    package static let lapse = Step<CounterQuery>(
        "lapse", "超时", "Out of time", from: .open, to: .lapsed, by: .system, under: authenticity[19], isOptional: true)
    package static let steps = [check, checkHeir, approve, reject, tell, confirmTelephone, finish, lapse]
}

extension CounterQuery {
    private static let mismatch = Words(
        "出示的证件与合同号码不能与保单核对一致，不能提供查询；请核对证件、姓名和合同号",
        "Document, name and contract number do not agree with a policy; nothing is shown. Check them")

    private func requireSeen(_ act: Act) throws {
        try act.require(isDocumentSeen, "请先核对身份证件原件", "See the original of the document of identity first")
        let kind = DocumentKind(documentType.rawValue) ?? .residentID
        try act.refuse(
            kind.check(documentNumber, today: act.today.yyyymmdd).faults.blocks.map { fault in
                let told = fault.sentences(of: documentNumber, kind, today: act.today.yyyymmdd)
                return .init(field: "documentNumber", Words(told.zh, told.en), under: authenticity[19])
            })
    }

    private mutating func begin(_ act: Act) throws {
        let end = act.now.adding(seconds: try act.parameter(.queryMinutes) * 60)
        until = end
        act.start(Self.time, due: end)
    }

    private func patience(_ person: QueryPerson?, _ act: Act) throws -> QueryGuard {
        let patience = try QueryGuard(act, person: person, claim: documentNumber, clerk: act.person)
        try act.require(
            !patience.held(.clerk), "您今日核对不符的次数过多，暂停办理；请联系客户服务部", "Too many of your checks failed today; ask customer service")
        return patience
    }

    private mutating func compare(_ act: Act) throws {
        try act.require(isContractSeen, "请先核对保险合同（第三方为查询同意书）", "See the contract (of a third party the consent) first")
        try requireSeen(act)
        let policy = try Policy.numbered(contractNo, act)
        let person = try QueryPerson.with(number: documentNumber, name: name, beside: policy, act)
        let patience = try patience(person, act), right = try right(act)
        if let person, let right, agrees(with: person) {
            role = right.role
            // Who stands there with the document needs no code, and is no guesser: what others failed at is made good for.
            try patience.succeed()
            return try begin(act)
        }
        try patience.fail()
        act.keepAsDraft([.init(field: "contractNo", Self.mismatch, under: authenticity[19])], in: State.refused)
    }

    /// A number is that of a kind of document.
    private func agrees(with person: QueryPerson) -> Bool {
        person.customers.allSatisfy { $0.value.documentType.proof(of: $0.value.documentNumber) == documentType.proof(of: documentNumber) }
    }

    private mutating func receiveHeir(_ act: Act) throws {
        try requireSeen(act)
        let patience = try patience(nil, act)
        role = .heir
        if try right(act) != nil { return }
        try patience.fail()
        act.keepAsDraft(
            [
                .init(
                    field: "contractNo",
                    Words(
                        "没有被保险人已登记身故、受益人为法定继承人的此号保单，不能受理；请先登记身故",
                        "There is no policy of this number whose insured is registered as deceased and whose beneficiaries are the legal heirs"
                    ),
                    under: authenticity[19])
            ], in: State.refused)
    }

    /// What may be told now: of the policy of this contract, and of no other.
    private func right(_ inquiry: Inquiry) throws -> QueryRight? {
        guard let policy = try Policy.numbered(contractNo, inquiry) else { return nil }
        if role == .heir {
            guard try QueryRight.beneficiaries(of: policy, inquiry).areHeirs,
                try policy.value.insured.contains(where: { try ContactRestriction.hasDied($0, inquiry) })
            else { return nil }
            return QueryRight.ofHeir(policy).atCounter
        }
        guard let person = try QueryPerson.with(number: documentNumber, name: name, beside: policy, inquiry) else { return nil }
        return try QueryRight.all(of: person, withConsents: true, inquiry).first { $0.policy.id == policy.id }?.atCounter
    }

    private func requireTime(_ act: Act) throws {
        try act.require(
            until.map { act.now < $0 } ?? false, "本次查询已超时，请重新核对证件和合同", "The time of this query is over; check document and contract anew")
    }

    private mutating func tellOne(_ act: Act) throws {
        try requireTime(act)
        guard let right = try right(act), right.scopes.contains(askedScope) else {
            return try act.require(
                false, "查询人今天在这份保单中没有身份，或者同意的范围不含此项，不能告知", "The person has no role in this policy today, or the consent does not cover this"
            )
        }
        told.append(ToldLine(right, askedScope, at: act.now))
        try act.disclose(
            right.policy.id, "\(act.record.number ?? "")：柜台告知\(askedScope.words.zh)",
            "\(act.record.number ?? ""): told at the counter, \(askedScope.words.en.lowercased())")
    }

    private mutating func confirm(_ act: Act) throws {
        try requireTime(act)
        let said = SealedKind.phone.matchKey(telephone)
        let person = try QueryPerson.with(number: documentNumber, name: name, beside: Policy.numbered(contractNo, act), act)
        telephone = ""
        guard let person, !said.isEmpty, said == SealedKind.phone.matchKey(person.telephone) else {
            return try act.require(
                false, "与留存的手机号不符；请为客户办理资料更正", "It is not the mobile on file; take a correction of the customer's data")
        }
        try QueryTelephone.hear(person.telephone, of: person.number, by: .counter, act)
    }

    /// What the counter's page may show: nothing before both were compared, nor after the time.
    package static func right(of query: Found<CounterQuery>, _ inquiry: Inquiry) throws -> QueryRight? {
        guard query.state == .open, query.value.until.map({ inquiry.now < $0 }) ?? false else { return nil }
        return try query.value.right(inquiry)
    }
}
