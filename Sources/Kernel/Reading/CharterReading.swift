import Store
import WorkCalendar

/// 制度条文: each article beside what carries it out, and how often that acted.
extension Desk {
    package func charter(_ regulation: String, by person: PersonID?) async throws -> CharterView {
        guard let contents = catalogue.regulation(regulation) else { throw DeskError.absent }
        let now = clock.now()
        return try await store.read { [self] session in
            let organisation = try organisation(session)
            let scopes = CharterScopes(of: regulation, for: person, organisation, on: now.day)
            let access = person.map {
                self.access(of: $0, organisation, at: now)
            }
            let counts = try counts(regulation, scopes, session)
            let clocks = try clockCounts(scopes, session)
            let standing = try standingCounts(access, session)
            let runs = try dutyCounts(scopes, session)
            let home = person.flatMap { organisation.home(of: $0, on: now.day) }
            let adopter = home.flatMap { organisation.adopter(of: regulation, for: $0, on: now.day) }
            let adoptions = organisation.adoptions.filter { $0.regulation == regulation && (adopter == nil || $0.unit == adopter) }
            let adoption = adoptions.last { $0.isInForce(on: now.day) } ?? adoptions.last
            let transaction = try Transaction(self, session, now: now)
            let since = Int64(now.day.adding(days: -90).number)
            let answers = try adoption.map { try published(contents, in: $0.unit, session) } ?? [:]
            let seen = try access.map { try seenThrough($0, contents, counts, clocks, session) } ?? [:]
            return CharterView(
                contents: contents, adopter: adoption.map { organisation.name($0.unit) }, inForce: adoption?.from,
                version: adoption?.version,
                laws: try contents.articles.map { written in
                    let article = contents.regulation[written.ref]
                    let said = try adoption.flatMap { try transaction.text(of: article, at: $0.unit, on: now.day) }
                    let text = said.map(written.reading) ?? written
                    return .init(
                        article: article, text: text,
                        carriers: carriers(
                            of: article, contents, text, counts, clocks, runs,
                            adoptions: organisation.adoptions.count { $0.regulation == regulation })
                            + findings(under: article, contents, counts, standing), seen: seen, answers: answers[article.key] ?? [])
                },
                parameters: try contents.articles.flatMap { text in
                    try (text.parameters ?? [:]).sorted { $0.key < $1.key }.map { name, standard in
                        let parameter = Parameter(name, in: contents.regulation[text.ref])
                        let value = try adoption.map { try transaction.value(of: parameter, at: $0.unit) } ?? standard
                        return (name, parameter.article, value, standard)
                    }
                },
                refusalsOf90Days: Int(
                    try session.count(
                        """
                        SELECT CAST(sum(count) AS BIGINT) FROM tally
                        WHERE regulation = $1 AND kind = 'refusal' AND day >= $2 AND \(scopes.condition("scope"))
                        """,
                        [.text(regulation), .int(since)])))
        }
    }

    struct CountKey: Hashable { let article, type, step, kind: String }

    private func counts(_ regulation: String, _ scopes: CharterScopes, _ session: any Session) throws -> [CountKey: Int] {
        let rows = try session.all(
            """
            SELECT article, type, step, kind, CAST(sum(count) AS BIGINT) FROM tally
            WHERE regulation = $1 AND \(scopes.condition("scope")) GROUP BY article, type, step, kind
            """, [.text(regulation)]
        ) { (CountKey(article: $0.text(0), type: $0.text(1), step: $0.text(2), kind: $0.text(3)), Int($0.int(4))) }
        return Dictionary(rows) { $0 + $1 }
    }

    /// By type and clock: met in time, broken.
    private func clockCounts(_ scopes: CharterScopes, _ session: any Session) throws -> [String: (met: Int, broken: Int)] {
        let rows = try session.all(
            """
            SELECT d.type, k.name, count(*) FILTER (WHERE k.met IS NOT NULL AND k.breached IS NULL),
                count(*) FILTER (WHERE k.breached IS NOT NULL)
            FROM deadline k JOIN document d ON d.id = k.document WHERE \(scopes.condition("d.scope")) GROUP BY d.type, k.name
            """, []
        ) { ("\($0.text(0)).\($0.text(1))", (met: Int($0.int(2)), broken: Int($0.int(3)))) }
        return Dictionary(rows) { first, _ in first }
    }

    /// By the task of a finding: in how many documents that the person may read it stands now.
    private func standingCounts(_ access: Access?, _ session: any Session) throws -> [String: Int] {
        let rule = access?.condition(type: nil, startingAt: 1)
        let rows = try session.all(
            """
            SELECT t.step, count(DISTINCT t.document) FROM task t JOIN document d ON d.id = t.document
            WHERE t.step LIKE '?%' \(rule.map { "AND \($0.sql)" } ?? "") GROUP BY t.step
            """, rule?.arguments ?? []
        ) { ($0.text(0), Int($0.int(1))) }
        return Dictionary(rows) { first, _ in first }
    }

    /// By duty: how often it was done.
    private func dutyCounts(_ scopes: CharterScopes, _ session: any Session) throws -> [String: Int] {
        let runs = "SELECT duty, count(*) FROM duty_run WHERE \(scopes.condition("scope")) GROUP BY duty"
        return Dictionary(try session.all(runs, []) { ($0.text(0), Int($0.int(1))) }) { first, _ in first }
    }

    private func findings(under article: Article, _ contents: RegulationContents, _ counts: [CountKey: Int], _ standing: [String: Int])
        -> [CharterView.Carrier]
    {
        contents.findings.filter { $0.article == article }.map { finding in
            let found = counts[CountKey(article: article.ref, type: finding.type, step: finding.task, kind: "system")] ?? 0
            return .init(
                kind: .finding, type: finding.type, title: finding.title, source: "\(finding.type).\(finding.task)", acts: found,
                refusals: standing[finding.task] ?? 0)
        }
    }

    private func carriers(
        of article: Article, _ contents: RegulationContents, _ text: ArticleText, _ counts: [CountKey: Int],
        _ clocks: [String: (met: Int, broken: Int)],
        _ runs: [String: Int], adoptions: Int
    ) -> [CharterView.Carrier] {
        var carriers: [CharterView.Carrier] = []
        let practised = Set(contents.practices.filter { $0.article == article }.flatMap(\.types))
        for type in catalogue.types where type.regulation.id == contents.regulation.id || practised.contains(type.name) {
            let isPractice = practised.contains(type.name)
            for step in type.steps {
                let acts = counts[CountKey(article: article.ref, type: type.name, step: step.name, kind: "act")] ?? 0
                let refusals = counts[CountKey(article: article.ref, type: type.name, step: step.name, kind: "refusal")] ?? 0
                guard isPractice || step.articles.contains(article) || refusals > 0 else { continue }
                let kind: CharterView.CarrierKind =
                    text.kind == [.attestation] ? .signature : (refusals > 0 || text.kind.contains(.guarding) ? .guardian : .step)
                carriers.append(
                    .init(
                        kind: kind, type: type.name,
                        title: Words("\(type.title.zh)·\(step.title.zh)", "\(type.title.en) · \(step.title.en)"),
                        source: "\(type.name).\(step.name)", acts: acts, refusals: refusals))
            }
            for deadline in type.deadlines where isPractice || deadline.article == article {
                let count = clocks["\(type.name).\(deadline.name)"] ?? (0, 0)
                carriers.append(
                    .init(
                        kind: .deadline, type: type.name,
                        title: Words("\(type.title.zh)·\(deadline.title.zh)", "\(type.title.en) · \(deadline.title.en)"),
                        source: "\(type.name).\(deadline.name)", acts: count.met, refusals: count.broken))
            }
        }
        for duty in contents.duties where duty.article == article {
            carriers.append(.init(kind: .duty, type: nil, title: duty.title, source: duty.key, acts: runs[duty.key] ?? 0, refusals: 0))
        }
        if contents.adoption == article {
            let title = Words("采用记录定其版本和执行日期", "The record of adoption gives version and first day")
            carriers.append(.init(kind: .step, type: nil, title: title, source: "", acts: adoptions, refusals: 0))
        }
        if contents.readings == article {
            let read = counts.filter { $0.key.article == article.ref && $0.key.kind == "read" }.values.reduce(0, +)
            let title = Words("打开个人信息须写明目的，并记入存证", "Who opens personal data says why, and it stands in the ledger")
            carriers.append(.init(kind: .reading, type: nil, title: title, source: "", acts: read, refusals: 0))
        }
        return carriers
    }
}
