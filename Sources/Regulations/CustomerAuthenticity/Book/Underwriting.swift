import Identifiers
import Kernel
import WorkCalendar

/// 自动核保 (第五条, 第六条, 第十条, 第十一条): every fault of an application named, each under its article. One that passes becomes
/// customers and a policy, and clues are found at once.
struct Underwriting {
    private let act: Act
    private let rules: RowCheck
    private let identification: CustomerIdentification

    init(_ act: Act) throws {
        self.act = act
        identification = try CustomerIdentification(act)
        rules = RowCheck(today: act.today, minorAge: identification.minorAge)
    }

    /// What is wrong by itself, with nothing made of it.
    func faults(of application: Application) throws -> [Refusal.Fault] {
        let seller = try Seller(of: application, act)
        let (faults, findings) = try judgePersons(application, hasException: false)
        return try faults + judgeApplication(application) + (findings.contains(.outsideRules) ? [] : seller.faults(application, act))
    }

    func judge(_ application: inout Application) throws {
        let seller = try Seller(of: application, act)
        let exception = try isPaidByAnother(application) ? exception(for: application, seller) : nil
        var (faults, findings) = try judgePersons(application, hasException: exception != nil)
        let isOutside = findings.contains(.outsideRules)
        faults += try judgeApplication(application)
        let persons = try identified(application)
        if !isOutside {
            faults += try seller.faults(application, act)
            faults += conflicts(application, persons)
            try seller.mark(&application, act)
        }
        application.findings = (faults.isEmpty ? findings.warnings : findings).codes
        if !faults.isEmpty {
            act.keepAsDraft(faults, in: Application.State.draft)
            return
        }
        try accept(&application, persons, seller, exception, findings, isOutside: isOutside)
    }

    // MARK: Judging

    private func judgePersons(_ application: Application, hasException: Bool) throws -> ([Refusal.Fault], FaultSet) {
        var (faults, all) = ([Refusal.Fault](), FaultSet())
        let applied = application.applicationDate?.description ?? ""
        let applicants = application.applicants
        for (index, person) in application.persons.enumerated() {
            var found = PersonCells.with(person.texts(term: application.term, applied: applied)) { rules.check($0) }
            if !found.contains(.outsideRules), !hasException, !isOwnAccount(person, applicants) { found.insert(.accountNotApplicants) }
            all.formUnion(found)
            faults += found.blocks.map { fault in
                switch fault {
                case .applicationDateInvalid: Refusal.Fault(field: "applicationDate", fault.words, under: fault.article)
                case .termUnknown: Refusal.Fault(field: "term", fault.words, under: fault.article)
                default: Refusal.Fault(field: "persons.\(index).\(fault.field)", words(fault, person, index), under: fault.article)
                }
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
        let policy = try application.policyNo.isEmpty ? nil : act.find(\Policy.policyNo, is: application.policyNo, limit: 1).first
        require(
            policy == nil, "policyNo", "该保单号已用于另一份投保单\(policy.map { "（\($0.value.applicationNo)）" } ?? "")，请核对保单号",
            "Another application\(policy.map { " (\($0.value.applicationNo))" } ?? "") has this policy number; check it",
            under: authenticity[3])
        return faults
    }

    private func isPaidByAnother(_ application: Application) -> Bool {
        application.persons.contains { !isOwnAccount($0, application.applicants) }
    }

    /// 第十一条: the premium comes from the applicant's own account. An insured or a beneficiary may have one of his own for what is paid to
    /// him; nobody has a stranger's.
    private func isOwnAccount(_ person: ApplicationPerson, _ applicants: [String]) -> Bool {
        let holder = person.accountHolder
        if holder.isEmpty || applicants.isEmpty { return true }
        return applicants.contains { PersonName.agree($0, holder) } || (person.role != .applicant && PersonName.agree(person.name, holder))
    }

    /// Says which person is meant without naming anybody: refusals stand in the ledger.
    private func words(_ fault: DataFault, _ person: ApplicationPerson, _ index: Int) -> Words {
        let role = person.role.words
        let kind = DocumentKind(person.documentType.rawValue) ?? .residentID
        let told = fault.sentences(of: person.documentNumber, kind, today: act.today.yyyymmdd)
        if role.zh.isEmpty { return Words("第\(index + 1)人：\(told.zh)", "Person \(index + 1): \(told.en)") }
        return Words("第\(index + 1)人（\(role.zh)）：\(told.zh)", "Person \(index + 1) (\(role.en.lowercased())): \(told.en)")
    }

    /// An exception that was approved for this account, which is no seller's.
    private func exception(for application: Application, _ seller: Seller) throws -> Found<AccountException>? {
        let others = application.persons.filter { !isOwnAccount($0, application.applicants) }
        return try act.find(\AccountException.applicationNo, is: application.applicationNo, limit: 5).first { found in
            try found.state == .approved && others.allSatisfy(found.value.covers) && !seller.hasAccount(found.value, act)
        }
    }

    // MARK: Who it is

    private typealias Identified = (person: ApplicationPerson, index: Int, answer: CustomerIdentification.Answer)

    /// The applicant and the insured, each once, with whom the book knows.
    private func identified(_ application: Application) throws -> [Identified] {
        var (all, applicant) = ([Identified](), ID<Customer>?.none)
        // The applicant first: who is insured by him before is known again by that.
        let order = application.persons.indices.sorted {
            (application.persons[$0].role == .applicant ? 0 : 1, $0) < (application.persons[$1].role == .applicant ? 0 : 1, $1)
        }
        for index in order where application.persons[index].isCustomer {
            let person = application.persons[index]
            guard !all.contains(where: { $0.person.isSamePerson(as: person) }) else { continue }
            let answer = try identification.answer(person, beside: applicant)
            if case .known(let known) = answer, person.role == .applicant { applicant = known.id }
            all.append((person, index, answer))
        }
        return all
    }

    /// 第六条: one document is one person's, in the book and within the application.
    private func conflicts(_ application: Application, _ persons: [Identified]) -> [Refusal.Fault] {
        var places: [Int] = []
        for one in persons { if case .another = one.answer { places.append(one.index) } }
        for (index, person) in application.persons.enumerated() where person.isCustomer {
            let contradicts = application.persons[..<index].contains { $0.isCustomer && person.contradicts($0) }
            if contradicts, !places.contains(index) { places.append(index) }
        }
        return places.sorted().map { index in
            .init(
                field: "persons.\(index).documentNumber", words(.identityConflict, application.persons[index], index),
                under: DataFault.identityConflict.article)
        }
    }

    // MARK: Accepting

    private func accept(
        _ application: inout Application, _ persons: [Identified], _ seller: Seller, _ exception: Found<AccountException>?,
        _ findings: FaultSet, isOutside: Bool
    ) throws {
        var all = findings
        var known: [(person: ApplicationPerson, id: ID<Customer>)] = []
        for one in persons {
            let id = try identification.record(one.person, as: one.answer, source: application.applicationNo)
            known.append((one.person, id))
        }
        var policy = Policy()
        (policy.policyNo, policy.productClass, policy.term) = (application.policyNo, application.productClass, application.term)
        policy.applicant = known.first { $0.person.role == .applicant }?.id ?? .none
        policy.insured = application.persons.filter { $0.role == .insured }.compactMap { insured in
            known.first { $0.person.isSamePerson(as: insured) }?.id
        }
        // Who names nobody else insures himself, and has said more than an insured must.
        if policy.insured.isEmpty { policy.insured = [policy.applicant] }
        (policy.agent, policy.agency, policy.channel) = (seller.agent?.id ?? .none, seller.agency?.id ?? .none, application.channel)
        (policy.application, policy.applicationNo) = (ID(act.record.id), application.applicationNo)
        (policy.isOutsideRules, policy.appliedOn) = (isOutside, application.applicationDate)
        policy.exception = exception?.id ?? .none
        let policyID = try act.create(policy, by: Policy.issue)
        let search = ClueSearch(act, agent: seller.agent, policy: policyID, application.channel)
        for (one, record) in zip(persons, known) {
            guard case .another(let holder) = one.answer else { continue }
            try search.notice(.identity, .document, one.person.documentNumber, customers: [holder.id, record.id], agents: [])
            all.insert(.clueIdentity)
        }
        if !isOutside { all.formUnion(try search.look(at: known.map { ($0.id, $0.person) })) }
        application.findings = all.warnings.codes
    }
}
