import Identifiers
import Kernel
import Tables
import WorkCalendar

/// An application as rows of a file say it, with the rows themselves, in case they have to be handed back.
package struct ApplicationRows: Sendable {
    package var application: Application
    package var rows: [[String]]
    /// The numbers that a spreadsheet shows beside the rows.
    var numbers: [Int] = []
    /// Why the application is not taken, whatever the rules say: taken in, something of it would be lost, or be another's.
    package var unreadable: [Refusal.Fault] = []
    /// What to say of a field instead of what the book says, which does not know what stood in the file.
    var tellings: [String: Words] = [:]
    /// The cells of faults that are not those of one field.
    var cells: [String: [String]] = [:]
}

/// Gathers the rows of a file into applications: rows of one application stand one after the other.
struct ApplicationGathering {
    private let columns: IntakeColumns
    private let kept: [Int]
    private let survey: IntakeSurvey
    private let check: RowCheck
    private var current: ApplicationRows?
    private var follows = false
    private(set) var done: [ApplicationRows] = []

    /// - Parameters:
    ///   - kept: the columns that are handed back.
    ///   - survey: of the whole file.
    init(_ columns: IntakeColumns, kept: [Int], survey: IntakeSurvey, check: RowCheck) {
        (self.columns, self.kept, self.survey, self.check) = (columns, kept, survey, check)
    }

    mutating func add(_ row: TableRow) {
        let number = IntakeSurvey.number(row, columns)
        if current == nil || current?.application.applicationNo != number || number.isEmpty {
            // Whose row is it that does not say? Perhaps of the application before, perhaps of the one behind.
            if number.isEmpty, current?.application.applicationNo.isEmpty == false { holdBack() }
            finish()
            current = read(row, number)
            if follows, !number.isEmpty { holdBack() }
            follows = number.isEmpty
        }
        let index = current?.application.persons.count ?? 0
        let person = person(row), texts = kept.map(row.text)
        current?.application.persons.append(person)
        current?.rows.append(texts)
        current?.numbers.append(row.number)
        if number.isEmpty { lackNumber(row) }
        judge(row, index)
    }

    private mutating func holdBack() {
        let fault = Refusal.Fault(
            field: "applicationNo",
            Words(
                "紧邻的行没有可用的投保单号，可能属于本投保单；请补上后一并导入",
                "A row beside it has no application number that can be used and may belong to this application; add it and import them together"
            ))
        if current?.unreadable.contains(fault) == false { current?.unreadable.append(fault) }
    }

    private mutating func lackNumber(_ row: TableRow) {
        let words =
            row.damage(columns.applicationNo) == .none
            ? Words("请填写投保单号", "Enter the application number")
            : Words("投保单号无法使用，请改正", "The application number cannot be used; correct it")
        current?.unreadable.append(.init(field: "applicationNo", words))
    }

    /// What of a row can be no value, and what the book would be told without what stood there.
    private mutating func judge(_ row: TableRow, _ index: Int) {
        let cells = PersonCells(row, columns)
        let telling = FaultTelling(columns: columns, row: row, cells: cells, today: check.today.yyyymmdd)
        func put(_ fault: DataFault, _ field: String) { current?.tellings["persons.\(index).\(field)"] = telling.said(fault) }
        var faults = cells.damages?.faults ?? FaultSet()
        if cells.damages.map({ !survey.isCut($0, cells) }) ?? true { faults.remove(.valuePerhapsCut) }
        if !columns.unread.all.isEmpty, columns.unread.told(check.check(cells)).contains(.columnUnread) { faults.insert(.columnUnread) }
        for fault in faults {
            let field = "persons.\(index).\(fault.code)"
            current?.unreadable.append(.init(field: field, telling.said(fault)))
            current?.cells[field] = columns.cells(of: fault, row)
        }
        if Sex(cells.sex) == nil, !isBlank(cells.sex) { put(.sexUnknown, "sex") }
        if Role(cells.role) == nil, !isBlank(cells.role) { put(.roleUnknown, "role") }
        if DocumentKind(cell: cells.documentType) == nil { put(.documentTypeUnknown, "documentType") }
    }

    /// No more rows of the present application will come.
    mutating func finish() {
        if let current { done.append(current) }
        current = nil
    }

    mutating func takeDone() -> [ApplicationRows] {
        defer { done.removeAll(keepingCapacity: true) }
        return done
    }

    private func read(_ row: TableRow, _ number: String) -> ApplicationRows {
        var (application, unreadable) = (Application(), [Refusal.Fault]())
        application.applicationNo = number
        application.policyNo = row.text(columns.policyNo).trimmed
        application.productClass = choice(row[columns.productClass], "productClass", "险种", "product class", &unreadable)
        application.term = row.text(columns.termYears).trimmed
        if row.damage(columns.applicationDate) == .none { application.applicationDate = Day(loose: row[columns.applicationDate]) }
        application.agentNo = row.text(columns.agentNo).trimmed
        application.agencyName = row.text(columns.agency).trimmed
        application.channel = choice(row[columns.channel], "channel", "渠道", "channel", &unreadable)
        // Whoever hands in the file answers for it: the file has no column for the agent's signature.
        application.isCheckedByAgent = true
        if survey.standsApart(number) {
            let words = Words(
                "同一投保单的行没有排在一起，请按投保单号排序后再导入",
                "The rows of this application do not stand together; sort the file by application number and import it again")
            unreadable.append(.init(field: "applicationNo", words))
        }
        return ApplicationRows(application: application, rows: [], unreadable: unreadable)
    }

    private func person(_ row: TableRow) -> ApplicationPerson {
        var person = ApplicationPerson()
        person.role =
            switch Role(row[columns.role]) {
            case .applicant: .applicant
            case .insured: .insured
            case .beneficiary: .beneficiary
            case nil: .unknown
            }
        person.sex =
            switch Sex(row[columns.sex]) {
            case .male: .male
            case .female: .female
            case nil: .unknown
            }
        person.customerNo = row.text(columns.customerNo).trimmed
        person.name = row.text(columns.name).trimmed
        person.birthDate = row.text(columns.birthDate).trimmed
        person.documentType = documentType(row)
        person.documentNumber = row.text(columns.documentNumber).trimmed
        (person.mobile, person.landline) = (row.text(columns.mobile).trimmed, row.text(columns.landline).trimmed)
        (person.email, person.address) = (row.text(columns.email).trimmed, row.text(columns.address).trimmed)
        person.accountClass = accountClass(row)
        person.phoneHolder = row.text(columns.phoneHolder).trimmed
        (person.account, person.accountHolder) = (row.text(columns.bankAccount).trimmed, row.text(columns.accountHolder).trimmed)
        return person
    }

    private func accountClass(_ row: TableRow) -> AccountKind {
        guard !isBlank(row[columns.accountClass]) else { return .unknown }
        return AccountClass(row.text(columns.accountClass)).flatMap { AccountKind(rawValue: "\($0.rawValue)") } ?? .other
    }

    private func documentType(_ row: TableRow) -> CardKind {
        guard !isBlank(row[columns.documentNumber]) else { return .unknown }
        return DocumentKind(cell: row[columns.documentType]).flatMap { CardKind(rawValue: $0.code) } ?? .other
    }

    /// By the code, the Chinese or the English word.
    private func choice<C: Choosable>(
        _ cell: UnsafeBufferPointer<UInt8>, _ field: String, _ zh: String, _ en: String, _ unreadable: inout [Refusal.Fault]
    ) -> C {
        let word = choiceWord(cell)
        let choices = C.allCases
        if let found = choices.first(where: { $0.rawValue == word || $0.words.zh == word }) { return found }
        if isBlank(cell) { return C() }
        if let found = choices.first(where: { plain($0.words.en) == word }) { return found }
        let known = choices.filter { !$0.rawValue.isEmpty }
        unreadable.append(
            .init(
                field: field,
                Words(
                    "\(zh)无法识别，请填写\(known.map(\.words.zh).joined(separator: "、"))之一",
                    "The \(en) is not known; enter one of \(known.map(\.words.en).joined(separator: ", "))")))
        return C()
    }

    /// As `plainWord` leaves a cell.
    private func plain(_ words: String) -> String { words.lowercased().filter { $0 != " " } }
}

extension String {
    /// Without spaces at both ends.
    fileprivate var trimmed: String {
        guard let first = unicodeScalars.first, let last = unicodeScalars.last else { return self }
        if !first.isSpace, !last.isSpace { return self }
        var rest = Substring(self)
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
