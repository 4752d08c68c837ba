import Ledger
import Store
import Synchronization
import WorkCalendar

/// How many documents' personal data each person has opened within the last hour, as the ledger has it. Kept between readings, and read
/// again from the ledger every so often, for what other servers have answered: after a minute, and after a second where somebody has come
/// a quarter nearer to the limit meanwhile.
final class ReadingCounts: Sendable {
    static let usualLimit = 200
    private static let again = 50

    private struct State {
        /// Up to when the ledger was read.
        var known: Moment?
        /// Somebody reads it.
        var isAsked = false
        /// Who cannot count before it was read.
        var waiting: [CheckedContinuation<Void, Never>] = []
        /// Since it was read.
        var readings: [PersonID: Int] = [:]
        var opened: [PersonID: [Int64: Moment]] = [:]
        var told: Set<Alarm> = []
    }

    /// Once a person, hour and share of the limit.
    struct Alarm: Hashable {
        let person: PersonID
        let hour: Int64
        let percent: Int64
    }

    enum Answer {
        case allowed(count: Int)
        case refused(until: Moment)
    }

    /// That somebody opened a document, as the ledger has it.
    struct Reading: Sendable {
        let person: PersonID
        let document: Int64
        let at: Moment
    }

    private enum Turn {
        case goOn, wait
        case ask(from: Moment)
    }

    private let state = Mutex(State())

    /// From when on the ledger is to be read again; `nil` where what is known is good enough, or somebody is reading it already. While
    /// nothing is known, as after a start, the first reads it and the others wait until it is read. Whoever gets a moment calls `learn` or
    /// `giveUp`.
    func startOfQuestion(by person: PersonID, limit: Int, at now: Moment) async -> Moment? {
        while true {
            switch turn(of: person, limit: limit, at: now) {
            case .goOn: return nil
            case .ask(let start): return start
            // It may have been given up: then the next reads.
            case .wait: await endOfQuestion()
            }
        }
    }

    private func turn(of person: PersonID, limit: Int, at now: Moment) -> Turn {
        state.withLock { state -> Turn in
            // Who came a little earlier than the one who read knows as much. A clock that was set back begins anew.
            guard let known = state.known, known.distance(to: now) > -5000 else {
                if state.isAsked { return .wait }
                state.isAsked = true
                return .ask(from: now.adding(hours: -1))
            }
            if state.isAsked { return .goOn }
            let age = known.distance(to: now), left = limit - (state.opened[person]?.count ?? 0)
            guard age >= 60_000 || (age >= 1000 && state.readings[person] ?? 0 >= max(Self.again, left / 4)) else { return .goOn }
            state.isAsked = true
            // Other servers' clocks may be a little behind.
            return .ask(from: max(known.adding(seconds: -5), now.adding(hours: -1)))
        }
    }

    private func endOfQuestion() async {
        await withCheckedContinuation { continuation in
            let isAsked = state.withLock { state -> Bool in
                if state.isAsked { state.waiting.append(continuation) }
                return state.isAsked
            }
            if !isAsked { continuation.resume() }
        }
    }

    func giveUp() {
        for continuation in state.withLock({ Self.end(&$0) }) { continuation.resume() }
    }

    /// - Returns: who waited.
    private static func end(_ state: inout State) -> [CheckedContinuation<Void, Never>] {
        defer { (state.isAsked, state.waiting) = (false, []) }
        return state.waiting
    }

    func learn(_ readings: [Reading], at now: Moment) {
        let hour = now.adding(hours: -1)
        let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            for one in readings {
                let before = state.opened[one.person]?[one.document] ?? one.at
                state.opened[one.person, default: [:]][one.document] = max(before, one.at)
            }
            for person in state.opened.keys { state.opened[person] = state.opened[person]?.filter { $0.value > hour } }
            state.opened = state.opened.filter { !$0.value.isEmpty }
            state.told = state.told.filter { $0.hour >= Self.hour(hour) }
            (state.known, state.readings) = (now, [:])
            return Self.end(&state)
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Counts a reading, or refuses it. What was opened within the hour already is opened again.
    func count(_ document: Int64, by person: PersonID, limit: Int, at now: Moment) -> Answer {
        state.withLock { state in
            state.readings[person, default: 0] += 1
            var count = state.opened[person]?.count ?? 0
            let isNew = state.opened[person]?[document] == nil
            if isNew, count >= limit {
                let hour = now.adding(hours: -1)
                state.opened[person] = state.opened[person]?.filter { $0.value > hour }
                count = state.opened[person]?.count ?? 0
                if count >= limit, let oldest = state.opened[person]?.values.min() { return .refused(until: oldest.adding(hours: 1)) }
            }
            state.opened[person, default: [:]][document] = now
            return .allowed(count: count + (isNew ? 1 : 0))
        }
    }

    func wasTold(_ alarm: Alarm) -> Bool { state.withLock { $0.told.contains(alarm) } }
    func remember(_ alarm: Alarm) { state.withLock { _ = $0.told.insert(alarm) } }

    static func hour(_ moment: Moment) -> Int64 { moment.milliseconds / 3_600_000 }
}

extension Desk {
    /// Reads from the ledger what was opened, where that is due. Outside the act: nobody who writes is in its way.
    func learnReadings(by person: PersonID, at now: Moment) async throws {
        let limit = knownOrganisation?.readingLimit ?? ReadingCounts.usualLimit
        guard let start = await readings.startOfQuestion(by: person, limit: limit, at: now) else { return }
        let kind = Value.blob([Entry.Kind.read.rawValue])
        do {
            let found = try await store.read { session in
                var found: [ReadingCounts.Reading] = []
                // The second byte of an entry is its kind. An hour has very many, of which three numbers each are kept.
                try session.stream(
                    "SELECT body FROM entry WHERE id >= $1 AND person <> 0 AND document <> 0 AND substr(body, 2, 1) = $2",
                    [.int(IDGenerator.first(at: start)), kind]
                ) { row in
                    let entry = try row.withBlob(0) { try Entry($0) }
                    guard entry.step != SubjectReading.step else { return }
                    found.append(.init(person: PersonID(entry.person), document: entry.document, at: Moment(milliseconds: entry.at)))
                }
                return found
            }
            readings.learn(found, at: now)
        } catch {
            readings.giveUp()
            throw error
        }
    }

    /// Enters a reading of personal data, within the person's limit. Whoever supervises hears of it at half the limit and at the limit.
    func enterReading(
        _ record: Record, by principal: Principal, step: String = "read", written: String = "", purpose: String = "", words: Words? = nil,
        through way: ReadingWay = .page, at now: Moment, in organisation: Organisation, _ session: any Session
    ) throws {
        try requireMayBeRead(record, by: principal.person, at: now, session)
        let limit = organisation.readingLimit
        switch readings.count(record.id, by: principal.person, limit: limit, at: now) {
        case .refused(let until):
            let time = "\(until.hour):\(until.minute < 10 ? "0" : "")\(until.minute)"
            throw DeskError.forbidden(
                Words(
                    "一小时内查看个人信息已达上限（\(limit) 件），\(time) 后可再查看；确有需要的，请与合规或主管岗位联系",
                    "You have opened \(limit) documents within an hour, the limit; go on after \(time), or ask whoever supervises"))
        case .allowed(let count):
            for percent in [50, 100] as [Int64] where count * 100 >= limit * Int(percent) {
                try alarm(
                    .init(person: principal.person, hour: ReadingCounts.hour(now), percent: percent), count, limit, record, at: now, session
                )
            }
        }
        try enter(
            .read, record, principal: principal, step: step, from: way.kept, words: words, purpose: purpose, written: written, at: now,
            session)
        let reason = words ?? (step == "file" ? Words("查看附件", "An attachment was opened") : nil)
        try enterSubjects(of: record, by: principal, words: reason, written: written, at: now, session)
    }

    private func alarm(
        _ alarm: ReadingCounts.Alarm, _ count: Int, _ limit: Int, _ record: Record, at now: Moment, _ session: any Session
    ) throws {
        if readings.wasTold(alarm) { return }
        let isFirst = try session.execute(
            "INSERT INTO reading_alarm (person, hour, percent) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            [.int(alarm.person.raw), .int(alarm.hour), .int(alarm.percent)])
        // Remembered only when it stands in the database: this transaction may fail, and be taken again.
        guard isFirst == 1 else { return readings.remember(alarm) }
        let transaction = try Transaction(self, session, now: now)
        let name = transaction.organisation.name(alarm.person)
        for person in supervisors(of: record, transaction.organisation, otherThan: alarm.person, at: now) {
            try transaction.notify(
                person,
                Words(
                    "\(name.zh)一小时内已查看 \(count) 件单据的个人信息（上限 \(limit) 件），请核实",
                    "\(name.en) opened \(count) documents' personal data within an hour (the limit is \(limit)); look into it"), about: nil)
        }
    }

    /// The posts that the regulation names for it, or who reads the type; where nobody holds them, the administrators.
    private func supervisors(of record: Record, _ organisation: Organisation, otherThan person: PersonID, at now: Moment) -> Set<PersonID> {
        guard let type = catalogue.type(record.type) else { return [] }
        let authority = Authority(organisation: organisation, catalogue: catalogue, day: now.day)
        func holders(_ whos: [Who]) -> Set<PersonID> {
            Set(authority.addressees(of: .any(whos), record, fields: .null).flatMap(authority.people)).subtracting([person])
        }
        let named = holders((catalogue.regulation(type.regulation.id)?.supervisors ?? []).map(Who.post))
        if !named.isEmpty { return named }
        let readers = holders(type.readers)
        if !readers.isEmpty { return readers }
        return Set(organisation.people.values.filter { $0.isAdministrator && $0.isActive && $0.id != person }.map(\.id))
    }

    /// A reading of a document. What is not allowed stands in the ledger as a refusal.
    func reading<T: Sendable>(
        _ id: Int64, of type: String? = nil, by principal: Principal, step: String, at now: Moment,
        _ read: () async throws -> T
    ) async throws -> T {
        try await learnReadings(by: principal.person, at: now)
        do {
            return try await read()
        } catch DeskError.forbidden(let words) {
            let name = try await store.read { [self] in try type ?? presumedType(of: id, $0) }
            try await record(
                Refusal(article: catalogue.readings(name), words: words), step: step, type: name, id: id, principal: principal, at: now)
            throw DeskError.forbidden(words)
        } catch let refusal as Refusal {
            let name = try await store.read { [self] in try type ?? presumedType(of: id, $0) }
            try await record(refusal, step: step, type: name, id: id, principal: principal, at: now)
            throw refusal
        }
    }
}
