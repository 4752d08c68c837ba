import Ledger
import Store
import Vault
import WorkCalendar

/// Makes anew what follows from the documents and the entries, and compares it with the tables: by what documents are found, what the files
/// hold, what the charter counts, which duties were done, and whose accounts the entries are about. Opens everything; takes its time.
struct DeepProof {
    let desk: Desk

    init(_ desk: Desk) { self.desk = desk }

    func verify(_ session: any Session, _ report: inout VerificationReport) throws {
        try verifyTraces(session, &report)
        try verifyFiles(session, &report)
        try verifyEntries(session, &report)
    }

    // MARK: By what documents are found

    /// Sums over rows by document, so that millions of them need little memory: equal rows make equal sums, in whatever order they come.
    private struct Sums {
        private static let count = 1 << 16
        private var sums = [UInt64](repeating: 0, count: Sums.count)

        mutating func add(_ key: Int64, of document: Int64) { sums[Self.place(document)] &+= Self.hash(key, document) }
        mutating func subtract(_ key: Int64, of document: Int64) { sums[Self.place(document)] &-= Self.hash(key, document) }
        func fits(_ document: Int64) -> Bool { sums[Self.place(document)] == 0 }
        var isEven: Bool { sums.allSatisfy { $0 == 0 } }

        private static func place(_ document: Int64) -> Int { Int(hash(0, document) & UInt64(count - 1)) }

        /// Under a key that is drawn anew by each process.
        private static func hash(_ key: Int64, _ document: Int64) -> UInt64 {
            var hasher = Hasher()
            hasher.combine(key)
            hasher.combine(document)
            return UInt64(truncatingIfNeeded: Int64(hasher.finalize()))
        }
    }

    private func verifyTraces(_ session: any Session, _ report: inout VerificationReport) throws {
        var lookups = Sums(), grams = Sums()
        try eachDocument(session, &report) { record, found in
            for lookup in found.lookups { lookups.add(lookup.key, of: record.id) }
            for gram in found.grams { grams.add(gram, of: record.id) }
        }
        try session.stream("SELECT key, document, type FROM lookup", []) { lookups.subtract($0.int(0), of: $0.int(1)) }
        try session.stream("SELECT gram, document FROM gram", []) { grams.subtract($0.int(0), of: $0.int(1)) }
        try session.stream("SELECT document, grams FROM gram_waiting", []) { row in
            for gram in SearchIndex.grams(row.text(1)) { grams.subtract(gram, of: row.int(0)) }
        }
        if !lookups.isEven { try nameTraces("lookup", lookups, session, &report) }
        if !grams.isEven { try nameTraces("gram", grams, session, &report) }
        let strange = "SELECT count(*) FROM lookup l JOIN document d ON d.id = l.document WHERE d.type <> l.type"
        if try session.count(strange) > 0 {
            report.note(.row(RowName(table: "lookup", "查重索引的单据类型", "A document's type among what documents are found by"), .underived))
        }
    }

    /// Which documents it is: those whose sum is uneven are compared row by row.
    private func nameTraces(_ table: String, _ sums: Sums, _ session: any Session, _ report: inout VerificationReport) throws {
        var actual: [Int64: Set<Int64>] = [:], doubles: Set<Int64> = [], ignored = VerificationReport()
        func add(_ key: Int64, _ document: Int64) {
            if !sums.fits(document), !actual[document, default: []].insert(key).inserted { doubles.insert(document) }
        }
        let column = table == "lookup" ? "key" : "gram"
        try session.stream("SELECT \(column), document FROM \(table)", []) { add($0.int(0), $0.int(1)) }
        if table == "gram" {
            try session.stream("SELECT document, grams FROM gram_waiting", []) { row in
                for gram in SearchIndex.grams(row.text(1)) { add(gram, row.int(0)) }
            }
        }
        var wrong = doubles
        try eachDocument(session, &ignored) { record, found in
            guard !sums.fits(record.id) else { return }
            let wanted = table == "lookup" ? Set(found.lookups.map(\.key)) : found.grams
            if actual.removeValue(forKey: record.id) ?? [] != wanted { wrong.insert(record.id) }
        }
        for id in wrong.union(actual.keys).sorted() {
            let zh = table == "lookup" ? "查重索引" : "检索索引", en = table == "lookup" ? "equal values" : "parts of names"
            report.note(.row(RowName(table: table, "单据 \(id) 的\(zh)", "What document \(id) is found by (\(en))"), .underived))
        }
    }

    private typealias IndexChanges = (lookups: [IndexKey], grams: Set<Int64>)

    private func eachDocument(
        _ session: any Session, _ report: inout VerificationReport, _ body: (Record, IndexChanges) throws -> Void
    ) throws {
        let keys = IndexKeys(desk.keys.blindIndex)
        var after: Int64 = .min
        while true {
            let page = try session.all("SELECT \(Record.columns) FROM document WHERE id > $1 ORDER BY id LIMIT 1000", [.int(after)]) {
                Record($0)
            }
            let opening = Body(keys: desk.keys, session)
            for record in page {
                guard let type = desk.catalogue.type(record.type) else { continue }
                do {
                    try body(
                        record,
                        desk.traces(
                            of: record, type, keys,
                            opening))
                } catch VaultError.destroyed { continue } catch is VaultError {
                    report.note(
                        .row(RowName(table: "document", "单据 \(record.id) 的密文", "The sealed part of document \(record.id)"), .altered))
                }
            }
            guard let last = page.last else { return }
            after = last.id
        }
    }

    // MARK: Files

    private func verifyFiles(_ session: any Session, _ report: inout VerificationReport) throws {
        for store in FileStore.allCases { try verifyFiles(in: store.rawValue, session, &report) }
    }

    private func verifyFiles(in table: String, _ session: any Session, _ report: inout VerificationReport) throws {
        for digest in try session.all("SELECT digest FROM \(table) ORDER BY digest", [], { $0.text(0) }) {
            let content = try session.first("SELECT content FROM \(table) WHERE digest = $1", [.text(digest)]) { $0.blob(0) }
            guard let content else { continue }
            do {
                let opened = try Body(keys: desk.keys, session).open(bytes: content, context: Array("file \(digest)".utf8))
                if FileReference.digest(of: opened) == digest { continue }
            } catch VaultError.destroyed { continue } catch is VaultError {}
            report.note(
                .row(RowName(table: table, "附件 \(digest.prefix(8))…的内容", "The content of the file \(digest.prefix(8))…"), .altered))
        }
    }

    // MARK: What is drawn from the entries

    private func verifyEntries(_ session: any Session, _ report: inout VerificationReport) throws {
        var drawn = DrawnRows()
        let waiting = Set(try session.all("SELECT entry FROM entry_pending", []) { $0.int(0) })
        try session.stream("SELECT body FROM entry ORDER BY id", []) { row in
            // What cannot be read is told by the verification of the ledger.
            guard let entry = try? row.withBlob(0, { try Entry($0) }) else { return }
            drawn.take(entry, isPlaced: !waiting.contains(entry.id))
        }
        for fault in try drawn.compare(session) { report.note(fault) }
    }
}

/// The rows that follow from the entries alone: counts of the charter, duties that were done, and whose accounts entries are about.
private struct DrawnRows {
    private var counts: [[String]: Int64] = [:]
    private var duties: [[String]: Int64] = [:]
    private var accounts: [Int64: Int64] = [:]

    mutating func take(_ entry: Entry, isPlaced: Bool) {
        let day = Moment(milliseconds: entry.at).day
        if isPlaced, let kind = Tally.words[entry.kind] {
            for article in entry.articles.compactMap(Article.init(key:)) {
                let key = [article.regulation, article.ref, entry.documentType, entry.step, kind, String(day.number)]
                counts[key, default: 0] += 1
            }
        }
        if entry.documentType == "duty", entry.kind == .system, let article = entry.articles.first.flatMap(Article.init(key:)) {
            duties[[Duty.key(entry.step, of: article.regulation), entry.purpose], default: 0] += 1
        }
        let isOfToken = entry.documentType == AccountEvent.token
        if isOfToken || entry.documentType == AccountEvent.account { accounts[entry.id] = isOfToken ? 0 : entry.document }
    }

    mutating func compare(_ session: any Session) throws -> [LedgerFault] {
        var faults: [LedgerFault] = []
        try session.each(
            """
            SELECT regulation, article, type, step, kind, day, CAST(sum(count) AS BIGINT) FROM tally
            GROUP BY regulation, article, type, step, kind, day ORDER BY day, regulation, article, type, step, kind
            """, []
        ) { row in
            let key = (0...4).map { row.text($0) } + [String(row.int(5))]
            if counts.removeValue(forKey: key) ?? 0 != row.int(6) { faults.append(.row(Self.tally(key), .underived)) }
        }
        faults += counts.keys.sorted { $0.lexicographicallyPrecedes($1) }.map { .row(Self.tally($0), .missing) }
        try session.each("SELECT duty, day, count(*) FROM duty_run GROUP BY duty, day ORDER BY day, duty", []) { row in
            let key = [row.text(0), Day(number: Int(row.int(1))).description]
            if duties.removeValue(forKey: key) ?? 0 != row.int(2) { faults.append(.row(Self.duty(key), .underived)) }
        }
        faults += duties.keys.sorted { $0.lexicographicallyPrecedes($1) }.map { .row(Self.duty($0), .missing) }
        try session.stream("SELECT entry, person FROM account_entry ORDER BY entry", []) { row in
            let person = accounts.removeValue(forKey: row.int(0))
            if person == nil || person != 0 && person != row.int(1) { faults.append(.row(Self.account(row.int(0)), .underived)) }
        }
        faults += accounts.keys.sorted().map { .row(Self.account($0), .missing) }
        return faults
    }

    private static func tally(_ key: [String]) -> RowName {
        let day = Day(number: Int(key[5]) ?? 0)
        return RowName(table: "tally", "\(day) \(key[1])“\(key[3])”的计数", "The count of “\(key[3])” under \(key[1]), \(day),")
    }

    private static func duty(_ key: [String]) -> RowName {
        RowName(table: "duty_run", "例行事项 \(key[0])（\(key[1])）的办结", "That the duty \(key[0]) of \(key[1]) was done")
    }

    private static func account(_ entry: Int64) -> RowName {
        RowName(table: "account_entry", "登录记录 \(entry) 的归属", "Whose account entry \(entry) is about")
    }
}
