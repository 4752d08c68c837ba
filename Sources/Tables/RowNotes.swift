/// What there is to say of rows besides their values: which were not given, and what may surprise in those that were.
struct RowNotes: Sendable {
    var blank = 0
    var footers: [Int] = []
    var repeatedHeaders: [Int] = []
    /// Rows that a spreadsheet does not show; they are read like any other.
    var hidden = 0
    var firstHidden: [Int] = []
    var formulaRows = 0
    var formulaColumns: Set<Int> = []
    /// Cells whose formula was saved without its result.
    var withoutResult: [String] = []
    /// Cells that took the value of the merged cell above.
    var filled = 0

    static let most = 5

    mutating func add(_ skipped: SkippedRow, _ row: Int) {
        switch skipped {
        case .blank: blank += 1
        case .footer: footers.append(row)
        case .header: repeatedHeaders.append(row)
        }
    }

    mutating func addHidden(_ row: Int) {
        hidden += 1
        if firstHidden.count < Self.most { firstHidden.append(row) }
    }

    mutating func add(_ other: RowNotes) {
        blank += other.blank
        footers += other.footers
        repeatedHeaders += other.repeatedHeaders
        hidden += other.hidden
        firstHidden = Array((firstHidden + other.firstHidden).prefix(Self.most))
        formulaRows += other.formulaRows
        formulaColumns.formUnion(other.formulaColumns)
        withoutResult = Array((withoutResult + other.withoutResult).prefix(Self.most))
        filled += other.filled
    }
}
