import Store

/// What the rules will look for when many documents are taken together, asked of the database at once. A question by itself is a journey
/// to the server; and most values of new documents are nowhere yet.
package struct Foresight {
    private let transaction: Transaction
    fileprivate private(set) var keys: Set<Int64> = []

    fileprivate init(_ transaction: Transaction) { self.transaction = transaction }

    /// The rules will look for documents that have this value in this field.
    package mutating func expect<D: Document, V: FieldValue>(_ path: KeyPath<D, V>, is value: V) throws {
        add(IndexKey.lookup(value.stored, try transaction.field(path), transaction.lookupKeys))
    }

    /// The rules will look for documents that have this value in any sealed field of a kind.
    package mutating func expect(_ kind: SealedKind, is value: String) { add(transaction.lookupKeys.sealed(value, kind)) }

    /// By what the document itself is found, and every sealed value in it, wherever it stands.
    fileprivate mutating func expect(_ values: [JSONValue], _ fields: [FieldDescription]) {
        for key in IndexKey.all(of: values, fields, transaction.lookupKeys) { add(key) }
        for (value, field) in zip(values, fields) {
            for column in field.kind.columns { for line in value.list { expectSealed(line[column.key], column.kind) } }
        }
    }

    private mutating func expectSealed(_ value: JSONValue, _ kind: FieldKind) {
        if case (.sealed(let kind), .text(let text)) = (kind, value) { expect(kind, is: text) }
    }

    private mutating func add(_ key: IndexKey?) { if let key { keys.insert(key.key) } }
}

extension Transaction {
    /// Learns which values of documents that are about to be taken the database has anywhere.
    func foresee<D: Document>(_ documents: some Collection<D>) throws {
        guard let type = desk.catalogue.type(D.name) else { return }
        asked.keepsDocuments = documents.count > 1
        var foresight = Foresight(self)
        for document in documents {
            foresight.expect(D.form.values(of: document), type.fields)
            try document.foresee(&foresight)
        }
        let keys = foresight.keys.sorted()
        for part in keys.chunked(Self.many) {
            // One text for any number of them: the last one is asked again.
            let places = part.count <= Self.few ? Self.few : Self.many
            let padded = part + Array(repeating: part[part.endIndex - 1], count: places - part.count)
            var found: Set<Int64> = []
            try database.each(places == Self.few ? Self.foreseeingFew : Self.foreseeingMany, padded.map(Value.int)) { row in
                if !row.isNull(1) { found.insert(row.int(0)) }
            }
            for key in part { asked.learn(IndexKey(key: key), isAnywhere: found.contains(key)) }
        }
    }

    private static let few = 8, many = 500
    private static let foreseeingFew = foreseeing(few), foreseeingMany = foreseeing(many)

    /// Each key is looked up by itself: a key may have a hundred thousand rows.
    private static func foreseeing(_ count: Int) -> String {
        """
        WITH asked (key) AS (VALUES \((1...count).map { "(CAST($\($0) AS BIGINT))" }.joined(separator: ", ")))
        SELECT key, (SELECT 1 FROM lookup k WHERE k.key = asked.key LIMIT 1) FROM asked
        """
    }
}
