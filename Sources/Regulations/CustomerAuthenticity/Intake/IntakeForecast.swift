import Kernel
import Tables

/// What the book will say to a file besides the rules on its rows: part of a dry run, and nothing is written.
package struct IntakeForecast: Sendable {
    package private(set) var applications = 0
    /// In the book before; taken again they add nothing, and a draft is supplemented.
    package private(set) var known = 0
    /// What would become of the first applications (`mostRehearsed`, and all where there are not more).
    package private(set) var rehearsed = IntakeImport.Summary()
    /// What is wrong, row by row, in the order of the file; so many at most.
    package private(set) var faults: [IntakeFault] = []
    /// Rows of the file that were rehearsed, and those of them that would be handed back.
    package private(set) var rows = 0
    package private(set) var faultyRows = 0
    package static let mostFaults = 2_000
    /// Why applications would not be accepted, besides what the rows show by themselves: the words, and how many.
    package private(set) var reasons: [Words: Int] = [:]
    private static let mostRehearsed = 10_000

    /// - Throws: `PaperError` when the file cannot be read.
    package init(
        _ path: String, name: String? = nil, sheet: String? = nil, _ desk: Desk, by person: PersonID, language: Language = .zh,
        handingBack rejected: RejectedRows? = nil
    ) async throws {
        let reading = try IntakeReading(path: path, name: name, sheet: sheet, batch: 500, today: desk.clock.now().day)
        let line = reading.start()
        defer { line.stop() }
        let shown = try MaskedColumns(reading.header)
        let rehearsal = IntakeImport(desk, by: Principal(person))
        while let part = try await line.next() {
            if part.applications.isEmpty { continue }
            let numbers = part.applications.map(\.application.applicationNo).filter { !$0.isEmpty }
            applications += part.applications.count
            known += try await desk.known(\Application.applicationNo, among: numbers, by: person).count
            guard rehearsed.applications < Self.mostRehearsed else { continue }
            for (gathered, verdict) in zip(part.applications, try await rehearsal.verdicts(on: part.applications, isRehearsal: true)) {
                rehearsed.add(verdict)
                rows += gathered.rows.count
                for (index, row) in gathered.rows.enumerated() {
                    guard let reason = verdict.reason(ofPerson: index, in: language, gathered, reading.columns) else { continue }
                    faultyRows += 1
                    let cells = verdict.cells(ofPerson: index, gathered, reading.columns)
                    try rejected?.append(
                        row, at: RejectedRows.Place(row: gathered.numbers[index], cells: cells), reason: reason, header: reading.header)
                    if faults.count < Self.mostFaults { faults += verdict.lines(ofPerson: index, gathered, reading.columns, shown) }
                }
                for words in Set(verdict.faults.filter { !$0.field.hasPrefix("persons.") }.map(\.words)) { reasons[words, default: 0] += 1 }
            }
        }
        try rejected?.close()
    }

    /// Whether all of the file was rehearsed.
    package var isWhole: Bool { rehearsed.applications >= applications }

    /// The sentences, the first of them on what would become of all.
    package var words: [Words] {
        let summary = [
            Words(
                "\(isWhole ? "" : "前 \(rehearsed.applications) 份")预核保：投保单 \(applications) 份，其中承保 \(rehearsed.accepted)，"
                    + "留作草稿待补充 \(rehearsed.drafts)，已在册（不重复登记）\(rehearsed.known)，不予登记 \(rehearsed.rejected)",
                "\(isWhole ? "Checked" : "The first \(rehearsed.applications) checked"): of \(applications) applications \(rehearsed.accepted) would be accepted, "
                    + "\(rehearsed.drafts) kept as drafts, \(rehearsed.known) are in the book already, \(rehearsed.rejected) would not be taken"
            )
        ]
        let most = 20
        return summary
            + reasons.sorted { ($1.value, $0.key.zh) < ($0.value, $1.key.zh) }.prefix(most).map { words, count in
                Words("\(count) 份：\(words.zh)", "\(count): \(words.en)")
            }
    }
}
