import Kernel
import Tables

/// What the book will say to a file besides the rules on its rows: part of a dry run, and nothing is written.
package struct IntakeForecast: Sendable {
    package private(set) var applications = 0
    /// In the book before; taken again they add nothing, and a draft is supplemented.
    package private(set) var known = 0
    /// What would become of the first applications (`mostRehearsed`, and all where there are not more).
    package private(set) var rehearsed = IntakeImport.Summary()
    /// Why applications would not be accepted, besides what the rows show by themselves: the words, and how many.
    package private(set) var reasons: [Words: Int] = [:]
    private static let mostRehearsed = 10_000

    /// - Throws: `PaperError` when the file cannot be read.
    package init(_ path: String, name: String? = nil, sheet: String? = nil, _ desk: Desk, by person: PersonID) async throws {
        let reading = try IntakeReading(path: path, name: name, sheet: sheet, batch: 500, today: desk.clock.now().day)
        let line = reading.start()
        defer { line.stop() }
        let rehearsal = IntakeImport(desk, by: Principal(person))
        while let part = try await line.next() {
            if part.applications.isEmpty { continue }
            let numbers = part.applications.map(\.application.applicationNo).filter { !$0.isEmpty }
            applications += part.applications.count
            known += try await desk.known(\Application.applicationNo, among: numbers, by: person).count
            guard rehearsed.applications < Self.mostRehearsed else { continue }
            for verdict in try await rehearsal.verdicts(on: part.applications, isRehearsal: true) {
                rehearsed.add(verdict)
                for words in Set(verdict.faults.filter { !$0.field.hasPrefix("persons.") }.map(\.words)) { reasons[words, default: 0] += 1 }
            }
        }
    }

    /// The sentences, the first of them on what is known already.
    package var words: [Words] {
        let isAll = rehearsed.applications >= applications
        let summary = [
            Words(
                "共 \(applications) 份投保单，其中 \(known) 份已在册，再次导入不会重复",
                "\(applications) applications, \(known) of them in the book already; taken again they add nothing"),
            Words(
                "\(isAll ? "试行核保" : "前 \(rehearsed.applications) 份试行核保")：承保 \(rehearsed.accepted)，留作草稿待补充 \(rehearsed.drafts)，"
                    + "已在册 \(rehearsed.known)，不予登记 \(rehearsed.rejected)",
                "\(isAll ? "Underwritten as a trial" : "The first \(rehearsed.applications), underwritten as a trial"): \(rehearsed.accepted) accepted, "
                    + "\(rehearsed.drafts) kept as drafts, \(rehearsed.known) known already, \(rehearsed.rejected) not taken"),
        ]
        let most = 20
        return summary
            + reasons.sorted { ($1.value, $0.key.zh) < ($0.value, $1.key.zh) }.prefix(most).map { words, count in
                Words("\(count) 份：\(words.zh)", "\(count): \(words.en)")
            }
    }
}
