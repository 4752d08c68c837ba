import Identifiers
import Kernel
import Tables

/// Answers the rows of a chunk: the second pass of a check.
struct RowAnswerer: Sendable {
    let check: RowCheck
    let marks: FileMarks
    let columns: IntakeColumns
    let language: Language?
    var namesSellers = false

    func answer(_ chunk: TableChunk) throws -> (text: CSVText, summary: CheckSummary) {
        // What is answered may be opened in a spreadsheet program.
        var (text, summary) = (CSVText(guardsFormulas: true), CheckSummary())
        var before: Int?
        try chunk.forEachRow { row in
            if before == nil {
                before = marks.rowsBefore(chunkAt: row.number)
                guard before != nil else { throw PaperError.shrank(line: row.line) }
            }
            let cells = PersonCells(row, columns)
            let faults = faults(of: row, cells)
            summary.add(faults)
            text.append((before ?? 0) + summary.rows)
            text.append(row[columns.applicationNo])
            text.append(row[columns.customerNo])
            append(faults, row, cells, to: &text)
            if namesSellers { text.append(row[columns.agentNo]) }
            text.endRow()
        }
        return (text, summary)
    }

    private func faults(of row: TableRow, _ cells: PersonCells) -> FaultSet {
        var faults = check.check(cells)
        if marks.phones.contains(row.number) { faults.insert(.cluePhone) }
        if marks.accounts.contains(row.number) { faults.insert(.clueAccount) }
        if marks.strangersAccounts.contains(row.number), !faults.contains(.outsideRules) { faults.insert(.accountNotApplicants) }
        // A number that is refused itself says enough.
        if marks.rowContradicting(row.number) != nil, faults.isDisjoint(with: RowAnswerer.ofNumber) { faults.insert(.clueIdentity) }
        return columns.unread.told(faults)
    }

    private static let ofNumber: FaultSet = [
        .idLength, .idCharacters, .idRegion, .idDate, .idCheck, .documentFormat, .documentTypeUnknown,
    ]

    /// The places of a fault; of a contradiction those of both rows.
    private func places(of fault: DataFault, _ row: TableRow) -> [String] {
        let cells = columns.cells(of: fault, row)
        guard fault == .clueIdentity, let other = marks.rowContradicting(row.number) else { return cells }
        return cells + [CellPlace.name(column: columns.documentNumber, row: other)]
    }

    private func append(_ faults: FaultSet, _ row: TableRow, _ cells: PersonCells, to text: inout CSVText) {
        if faults.isEmpty {
            text.append("pass")
            text.append("")
            text.append("")
            text.append(row.number)
            text.append("")
            if language != nil { text.append("") }
            return
        }
        text.append(faults.hasBlock ? "refuse" : "pass")
        text.append(faults.blocks.codes)
        text.append(faults.warnings.codes)
        text.append(row.number)
        text.append(faults.map { places(of: $0, row).joined(separator: " ") }.joined(separator: ";"))
        if let language { text.append(words(of: faults, row, cells, language)) }
    }

    private func words(of faults: FaultSet, _ row: TableRow, _ cells: PersonCells, _ language: Language) -> String {
        let told = FaultTelling(
            columns: columns, row: row, cells: cells, today: check.today.yyyymmdd,
            twin: marks.rowContradicting(row.number))
        return faults.map { fault in
            let ref = fault.article.words(in: language)
            return told.words(fault)[language] + (language == .zh ? "（\(ref)）" : " (\(ref))")
        }
        .joined(separator: language == .zh ? "；" : "; ")
    }
}

extension FaultSet {
    /// What all the faults say, in their order, in one line.
    /// - Parameter number: the document's, as typed.
    package func sentences(in language: Language, of number: String, _ kind: DocumentKind, today: Int32) -> String {
        map { fault in
            let told = fault.sentences(of: number, kind, today: today)
            return language == .zh ? told.zh : told.en
        }
        .joined(separator: language == .zh ? "；" : "; ")
    }
}
