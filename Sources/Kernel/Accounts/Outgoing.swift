import Ledger
import Store
import WorkCalendar

/// 待发: a message to one person, of the notices of a stretch.
package struct Outgoing: Sendable {
    package enum Way: String, Sendable {
        case mail, robot
        /// The overview on paper, by mail.
        case report
    }

    package enum State: String, Sendable {
        case waiting, left
        /// Given up; an administrator may have it tried again.
        case dead
        /// Nothing of it was to be read any more when its turn came.
        case void
    }

    package let id: Int64
    package let person: PersonID
    package let way: Way
    let after: Int64, upto: Int64
    package let state: State
    package let attempts: Int
    package let due: Moment
    package let leftAt: Moment?
    package let fault: Words?

    static let columns = "id, person, way, after, upto, state, attempts, due, left_at, fault"

    /// Of the overview: the first day of the week or month in which it is due.
    package var reportDay: Day { Day(number: Int(clamping: upto)) }

    /// One that is not kept.
    package init(id: Int64, person: PersonID, way: Way) {
        (self.id, self.person, self.way) = (id, person, way)
        (after, upto, state, attempts, due, leftAt, fault) = (0, 0, .waiting, 0, Moment(milliseconds: 0), nil, nil)
    }

    init(_ row: any Row) {
        id = row.int(0)
        person = PersonID(row.int(1))
        way = Way(rawValue: row.text(2)) ?? .mail
        (after, upto) = (row.int(3), row.int(4))
        state = State(rawValue: row.text(5)) ?? .dead
        attempts = Int(row.int(6))
        due = Moment(milliseconds: row.int(7))
        leftAt = row.intIfAny(8).map(Moment.init(milliseconds:))
        fault = row.textIfAny(9).map(Words.init(kept:))
    }
}

/// What a message says.
package struct OutgoingContent: Sendable {
    package let address: String
    package let login: String
    package let name: Words
    package let lines: [Words]
    /// In which language what is enclosed is written.
    package let language: Language

    package init(address: String, login: String, name: Words, lines: [Words], language: Language = .zh) {
        (self.address, self.login, self.name, self.lines, self.language) = (address, login, name, lines, language)
    }

    /// To the same person with other words.
    package func saying(_ words: Words) -> OutgoingContent {
        OutgoingContent(address: address, login: login, name: name, lines: [words], language: language)
    }
}

/// 发件: what leaves the house of notices, and what became of it.
extension Desk {
    /// Makes a message of what has come for whoever wishes to be told.
    /// - Parameter ways: by which it can leave at all.
    package func gatherOutgoing(by ways: Set<Outgoing.Way>) async throws {
        let now = clock.now()
        let waiting = try await store.read { [self] session in
            let organisation = try organisation(session)
            return try session.all(
                """
                SELECT r.person, r.way, r.called, r.upto, max(n.id) FROM reach r JOIN notice n ON n.person = r.person AND n.id > r.upto
                WHERE r.way <> 'page' OR r.called = 1 GROUP BY r.person, r.way, r.called, r.upto
                """, []
            ) { (person: PersonID($0.int(0)), way: $0.text(1), isCalled: $0.int(2) == 1, after: $0.int(3), upto: $0.int(4)) }
            .filter { !organisation.hasLeft($0.person, on: now.day) }
        }
        for one in waiting {
            let isDigest = one.way == Reach.Way.digest.rawValue
            if isDigest, try await !isMorning(for: one.person, at: now) { continue }
            var leaving: [Outgoing.Way] = []
            if one.way != Reach.Way.page.rawValue, ways.contains(.mail) { leaving.append(.mail) }
            if one.isCalled, ways.contains(.robot) { leaving.append(.robot) }
            if leaving.isEmpty { continue }
            try await store.write { [self, leaving] session in
                let moved = try session.execute(
                    "UPDATE reach SET upto = $1 WHERE person = $2 AND upto = $3", [.int(one.upto), .int(one.person.raw), .int(one.after)])
                guard moved == 1 else { return }
                for way in leaving {
                    try session.execute(
                        "INSERT INTO outgoing (\(Outgoing.columns)) VALUES ($1, $2, $3, $4, $5, 'waiting', 0, $6, NULL, NULL)",
                        [
                            .int(idGenerator.next(now)), .int(one.person.raw), .text(way.rawValue), .int(one.after), .int(one.upto),
                            .int(now.milliseconds),
                        ])
                }
            }
        }
    }

    /// After eight, and not yet today.
    private func isMorning(for person: PersonID, at now: Moment) async throws -> Bool {
        guard now.hour >= 8 else { return false }
        let first = IDGenerator.first(at: .startOfDay(now.day))
        return try await store.read { session in
            try session.count(
                "SELECT count(*) FROM outgoing WHERE person = $1 AND way = 'mail' AND id >= $2", [.int(person.raw), .int(first)]) == 0
        }
    }

    package func dueOutgoing() async throws -> [Outgoing] {
        let now = clock.now()
        return try await store.read { session in
            try session.all(
                "SELECT \(Outgoing.columns) FROM outgoing WHERE state = 'waiting' AND due <= $1 ORDER BY due, id LIMIT 200",
                [.int(now.milliseconds)], Outgoing.init)
        }
    }

    /// The newest messages, for administrators.
    package func outgoing(limit: Int = 100) async throws -> [Outgoing] {
        try await store.read { session in
            try session.all("SELECT \(Outgoing.columns) FROM outgoing ORDER BY id DESC LIMIT $1", [.int(Int64(limit))], Outgoing.init)
        }
    }

    /// - Returns: whether nobody else is at it.
    package func claim(_ message: Outgoing, until: Moment) async throws -> Bool {
        try await store.write { session in
            try session.execute(
                "UPDATE outgoing SET due = $1 WHERE id = $2 AND due = $3 AND state = 'waiting'",
                [.int(until.milliseconds), .int(message.id), .int(message.due.milliseconds)]) == 1
        }
    }

    package func release(_ message: Outgoing) async throws {
        try await set(message, .waiting, attempts: message.attempts, due: message.due)
    }

    package func settle(_ message: Outgoing, as state: Outgoing.State) async throws {
        let now = clock.now()
        try await set(message, state, attempts: message.attempts + 1, due: now, leftAt: state == .left ? now : nil)
    }

    package func fail(_ message: Outgoing, _ fault: Words, isDead: Bool, again: Moment) async throws {
        try await set(message, isDead ? .dead : .waiting, attempts: message.attempts + 1, due: again, fault: fault)
    }

    /// By an administrator: what was given up is tried again.
    package func retry(_ id: Int64, by person: PersonID) async throws {
        let now = clock.now()
        try await store.write { [self] session in
            let found = try session.execute(
                "UPDATE outgoing SET state = 'waiting', attempts = 0, due = $1 WHERE id = $2 AND state = 'dead'",
                [.int(now.milliseconds), .int(id)])
            guard found == 1 else { throw DeskError.absent }
            try enter(.note, nil, type: "outgoing", principal: Principal(person), step: "retry", at: now, session)
        }
    }

    private func set(
        _ message: Outgoing, _ state: Outgoing.State, attempts: Int, due: Moment, leftAt: Moment? = nil, fault: Words? = nil
    ) async throws {
        try await store.write { session in
            try session.execute(
                "UPDATE outgoing SET state = $1, attempts = $2, due = $3, left_at = $4, fault = $5 WHERE id = $6",
                [
                    .text(state.rawValue), .int(Int64(attempts)), .int(due.milliseconds), .int(ifAny: leftAt?.milliseconds),
                    .text(ifAny: fault?.kept), .int(message.id),
                ])
        }
    }

    /// The most notices that one message says.
    private static let mostLines = 200

    /// What a message says now: the notices of its stretch that the person may read still, and nothing where the person has left or
    /// wishes no
    /// mail any more. One that would carry personal data, or speaks of what is classified, stays inside, and that stands in the ledger.
    package func content(of message: Outgoing) async throws -> OutgoingContent {
        let reach = try await reach(of: message.person), organisation = try await organisation()
        let isWished =
            switch message.way {
            case .mail: reach.way != .page
            case .robot: reach.isCalled
            case .report: reach.report != .never
            }
        var lines: [Words] = []
        if message.way == .report, isWished, !organisation.hasLeft(message.person, on: clock.now().day) {
            lines.append(OutgoingReport.enclosed)
        } else if isWished, !organisation.hasLeft(message.person, on: clock.now().day) {
            let page = try await notices(of: message.person, after: message.upto + 1, limit: Self.mostLines)
            for notice in page.notices where notice.id > message.after {
                // A robot says how many there are, and nothing of them.
                let leaves = message.way == .robot ? true : try await mayLeave(notice, message)
                lines.append(leaves ? notice.words : Self.keptInside)
            }
            if let next = page.next, next > message.after { lines.append(Self.older) }
        }
        return OutgoingContent(
            address: reach.address, login: organisation.people[message.person]?.login ?? "", name: organisation.name(message.person),
            lines: lines, language: reach.language)
    }

    private static let older = Words("还有更早的通知，请登录查看", "There are older ones; log in to read them")
    private static let keptInside = Words(
        "有一条通知含个人信息或涉密内容，不外发，请登录查看", "One notice holds personal or classified data and stays inside; log in to read it")

    private func mayLeave(_ notice: NoticeView, _ message: Outgoing) async throws -> Bool {
        let text = notice.words.zh + " " + notice.words.en
        let personal = try await store.read { [self] session -> Bool in
            if OutgoingGuard.looksPersonal(text) || notice.level >= .secret { return true }
            guard let id = notice.document, let record = try Record.load(id, session), let type = catalogue.type(record.type) else {
                return false
            }
            if record.level >= .secret { return true }
            let values = try Body(keys: keys, session).values(of: record)
            return OutgoingGuard.names(text, personalOf: values, type)
        }
        guard personal else { return true }
        // Once, however often it is tried.
        if message.attempts > 0 { return false }
        let now = clock.now()
        try await store.write { [self] session in
            let record = try notice.document.flatMap { try Record.load($0, session) }
            try enter(
                .refusal, record, type: "outgoing", principal: .system, step: "outgoing", words: Self.keptInside, at: now, session)
        }
        return false
    }
}
