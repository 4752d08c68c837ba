import Kernel

/// The rows of a table inside a form, on their way out to a page and back.
///
/// A row that stands in the document already says which one it was. What of it is personal was not shown, and where that is left empty
/// it stays as it is; so one number can be corrected without typing the whole row again.
enum LineRows {
    /// Under this name a row says its place in the document.
    static let was = "~was"

    /// The numbers of the rows that a form brought, in order.
    static func indexes(_ key: String, _ form: FormData) -> [Int] {
        let indexes = (Array(form.names) + Array(form.fileNames)).compactMap { name -> Int? in
            guard name.hasPrefix("\(key).") else { return nil }
            return name.dropFirst(key.count + 1).split(separator: ".").first.flatMap { Int($0) }
        }
        return Set(indexes).sorted()
    }

    /// The rows that a person typed something into, in order, without those that are to go.
    /// - Parameter files: what was handed in, by the names of the fields in their rows.
    static func read(_ key: String, _ columns: [FieldDescription], _ form: FormData, files: [String: JSONValue]) -> [JSONValue] {
        indexes(key, form).compactMap { index -> JSONValue? in
            if form.has("\(key).\(index).~drop") { return nil }
            var entries = columns.asked.compactMap { column -> JSONValue.Entry? in
                let name = "\(key).\(index).\(column.key)"
                return (files[name] ?? FormInput.simple(name, column.kind, form)).map { .init(column.key, $0) }
            }
            if form.has("\(key).\(index).\(was)") { entries.append(.init(was, .text(form["\(key).\(index).\(was)"]))) }
            let row = JSONValue.record(entries)
            return row.isEmpty ? nil : row
        }
    }

    /// The rows of a document as its form shows them: what is personal is left out.
    static func standing(_ rows: [JSONValue], _ columns: [FieldDescription]) -> [JSONValue] {
        rows.enumerated().map { index, row in
            let open = row.entries.filter { entry in columns.contains { $0.key == entry.key && !$0.kind.isPersonal } }
            return .record(open + [.init(was, .text(String(index)))])
        }
    }

    /// The place that a row had in the document; `nil` of a new one.
    static func place(of row: JSONValue) -> Int? { row[was].text.flatMap { Int($0) } }

    /// The typed rows with what was left empty because it was not shown, and what was not asked for.
    static func merged(_ rows: [JSONValue], with standing: [JSONValue], _ columns: [FieldDescription]) -> [JSONValue] {
        rows.map { row in
            guard let place = place(of: row), standing.indices.contains(place) else { return .record(row.entries.filter { $0.key != was }) }
            return .record(
                columns.compactMap { column in
                    let typed = row[column.key]
                    let isKept = column.asking != .asked || typed.isEmpty && column.kind.isPersonal
                    let value = isKept ? standing[place][column.key] : typed
                    return value == .null ? nil : .init(column.key, value)
                })
        }
    }
}
