import Tables

/// What a row says of one person in one application, as bytes of UTF-8 where they lie. Valid only within the closure that received it.
package struct PersonCells {
    package typealias Cell = UnsafeBufferPointer<UInt8>
    package var termYears, applicationDate, role, name, sex, birthDate, documentType, documentNumber: Cell
    package var mobile, landline, email, address, bankAccount, accountHolder, accountClass: Cell
    /// What a spreadsheet has done to some of them; nothing for a sound row.
    var damages: CellDamages?

    @inline(__always)
    package init(_ row: TableRow, _ columns: IntakeColumns) {
        termYears = row[columns.termYears]
        applicationDate = row[columns.applicationDate]
        role = row[columns.role]
        name = row[columns.name]
        sex = row[columns.sex]
        birthDate = row[columns.birthDate]
        documentType = row[columns.documentType]
        documentNumber = row[columns.documentNumber]
        mobile = row[columns.mobile]
        landline = row[columns.landline]
        email = row[columns.email]
        address = row[columns.address]
        bankAccount = row[columns.bankAccount]
        accountHolder = row[columns.accountHolder]
        accountClass = row[columns.accountClass]
        damages = row.isDamaged ? CellDamages(row, columns) : nil
    }

    /// The same without what is no value. The name stays: what stands there is judged as one.
    func sound(_ damages: CellDamages) -> PersonCells {
        let blank = Cell(start: nil, count: 0)
        func value(_ field: CellDamages.Field, _ cell: Cell) -> Cell {
            switch damages[field] {
            case .none, .perhapsCut: cell
            case .error, .cut: blank
            }
        }
        var cells = self
        cells.damages = nil
        (cells.termYears, cells.applicationDate) = (value(.term, termYears), value(.applicationDate, applicationDate))
        (cells.role, cells.sex, cells.birthDate) = (value(.role, role), value(.sex, sex), value(.birthDate, birthDate))
        cells.documentType = value(.documentType, documentType)
        // Without its kind a number cannot be judged.
        cells.documentNumber = damages[.documentType] == .error ? blank : value(.documentNumber, documentNumber)
        (cells.mobile, cells.landline) = (value(.mobile, mobile), value(.landline, landline))
        (cells.email, cells.address) = (value(.email, email), value(.address, address))
        (cells.bankAccount, cells.accountHolder) = (value(.bankAccount, bankAccount), value(.accountHolder, accountHolder))
        return cells
    }

    /// The texts of a form, in the order of the properties.
    package static func with<R>(_ texts: [String], _ body: (PersonCells) -> R) -> R {
        let bytes = texts.flatMap(\.utf8)
        return bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            let cells = (0..<15).map { index in
                let count = index < texts.count ? texts[index].utf8.count : 0
                defer { start += count }
                return UnsafeBufferPointer(rebasing: bytes[start..<start + count])
            }
            return body(PersonCells(cells))
        }
    }

    private init(_ cells: [Cell]) {
        (termYears, applicationDate, role, name, sex, birthDate) = (cells[0], cells[1], cells[2], cells[3], cells[4], cells[5])
        (documentType, documentNumber, mobile, landline) = (cells[6], cells[7], cells[8], cells[9])
        (email, address, bankAccount, accountHolder, accountClass) = (cells[10], cells[11], cells[12], cells[13], cells[14])
    }
}
