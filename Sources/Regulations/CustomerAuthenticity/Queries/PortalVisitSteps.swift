import Kernel
import WorkCalendar

/// What the steps of a visit do.
extension PortalVisit {
    /// So long a code that was asked for may be waited for: minutes.
    private static let waiting = 30
    static let wrongCode = Words(
        "未能核实：请核对姓名、证件号码和验证码。验证码可能已失效，或者留存的手机号已不能使用；多次失败后须稍后再试，也可以到柜台查询",
        "It could not be verified. Check the name, the document number and the code. The code may be void, or the mobile on file out of use; "
            + "after several failures one has to wait, or can ask at the counter")

    private func person(_ inquiry: Inquiry) throws -> QueryPerson? { try QueryPerson.with(number: number, name: name, inquiry) }

    /// The person whom this visit is for, if it may be entered: registered with the number on file, or registering.
    private func visitor(_ inquiry: Inquiry) throws -> QueryPerson? {
        guard let person = try person(inquiry) else { return nil }
        let may = try purpose == .register ? PortalRegistration.mayBind(person, inquiry) : PortalRegistration.binds(person, inquiry)
        return may ? person : nil
    }

    private func patience(_ person: QueryPerson?, _ act: Act) throws -> QueryGuard {
        try QueryGuard(act, person: person, claim: number, network: network)
    }

    mutating func begin(_ act: Act) throws {
        let known = try person(act), patience = try patience(known, act), visitor = try visitor(act)
        try act.require(
            !patience.held(.network), "您的网络今日失败的次数过多，请稍后再试，或者拨打客服热线",
            "Too many failures from your network today; try later, or call the hot line")
        guard let drawn = brought.drawn else { throw DeskError.absent }
        code = try QueryCode.make(drawn, for: purpose, to: patience.isHeld ? nil : visitor, act)
        let end = act.now.adding(seconds: Self.waiting * 60)
        (word, until) = (brought.word, end)
        act.start(Self.time, due: end)
    }

    mutating func comeIn(_ act: Act) throws {
        guard until.map({ act.now < $0 }) ?? false else { throw PortalVisit.over }
        let known = try person(act), patience = try patience(known, act), visitor = try visitor(act)
        let isRight = try QueryCode.isRight(brought.typedCode, code, of: visitor, act)
        guard let visitor, isRight, !patience.isHeld else {
            try patience.fail()
            return act.keepAsDraft([.init(field: "code", Self.wrongCode, under: authenticity[18])], in: State.asked)
        }
        let end = act.now.adding(hours: try act.parameter(.portalHours))
        // Another word from now on: whoever knew the one of before knows nothing.
        (word, enteredAt, lastAt, until) = (brought.word, act.now, act.now, end)
        act.restart(Self.time, due: end)
        if purpose == .register { try PortalRegistration.bind(visitor, act) }
        try QueryTelephone.hear(visitor.telephone, of: visitor.number, by: .code, act)
        try patience.succeed()
    }

    mutating func issueSecond(_ act: Act) throws {
        guard let person = try person(act), let drawn = brought.drawn else { throw PortalVisit.over }
        try act.require(
            try !QueryCode.isEnough(person.telephone, act), "验证码刚刚发过或已发多次，请一分钟后再试",
            "A code was sent just now, or too often; try again in a minute")
        try QueryCode.discard(revealCode, act)
        revealCode = try QueryCode.make(drawn, for: .reveal, to: person, act)
    }

    mutating func unmask(_ act: Act) throws {
        let person = try person(act), patience = try patience(person, act)
        let isRight = try QueryCode.isRight(brought.typedCode, revealCode, of: person, act)
        guard isRight, !patience.isHeld else {
            try patience.fail()
            return act.keepAsDraft([.init(field: "code", Self.wrongCode, under: authenticity[18])], in: State.inside)
        }
        try patience.succeed()
        clearUntil = act.now.adding(seconds: try act.parameter(.clearMinutes) * 60)
    }

    func isClear(at now: Moment) -> Bool { clearUntil.map { now < $0 } ?? false }

    mutating func show(_ act: Act) throws {
        let right = try right(called: brought.handle, act), scope = brought.scope
        guard right.scopes.contains(scope) else { throw DeskError.absent }
        let isMasked = !isClear(at: act.now)
        told.append(ToldLine(right, scope, at: act.now, isMasked: isMasked))
        try act.disclose(
            right.policy.id, "网上查询：客户查看\(scope.words.zh)\(isMasked ? "（部分遮蔽）" : "")",
            "On the web: the customer looked at \(scope.words.en.lowercased())\(isMasked ? ", masked" : "")")
    }

    mutating func giveConsent(_ act: Act) throws {
        let right = try right(called: brought.handle, act)
        guard var consent = brought.consent, right.role != .thirdParty else { throw DeskError.absent }
        try requireClear(act)
        (consent.policyNo, consent.policy) = (right.policy.value.title, right.policy.id)
        (consent.grantorNumber, consent.grantorName, consent.isGivenOnWeb) = (number, name, true)
        try act.create(consent, by: QueryConsent.give)
    }

    func withdrawConsent(_ act: Act) throws {
        let consents = try QueryConsent.given(by: number, act)
        guard let consent = consents.first(where: { handle(of: $0.id.raw, act) == brought.handle }) else { throw DeskError.absent }
        try act.take(QueryConsent.withdrawByGrantor, on: consent.id) { $0.reason = "本人在网上撤回" }
    }

    func makeExtract(_ act: Act) throws {
        let right = try right(called: brought.handle, act)
        guard var extract = brought.extract else { throw DeskError.absent }
        try requireClear(act)
        (extract.number, extract.name, extract.consent) = (number, name, right.consent)
        (extract.policyNo, extract.policy) = (right.policy.value.title, right.policy.id)
        extract.scopes = QueryScope.codes(QueryScope.all(in: extract.scopes).filter(right.scopes.contains))
        extract.until = act.now.adding(hours: try act.parameter(.extractHours))
        try act.create(extract, by: QueryExtract.make)
    }

    private func requireClear(_ act: Act) throws {
        try act.require(isClear(at: act.now), "请先通过二次验证码，再办理此项", "Give the second code first")
    }

    func endRegistration(_ act: Act) throws {
        guard let person = try person(act), let found = try PortalRegistration.find(person, act), found.state == .active else { return }
        try act.take(PortalRegistration.end, on: found.id)
    }

    mutating func end(_ act: Act) throws {
        act.meet(Self.time)
        word = ""
        try QueryCode.discard(code, act)
        try QueryCode.discard(revealCode, act)
    }

    // MARK: What may be seen

    /// What one of this visit's policies or consents is called on its pages: nothing of another visit's, and no number of the house's.
    func handle(of id: Int64, _ inquiry: Inquiry) -> String {
        String(inquiry.keyedDigest(of: "\(word) \(id)", for: "portal-handle").prefix(20))
    }

    private func right(called handle: String, _ inquiry: Inquiry) throws -> QueryRight {
        guard let right = try rights(inquiry).first(where: { self.handle(of: $0.policy.id.raw, inquiry) == handle }) else {
            throw DeskError.absent
        }
        return right
    }

    private func rights(_ inquiry: Inquiry) throws -> [QueryRight] {
        try person(inquiry).map { try QueryRight.all(of: $0, withConsents: true, inquiry) } ?? []
    }
}

/// What the pages of a visit may show.
package struct PortalView: Sendable {
    package struct Item: Sendable {
        /// What the policy is called on the page.
        package let handle: String
        package let right: QueryRight
    }

    package struct Consent: Sendable {
        package let handle: String
        package let value: QueryConsent
    }

    package let maskedName: String
    package let isClear: Bool
    /// Until when everything is shown in full.
    package let clearUntil: Moment?
    /// A second code is on its way.
    package let isSecondAsked: Bool
    package let items: [Item]
    package let consents: [Consent]

    /// - Returns: `nil` where the session has ended.
    package init?(_ visit: Found<PortalVisit>, _ inquiry: Inquiry) throws {
        let value = visit.value
        guard visit.state == .inside, value.isRunning(at: inquiry.now, idle: try inquiry.parameter(.portalIdleMinutes)),
            let person = try QueryPerson.with(number: value.number, name: value.name, inquiry)
        else { return nil }
        (maskedName, isClear) = (SealedKind.maskName(value.name), value.isClear(at: inquiry.now))
        clearUntil = value.clearUntil
        isSecondAsked = try inquiry.load(value.revealCode).map { $0.state == .issued || $0.state == .sent } ?? false
        items = try QueryRight.all(of: person, withConsents: true, inquiry).map { right in
            Item(handle: value.handle(of: right.policy.id.raw, inquiry), right: right)
        }
        consents = try QueryConsent.given(by: value.number, inquiry).map { found in
            Consent(handle: value.handle(of: found.id.raw, inquiry), value: found.value)
        }
    }
}
