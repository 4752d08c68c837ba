import Identifiers
import Kernel
import WorkCalendar

/// 自动核保 (第五条, 第六条, 第十条, 第十一条): every fault of an application named, each under its article. One that passes becomes
/// customers and a policy, and clues are found at once.
struct Underwriting {
    private let act: Act
    private let rules: RowCheck

    init(_ act: Act) throws {
        self.act = act
        rules = RowCheck(today: act.today, minorAge: try act.parameter("minorAge"))
    }

    func judge(_ application: inout Application) throws {
        let agent = application.agentNo.isEmpty ? nil : try act.find(\Agent.agentNo, is: application.agentNo, limit: 1).first
        let exception = try isPaidByAnother(application) ? exception(for: application) : nil
        var (faults, findings) = try judgePersons(application, hasException: exception != nil)
        let isOutside = findings.contains(.outsideRules)
        faults += try judgeApplication(application)
        if !isOutside { faults += judgeAgent(application, agent) }
        application.findings = (faults.isEmpty ? findings.warnings : findings).codes
        if !faults.isEmpty {
            act.keepRefused(faults, in: Application.State.draft)
            return
        }
        try accept(&application, agent, exception, findings, isOutside: isOutside)
    }

    // MARK: Judging

    private func judgePersons(_ application: Application, hasException: Bool) throws -> ([Refusal.Fault], FaultSet) {
        var (faults, all) = ([Refusal.Fault](), FaultSet())
        let applied = application.applicationDate?.description ?? ""
        let applicants = application.applicants
        for (index, person) in application.persons.enumerated() {
            var found = PersonCells.with(person.texts(term: application.term, applied: applied)) { rules.check($0) }
            if !found.contains(.outsideRules), !hasException, !holds(person.accountHolder, applicants) {
                found.insert(.accountNotApplicants)
            }
            all.formUnion(found)
            faults += found.blocks.map { fault in
                fault == .applicationDateInvalid
                    ? Refusal.Fault(field: "applicationDate", fault.words, under: fault.article)
                    : Refusal.Fault(field: "persons.\(index).\(fault.field)", words(fault, person, index), under: fault.article)
            }
        }
        var named: Set<Refusal.Fault> = []
        return (faults.filter { named.insert($0).inserted }, all)
    }

    /// What no row of a person shows by itself.
    private func judgeApplication(_ application: Application) throws -> [Refusal.Fault] {
        var faults: [Refusal.Fault] = []
        func require(_ holds: Bool, _ field: String, _ zh: String, _ en: String, under article: Article) {
            if !holds { faults.append(.init(field: field, Words(zh, en), under: article)) }
        }
        let applicants = application.persons.count { $0.role == .applicant }
        require(applicants > 0, "persons", "缺少投保人，请补充", "There is no applicant; add one", under: authenticity[5])
        require(applicants < 2, "persons", "投保人只能有一位，请核对", "There is more than one applicant; keep one", under: authenticity[5])
        require(
            application.productClass != .unknown, "productClass", "请填写险种", "Enter the product class", under: authenticity[4])
        require(!application.term.isEmpty, "term", "请填写保险期限", "Enter the term", under: authenticity[4])
        require(
            application.applicationDate.map { $0 <= act.today } ?? true, "applicationDate", "投保日期晚于今天，请核对投保单上的日期",
            "The application date is after today; compare it with the form", under: authenticity[5])
        let isReadable = application.term.isEmpty || Array(application.term.utf8).withUnsafeBufferPointer { Term($0) != .unknown }
        require(
            isReadable, "term", "保险期限无法识别，请填写整年数、“终身”或“至70岁”", "The term cannot be read; enter whole years, “life” or “to age 70”",
            under: authenticity[4])
        let policy = try application.policyNo.isEmpty ? nil : act.find(\Policy.policyNo, is: application.policyNo, limit: 1).first
        require(
            policy == nil, "policyNo", "该保单号已用于另一份投保单\(policy.map { "（\($0.value.applicationNo)）" } ?? "")，请核对保单号",
            "Another application\(policy.map { " (\($0.value.applicationNo))" } ?? "") has this policy number; check it", under: authenticity[3])
        return faults
    }

    private func isPaidByAnother(_ application: Application) -> Bool {
        application.persons.contains { !holds($0.accountHolder, application.applicants) }
    }

    /// 第十一条: the premium comes from the applicant's own account.
    private func holds(_ holder: String, _ applicants: [String]) -> Bool {
        holder.isEmpty || applicants.isEmpty || applicants.contains { PersonName.agree($0, holder) }
    }

    /// Says which person is meant without naming anybody: refusals stand in the ledger.
    private func words(_ fault: Fault, _ person: ApplicationPerson, _ index: Int) -> Words {
        let role = person.role.words
        let kind = DocumentKind(person.documentType.rawValue) ?? .residentID
        let told = fault.sentences(of: person.documentNumber, kind, today: act.today.yyyymmdd)
        if role.zh.isEmpty { return Words("第\(index + 1)人：\(told.zh)", "Person \(index + 1): \(told.en)") }
        return Words("第\(index + 1)人（\(role.zh)）：\(told.zh)", "Person \(index + 1) (\(role.en.lowercased())): \(told.en)")
    }

    /// 第十条. Where agents sell, an application says which one did: left out, nobody could tell whether that agent may.
    private func judgeAgent(_ application: Application, _ agent: Found<Agent>?) -> [Refusal.Fault] {
        if application.agentNo.isEmpty {
            if !application.channel.sellsThroughAgents { return [] }
            let words = Words(
                "请填写业务员代码：除直销和中介渠道外，须能核实销售人员的资格",
                "Enter the agent's number: but for direct business and agencies, the seller's qualification has to be checked")
            return [.init(field: "agentNo", words, under: authenticity[10])]
        }
        var faults: [Refusal.Fault] = []
        if let agent {
            if let day = application.applicationDate, !agent.value.isQualified(on: day, state: agent.state) {
                faults.append(.init(field: "agentNo", Fault.agentUnqualified.words, under: authenticity[10]))
            }
        } else {
            faults.append(.init(field: "agentNo", Fault.agentUnknown.words, under: authenticity[10]))
        }
        if !application.isCheckedByAgent {
            let words = Words("业务员须与客户核对资料并签名确认", "The agent checks the data with the customer and signs for it")
            faults.append(.init(field: "isCheckedByAgent", words, under: authenticity[11]))
        }
        return faults
    }

    private func exception(for application: Application) throws -> Found<AccountException>? {
        let others = application.persons.filter { !holds($0.accountHolder, application.applicants) }
        return try act.find(\AccountException.applicationNo, is: application.applicationNo, limit: 5).first {
            $0.state == .approved && others.allSatisfy($0.value.covers)
        }
    }

    // MARK: Accepting

    private func accept(
        _ application: inout Application, _ agent: Found<Agent>?, _ exception: Found<AccountException>?, _ findings: FaultSet,
        isOutside: Bool
    ) throws {
        var known: [(person: ApplicationPerson, id: ID<Customer>)] = []
        for person in application.persons where person.isCustomer {
            guard !known.contains(where: { $0.person.isSamePerson(as: person) }) else { continue }
            known.append((person, try customer(person, source: application.applicationNo)))
        }
        var policy = Policy()
        (policy.policyNo, policy.productClass, policy.term) = (application.policyNo, application.productClass, application.term)
        policy.applicant = known.first { $0.person.role == .applicant }?.id ?? .none
        policy.insured = application.persons.filter { $0.role == .insured }.compactMap { insured in
            known.first { $0.person.isSamePerson(as: insured) }?.id
        }
        // Who names nobody else insures himself, and has said more than an insured must.
        if policy.insured.isEmpty { policy.insured = [policy.applicant] }
        (policy.agent, policy.channel) = (agent?.id ?? .none, application.channel)
        (policy.application, policy.applicationNo) = (ID(act.record.id), application.applicationNo)
        policy.isOutsideRules = isOutside
        policy.exception = exception?.id ?? .none
        let policyID = try act.create(policy, by: "issue")
        var all = findings
        if !isOutside {
            let search = ClueSearch(act, agent: agent, policy: policyID, application.channel)
            all.formUnion(try search.look(at: known.map { ($0.id, $0.person) }))
        }
        application.findings = all.warnings.codes
    }

    private func customer(_ person: ApplicationPerson, source: String) throws -> ID<Customer> {
        guard let known = try existing(person) else {
            return try act.create(Customer(person, source: source, at: act.now), by: "record")
        }
        var renewed = known.value
        renewed.renew(person, source: source, at: act.now)
        if renewed.saysMore(than: known.value) { try act.take("renew", on: known.id) { $0 = renewed } }
        return known.id
    }

    private func existing(_ person: ApplicationPerson) throws -> Found<Customer>? {
        if person.documentNumber.isEmpty {
            return try act.find(\Customer.identity, is: person.identity, limit: 1).first
        }
        let kind = person.documentType == .unknown ? .residentID : person.documentType
        return try act.find(\Customer.documentNumber, is: person.documentNumber, limit: 5).first { $0.value.documentType == kind }
    }
}
