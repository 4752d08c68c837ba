import Kernel
import Tables

/// One fault of a file, before anything is taken in: where it stands, what stands there, masked, and why it is wrong.
package struct IntakeFault: Sendable {
    /// The number that a spreadsheet shows beside the row.
    package let row: Int
    package let applicationNo: String
    /// Such as `J7`; empty where it is no single cell's.
    package let cell: String
    /// As the file calls the column.
    package let column: String
    package let value: String
    package let words: Words
    package let article: Article?
}

/// Cells of an intake file as they are shown: personal data is masked here as everywhere, the file itself is with whoever hands it in.
struct MaskedColumns {
    private let names: [String]
    private let columns: IntakeColumns
    private let masks: [Int: (String) -> String]

    init(_ names: [String]) throws {
        self.names = names
        columns = IntakeColumns(try Header(names, columns: IntakeColumns.known))
        var masks: [Int: (String) -> String] = [:]
        masks[columns.birthDate] = SealedKind.maskBirthday
        for column in [columns.name, columns.accountHolder, columns.phoneHolder] { masks[column] = SealedKind.maskName }
        for (column, kind) in [
            (columns.documentNumber, SealedKind.document), (columns.mobile, .phone), (columns.landline, .phone), (columns.email, .email),
            (columns.address, .address), (columns.bankAccount, .account),
        ] { masks[column] = kind.mask }
        self.masks = masks
    }

    func masked(_ texts: [String]) -> [String] { texts.enumerated().map { masks[$0]?($1) ?? $1 } }

    func place(ofField field: String) -> Int? { columns.place(ofField: field) }

    /// A column's name, and what stands there.
    func cell(ofField field: String, _ texts: [String]) -> (column: String, value: String) {
        guard let place = columns.place(ofField: field), names.indices.contains(place), texts.indices.contains(place) else {
            return ("", "")
        }
        return (names[place], masks[place]?(texts[place]) ?? texts[place])
    }
}
