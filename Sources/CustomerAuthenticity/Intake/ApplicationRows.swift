import Identifiers
import Kernel
import Papers
import WorkCalendar

/// An application as rows of a file say it, with the rows themselves, in case they have to be handed back.
package struct ApplicationRows: Sendable {
    package var application: Application
    package var rows: [[String]]
    /// What is not one of the choices that there are: taken in, it would be lost.
    package var unreadable: [Refusal.Fault] = []
}

/// Gathers the rows of a file into applications: rows of one application stand one after the other.
struct ApplicationGathering {
    private let columns: IntakeColumns
    private let kept: [Int]
    private var current: ApplicationRows?
    private(set) var done: [ApplicationRows] = []

    /// - Parameter kept: the columns that are handed back.
    init(_ columns: IntakeColumns, kept: [Int]) {
        (self.columns, self.kept) = (columns, kept)
    }

    mutating func add(_ row: TableRow) {
        let number = row.text(columns.applicationNo).trimmed
        if current == nil || current?.application.applicationNo != number || number.isEmpty {
            finish()
            current = read(row, number)
        }
        let person = person(row), texts = kept.map(row.text)
        current?.application.persons.append(person)
        current?.rows.append(texts)
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
        application.applicationDate = Day(loose: row[columns.applicationDate])
        application.agentNo = row.text(columns.agentNo).trimmed
        application.channel = choice(row[columns.channel], "channel", "渠道", "channel", &unreadable)
        // Whoever hands in the file answers for it: the file has no column for the agent's signature.
        application.isCheckedByAgent = true
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
        (person.account, person.accountHolder) = (row.text(columns.bankAccount).trimmed, row.text(columns.accountHolder).trimmed)
        return person
    }

    private func documentType(_ row: TableRow) -> CardKind {
        guard !isBlank(row[columns.documentNumber]) else { return .unknown }
        return DocumentKind(cell: row[columns.documentType]).flatMap { CardKind(rawValue: $0.code) } ?? .other
    }

    /// By the code, the Chinese or the English word.
    private func choice<C: Choosable>(
        _ cell: UnsafeBufferPointer<UInt8>, _ field: String, _ zh: String, _ en: String, _ unreadable: inout [Refusal.Fault]
    ) -> C {
        let word = plainWord(cell)
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
