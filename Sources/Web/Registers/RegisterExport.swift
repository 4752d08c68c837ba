import Hummingbird
import Kernel
import Tables
import Synchronization

/// A register as a file, CSV or workbook: the rows that the filters leave, personal values masked. It stands in the ledger.
struct RegisterExport: Sendable {
    enum Format: String, Sendable, CaseIterable {
        case csv, xlsx

        var type: String {
            switch self {
            case .csv: "text/csv; charset=utf-8"
            case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            }
        }
    }

    let desk: Desk
    let type: DocumentType
    let query: RegisterQuery
    let person: PersonID
    let l: Language
    /// By which request it is asked.
    var request: RequestKey?

    /// The file that a form of the register's page asks for.
    static func answer(_ call: Call, _ form: FormData) async throws -> Response {
        let type = try call.type()
        let address = RegisterAddress(form, of: type, call.ids)
        guard address.faults.isEmpty else { throw DeskError.invalid(address.faults) }
        let export = RegisterExport(desk: call.desk, type: type, query: address.query, person: call.person, l: call.l)
        return try await export.answer(Format(rawValue: form["format"]) ?? .csv)
    }

    func answer(_ format: Format) async throws -> Response {
        let file = try TemporaryFile()
        let lines = Lines(organisation: try await desk.organisation(), type: type, l: l)
        switch format {
        case .xlsx:
            let sheet = Mutex(try XLSXWriter(path: file.path, sheet: String(type.title[l].prefix(31)), header: lines.header))
            try await desk.export(type.name, query, by: person, request: request) { row, names in
                try sheet.withLock { sheet in
                    for cell in lines.cells(row, names) {
                        switch cell {
                        case .text(let text): sheet.append(text)
                        case .number(let number, let places): sheet.append(decimal: number, places: places)
                        }
                    }
                    try sheet.endRow()
                }
            }
            try sheet.withLock { try $0.close() }
        case .csv:
            let writer = try CSVWriter(.file(file.path), byteOrderMark: true, guardsFormulas: true)
            try writer.row(lines.header)
            let table = Mutex(writer)
            try await desk.export(type.name, query, by: person, request: request) { row, names in
                try table.withLock { table in
                    for cell in lines.cells(row, names) {
                        switch cell {
                        case .text(let text): table.append(text)
                        case .number(let number, _): table.append(decimal: number)
                        }
                    }
                    try table.endRow()
                }
            }
            try table.withLock { try $0.close() }
        }
        return .download(file, name: "\(type.title[l]) \(desk.clock.now().day).\(format.rawValue)", type: format.type)
    }

    private enum Cell {
        case text(String)
        /// With so many digits after the point.
        case number(String, places: Int)
    }

    /// How a document becomes a row of cells.
    private struct Lines: Sendable {
        let organisation: Organisation
        let type: DocumentType
        let l: Language

        var header: [String] {
            [l("编号", "Number"), l("标题", "Title")] + type.fields.map { $0.label[l] }
                + [l("状态", "State"), l("密级", "Level"), l("单位", "Unit"), l("持有人", "Holder"), l("登记时间", "Entered"), l("时限", "Due")]
        }

        func cells(_ row: DocumentRow, _ names: [Int64: Words]) -> [Cell] {
            let text = PlainText(l: l, names: names)
            let fields = type.fields.map { field -> Cell in
                let shown = text.text(row.values[field.key] ?? .null, field.kind)
                if case .decimal(let places, _) = field.kind, !shown.isEmpty { return .number(shown, places: places) }
                return .text(shown)
            }
            return [.text(row.number ?? ""), .text(row.title)] + fields
                + [
                    StateName(row.state, of: type).words[l], row.level.words[l], organisation.name(row.unit)[l],
                    row.holder.isNone ? "" : organisation.name(row.holder)[l], row.created.description, row.due?.due.description ?? "",
                ].map { .text($0) }
        }
    }
}
