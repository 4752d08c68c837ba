import Identifiers
import Kernel
import WorkCalendar

/// 被保险人更正: the insured of a policy put right by the rules of a correction, with who stood there before (第十三条).
package struct InsuredCorrection: Document {
    package enum State: String, CaseIterable, Sendable { case requested, applied, refused }

    package var policy = ID<Policy>.none
    package var persons: [ApplicationPerson] = []
    package var before: [ID<Customer>] = []
    package var after: [ID<Customer>] = []
    package var evidence: [FileReference] = []
    package var isSignedByCustomer = false
    package var reason = ""
    package var answer = ""
    package init() {}

    package static let name = "insured-correction"

    package static let form = Form<InsuredCorrection>(
        "被保险人更正", "Correction of the insured", number: "被保险人更正",
        states: [.requested: .open("已申请", "Requested"), .applied: .done("已更正", "Applied"), .refused: .no("不予更正", "Refused")],
        readers: [.either(.customerService, .compliance)],
        [
            .reference(\.policy, "保单", "Policy").listed(),
            .lines(\.persons, "更正后的被保险人", "The insured as they become").unindexed().hint("角色均为被保险人", "all of them in the role of insured"),
            .references(\.before, "原被保险人", "The insured before").subject().optional(),
            .references(\.after, "现被保险人", "The insured now").subject().optional(),
            .files(\.evidence, "证明材料", "Evidence"),
            .flag(\.isSignedByCustomer, "投保人已亲笔签名", "Signed by the applicant"),
            .text(\.reason, "理由", "Reason"),
            .text(\.answer, "不予更正的理由", "Why it is refused"),
        ])

    package static let request = Step<InsuredCorrection>(
        "request", "申请更正", "Request", to: .requested, by: .either(.backOffice, .customerService), under: authenticity[13],
        fields: [
            \InsuredCorrection.policy, \InsuredCorrection.persons, \InsuredCorrection.evidence, \InsuredCorrection.isSignedByCustomer,
            \InsuredCorrection.reason,
        ], allowsBlanks: true
    ) { correction, act in
        try correction.requireWhole(act)
        try correction.requireGoodPersons(act)
        correction.before = try act.load(correction.policy)?.value.insured ?? []
    }
    package static let apply = Step<InsuredCorrection>(
        "apply", "核对并更正", "Apply", from: .requested, to: .applied, by: .post(.customerService), notBy: request, under: authenticity[13],
        signs: true
    ) { correction, act in
        try correction.requireGoodPersons(act)
        try correction.apply(act)
    }
    package static let refuse = Step<InsuredCorrection>(
        "refuse", "不予更正", "Refuse", from: .requested, to: .refused, by: .post(.customerService), under: authenticity[13],
        fields: [\InsuredCorrection.answer], isOptional: true)
    package static let steps = [request, apply, refuse]

    /// The persons may have gaps, what proves the correction may not.
    private func requireWhole(_ act: Act) throws {
        try act.require(!policy.isNone, "请选择保单", "Choose the policy")
        try act.require(!persons.isEmpty, "请填写更正后的被保险人", "Enter the insured")
        try act.require(isSignedByCustomer, "更正须有投保人亲笔签名", "A correction needs the applicant's own signature")
        try act.require(!evidence.isEmpty, "请附上证明材料", "Attach the evidence")
        try act.require(!reason.isEmpty, "请填写理由", "Enter the reason")
    }

    /// The same rules as at intake, under which the application would have been refused.
    private mutating func requireGoodPersons(_ act: Act) throws {
        guard let found = try act.load(policy), found.state != .ended else {
            return try act.require(false, "该保单已终止，不能更正被保险人", "The policy has ended; its insured is not corrected")
        }
        for index in persons.indices { persons[index].role = .insured }
        let identification = try CustomerIdentification(act)
        let rules = RowCheck(today: act.today, minorAge: identification.minorAge)
        let applied = try found.value.applied(act) ?? act.today
        var faults: [Refusal.Fault] = []
        for (index, person) in persons.enumerated() {
            var wrong = PersonCells.with(person.texts(term: found.value.term, applied: applied.description)) { rules.check($0) }
            if case .another = try identification.answer(person, beside: found.value.applicant) { wrong.insert(.identityConflict) }
            let kind = DocumentKind(person.documentType.rawValue) ?? .residentID
            faults += wrong.blocks.map { fault in
                let told = fault.sentences(of: person.documentNumber, kind, today: act.today.yyyymmdd)
                return .init(field: "persons.\(index).\(fault.field)", Words(told.zh, told.en), under: fault.article)
            }
        }
        try act.refuse(faults)
    }

    private mutating func apply(_ act: Act) throws {
        guard let found = try act.load(policy) else { throw DeskError.absent }
        let (identification, number) = (try CustomerIdentification(act), act.record.number ?? "")
        var insured: [(id: ID<Customer>, person: ApplicationPerson)] = []
        for person in persons {
            let answer = try identification.answer(person, beside: found.value.applicant)
            let id = try identification.record(person, as: answer, source: number)
            if !insured.contains(where: { $0.id == id }) { insured.append((id, person)) }
        }
        after = insured.map(\.id)
        try act.require(
            Set(after) != Set(found.value.insured), "更正后的被保险人与原来相同，不必更正", "The insured are the same as before; there is nothing to correct")
        try act.take(Policy.correctInsured, on: policy) { $0.insured = after }
        if found.value.isOutsideRules { return }
        let agent = try act.load(found.value.agent)
        try ClueSearch(act, agent: agent, policy: policy, found.value.channel).look(at: insured)
    }
}
