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
        let address = RegisterAddress(form, of: type, call.ids, NameablePeople(call, of: type))
        guard address.faults.isEmpty else { throw DeskError.invalid(address.faults) }
        let export = RegisterExport(desk: call.desk, type: type, query: address.query, person: call.person, l: call.l)
        return try await export.answer(Format(rawValue: form["format"]) ?? .csv)
    }

    /// A file that stands in the ledger with its rows and its SHA-256; its name says both, so that whoever has it can compare.
    func answer(_ format: Format) async throws -> Response {
        let file = try TemporaryFile()
        let copy = try await desk.issueExport(type.name, query, isPlain: format == .csv, by: Principal(person))
        let lines = Lines(organisation: try await desk.organisation(), type: type, catalogue: desk.catalogue, l: l)
        let known: ExportedFile.Known
        switch format {
        case .xlsx: known = try await workbook(file, lines, copy)
        case .csv: known = try await table(file, lines)
        }
        let number = copy.map { " \($0.code)" } ?? "", sign = l("\(known.rows)行", "\(known.rows) rows") + " \(known.digest.prefix(12))"
        return .download(file, name: "\(type.title[l]) \(desk.clock.now().day)\(number) \(sign).\(format.rawValue)", type: format.type)
    }

    private func workbook(_ file: TemporaryFile, _ lines: Lines, _ copy: IssuedCopy?) async throws -> ExportedFile.Known {
        let sheet = Mutex(try XLSXWriter(path: file.path, sheet: String(type.title[l].prefix(31)), header: lines.header))
        let known = ExportedFile()
        let manifest = ExportManifest {
            try sheet.withLock { sheet in
                if let copy { sheet.mark(l("副本", "Copy"), marks(copy)) }
                try sheet.close()
            }
            return try known.settle(file)
        }
        try await desk.export(type.name, query, by: person, request: request, manifest: manifest) { row, names in
            known.count()
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
        return known.known
    }

    private func table(_ file: TemporaryFile, _ lines: Lines) async throws -> ExportedFile.Known {
        let writer = try CSVWriter(.file(file.path), byteOrderMark: true, guardsFormulas: true)
        try writer.row(lines.header)
        let table = Mutex(writer), known = ExportedFile()
        let manifest = ExportManifest {
            try table.withLock { try $0.close() }
            return try known.settle(file)
        }
        try await desk.export(type.name, query, by: person, request: request, manifest: manifest) { row, names in
            known.count()
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
        return known.known
    }

    /// What the sheet of a numbered copy says.
    private func marks(_ copy: IssuedCopy) -> [(String, String)] {
        var marks = [
            (l("副本号", "Copy number"), copy.code), (l("导出人", "Exported by"), copy.reader[l]), (l("时间", "At"), copy.at.description),
            (l("说明", "Note"), l("此件为编号副本，不得转交、复制。", "This is a numbered copy; it is not passed on or copied.")),
        ]
        if copy.leftOut > 0 {
            marks.append((l("未包含", "Left out"), l("\(copy.leftOut) 件没有导出授权", "\(copy.leftOut) without a grant to export")))
        }
        return marks
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
        let catalogue: Catalogue
        let l: Language

        var header: [String] {
            [l("编号", "Number"), l("标题", "Title")] + type.fields.map { $0.label[l] }
                + [l("状态", "State"), l("密级", "Level"), l("单位", "Unit"), l("当前办理人", "Holder"), l("登记时间", "Entered"), l("时限", "Due")]
        }

        func cells(_ row: DocumentRow, _ names: [Int64: Words]) -> [Cell] {
            let text = PlainText(l: l, names: names, catalogue: catalogue)
            let fields = type.fields.map { field -> Cell in
                let shown = text.text(row.values[field.key] ?? .null, of: field)
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
