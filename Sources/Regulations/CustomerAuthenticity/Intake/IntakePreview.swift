import Kernel
import Tables

/// The first rows of a file with what the book would say of each, before anything is taken in.
package struct IntakePreview: Sendable {
    package struct Row: Sendable {
        package let cells: [String]
        /// The number that a spreadsheet shows beside it.
        package let number: Int
        /// The cells at fault.
        package let places: [String]
        /// The columns at fault, by their place among the names.
        package let wrong: Set<Int>
        /// Why it would not be accepted; `nil` when it would.
        package let reason: String?
    }

    package private(set) var rows: [Row] = []
    package let names: [String]
    private static let most = 20

    /// - Throws: `PaperError` when the file is no table of applications.
    package init(
        _ path: String, name: String? = nil, sheet: String? = nil, _ desk: Desk, by person: PersonID, language: Language
    ) async throws {
        let reading = try IntakeReading(path: path, name: name, sheet: sheet, batch: Self.most, today: desk.clock.now().day)
        names = reading.header
        let shown = try MaskedColumns(names)
        let line = reading.start()
        defer { line.stop() }
        guard let found = try await line.next()?.applications else { return }
        let verdicts = try await IntakeImport(desk, by: Principal(person), language: language).verdicts(on: found, isRehearsal: true)
        for (application, verdict) in zip(found, verdicts) where rows.count < Self.most {
            for (index, texts) in application.rows.enumerated() {
                let cells = shown.masked(texts)
                rows.append(
                    Row(
                        cells: cells, number: application.numbers[index],
                        places: verdict.cells(ofPerson: index, application, reading.columns),
                        wrong: verdict.places(ofPerson: index, shown),
                        reason: verdict.reason(ofPerson: index, in: language)))
            }
        }
    }
}
