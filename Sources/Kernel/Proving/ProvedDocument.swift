import Ledger
import Store

/// A document as somebody is about to act on it. The program seals it with what hangs on it whenever it changes; one that somebody else has
/// changed is not acted on, so that no act covers it up.
struct ProvedDocument {
    let record: Record
    let satellites: Satellites
}

extension Desk {
    private static let question = "SELECT \(Record.columns), digest FROM document WHERE id = $1"

    /// - Returns: `nil` where there is no such document.
    /// - Throws: `DeskError.conflict` where it is not as the program left it.
    func proved(_ id: Int64, _ session: any Session) throws -> ProvedDocument? {
        let found = try session.first(Self.question, [.int(id)]) { (Record($0), $0.blob(Record.columnCount)) }
        guard let (record, seal) = found else { return nil }
        let satellites = try Satellites.of(id, session)
        guard try isSealed(record, satellites, by: seal, session) else {
            let title = catalogue.type(record.type)?.title ?? Words("单据", "The document")
            let words = Words(
                "\(record.number ?? title.zh) 或其待办、时限、经办被绕过系统改动过，不能办理。请保全数据库，运行校验，并告知系统管理员",
                "\(record.number ?? title.en), or its tasks, clocks or deeds, were changed behind the system's back, and cannot be acted on. Keep the database as it is, verify it, and tell the administrators"
            )
            watch.alarm(words, at: clock.now())
            throw DeskError.conflict(words)
        }
        return ProvedDocument(record: record, satellites: satellites)
    }

    private func isSealed(_ record: Record, _ satellites: Satellites, by seal: [UInt8], _ session: any Session) throws -> Bool {
        let digest = record.digest
        if seal == entryKey.seal(document: satellites.whole(digest)) { return true }
        // As an earlier program left it.
        guard seal == digest else { return false }
        let found = try session.first("SELECT seal FROM document_found WHERE document = $1 LIMIT 1", [.int(record.id)]) { $0.blob(0) }
        return found == self.seal(asFound: satellites, digest: digest, on: record.id)
    }

    /// The same for a job, which goes on with other documents.
    func provedForJob(_ id: Int64, _ session: any Session) throws -> Record? {
        do { return try proved(id, session)?.record } catch DeskError.conflict { return nil }
    }

    /// Seals a document as it stands now.
    /// - Returns: what the ledger states of it.
    @discardableResult
    func sealed(_ record: Record, _ session: any Session) throws -> [UInt8] {
        try ForeignCode.requireNone(session)
        let whole = try Satellites.of(record.id, session).whole(record.digest)
        try session.execute("UPDATE document SET digest = $1 WHERE id = $2", [.blob(entryKey.seal(document: whole)), .int(record.id)])
        return whole
    }
}
