import Kernel
import WorkCalendar

/// 核实失败计数: how often it failed to show who somebody is - of one person, one claim, one calling number, one operator, one network.
/// Counted alike for somebody and for nobody, so that nothing is told by it (第十七条).
package struct QueryFailures: Document {
    package enum State: String, CaseIterable, Sendable { case counting, locked }

    package var kind = FailureKind.unknown
    package var key = ""
    package var failures = 0
    package var lastAt: Moment?
    package var heldUntil: Moment?
    package var reason = ""
    package init() {}

    package static let name = "query-failures"

    package static let form = Form<QueryFailures>(
        "核实失败计数", "Failed verifications", number: "核实失败",
        states: [.counting: .done("计数中", "Counting"), .locked: .no("已锁定", "Locked")],
        readers: [.either(.customerService, .compliance)],
        [
            .choice(\.kind, "对象", "Of what").indexed().listed(), .text(\.key, "对象校验值", "Digest").indexed().kept(),
            .whole(\.failures, "连续失败次数", "Failures in a row", in: 0...1_000_000).listed(),
            .moment(\.lastAt, "最近失败", "Last").optional().listed(), .moment(\.heldUntil, "暂停至", "Held until").optional().listed(),
            .text(\.reason, "解锁理由", "Why it is unlocked").onceFilled(),
        ])

    package static let begin = Step<QueryFailures>(
        "begin", "首次失败", "First failure", to: .counting, by: .system, under: authenticity[17])
    package static let count = Step<QueryFailures>(
        "count", "再次失败", "Another failure", from: .counting, .locked, to: nil, by: .system, under: authenticity[17], isOptional: true)
    package static let lock = Step<QueryFailures>(
        "lock", "锁定", "Lock", from: .counting, to: .locked, by: .system, under: authenticity[17], isOptional: true
    ) { failures, act in
        act.notify(
            .post(.customerService), "一名查询人连续核实失败已被锁定；本人持证件和合同到柜台核实后自动解除",
            "Somebody who asks has failed too often and is locked; a visit to the counter with the document and the contract ends it")
    }
    package static let clear = Step<QueryFailures>(
        "clear", "核实成功，清零", "Clear", from: .counting, .locked, to: .counting, by: .system, under: authenticity[17], isOptional: true
    ) { failures, _ in (failures.failures, failures.heldUntil) = (0, nil) }
    package static let unlock = Step<QueryFailures>(
        "unlock", "解锁", "Unlock", from: .locked, to: .counting, by: .post(.customerService), under: authenticity[17],
        fields: [\.reason], isOptional: true
    ) { failures, _ in (failures.failures, failures.heldUntil) = (0, nil) }
    package static let steps = [begin, count, lock, clear, unlock]
}

/// 计数对象.
package enum FailureKind: String, Choosable {
    case unknown = "", person, claim, caller, clerk, network

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .person: Words("查询人", "Person")
        case .claim: Words("所报号码", "What was claimed")
        case .caller: Words("来电号码", "Calling number")
        case .clerk: Words("坐席或柜员", "Operator or clerk")
        case .network: Words("网络地址", "Network")
        }
    }
}

/// How long somebody waits after failures in a row.
struct QueryPatience {
    let free: Int
    /// Minutes: the first wait, which doubles with each further failure, and the longest.
    let first: Int
    let longest: Int

    /// Minutes after this many failures.
    func wait(after failures: Int) -> Int {
        failures < free ? 0 : min(first << min(failures - free, 16), longest)
    }
}

/// What a query is counted under, and whether it may still succeed.
struct QueryGuard {
    private struct Count {
        let kind: FailureKind
        let key: String
        let found: Found<QueryFailures>?
    }

    private let act: Act
    private let counts: [Count]
    /// A day: failures of a number, a clerk or a network that are older are forgotten; those of a person last until one succeeds.
    private static let memory = 1

    /// - Parameters:
    ///   - person: who was found; nobody is counted under what was claimed, in as many places.
    ///   - claim: what was claimed.
    init(_ act: Act, person: QueryPerson?, claim: String, caller: String = "", clerk: PersonID = .none, network: String = "") throws {
        let claim = SealedKind.document.matchKey(claim)
        let whom = person.map { "document " + SealedKind.document.matchKey($0.number) } ?? "nobody " + claim
        var keys: [(FailureKind, String)] = [(.person, whom), (.claim, claim)]
        let number = SealedKind.phone.matchKey(caller)
        if !number.isEmpty { keys.append((.caller, number)) }
        if !clerk.isNone { keys.append((.clerk, String(clerk.raw))) }
        if !network.isEmpty { keys.append((.network, network)) }
        self.act = act
        counts = try keys.map { kind, value in
            let key = act.keyedDigest(of: value, for: "query-failures \(kind.rawValue)")
            return Count(kind: kind, key: key, found: try act.find(\QueryFailures.key, is: key, limit: 1).first)
        }
    }

    /// Whether the person or the claim is held: whatever is answered is wrong then. Nobody is told.
    var isHeld: Bool { counts.contains { ($0.kind == .person || $0.kind == .claim) && isHeld($0) } }

    /// Whether the calling number, the clerk or the network is held, which says nothing of any customer, and may be told.
    func held(_ kind: FailureKind) -> Bool { counts.contains { $0.kind == kind && isHeld($0) } }

    private func isHeld(_ count: Count) -> Bool {
        guard let found = count.found else { return false }
        return found.state == .locked || found.value.heldUntil.map { act.now < $0 } ?? false
    }

    /// It failed: counted everywhere, locked or not.
    func fail() throws {
        for count in counts {
            let before = count.found.map { failures(of: $0.value, count.kind) } ?? 0, now = before + 1
            let minutes = try patience(count.kind).wait(after: now)
            let held = minutes == 0 ? nil : act.now.adding(seconds: minutes * 60)
            guard let found = count.found else {
                var failures = QueryFailures()
                (failures.kind, failures.key, failures.failures) = (count.kind, count.key, now)
                (failures.lastAt, failures.heldUntil) = (act.now, held)
                try act.create(failures, by: QueryFailures.begin)
                continue
            }
            let isToBeLocked = try isOfPerson(count.kind) && found.state == .counting && now >= act.parameter(.mostQueryFailures)
            try act.take(isToBeLocked ? QueryFailures.lock : QueryFailures.count, on: found.id) {
                ($0.failures, $0.lastAt, $0.heldUntil) = (now, act.now, held)
            }
        }
    }

    /// It was shown who it is: makes good for the person and what was claimed, and for nobody who guesses on.
    func succeed() throws {
        for count in counts where isOfPerson(count.kind) {
            guard let found = count.found, found.state == .locked || found.value.failures > 0 else { continue }
            try act.take(QueryFailures.clear, on: found.id)
        }
    }

    private func isOfPerson(_ kind: FailureKind) -> Bool { kind == .person || kind == .claim }

    private func failures(of known: QueryFailures, _ kind: FailureKind) -> Int {
        if isOfPerson(kind) { return known.failures }
        return known.lastAt.map { act.now < $0.adding(days: Self.memory) } ?? false ? known.failures : 0
    }

    private func patience(_ kind: FailureKind) throws -> QueryPatience {
        let free: Parameter =
            switch kind {
            case .unknown, .person, .claim: .freeQueryFailures
            case .caller: .callerFailures
            case .clerk: .operatorFailures
            case .network: .networkFailures
            }
        return QueryPatience(
            free: try act.parameter(free), first: try act.parameter(.queryWaitMinutes), longest: try act.parameter(.longestQueryWaitMinutes)
        )
    }
}
