/// Finds the sheet of a workbook that has a table's columns, and its header.
struct SheetSearch {
    struct Found {
        let source: SheetSource
        let names: [String]
        let line: Int
        var rules: RowRules?
        var notes = TableNotes()
    }

    private let workbook: Workbook
    private let form: TableForm?
    private let limits: TableLimits
    private let shared: SharedTexts

    init(_ workbook: Workbook, _ form: TableForm?, _ limits: TableLimits) throws(PaperError) {
        (self.workbook, self.form, self.limits) = (workbook, form, limits)
        shared = try SharedTexts(workbook)
    }

    /// - Parameter name: the sheet that is to be taken; without one the first that can be seen and fits.
    func find(_ name: String?, _ facts: SheetFacts) throws(PaperError) -> Found {
        guard let form else { return try plain(name) }
        if let name {
            let sheet = try workbook.sheet(name)
            return try open(sheet, HeaderSearch.find(form, in: try firstRows(of: sheet)), form, facts)
        }
        var failure: PaperError?
        for sheet in workbook.visible {
            do { return try open(sheet, HeaderSearch.find(form, in: try firstRows(of: sheet)), form, facts) } catch {
                // Of several sheets the one that resembles a table most says what is wrong.
                if failure == nil || failure == .empty || weight(error) < weight(failure) { failure = error }
            }
        }
        let hidden = workbook.sheets.filter { $0.isHidden && fits($0, form) }.map(\.name)
        guard let failure else { throw .noSheetFits(missing: [], sheets: [], hidden: hidden) }
        guard case .missingColumns(let missing, _) = failure, workbook.sheets.count > 1 else { throw failure }
        throw .noSheetFits(missing: missing, sheets: workbook.visible.map(\.name), hidden: hidden)
    }

    private func weight(_ error: PaperError?) -> Int {
        switch error {
        case .missingColumns(let names, _): names.count + 1
        case .empty, nil: .max
        default: 0
        }
    }

    private func fits(_ sheet: Workbook.Sheet, _ form: TableForm) -> Bool {
        guard let rows = try? firstRows(of: sheet) else { return false }
        return (try? HeaderSearch.find(form, in: rows)) != nil
    }

    private func open(
        _ sheet: Workbook.Sheet, _ header: HeaderSearch.Found, _ form: TableForm, _ facts: SheetFacts
    ) throws(PaperError) -> Found {
        let rules = RowRules(header.header, form)
        let layout = SheetLayout(
            rules: rules, styles: try CellStyles(workbook), countsFrom1904: workbook.countsDatesFrom1904, headerRow: header.number,
            facts: facts)
        let source = try SheetSource(workbook, sheet, shared: shared, limits: limits, layout: layout)
        var notes = TableNotes(header, sheet: sheet.name)
        notes.countsDatesFrom1904 = workbook.countsDatesFrom1904
        notes.otherSheets = workbook.sheets.filter { $0.part != sheet.part }.map {
            .init(name: $0.name, isHidden: $0.isHidden, fits: fits($0, form))
        }
        return Found(source: source, names: header.header.names, line: header.line, rules: rules, notes: notes)
    }

    /// Without a form: the first row of the first sheet.
    private func plain(_ name: String?) throws(PaperError) -> Found {
        guard
            let sheet = try name.map({ name throws(PaperError) in try workbook.sheet(name) }) ?? workbook.visible.first
                ?? workbook.sheets.first
        else { throw .notATable }
        guard let first = try firstRows(of: sheet, most: 1).first else { throw .empty }
        let source = try SheetSource(workbook, sheet, shared: shared, limits: limits, below: first.number)
        return Found(source: source, names: first.texts, line: first.line)
    }

    private func firstRows(of sheet: Workbook.Sheet, most: Int = HeaderSearch.farthest) throws(PaperError) -> [HeaderSearch.Row] {
        var limits = limits
        limits.chunk = 64 << 10
        let source = try SheetSource(workbook, sheet, shared: shared, limits: limits)
        let chunk = TableChunk(separator: 0, limits: limits)
        guard try source.fill(chunk) else { return [] }
        _ = chunk.cells.sort()
        let first = chunk.firstRows(most)
        if first.rows.isEmpty, let failure = first.failure { throw failure }
        return first.rows.map(\.row)
    }
}
