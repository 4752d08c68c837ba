import Hummingbird
import Kernel
import Papers
import Synchronization

/// A register as a file, CSV or workbook: the rows that the filters leave, personal values masked. It stands in the ledger.
enum RegisterExport {
    static func answer(_ call: Call) async throws -> Response {
        let type = try call.type()
        let address = RegisterAddress(call.query, of: type)
        guard address.faults.isEmpty else { throw DeskError.invalid(address.faults) }
        let isWorkbook = call.query["format"] == "xlsx"
        let file = try TemporaryFile()
        let lines = Lines(call: call, type: type)
        if isWorkbook {
            let writer = try XLSXWriter(path: file.path, sheet: String(type.title[call.l].prefix(31)), header: lines.header)
            let sheet = Mutex(writer)
            try await call.desk.export(type.name, address.query, by: call.person) { row, names in
                try sheet.withLock { try $0.row(lines.cells(row, names)) }
            }
            try sheet.withLock { try $0.close() }
        } else {
            let writer = try CSVWriter(.file(file.path), byteOrderMark: true, guardsFormulas: true)
            try writer.row(lines.header)
            let table = Mutex(writer)
            try await call.desk.export(type.name, address.query, by: call.person) { row, names in
                try table.withLock { try $0.row(lines.cells(row, names)) }
            }
            try table.withLock { try $0.close() }
        }
        return .download(
            file, name: "\(type.title[call.l]) \(call.today).\(isWorkbook ? "xlsx" : "csv")",
            type: isWorkbook ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8")
    }

    /// How a document becomes a row of texts.
    private struct Lines: Sendable {
        let call: Call
        let type: DocumentType

        private var l: Language { call.l }

        var header: [String] {
            [l("编号", "Number"), l("标题", "Title")] + type.fields.map { $0.label[l] }
                + [l("状态", "State"), l("密级", "Level"), l("单位", "Unit"), l("持有人", "Holder"), l("登记时间", "Entered"), l("时限", "Due")]
        }

        func cells(_ row: DocumentRow, _ names: [Int64: Words]) -> [String] {
            let text = FieldText(call: call, names: names, document: nil)
            return [row.number ?? "", row.title] + type.fields.map { text.plain(row.values[$0.key] ?? .null, $0.kind) } + [
                StateName(row.state, of: type).words[l], row.level.words[l], call.organisation.name(row.unit)[l],
                row.holder.isNone ? "" : call.organisation.name(row.holder)[l], row.created.description, row.due?.due.description ?? "",
            ]
        }
    }
}
