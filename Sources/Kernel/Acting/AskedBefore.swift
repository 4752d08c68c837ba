import Store

/// What a transaction has asked of the database as it found it. It holds until the end: what the transaction changes is looked up among
/// what is pending.
final class AskedBefore {
    struct Question: Hashable {
        let lookup: IndexKey
        let type: String
        let scope: Int64
        let state: String?
    }

    /// Whether a value is anywhere: a new telephone is looked for among customers, agents and agencies.
    private var anywhere: [IndexKey: Bool] = [:]
    private var found: [Question: (records: [Record], limit: Int)] = [:]
    /// Of many documents that are taken together thousands name the same agent.
    var keepsDocuments = false
    private static let mostQuestions = 1000, mostRecords = 4

    func isAnywhere(_ lookup: IndexKey, _ database: any Session) throws -> Bool {
        if let known = anywhere[lookup] { return known }
        let found = try database.first("SELECT 1 FROM lookup WHERE key = $1 LIMIT 1", [.int(lookup.key)]) { _ in true } ?? false
        // What is there may be of the act, and go with it; what was learnt before the first of them stays.
        if !found { anywhere[lookup] = false }
        return found
    }

    /// After an act was taken back that shares the transaction: what it had written may have been among the answers.
    func forgetDocuments() { found.removeAll(keepingCapacity: true) }

    func learn(_ lookup: IndexKey, isAnywhere: Bool) { anywhere[lookup] = isAnywhere }

    /// The documents of a type that have a value, the newest first.
    func records(_ question: Question, limit: Int, _ database: any Session) throws -> [Record] {
        if let known = found[question], known.records.count < known.limit || limit <= known.limit { return known.records }
        let arguments: [Value] = [
            .int(question.lookup.key), .text(question.type), .int(question.scope), .int(Int64(limit)),
        ]
        let records =
            if let state = question.state {
                try database.all(Self.findingInState, arguments + [.text(state)]) { Record($0) }
            } else { try database.all(Self.finding, arguments) { Record($0) } }
        if keepsDocuments, records.count <= Self.mostRecords {
            if found.count >= Self.mostQuestions { found.removeAll(keepingCapacity: true) }
            found[question] = (records, limit)
        }
        return records
    }

    private static let finding = finding("")
    private static let findingInState = finding("AND d.state = $5")

    private static func finding(_ more: String) -> String {
        """
        SELECT \(Record.joinedColumns) FROM lookup k CROSS JOIN document d
        WHERE k.key = $1 AND k.type = $2 AND d.id = k.document AND d.scope = $3 AND \(Inquiry.notTakenBack) \(more)
        ORDER BY k.document DESC LIMIT $4
        """
    }
}
