import Crypto
import Ledger
import Store
import WorkCalendar

/// Files that people hand in: kept once under their digest, sealed, read only with the document that names them.
extension Desk {
    package static let largestFile = 50 * 1024 * 1024

    package func keep(file name: String, content: [UInt8]) async throws -> FileReference {
        guard !content.isEmpty else {
            throw DeskError.invalid([.init(field: "file", Words("文件是空的，请另选", "The file is empty; choose another"))])
        }
        guard content.count <= Self.largestFile else {
            throw DeskError.invalid([
                .init(field: "file", Words("文件超过 50 MB，请压缩或拆分", "The file is larger than 50 MB; compress or split it"))
            ])
        }
        let digest = SHA256.hash(data: content).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        let now = clock.now()
        let sealed = try keys.seal(bytes: content, level: Level.secret.rawValue, context: Array("file \(digest)".utf8))
        try await store.write { session in
            try session.execute(
                "INSERT INTO file (digest, size, content, created) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                [.text(digest), .int(Int64(content.count)), .blob(sealed), .int(now.milliseconds)])
        }
        return FileReference(
            digest: digest, name: String(name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? "file"), size: content.count)
    }

    /// A file of a document that the person may see. The reading stands in the ledger before the content is answered.
    package func file(_ digest: String, of document: Int64, by hand: Hand) async throws -> (FileReference, [UInt8]) {
        let now = clock.now()
        return try await reading(document, by: hand, step: "file", at: now) { [self] session in
            let transaction = try Transaction(self, session, now: now)
            try transaction.requireVisible(document, to: hand)
            guard let record = try Record.load(document, session), let type = catalogue.type(record.type) else { throw DeskError.absent }
            let body = try JSONReader.read(record.body)
            let files = type.fields.filter { if case .files = $0.kind { true } else { false } }.flatMap { body[$0.key].list }
            guard let reference = files.compactMap(FileReference.init(stored:)).first(where: { $0.digest == digest }),
                let sealed = try session.first("SELECT content FROM file WHERE digest = $1", [.text(digest)], { $0.blob(0) })
            else { throw DeskError.absent }
            try enterReading(record, by: hand, step: "file", purpose: digest, at: now, session)
            return (reference, try keys.open(bytes: sealed, context: Array("file \(digest)".utf8)))
        }
    }
}
