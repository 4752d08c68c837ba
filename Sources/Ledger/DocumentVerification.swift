import Store

extension Ledger {
    /// A document as its row has it now.
    package struct DocumentState: Sendable {
        package let id: Int64
        package let version: Int64
        /// SHA-256 of the stored form, made anew from the row; not the row's own digest column.
        package let digest: [UInt8]
        /// The same with the rows that hang on the document.
        package let whole: [UInt8]
        /// Whether the program sealed it as it stands.
        package let isSealed: Bool
        /// Whether it stands as it was found at the upgrade.
        package let isAsFound: Bool

        package init(
            id: Int64, version: Int64, digest: [UInt8], whole: [UInt8]? = nil, isSealed: Bool = true, isAsFound: Bool = true
        ) {
            (self.id, self.version, self.digest, self.whole) = (id, version, digest, whole ?? digest)
            (self.isSealed, self.isAsFound) = (isSealed, isAsFound)
        }
    }

    /// Reads the next documents in the order of their ids: those after an id, a number of them at most.
    package typealias DocumentReader = (_ session: any Session, _ after: Int64, _ limit: Int) throws -> [DocumentState]

    /// Compares every document's present state with the last entry that states one.
    ///
    /// Goes by ranges of ids: a page of documents, then the entries about ids of that range. So memory is bounded, one session suffices,
    /// and an entry whose document is gone is found in the range where the document would be. What the entries say is proved by
    /// `verify`, which belongs in the same transaction.
    /// - Parameter pageSize: documents read at a time.
    package static func verifyDocuments(
        in session: any Session, pageSize: Int = 10_000, into report: inout VerificationReport, documents: DocumentReader
    ) throws {
        var after: Int64 = 0
        while true {
            let page = try documents(session, after, pageSize)
            let isLast = page.count < pageSize
            let upTo = isLast ? Int64.max : page.last?.id ?? Int64.max
            try compare(page, with: statements(in: session, after: after, upTo: upTo), &report)
            report.documents += Int64(page.count)
            if isLast { return }
            after = upTo
        }
    }

    /// What the last entry that changed it says of a document.
    private struct Statement {
        let document: Int64
        let version: Int64
        /// `nil` where it says that the document was destroyed.
        let digest: [UInt8]?
        /// Whether the digest covers what hangs on the document.
        let isWhole: Bool
        /// The versions that acts have made. None is made twice, unless an older state was put back and acted on.
        var acts: Set<Int64>
        var isTorn = false

        func fits(_ state: DocumentState) -> Bool {
            guard version == state.version, !isTorn else { return false }
            return isWhole ? digest == state.whole && state.isSealed : digest == state.digest && state.isAsFound
        }
    }

    /// In the order of the documents' ids.
    private static func statements(in session: any Session, after: Int64, upTo: Int64) throws -> [Statement] {
        var statements: [Statement] = []
        try session.each(
            "SELECT body FROM entry WHERE document > $1 AND document <= $2 AND document <> 0 ORDER BY document, id",
            [.int(after), .int(upTo)]
        ) { row in
            row.withBlob(0) { body in
                // A body that cannot be read is reported by `verify`.
                guard let fixed = try? Entry.Fixed(body) else { return }
                let isDestruction = fixed.kind == Entry.Kind.destruction.rawValue
                guard isDestruction || fixed.digestCount > 0 else { return }
                var next = Statement(
                    document: fixed.document, version: fixed.version, digest: isDestruction ? nil : fixed.digest(in: body),
                    isWhole: fixed.format.isWhole, acts: [])
                if var last = statements.last, last.document == fixed.document {
                    statements.removeLast()
                    (next.acts, next.isTorn) = (last.acts, last.isTorn)
                    if fixed.kind == Entry.Kind.act.rawValue, !next.acts.insert(fixed.version).inserted { next.isTorn = true }
                    (last.acts, last.isTorn) = (next.acts, next.isTorn)
                    // Two servers' clocks may differ by more than two acts lie apart.
                    statements.append(!isDestruction && last.version > fixed.version ? last : next)
                } else {
                    if fixed.kind == Entry.Kind.act.rawValue { next.acts = [fixed.version] }
                    statements.append(next)
                }
            }
        }
        return statements
    }

    private static func compare(_ documents: [DocumentState], with statements: [Statement], _ report: inout VerificationReport) {
        var rest = statements[...]
        for document in documents {
            while let first = rest.first, first.document < document.id {
                if first.digest != nil { report.note(.documentMissing(id: first.document)) }
                rest = rest.dropFirst()
            }
            guard let statement = rest.first, statement.document == document.id else {
                report.note(.documentUnrecorded(id: document.id))
                continue
            }
            rest = rest.dropFirst()
            if statement.digest == nil {
                report.note(.documentReturned(id: document.id))
            } else if !statement.fits(document) {
                report.note(.documentAltered(id: document.id, version: statement.version))
            }
        }
        for statement in rest where statement.digest != nil { report.note(.documentMissing(id: statement.document)) }
    }
}
