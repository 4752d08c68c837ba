import Identifiers
import Tables

/// What a spreadsheet has done to the values of a row, field by field. Small and without references: every row's cells carry room for it.
struct CellDamages {
    enum Field: Int, CaseIterable {
        case term, applicationDate, role, name, sex, birthDate, documentType, documentNumber, mobile, landline, email, address
        case bankAccount, accountHolder
    }

    // A bit a field; one more for the fields that say nothing of the person.
    private var errors: UInt32 = 0
    private var cuts: UInt32 = 0
    private var perhapsCut: UInt32 = 0

    init(_ row: TableRow, _ columns: IntakeColumns) {
        for (bit, place) in columns.places.enumerated() {
            let mask = UInt32(1) << UInt32(bit)
            switch row.damage(place) {
            case .none: continue
            case .error: errors |= mask
            case .cut: cuts |= mask
            case .perhapsCut: perhapsCut |= mask
            }
        }
    }

    private var hasErrors: Bool { errors != 0 }
    private var hasCuts: Bool { cuts != 0 }
    private var hasPerhapsCut: Bool { perhapsCut != 0 }

    /// What is to be said of them.
    var faults: FaultSet {
        var faults = FaultSet()
        if hasErrors { faults.insert(.valueError) }
        if hasCuts { faults.insert(.valueCut) }
        if hasPerhapsCut { faults.insert(.valuePerhapsCut) }
        return faults
    }

    subscript(field: Field) -> CellDamage {
        let mask = UInt32(1) << UInt32(field.rawValue)
        return errors & mask != 0 ? .error : cuts & mask != 0 ? .cut : perhapsCut & mask != 0 ? .perhapsCut : .none
    }

    /// A value that is none is not missing, and says nothing wrong of its own.
    func withoutWhatFollows(_ faults: FaultSet) -> FaultSet {
        var faults = faults
        for field in Field.allCases where self[field] == .error || self[field] == .cut {
            for fault in CellDamages.following(field) { faults.remove(fault) }
        }
        return faults
    }

    private static func following(_ field: Field) -> [DataFault] {
        switch field {
        case .applicationDate: [.applicationDateInvalid]
        case .role: [.roleUnknown]
        case .sex: [.missingSex]
        case .birthDate: [.missingBirthDate]
        case .documentType, .documentNumber: [.missingDocumentNumber]
        case .mobile, .landline: [.missingPhone]
        case .address: [.missingAddress]
        case .term: [.termUnknown]
        case .bankAccount, .accountHolder: [.missingAccountHolder]
        default: []
        }
    }
}
