import Kernel
import WorkCalendar

/// What an access request asks, and what is granted (第18条).
extension AccessRequest {
    func checkAsked(_ check: Checking<AccessRequest>) throws {
        let most = try check.act.parameter(.accessDays)
        check.require(days <= most, "查阅期限不得超过 \(most) 天", "A grant lasts at most \(most) days", at: \.days)
        guard from == .outside else { return }
        check.require(
            !alsoLend, "外单位人员只能在馆内阅览，不能借出", "Who comes from outside reads inside and borrows nothing", at: \.alsoLend, \.from)
        check.require(
            isLetterNamed, Self.unnamed.zh, Self.unnamed.en, at: \.letterKind, \.from, \.letterNumber, \.issuer, \.bearer)
        guard letterKind == .letter else { return }
        check.require(letterUntil != nil, Self.undated.zh, Self.undated.en, at: \.letterUntil, \.from, \.letterKind)
        check.require(isLetterValid(on: check.act.today), Self.stale.zh, Self.stale.en, at: \.letterUntil, \.from, \.letterKind)
    }

    mutating func prepare(_ act: Act) throws {
        isClassified = expected == .classified
        switch from {
        case .inside: if reader.isNone { reader = act.person }
        case .outside:
            reader = .none
            try requireLetter(act)
        }
    }

    private static let unnamed = Words(
        "外单位人员须持介绍信或工作证，请填写证明种类、编号、开具单位和持证人",
        "Who comes from outside shows a letter or a card: enter which, its number, who issued it and its bearer")
    private static let undated = Words("请填写介绍信的有效期", "Enter until when the letter is valid")
    private static let stale = Words("介绍信已过有效期，请重新开具", "The letter is not valid any more")
    private var isLetterNamed: Bool { letterKind != .none && !letterNumber.isEmpty && !issuer.isEmpty && !bearer.isEmpty }
    private func isLetterValid(on day: Day) -> Bool { letterUntil.map { $0 >= day } ?? false }

    /// One letter serves one matter and one bearer, until its day. It is looked at again whenever it is shown.
    func requireLetter(_ act: Act) throws {
        try act.require(isLetterNamed, Self.unnamed.zh, Self.unnamed.en)
        guard letterKind == .letter else { return }
        try act.require(letterUntil != nil, Self.undated.zh, Self.undated.en)
        try act.require(isLetterValid(on: act.today), Self.stale.zh, Self.stale.en)
        let used = try act.find(\AccessRequest.letterNumber, is: letterNumber, limit: 100).filter {
            $0.value.issuer == issuer && $0.state != .refused
        }
        try act.require(
            used.allSatisfy { $0.value.bearer == bearer && $0.value.object == object }, "该介绍信已用于其他事项或他人：一信一事，请另行开具",
            "This letter has served another matter or bearer: one letter, one matter")
    }

    /// Which records they are decides who approves: the way is computed anew.
    mutating func nameFiles(_ act: Act) throws {
        try act.require(!files.isEmpty, "请确定准予查阅的档案", "Name the records that may be read")
        let found = try files.compactMap { try act.load($0) }, level = found.map(\.record.level).max() ?? .internal
        let wasClassified = isClassified
        isClassified = level >= .secret
        if !reader.isNone {
            let clearance = act.organisation.people[reader]?.clearance ?? .public
            try act.require(
                clearance >= level, "所选档案的密级高于查阅人的涉密等级，不能授权查阅", "A record is above the reader's clearance", under: confidentiality[22])
        }
        if isClassified, !wasClassified {
            act.notify([act.requester], "您申请查阅的档案含密级档案，改由客户服务部经理批准", "A record that you ask for is classified: the manager approves")
        }
    }

    /// A level that was raised after the check sends the request back to be asked anew.
    private func requireSameLevel(_ act: Act) throws {
        let level = try files.compactMap { try act.load($0)?.record.level }.max() ?? .internal
        try act.require(
            isClassified || level < .secret, "档案密级在审核后已提升，请不予查阅或结束查阅，由申请人重新申请",
            "A record was classified since the check; refuse it or end it, and it is asked for anew", under: confidentiality[22])
    }

    mutating func grant(_ act: Act) throws {
        try requireSameLevel(act)
        try act.require(
            ![act.person, act.principal.effective].contains(reader), "查阅人不得批准本人的查阅，请由另一人批准",
            "Nobody approves the own access; somebody else must")
        let until = Moment.endOfDay(act.today.adding(days: days - 1))
        ends = until
        act.start(Self.running, due: until)
        guard !reader.isNone else { return try requireLetter(act) }
        try act.requireUndertaking(of: reader)
        // Granted through the post that the reader holds, and ends with it.
        let post = act.organisation.holdings(of: reader, on: act.today).first.map { Post($0.post, "", "") }
        try act.require(post != nil, "查阅人已不在岗，不能授权", "The reader holds no post any more")
        try act.grant(
            reader, as: post, verbs: verbs, on: files, until: until, purpose.words.zh, purpose.words.en)
        act.notify([reader], "您的查阅申请已批准，授权至 \(until.minuteText)", "You may read until \(until.minuteText)")
    }

    /// Each record that is laid before an outsider is a reading on its trail.
    mutating func begin(_ act: Act) throws {
        try requireSameLevel(act)
        try act.require(ends.map { act.now < $0 } ?? false, "授权已到期，请重新申请", "The grant is over; ask for it anew")
        try requireLetter(act)
        for file in files { _ = try act.open(file) }
        var visit = ReadingVisit()
        (visit.from, visit.letter, visit.attendant) = (act.now, letterNumber, act.person)
        visits.append(visit)
    }
}

package enum AccessOrigin: String, Choosable {
    case inside, outside

    package var words: Words {
        switch self {
        case .inside: Words("本单位", "Inside")
        case .outside: Words("外单位", "Outside")
        }
    }
}

package enum AccessPurpose: String, Choosable {
    case none = "", business, audit, dispute, lawful, other

    package var words: Words {
        switch self {
        case .none: Words("", "")
        case .business: Words("业务办理", "Business")
        case .audit: Words("审计检查", "Audit")
        case .dispute: Words("纠纷处理", "A dispute")
        case .lawful: Words("依法协助", "By law")
        case .other: Words("其他", "Other")
        }
    }
}

/// What the requester takes the records to be; which they are is said at the check.
package enum ExpectedLevel: String, Choosable {
    case ordinary, classified

    package var words: Words {
        switch self {
        case .ordinary: Words("非密级档案", "Not classified")
        case .classified: Words("密级档案", "Classified")
        }
    }
}

package enum LetterKind: String, Choosable {
    case none = "", letter, card

    package var words: Words {
        switch self {
        case .none: Words("", "")
        case .letter: Words("介绍信", "Letter of introduction")
        case .card: Words("工作证", "Work card")
        }
    }
}

/// 到馆阅览: an outsider reads inside.
package struct ReadingVisit: Line {
    package var from: Moment?, until: Moment?
    package var letter = ""
    package var attendant = PersonID.none
    package init() {}

    package static let fields: [Field<ReadingVisit>] = [
        .moment(\.from, "到馆", "Came"), .moment(\.until, "离馆", "Left").optional(), .text(\.letter, "证明编号", "Letter"),
        .person(\.attendant, "接待人", "Attended by"),
    ]
}
