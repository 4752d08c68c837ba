import Tables

/// What has to be known of a whole file before its first application is taken: how it is to be read, and which applications have rows
/// in several places. Rows of one application that stand apart would become an application without some of its persons. And whether long
/// numbers end in zeros more often than chance would have it: then a spreadsheet has cut them.
struct IntakeSurvey: Sendable {
    private(set) var facts = SheetFacts()
    /// Keyed hashes of the numbers.
    private var apart: Set<Int> = []
    private var documents = LongNumbers()
    private var accounts = LongNumbers()

    /// One in a thousand identity numbers ends in three zeros, fewer accounts in four.
    private struct LongNumbers {
        var count = 0
        var perhapsCut = 0
        var areCut: Bool { perhapsCut * 100 > count }

        mutating func add(_ row: TableRow, _ column: Int) {
            guard row[column].count >= 16 else { return }
            count += 1
            if row.damage(column) == .perhapsCut { perhapsCut += 1 }
        }
    }

    /// Whether a number of this row is to be taken for one that was cut. A sequence of 000 has its own warning.
    func isCut(_ damages: CellDamages, _ cells: PersonCells) -> Bool {
        damages[.documentNumber] == .perhapsCut && documents.areCut
            && !cells.documentNumber.suffix(4).allSatisfy { $0 == UInt8(ascii: "0") }
            || damages[.bankAccount] == .perhapsCut && accounts.areCut
    }

    init(_ path: String, name: String?, sheet: String?) throws {
        let form = IntakeColumns.imported
        self = try TableReader.reading(path: path, name: name, sheet: sheet, form: form) { table in
            var survey = IntakeSurvey()
            let columns = IntakeColumns(try table.header(form))
            var (seen, current) = (Set<Int>(), 0)
            do {
                try table.forEachRow { row in
                    survey.documents.add(row, columns.documentNumber)
                    survey.accounts.add(row, columns.bankAccount)
                    let number = IntakeSurvey.number(row, columns)
                    let hash = number.isEmpty ? 0 : number.hashValue
                    defer { current = hash }
                    if hash == current || number.isEmpty { return }
                    if !seen.insert(hash).inserted { survey.apart.insert(hash) }
                }
            } catch is PaperError {
                // Told when the file is read: what comes before the fault is taken.
            }
            survey.facts = table.facts
            return survey
        }
    }

    private init() {}

    func standsApart(_ number: String) -> Bool { !apart.isEmpty && apart.contains(number.hashValue) }

    /// The number of a row's application; empty where there is none that can be used.
    static func number(_ row: TableRow, _ columns: IntakeColumns) -> String {
        row.damage(columns.applicationNo) == .none ? ApplicationNumber.normalForm(row.text(columns.applicationNo)) : ""
    }
}
