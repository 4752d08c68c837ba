import Identifiers
import WorkCalendar

/// The rules of articles 4, 5, 6 and 11 on one person in one application, as an underwriting system has to apply them.
///
/// Works on bytes and collects faults in a word of bits: a row without fault costs no allocation.
package struct RowCheck: Sendable {
    package let today: Day
    /// 第五条: who is younger on the day of the application is a minor.
    package let minorAge: Int
    private let todayNumber: Int32

    package init(today: Day, minorAge: Int = 18) {
        self.today = today
        self.minorAge = minorAge
        todayNumber = today.yyyymmdd
    }

    /// All faults that the row shows by itself. Who holds the account is judged with the applicant's name, agents and clues
    /// by the book or the whole file.
    package func check(_ cells: PersonCells) -> FaultSet {
        guard let damages = cells.damages else { return judge(cells) }
        var faults = damages.withoutWhatFollows(judge(cells.sound(damages))).union(damages.faults)
        // A sequence of 000 is never issued: what is said of it says enough.
        if faults.contains(.idSequence), damages[.bankAccount] != .perhapsCut { faults.remove(.valuePerhapsCut) }
        return faults
    }

    private func judge(_ cells: PersonCells) -> FaultSet {
        var faults = FaultSet()
        let role = Role(cells.role)
        if role == nil { faults.insert(.roleUnknown) }
        let applied = Day(loose: cells.applicationDate)
        if applied == nil { faults.insert(.applicationDateInvalid) }
        let term = Term(cells.termYears)
        if term == .unknown, !isBlank(cells.termYears) { faults.insert(.termUnknown) }
        let structure = faults

        let birth = checkBirth(cells.birthDate, &faults)
        let sex = Sex(cells.sex)
        checkCompleteness(cells, role, sex: sex, isMinor: isMinor(birth, on: applied), &faults)
        if !isBlank(cells.name) { faults.formUnion(PersonName.check(cells.name)) }
        checkDocument(cells, sex: sex, birth: birth, &faults)
        checkContacts(cells, &faults)
        if !isBlank(cells.bankAccount) {
            if isBlank(cells.accountHolder) { faults.insert(.missingAccountHolder) }
            let account = BankAccount.check(cells.bankAccount)
            faults.formUnion(account)
            if !isBlank(cells.accountClass) { faults.formUnion(checkClass(cells.accountClass)) }
            if account.contains(.accountLuhn), SharedValue.endsAsIfCut(cells.bankAccount) { faults.insert(.valuePerhapsCut) }
        }

        // 第四条: a shorter policy is stored and marked; what would block a longer one does not bind it.
        guard term.isBelowOneYear else { return faults }
        var outside = structure.union(faults.warnings)
        outside.insert(.outsideRules)
        return outside
    }

    private func checkClass(_ cell: PersonCells.Cell) -> FaultSet {
        guard cell.count <= 64, let read = AccountClass(String(decoding: cell, as: UTF8.self)) else {
            return FaultSet(.accountClassUnknown)
        }
        return read.isLimited ? FaultSet(.accountLimited) : FaultSet()
    }

    /// The day of birth as yyyymmdd; 0 when there is none to go by.
    private func checkBirth(_ cell: PersonCells.Cell, _ faults: inout FaultSet) -> Int32 {
        if isBlank(cell) { return 0 }
        guard let day = Day(loose: cell), day.yyyymmdd >= 1850_00_00 else {
            faults.insert(.birthDateInvalid)
            return 0
        }
        guard day <= today else {
            faults.insert(.birthDateFuture)
            return 0
        }
        return day.yyyymmdd
    }

    /// Whether somebody born then is a minor on the day of the application, or today where that day cannot be told.
    private func isMinor(_ birth: Int32, on applied: Day?) -> Bool {
        guard birth != 0 else { return false }
        let day = applied?.yyyymmdd ?? todayNumber
        return birth + Int32(minorAge) * 10_000 > day
    }

    /// 第五条: what an applicant and an insured must say; a beneficiary is named, and no more.
    private func checkCompleteness(_ cells: PersonCells, _ role: Role?, sex: Sex?, isMinor: Bool, _ faults: inout FaultSet) {
        if isBlank(cells.name) { faults.insert(.missingName) }
        if sex == nil, role != .beneficiary, !isBlank(cells.sex) { faults.insert(.sexUnknown) }
        guard role == .applicant || role == .insured else { return }
        if isBlank(cells.sex) { faults.insert(.missingSex) }
        if isBlank(cells.birthDate) { faults.insert(.missingBirthDate) }
        if isBlank(cells.documentNumber), role == .applicant || !isMinor { faults.insert(.missingDocumentNumber) }
        guard role == .applicant else { return }
        if isBlank(cells.address) { faults.insert(.missingAddress) }
        if isBlank(cells.mobile), isBlank(cells.landline) { faults.insert(.missingPhone) }
    }

    /// 第六条: the number obeys the rule of its kind, and agrees with sex and day of birth.
    private func checkDocument(_ cells: PersonCells, sex: Sex?, birth: Int32, _ faults: inout FaultSet) {
        if isBlank(cells.documentNumber) { return }
        guard let kind = DocumentKind(cell: cells.documentType) else {
            faults.insert(.documentTypeUnknown)
            return
        }
        let finding = kind.check(cells.documentNumber, today: todayNumber)
        faults.formUnion(finding.faults)
        faults.formUnion(finding.conflicts(sex: sex, birth: birth))
    }

    private func checkContacts(_ cells: PersonCells, _ faults: inout FaultSet) {
        if !isBlank(cells.mobile) { faults.formUnion(Mobile.check(cells.mobile).faults) }
        if !isBlank(cells.landline) { faults.formUnion(Landline.check(cells.landline).faults) }
        if !isBlank(cells.email) { faults.formUnion(Email.check(cells.email)) }
        if !isBlank(cells.address) { faults.formUnion(Address.check(cells.address)) }
    }
}

extension DocumentKind {
    /// An empty cell means the resident identity card, which nearly everybody has.
    package init?(cell: PersonCells.Cell) {
        if isBlank(cell) {
            self = .residentID
        } else if let kind = DocumentKind(cell) ?? DocumentKind(plainWord(cell)) ?? DocumentKind(choiceWord(cell)) {
            self = kind
        } else {
            return nil
        }
    }
}
