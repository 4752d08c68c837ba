import Kernel
import Papers

/// What the book will say to a file besides the rules on its rows: part of a dry run, and nothing is written.
package struct IntakeForecast: Sendable {
    package private(set) var applications = 0
    /// In the book before; taken again they add nothing, and a draft is supplemented.
    package private(set) var known = 0
    /// Applications by agent numbers that the book does not know.
    package private(set) var unknownAgents: [String: Int] = [:]
    /// Applications by agents who are not qualified to sell now (第十条).
    package private(set) var unqualifiedAgents: [String: Int] = [:]
    /// Applications that name no agent where one has to stand.
    package private(set) var withoutAgent = 0
    /// What would become of the first applications (`mostRehearsed`, and all where there are not more).
    package private(set) var rehearsed = IntakeImport.Summary()
    private static let mostRehearsed = 10_000

    /// - Throws: `PaperError` when the file cannot be read.
    package init(_ path: String, _ desk: Desk, by person: PersonID) async throws {
        let reading = try IntakeReading(path: path, batch: 500)
        let line = reading.start()
        defer { line.stop() }
        let rehearsal = IntakeImport(desk, by: Hand(person))
        var agents: [String: Agent.State?] = [:]
        while let part = try await line.next() {
            let found = part.applications.map(\.application)
            applications += found.count
            known += try await desk.known(\Application.applicationNo, among: found.map(\.applicationNo).filter { !$0.isEmpty }, by: person)
                .count
            let new = Set(found.map(\.agentNo)).filter { agents[$0] == nil && !$0.isEmpty }
            let states = try await desk.known(\Agent.agentNo, among: Array(new), by: person)
            for number in new { agents.updateValue(states[number], forKey: number) }
            for application in found { add(application, agents) }
            guard rehearsed.applications < Self.mostRehearsed else { continue }
            for verdict in try await rehearsal.verdicts(on: part.applications, isRehearsal: true) { rehearsed.add(verdict) }
        }
    }

    private mutating func add(_ application: Application, _ agents: [String: Agent.State?]) {
        let number = application.agentNo
        if number.isEmpty {
            if application.channel.sellsThroughAgents { withoutAgent += 1 }
            return
        }
        switch agents[number] ?? nil {
        case nil: unknownAgents[number, default: 0] += 1
        case .registered, .suspended: unqualifiedAgents[number, default: 0] += 1
        case .qualified: break
        }
    }

    private var rehearsalWords: Words {
        let isAll = rehearsed.applications >= applications
        return Words(
            "\(isAll ? "试行核保" : "前 \(rehearsed.applications) 份试行核保")：承保 \(rehearsed.accepted)，留作草稿待补充 \(rehearsed.drafts)，"
                + "已在册 \(rehearsed.known)，不予登记 \(rehearsed.rejected)",
            "\(isAll ? "Underwritten as a trial" : "The first \(rehearsed.applications), underwritten as a trial"): \(rehearsed.accepted) accepted, "
                + "\(rehearsed.drafts) kept as drafts, \(rehearsed.known) known already, \(rehearsed.rejected) not taken")
    }

    /// The sentences, the first of them on what is known already.
    package var words: [Words] {
        var words = [
            Words(
                "共 \(applications) 份投保单，其中 \(known) 份已在册，再次导入不会重复",
                "\(applications) applications, \(known) of them in the book already; taken again they add nothing"),
            rehearsalWords,
        ]
        func add(_ agents: [String: Int], _ zh: String, _ en: String) {
            if agents.isEmpty { return }
            let count = agents.values.reduce(0, +), most = 10
            let some = agents.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(most).map(\.key)
            let more = agents.count > most ? "…" : ""
            words.append(
                Words(
                    "\(count) 份的业务员\(zh)：\(some.joined(separator: "、"))\(more)",
                    "\(count) with \(en): \(some.joined(separator: ", "))\(more)"))
        }
        add(unknownAgents, "查无此代码", "an agent whom the book does not know")
        add(unqualifiedAgents, "没有销售资格", "an agent who is not qualified to sell")
        if withoutAgent > 0 {
            words.append(Words("\(withoutAgent) 份未填业务员代码", "\(withoutAgent) without an agent's number"))
        }
        return words
    }
}
