import Ledger
import Store

/// Follows all documents, page by page: with what hangs on them, the numbers that they bear and the files that they name.
final class DocumentProof {
    private let desk: Desk
    /// The highest number of each series that a document bears.
    private var numbers: [NumberSeries.Series: Int64] = [:]
    private var faults: [LedgerFault] = []
    /// Whether the documents of an earlier program have been listed by the files that they name.
    private var areUsesListed: Bool?

    init(_ desk: Desk) { self.desk = desk }

    /// The documents of a page as they stand.
    func page(after: Int64, limit: Int, _ session: any Session) throws -> [Ledger.DocumentState] {
        var stored: [[UInt8]] = []
        let records = try session.all(
            "SELECT \(Record.columns), digest FROM document WHERE id > $1 ORDER BY id LIMIT $2", [.int(after), .int(Int64(limit))]
        ) { row in
            stored.append(row.blob(Record.columnCount))
            return Record(row)
        }
        // What hangs on no document is found where the document would be.
        let from = after == 0 ? .min : after, upTo = records.count < limit ? .max : records.last?.id ?? .max
        var satellites = try Satellites.all(after: from, upTo: upTo, session)
        var seals: [Int64: [UInt8]] = [:]
        try session.each(
            "SELECT document, seal FROM document_found WHERE document > $1 AND document <= $2", [.int(from), .int(upTo)]
        ) { seals[$0.int(0)] = $0.blob(1) }
        let states = zip(records, stored).map { record, stored in
            let own = satellites.removeValue(forKey: record.id) ?? Satellites(), digest = record.digest, whole = own.whole(digest)
            return Ledger.DocumentState(
                id: record.id, version: record.version, digest: digest, whole: whole,
                isSealed: stored == desk.entryKey.seal(document: whole),
                isAsFound: stored == digest && seals[record.id] == desk.seal(asFound: own, digest: digest, on: record.id))
        }
        for id in satellites.keys.sorted() {
            faults.append(.row(RowName(table: "taken", "单据 \(id) 的待办、时限或经办", "A task, clock or deed of document \(id)"), .unrecorded))
        }
        for record in records { count(record) }
        try checkFiles(of: records, session)
        return states
    }

    func finish(_ session: any Session, _ report: inout VerificationReport) throws {
        for fault in faults { report.note(fault) }
        try session.each("SELECT type, scope, year, last FROM serial ORDER BY type, scope, year", []) { row in
            let series = NumberSeries.Series(type: row.text(0), scope: row.int(1), year: row.int(2))
            if numbers.removeValue(forKey: series) ?? 0 != row.int(3) { report.note(.row(name(series), .underived)) }
        }
        for series in numbers.keys.sorted(by: { ($0.type, $0.scope, $0.year) < ($1.type, $1.scope, $1.year) }) {
            report.note(.row(name(series), .missing))
        }
    }

    // MARK: Numbers

    private func count(_ record: Record) {
        guard let (word, year, number) = Self.serial(record.number ?? "") else { return }
        let type = desk.catalogue.type(record.type)?.series(word) ?? record.type
        let series = NumberSeries.Series(type: type, scope: record.scope.raw, year: year)
        numbers[series] = max(numbers[series] ?? 0, number)
    }

    /// Word, year and running number of 外借〔2026〕17号.
    static func serial(_ text: String) -> (word: String, year: Int64, number: Int64)? {
        guard let open = text.lastIndex(of: "〔"), let close = text[open...].firstIndex(of: "〕"), text.hasSuffix("号"),
            let year = Int64(text[text.index(after: open)..<close]), let number = Int64(text[text.index(after: close)...].dropLast())
        else { return nil }
        return (String(text[..<open]), year, number)
    }

    private func name(_ series: NumberSeries.Series) -> RowName {
        let named = series.type.split(separator: " ", maxSplits: 1).map(String.init)
        let type = desk.catalogue.type(named[0])?.title ?? Words(series.type, series.type)
        let title = named.count == 1 ? type : Words("\(type.zh)（\(named[1])）", "\(type.en) (\(named[1]))")
        return RowName(table: "serial", "\(title.zh) \(series.year) 年的流水号", "The running number of \(title.en), \(series.year),")
    }

    // MARK: Files

    private struct Named {
        let digest: String
        let size: Int64
        let record: Record
    }

    private func checkFiles(of records: [Record], _ session: any Session) throws {
        let named = try files(of: records, session)
        if named.isEmpty { return }
        if areUsesListed == nil { areUsesListed = try desk.areFileUsesListed(session) }
        for part in named.chunked(500) {
            let places = (1...part.count).map { "$\($0)" }.joined(separator: ", "), digests = part.map { Value.text($0.digest) }
            var sizes: [String: Int64] = [:], uses: Set<[String]> = []
            for store in FileStore.allCases {
                try session.each("SELECT digest, size FROM \(store.rawValue) WHERE digest IN (\(places))", digests) {
                    sizes[$0.text(0)] = $0.int(1)
                }
            }
            try session.each("SELECT digest, document FROM file_use WHERE digest IN (\(places))", digests) {
                uses.insert([$0.text(0), String($0.int(1))])
            }
            for file in part {
                let store = FileStore(file.record.level).rawValue
                guard let size = sizes[file.digest] else {
                    faults.append(.row(name(file, store), .missing))
                    continue
                }
                if size != file.size { faults.append(.row(name(file, store), .underived)) }
                if areUsesListed == true, !uses.contains([file.digest, String(file.record.id)]) {
                    faults.append(.row(name(file, "file_use"), .underived))
                }
            }
        }
    }

    private func files(of records: [Record], _ session: any Session) throws -> [Named] {
        let body = try? Body(keys: desk.keys, session).knowing(records)
        return records.flatMap { files(of: $0, body ?? Body(keys: desk.keys, session)) }
    }

    private func files(of record: Record, _ opening: Body) -> [Named] {
        guard let type = desk.catalogue.type(record.type), !type.fileFields.isEmpty else { return [] }
        // Which files a field names stands open; what stands in lines is sealed with them.
        let isOpen = type.fileFields.allSatisfy { type.fields[$0].kind.isFiles }
        guard let body = try? isOpen ? JSONReader.read(record.body) : opening.values(of: record) else { return [] }
        return type.files(in: body).map {
            Named(digest: $0["digest"].text ?? "", size: $0["size"].whole ?? 0, record: record)
        }
    }

    private func name(_ file: Named, _ table: String) -> RowName {
        let number = file.record.number ?? String(file.record.id)
        return RowName(
            table: table, "单据 \(number) 的附件 \(file.digest.prefix(8))…", "The file \(file.digest.prefix(8))… of document \(number)")
    }
}
