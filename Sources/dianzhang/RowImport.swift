import CustomerAuthenticity
import Kernel
import Papers
import Web

/// A row a document, through the step that creates one: columns by the fields' keys or words; units by their names, people by their names
/// or log-in names. Rows that are refused are handed back with their reasons, and go in again as they are after correction.
struct RowImport {
    struct Done {
        var taken = 0
        var rejected = 0
        /// Rows with formulas, of which the value kept in the workbook was read.
        var formulas = 0
    }

    let desk: Desk
    let type: String
    let hand: Hand
    /// Of the reasons.
    let language: Language

    /// - Parameters:
    ///   - rejected: where refused rows go; nothing is written as long as there are none.
    ///   - isDryRun: nothing goes into the book. The rows that would be refused are handed back all the same.
    func run(_ path: String, rejected: String, isDryRun: Bool) async throws -> Done {
        guard let described = desk.catalogue.type(type), let step = described.opening else { throw DeskError.absent }
        let fields = described.fields.filter { step.asks.contains($0.key) }
        let table = try TableReader(path: path)
        let header = try Header(
            of: table, columns: fields.map { .init($0.key, $0.label.zh, $0.label.en, isRequired: !$0.isOptional) })
        let kept = table.columns.indices.filter { !RejectedRows.reasonColumns.contains(table.columns[$0]) }
        var (rows, done) = ([(texts: [String], input: [String: Stored])](), Done())
        let organisation = try await desk.organisation()
        try table.forEachRow { row in
            var input: [String: Stored] = [:]
            for field in fields {
                if let index = header[field.key], index < row.count { input[field.key] = Self.value(row.text(index), field, organisation) }
            }
            if row.hasFormula { done.formulas += 1 }
            rows.append((kept.map(row.text), input))
        }
        try table.requireWhole()
        let back = RejectedRows(path: rejected, isWorkbook: false, language: language)
        let foretold = isDryRun ? try await desk.rehearse(step.name, of: type, rows.map(\.input), by: hand) : nil
        for (index, row) in rows.enumerated() {
            let refusal = if let foretold { foretold[index].error } else { try await refusal(of: row.input, at: step) }
            if let refusal {
                done.rejected += 1
                try back.append(row.texts, reason: reason(refusal), header: kept.map { table.columns[$0] })
            } else {
                done.taken += 1
            }
        }
        try back.close()
        return done
    }

    private func refusal(of input: [String: Stored], at step: DocumentType.Step) async throws -> (any Error)? {
        do {
            try await desk.take(step.name, of: type, input: input, by: hand)
            return nil
        } catch let error where error is Refusal || error is DeskError {
            return error
        }
    }

    /// What stands in a cell; a name of a unit or a person as its id. A name that there is not, or that several have, stays, and the step
    /// says that it is wrong.
    private static func value(_ text: String, _ field: FieldDescription, _ organisation: Organisation) -> Stored {
        switch field.kind {
        case .unit:
            let found = organisation.units.values.filter { !$0.isClosed && ($0.words.zh == text || $0.words.en == text) }
            return found.count == 1 ? .whole(found[0].id.raw) : .text(text)
        case .person:
            let people = organisation.people.values.filter(\.isActive)
            if let found = people.first(where: { $0.login == text }) { return .whole(found.id.raw) }
            let found = people.filter { $0.words.zh == text || $0.words.en == text }
            return found.count == 1 ? .whole(found[0].id.raw) : .text(text)
        default: return .text(text)
        }
    }

    private func reason(_ error: any Error) -> String {
        let words: [Words] =
            switch error {
            case let refusal as Refusal: [refusal.words]
            case DeskError.invalid(let faults): faults.map(\.words)
            case DeskError.forbidden(let words), DeskError.conflict(let words): [words]
            default: [Words("没有找到", "Not found")]
            }
        let article = (error as? Refusal)?.article.map { ArticleName.ref($0.ref, language) + " " } ?? ""
        return article + words.map { $0[language] }.joined(separator: language == .zh ? "；" : "; ")
    }
}

extension Result where Success == Desk.Taken {
    fileprivate var error: Failure? { if case .failure(let error) = self { error } else { nil } }
}
