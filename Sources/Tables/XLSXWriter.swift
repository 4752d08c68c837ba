import CXlsxWriter
import Glibc

/// Writes a workbook of one sheet, a row at a time in constant memory: the header bold and kept in view, texts as texts, so that
/// long numbers keep all their figures and nothing is taken for a formula.
///
/// The file appears under its name only when `close` succeeds. Temporary files lie beside it, not in a shared folder.
package final class XLSXWriter {
    /// Rows in a sheet, the header among them.
    package static let rowLimit = Int(LXW_ROW_MAX)

    private let file: OutputFile
    private let sheet: UnsafeMutablePointer<lxw_worksheet>
    private let dateFormat: UnsafeMutablePointer<lxw_format>?
    private var workbook: UnsafeMutablePointer<lxw_workbook>?
    private var row = 0
    private var column = 0
    private var failure: PaperError?
    private var scratch: [CChar] = []
    /// Sheets that hold choices.
    private var lists = 0
    /// By how many digits they show after the point.
    private var decimalFormats: [Int: UnsafeMutablePointer<lxw_format>] = [:]

    /// - Parameter widths: Of the columns, in characters; without it they follow the names in the header.
    package init(path: String, sheet name: String = "Sheet1", header: [String], widths: [Double] = []) throws(PaperError) {
        let file = try OutputFile(path: path)
        self.file = file
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { String(path[...$0]) } ?? "."
        let book = folder.withCString { folder in
            var options = lxw_workbook_options()
            options.constant_memory = 1
            options.tmpdir = UnsafeMutablePointer(mutating: folder)
            options.use_zip64 = 1
            return workbook_new_opt(file.writtenPath, &options)
        }
        guard let book else { throw .cannotWrite(path: path, cause: .latest) }
        guard let sheet = workbook_add_worksheet(book, name) else {
            lxw_workbook_free(book)
            throw .cannotWrite(path: path, cause: SystemCause(EINVAL))
        }
        self.sheet = sheet
        workbook = book
        dateFormat = workbook_add_format(book)
        format_set_num_format(dateFormat, "yyyy-mm-dd")
        let bold = workbook_add_format(book)
        format_set_bold(bold)
        for (index, title) in header.enumerated() {
            let width = index < widths.count ? widths[index] : Self.width(of: title)
            worksheet_set_column(sheet, lxw_col_t(index), lxw_col_t(index), width, nil)
        }
        worksheet_freeze_panes(sheet, 1, 0)
        for title in header { text(title, bold) }
        try endRow()
    }

    deinit { lxw_workbook_free(workbook) }

    /// Adds a cell of text.
    package func append(_ text: String) { self.text(text, nil) }

    /// Adds a cell of text, in UTF-8.
    package func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        scratch.removeAll(keepingCapacity: true)
        scratch.append(contentsOf: bytes.lazy.map { CChar(bitPattern: $0) })
        scratch.append(0)
        scratch.withUnsafeBufferPointer { text($0, nil) }
    }

    /// Adds a cell with a number; one that a spreadsheet cannot hold exactly becomes text.
    package func append(_ number: Int) {
        if number.magnitude >= 1_000_000_000_000_000 { append(String(number)) } else { append(Double(number)) }
    }

    package func append(_ number: Double) { put(worksheet_write_number(sheet, lxw_row_t(row), lxw_col_t(column), number, nil)) }

    /// Adds a cell with a decimal number, shown with so many digits after the point. One of more figures than a spreadsheet keeps becomes
    /// text.
    /// - Parameter text: `-1234.50`.
    package func append(decimal text: String, places: Int) {
        guard text.utf8.count(where: { (48...57).contains($0) }) <= 15, let number = Double(text) else { return append(text) }
        put(worksheet_write_number(sheet, lxw_row_t(row), lxw_col_t(column), number, decimalFormat(places)))
    }

    private func decimalFormat(_ places: Int) -> UnsafeMutablePointer<lxw_format>? {
        if let format = decimalFormats[places] { return format }
        let format = workbook_add_format(workbook)
        format_set_num_format(format, "#,##0." + String(repeating: "0", count: places))
        decimalFormats[places] = format
        return format
    }

    /// Adds a date.
    /// - Parameter serial: Days as a spreadsheet counts them: 1 January 2000 is 36526.
    package func append(dateSerial serial: Int) {
        put(worksheet_write_number(sheet, lxw_row_t(row), lxw_col_t(column), Double(serial), dateFormat))
    }

    /// Adds all fields of a row, as texts.
    package func append(_ row: TableRow) { for index in 0..<row.count { append(row[index]) } }

    /// - Throws: `PaperError` if a cell of the row cannot be held, or there are more rows than a sheet has.
    package func endRow() throws(PaperError) {
        if let failure { throw failure }
        row += 1
        column = 0
    }

    /// A whole row of texts.
    package func row(_ fields: [String]) throws(PaperError) {
        for field in fields { append(field) }
        try endRow()
    }

    /// Lets the cells of a column be chosen from a list, below the header; what is typed besides is taken too. A list that is too long for
    /// its place in the file stands on a hidden sheet of its own.
    package func offer(_ choices: [String], inColumn column: Int, rows: Int) {
        if choices.isEmpty { return }
        var validation = lxw_data_validation()
        validation.error_type = UInt8(LXW_VALIDATION_ERROR_TYPE_INFORMATION.rawValue)
        func put() { worksheet_data_validation_range(sheet, 1, lxw_col_t(column), lxw_row_t(rows), lxw_col_t(column), &validation) }
        // In bytes, with the commas between.
        guard choices.reduce(choices.count - 1, { $0 + $1.utf8.count }) <= Self.longestList else {
            guard let name = listSheet(choices) else { return }
            validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
            let formula = strdup("='\(name)'!$A$1:$A$\(choices.count)")
            defer { free(formula) }
            validation.value_formula = .init(formula)
            return put()
        }
        var pointers: [UnsafePointer<CChar>?] = choices.map { UnsafePointer(strdup($0)) }
        pointers.append(nil)
        defer { for pointer in pointers { free(UnsafeMutablePointer(mutating: pointer)) } }
        pointers.withUnsafeMutableBufferPointer { list in
            validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
            validation.value_list = UnsafeMutablePointer(OpaquePointer(list.baseAddress))
            put()
        }
    }

    /// The library keeps a list in so many bytes, and does not look whether it fits.
    private static let longestList = 250

    private func listSheet(_ choices: [String]) -> String? {
        guard let workbook else { return nil }
        lists += 1
        let name = "选项\(lists)"
        guard let page = workbook_add_worksheet(workbook, name) else { return nil }
        for (row, choice) in choices.enumerated() { worksheet_write_string(page, lxw_row_t(row), 0, choice, nil) }
        worksheet_hide(page)
        return name
    }

    /// A further sheet of texts with a bold header, to read beside the table: of a template, which is the same whenever it is made. To be
    /// called before `close`.
    package func explain(_ title: String, _ header: [String], _ rows: [[String]]) {
        guard let workbook, let page = workbook_add_worksheet(workbook, title) else { return }
        var properties = lxw_doc_properties()
        // 2026-01-01.
        properties.created = 1_767_225_600
        workbook_set_properties(workbook, &properties)
        let bold = workbook_add_format(workbook)
        format_set_bold(bold)
        worksheet_set_column(page, 0, lxw_col_t(max(0, header.count - 1)), 28, nil)
        for (column, text) in header.enumerated() { worksheet_write_string(page, 0, lxw_col_t(column), text, bold) }
        for (row, texts) in rows.enumerated() {
            for (column, text) in texts.enumerated() { worksheet_write_string(page, lxw_row_t(row + 1), lxw_col_t(column), text, nil) }
        }
    }

    /// Marks the workbook as a numbered copy: a sheet that says so, the same in header and footer of every printed page, and in the file's
    /// properties. To be called before `close`.
    /// - Parameter marks: what is said, each with its name; the first is the number.
    package func mark(_ title: String, _ marks: [(name: String, text: String)]) {
        guard let workbook else { return }
        let line = "\(title) " + marks.prefix(3).map(\.text).joined(separator: " ")
        // An ampersand begins a code there, and no more than 255 characters are taken.
        let printed = String(line.replacing("&", with: "&&").prefix(200))
        worksheet_set_header(sheet, "&C" + printed)
        worksheet_set_footer(sheet, "&C" + printed)
        if let page = workbook_add_worksheet(workbook, title) {
            worksheet_set_column(page, 0, 1, 40, nil)
            for (row, mark) in marks.enumerated() {
                worksheet_write_string(page, lxw_row_t(row), 0, mark.name, nil)
                worksheet_write_string(page, lxw_row_t(row), 1, mark.text, nil)
            }
        }
        line.withCString { text in
            var properties = lxw_doc_properties()
            properties.comments = UnsafeMutablePointer(mutating: text)
            workbook_set_properties(workbook, &properties)
        }
    }

    /// To be called last: completes the file and gives it its name.
    package func close() throws(PaperError) {
        guard let book = workbook else { return }
        workbook = nil
        // The library does not look whether its temporary files could be written.
        let isWritten = fflush(sheet.pointee.optimize_tmpfile) == 0 && ferror(sheet.pointee.optimize_tmpfile) == 0
        let cause = SystemCause.latest
        errno = 0
        let status = workbook_close(book)
        guard isWritten else { throw OutputFile.error(file.path, cause) }
        guard status == LXW_NO_ERROR else { throw OutputFile.error(file.path, errno == 0 ? SystemCause(EIO) : .latest) }
        if file.writtenPath != file.path && !Self.isWhole(file.writtenPath) { throw .diskFull(path: file.path) }
        try file.commit()
    }

    private func text(_ text: String, _ format: UnsafeMutablePointer<lxw_format>?) {
        self.text(text.utf8CString.withUnsafeBufferPointer { Array($0) }, format)
    }

    private func text(_ text: [CChar], _ format: UnsafeMutablePointer<lxw_format>?) {
        text.withUnsafeBufferPointer { self.text($0, format) }
    }

    /// The text ends with a zero, and has no other.
    private func text(_ text: UnsafeBufferPointer<CChar>, _ format: UnsafeMutablePointer<lxw_format>?) {
        if text.dropLast().contains(0) { return put(LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED) }
        guard let begin = text.baseAddress else { return }
        let row = lxw_row_t(row)
        let column = lxw_col_t(column)
        if let escaped = EscapedText.protect(begin) {
            put(worksheet_write_string(sheet, row, column, escaped, format))
        } else {
            put(worksheet_write_string(sheet, row, column, begin, format))
        }
    }

    private func put(_ status: lxw_error) {
        column += 1
        guard failure == nil, status != LXW_NO_ERROR else { return }
        failure =
            row >= Self.rowLimit ? .tooManyRows(limit: Self.rowLimit) : .unwritableText(row: row + 1, column: column)
    }

    /// The sheet unpacks to its end.
    private static func isWhole(_ path: String) -> Bool {
        var limits = TableLimits()
        (limits.part, limits.freePart) = (.max, .max)
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
        defer { room.deallocate() }
        let mark = Array("</worksheet>".utf8)
        var ending: [UInt8] = []
        do {
            guard let part = try ZipPart("xl/worksheets/sheet1.xml", in: path, limits: limits) else { return false }
            while case let got = try part.read(into: room), got > 0 {
                ending = Array((ending + room[max(0, got - 64)..<got]).suffix(64))
            }
        } catch { return false }
        while ending.last == .lineFeed { ending.removeLast() }
        return ending.suffix(mark.count) == mark[...]
    }

    /// Chinese characters take the room of two.
    private static func width(of title: String) -> Double {
        let cells = title.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 2 : 1) }
        return Double(min(max(cells + 4, 10), 40))
    }
}
