import Ledger
import Store
import WorkCalendar

/// 接收方式: by which way a person hears of notices beside the page.
package struct Reach: Sendable, Hashable {
    package enum Way: String, CaseIterable, Sendable {
        /// On the page alone.
        case page
        case mail
        /// One mail each morning, of what has come since the last.
        case digest

        package var words: Words {
            switch self {
            case .page: Words("只在页面查看", "On the page alone")
            case .mail: Words("即时邮件", "A mail at once")
            case .digest: Words("每天上午八点一封汇总邮件", "One mail each morning at eight")
            }
        }
    }

    package var way = Way.page
    /// A mail address; empty where none is needed.
    package var address = ""
    /// The group's robot says that there is something.
    package var isCalled = false

    /// The overview by mail.
    package var report = Report.never
    /// In which language it is written.
    package var language = Language.zh

    package init(way: Way = .page, address: String = "", isCalled: Bool = false, report: Report = .never, language: Language = .zh) {
        self.way = way
        self.address = address
        self.isCalled = isCalled
        self.report = report
        self.language = language
    }
}

extension Desk {
    package func reach(of person: PersonID) async throws -> Reach {
        try await store.read { [self] session in
            try session.first("SELECT way, address, called, report, language FROM reach WHERE person = $1", [.int(person.raw)]) { row in
                try Reach(
                    way: Reach.Way(rawValue: row.text(0)) ?? .page,
                    address: FreeText(keys: keys).opened(address: row.text(1), of: person), isCalled: row.int(2) == 1,
                    report: Reach.Report(rawValue: row.text(3)) ?? .never, language: Language(rawValue: row.text(4)) ?? .zh)
            } ?? Reach()
        }
    }

    /// Chosen by the person alone. What came before is not sent any more.
    package func choose(_ reach: Reach, by person: PersonID) async throws {
        let now = clock.now()
        try await store.write { [self] session in
            let address = try reach.address.isEmpty ? "" : FreeText(keys: keys).sealed(address: reach.address, of: person)
            let newest = try session.count("SELECT coalesce(max(id), 0) FROM notice WHERE person = $1", [.int(person.raw)])
            try session.execute(
                """
                INSERT INTO reach (person, way, address, called, upto, changed, report, language, reported)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                ON CONFLICT (person) DO UPDATE SET way = excluded.way, address = excluded.address, called = excluded.called,
                    upto = excluded.upto, changed = excluded.changed, report = excluded.report, language = excluded.language,
                    reported = excluded.reported
                """,
                [
                    .int(person.raw), .text(reach.way.rawValue), .text(address), .int(reach.isCalled ? 1 : 0), .int(newest),
                    .int(now.milliseconds), .text(reach.report.rawValue), .text(reach.language.rawValue),
                    .int(Int64((reach.report.start(of: now.day) ?? now.day).number)),
                ])
            try session.execute("DELETE FROM outgoing WHERE person = $1 AND state = 'waiting'", [.int(person.raw)])
            try enter(
                .note, nil, type: AccountEvent.account, principal: Principal(person), step: "reach", purpose: reach.said, at: now,
                session)
        }
    }
}

extension Migration {
    /// How people are told, and what is on its way to them.
    static let reaching = Migration(
        name: "0020-reach",
        sql: """
            CREATE TABLE reach (
                person BIGINT PRIMARY KEY REFERENCES person (id), way TEXT NOT NULL, address TEXT NOT NULL, called BIGINT NOT NULL,
                upto BIGINT NOT NULL, changed BIGINT NOT NULL);
            CREATE TABLE outgoing (
                id BIGINT PRIMARY KEY, person BIGINT NOT NULL, way TEXT NOT NULL, after BIGINT NOT NULL, upto BIGINT NOT NULL,
                state TEXT NOT NULL, attempts BIGINT NOT NULL, due BIGINT NOT NULL, left_at BIGINT, fault TEXT);
            CREATE INDEX outgoing_waiting ON outgoing (due) WHERE state = 'waiting';
            CREATE INDEX outgoing_person ON outgoing (person, id);
            """)
}
