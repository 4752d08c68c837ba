import Kernel
import WorkCalendar

/// What the steps of a telephone query do.
extension TelephoneQuery {
    /// So long after it was shown a number may be called back: minutes.
    private static let dialling = 15

    private func person(_ inquiry: Inquiry) throws -> QueryPerson? { try QueryPerson.claimed(claim, name: name, inquiry) }

    private func patience(_ person: QueryPerson?, _ act: Act) throws -> QueryGuard {
        try QueryGuard(act, person: person, claim: claim, caller: callerNumber, clerk: act.requester.isNone ? act.person : act.requester)
    }

    private func requireTime(_ act: Act) throws {
        try act.require(
            until.map { act.now < $0 } ?? false, "本次查询已超时，请重新登记来电", "The time of this query is over; open a new one")
    }

    mutating func begin(_ act: Act) throws {
        let person = try person(act), patience = try patience(person, act)
        try act.require(
            !patience.held(.clerk), "您今日核实失败的次数过多，暂停办理；请联系客户服务部", "Too many of your verifications failed today; ask customer service")
        try act.require(
            !patience.held(.caller), "此来电号码今日核实失败的次数过多，暂不办理；请客户到柜台查询",
            "Too many verifications from this number failed today; the caller comes to the counter")
        let askable = try IdentityAnswers.askable(of: person, claim: claim, act)
        let drawn = IdentityAnswers.draw(try act.parameter(.identityQuestions), of: askable)
        questions = drawn.map(\.rawValue).joined(separator: ";")
        let end = act.now.adding(seconds: try act.parameter(.queryMinutes) * 60)
        until = end
        act.start(Self.time, due: end)
    }

    mutating func compare(_ act: Act) throws {
        try requireTime(act)
        try act.require(
            answers.map(\.question) == asked && answers.allSatisfy { !$0.answer.trimmingBlanks.isEmpty }, "请逐题填写客户的回答；客户答不上的填“不知道”",
            "Enter an answer to each question; where the caller has none, enter “unknown”")
        let person = try person(act), patience = try patience(person, act)
        let areRight = try IdentityAnswers.areRight(answers, of: person, act)
        answers = []
        if areRight && !patience.isHeld { return }
        try patience.fail()
        act.meet(Self.time)
        act.keepAsDraft([.init(field: "answers", QueryWords.notVerified, under: authenticity[17])], in: State.failed)
    }

    mutating func issueCode(_ act: Act) throws {
        try requireTime(act)
        guard let drawn else {
            return try act.require(false, "请在电话查询台发送验证码", "Send the code from the telephone desk")
        }
        let person = try reachable(act)
        try act.require(
            try !QueryCode.isEnough(person.telephone, act), "验证码刚刚发过或今日已发多次，请稍后再发，或者改为回拨",
            "A code was sent just now, or too often today; wait, or call back instead")
        try QueryCode.discard(code, act)
        code = try QueryCode.make(drawn, for: .desk, to: person, act)
    }

    /// Whose answers were right may be told that the number does not do.
    private func reachable(_ act: Act) throws -> QueryPerson {
        guard let person = try person(act), try person.hasGoodTelephone(act) else {
            throw Refusal(
                article: authenticity[17],
                words: Words(
                    "留存号码没有、发送失败或久未确认，不能用于核实；请客户持本人证件和保险合同到柜台查询",
                    "There is no number on file, or it failed or was silent for too long, and proves nothing; the customer comes to the counter"
                ))
        }
        return person
    }

    mutating func compareCode(_ act: Act) throws {
        try requireTime(act)
        let person = try person(act), patience = try patience(person, act)
        let isRight = try QueryCode.isRight(typedCode, code, of: person, act)
        typedCode = ""
        if let person, isRight, !patience.isHeld { return try identify(person, by: .code, patience, act) }
        try patience.fail()
        act.keepAsDraft(
            [
                .init(
                    field: "typedCode",
                    Words("验证码不符或已失效，请客户核对后再报，或者重新发送", "The code does not fit or is void; ask again, or send another"),
                    under: authenticity[17])
            ], in: State.proved)
    }

    mutating func showNumber(_ act: Act) throws {
        try requireTime(act)
        try reachable(act).disclose(act, Words("为回拨核实调出留存号码", "The number on file is shown to call back"))
        dialledAt = act.now
    }

    mutating func takeCallBack(_ act: Act) throws {
        try requireTime(act)
        let isRecent = dialledAt.map { act.now < $0.adding(seconds: Self.dialling * 60) } ?? false
        try act.require(isRecent, "请先调出留存号码，再回拨并登记", "Show the number on file first, then call back and enter it")
        try act.require(
            isOwnVoice, "回拨不是本人接听的，不能提供查询；请登记“客户挂断”", "Where somebody else answered, nothing is told; enter that the caller hung up")
        let person = try reachable(act), patience = try patience(person, act)
        try act.require(!patience.isHeld, QueryWords.notVerified.zh, QueryWords.notVerified.en)
        try identify(person, by: .callBack, patience, act)
    }

    private mutating func identify(_ person: QueryPerson, by source: NumberSource, _ patience: QueryGuard, _ act: Act) throws {
        (identifiedBy, identifiedAt) = (source, act.now)
        try patience.succeed()
        try QueryTelephone.hear(person.telephone, of: person.number, by: source, act)
    }

    mutating func tellOne(_ act: Act) throws {
        try requireTime(act)
        let number = ApplicationNumber.normalForm(askedPolicy)
        let right = try rights(act).first { ApplicationNumber.normalForm($0.policy.value.title) == number }
        guard let right, right.scopes.contains(askedScope) else {
            return try act.require(
                false, "来电人今天在这份保单中没有身份，不能告知；请从列出的保单中选择", "The caller has no role in this policy today; choose one of those listed")
        }
        told.append(ToldLine(right, askedScope, at: act.now))
        try act.disclose(
            right.policy.id, "\(act.record.number ?? "")：向客户告知\(askedScope.words.zh)",
            "\(act.record.number ?? ""): told the customer, \(askedScope.words.en.lowercased())"
        )
    }

    /// Of the consents that the caller has given: it ends at this moment.
    func withdraw(_ act: Act) throws {
        try requireTime(act)
        let person = try person(act)
        let consent = try person.map { try QueryConsent.given(by: $0.number, act) }?.first { $0.record.number == askedConsent }
        guard let consent else {
            return try act.require(
                false, "来电人没有此编号的有效同意，请从列出的同意中选择", "The caller has given no consent of this number; choose one of those listed")
        }
        try act.take(QueryConsent.withdrawByGrantor, on: consent.id) { $0.reason = "本人来电撤回（\(act.record.number ?? "")）" }
    }

    mutating func end(_ act: Act) throws {
        act.meet(Self.time)
        try QueryCode.discard(code, act)
    }

    private func rights(_ inquiry: Inquiry) throws -> [QueryRight] {
        // By telephone only applicant, insured and beneficiary are served.
        try person(inquiry).map { try QueryRight.all(of: $0, withConsents: false, inquiry) } ?? []
    }
}

/// What the telephone desk's page may show.
extension TelephoneQuery {
    /// The policies of which may be told now: none before the caller is known, nor after the time.
    package static func rights(of query: Found<TelephoneQuery>, _ inquiry: Inquiry) throws -> [QueryRight] {
        guard query.state == .open, query.value.until.map({ inquiry.now < $0 }) ?? false else { return [] }
        return try query.value.rights(inquiry)
    }

    /// What the caller has consented to, and may withdraw.
    package static func consents(of query: Found<TelephoneQuery>, _ inquiry: Inquiry) throws -> [Found<QueryConsent>] {
        guard query.state == .open, query.value.until.map({ inquiry.now < $0 }) ?? false else { return [] }
        return try query.value.person(inquiry).map { try QueryConsent.given(by: $0.number, inquiry) } ?? []
    }

    /// The number to call back, once it was asked for.
    package static func numberToDial(of query: Found<TelephoneQuery>, _ inquiry: Inquiry) throws -> String? {
        guard query.state == .proved, let dialled = query.value.dialledAt, inquiry.now < dialled.adding(seconds: dialling * 60) else {
            return nil
        }
        return try query.value.person(inquiry)?.telephone
    }
}

extension QueryPerson {
    /// Enters on a trail that the person's data was shown: on the customer's, else on that of where a beneficiary or a third party stands.
    func disclose(_ act: Act, _ words: Words) throws {
        if let customer = customers.first {
            try act.disclose(customer.id, words.zh, words.en)
        } else if let benefit = benefits.first {
            try act.disclose(benefit.policy, words.zh, words.en)
        } else if let consent = consents.first {
            try act.disclose(consent.id, words.zh, words.en)
        }
    }
}
