import Ledger
import Store
import WorkCalendar

extension Reach {
    /// 总览邮件: how often the overview comes by mail.
    package enum Report: String, CaseIterable, Sendable {
        case never, weekly, monthly

        package var words: Words {
            switch self {
            case .never: Words("不发送", "Never")
            case .weekly: Words("每周一上午八点", "Each Monday at eight")
            case .monthly: Words("每月一日上午八点", "On the first of each month at eight")
            }
        }

        /// The first day of the week or the month of a day; `nil` where none is wished.
        package func start(of day: Day) -> Day? {
            switch self {
            case .never: nil
            case .weekly: day.adding(days: 1 - day.weekday.rawValue)
            case .monthly: Day(year: day.year, month: day.month, day: 1)
            }
        }
    }

    /// What the entry says of a choice.
    var said: String { report == .never ? way.rawValue : "\(way.rawValue) \(report.rawValue)" }
}

/// The overview of one person on paper, as it leaves the house.
package struct OutgoingReport: Sendable {
    /// Of ASCII letters, figures, dots and hyphens.
    package let name: String
    package let pdf: [UInt8]
    /// Every text on the paper, by which it is checked before it leaves.
    package let texts: [String]

    package init(name: String, pdf: [UInt8], texts: [String]) { (self.name, self.pdf, self.texts) = (name, pdf, texts) }

    static let enclosed = Words(
        "总览见附件（PDF）。只计您可以查看的，不含涉密单据", "The overview is enclosed as a PDF. Only what you may read is counted, and nothing classified")
    package static let keptInside = Words(
        "总览中含个人信息，不外发，请登录查看", "The overview holds personal data and stays inside; log in to read it")
}

extension Desk {
    /// Makes a message for everybody whose overview is due: from eight on the first day of a week or month, or on the next day that the
    /// program runs. Who has just wished it is sent the next one.
    package func gatherReports() async throws {
        let now = clock.now()
        guard now.hour >= 8 else { return }
        let due = try await store.read { [self] session in
            let organisation = try organisation(session)
            return try session.all("SELECT person, report, reported FROM reach WHERE report <> 'never'", []) { row in
                (person: PersonID(row.int(0)), start: Reach.Report(rawValue: row.text(1))?.start(of: now.day), before: row.int(2))
            }.filter { !organisation.hasLeft($0.person, on: now.day) }
        }
        for one in due {
            guard let start = one.start.map({ Int64($0.number) }), one.before < start else { continue }
            try await store.write { [self] session in
                let moved = try session.execute(
                    "UPDATE reach SET reported = $1 WHERE person = $2 AND reported = $3 AND report <> 'never'",
                    [.int(start), .int(one.person.raw), .int(one.before)])
                guard moved == 1 else { return }
                try session.execute(
                    "INSERT INTO outgoing (\(Outgoing.columns)) VALUES ($1, $2, $3, 0, $4, 'waiting', 0, $5, NULL, NULL)",
                    [
                        .int(idGenerator.next(now)), .int(one.person.raw), .text(Outgoing.Way.report.rawValue), .int(start),
                        .int(now.milliseconds),
                    ])
            }
        }
    }

    /// Whether a report may leave. One that looks as if it named somebody by a number stays inside, and that stands in the ledger.
    package func mayLeave(_ report: OutgoingReport, _ message: Outgoing) async throws -> Bool {
        guard report.texts.contains(where: OutgoingGuard.looksPersonal) else { return true }
        // Once, however often it is tried.
        if message.attempts > 0 { return false }
        let now = clock.now()
        try await store.write { [self] session in
            try enter(
                .refusal, nil, type: "outgoing", principal: .system, step: "report", words: OutgoingReport.keptInside, at: now, session)
        }
        return false
    }
}

extension Migration {
    /// Who wishes the overview by mail, in which language, and for which week or month it was sent last.
    static let reporting = Migration(
        name: "0028-overview-mail",
        sql: """
            ALTER TABLE reach ADD COLUMN report TEXT NOT NULL DEFAULT 'never';
            ALTER TABLE reach ADD COLUMN language TEXT NOT NULL DEFAULT 'zh';
            ALTER TABLE reach ADD COLUMN reported BIGINT NOT NULL DEFAULT 0;
            """)
}
