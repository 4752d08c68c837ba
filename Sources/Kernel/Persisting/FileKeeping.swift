import Crypto
import Ledger
import Store
import WorkCalendar

/// Files that people hand in: kept once under their digest, sealed, read only with the document that names them.
extension Desk {
    package static let largestFile = 50 * 1024 * 1024

    /// Keeps a file for whoever hands it in, who has to name it in a document within `hoursOfFiles`.
    /// - Throws: `DeskError.forbidden` where none of the person's steps takes files, or too much was handed in and not named.
    package func keep(file name: String, content: [UInt8], by principal: Principal) async throws -> FileReference {
        guard !content.isEmpty else {
            throw DeskError.invalid([.init(field: "file", Words("文件是空的，请另选", "The file is empty; choose another"))])
        }
        guard content.count <= Self.largestFile else {
            throw DeskError.invalid([
                .init(field: "file", Words("文件超过 50 MB，请压缩或拆分", "The file is larger than 50 MB; compress or split it"))
            ])
        }
        let now = clock.now(), size = content.count
        // Before any work is done for somebody who may not.
        try await store.read { [self] session in try requireMayKeep(size, principal.person, at: now, session) }
        let digest = FileReference.digest(of: content)
        let sealed = try keys.seal(bytes: content, level: Level.secret.rawValue, context: Array("file \(digest)".utf8))
        try await once(principal, at: now) { [self] session in
            try requireMayKeep(size, principal.person, at: now, session)
            // What a classified document names lies there already, and stays there.
            if try session.count("SELECT count(*) FROM classified_file WHERE digest = $1", [.text(digest)]) == 0 {
                try session.execute(
                    "INSERT INTO file (digest, size, content, created) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                    [.text(digest), .int(Int64(size)), .blob(sealed), .int(now.milliseconds)])
            }
            let believed: [Value] = [.text(digest), .int(principal.person.raw), .int(Int64(size)), .int(now.milliseconds)]
            try session.execute(
                """
                INSERT INTO file_keeping (digest, person, size, at, seal) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (digest, person) DO UPDATE SET size = excluded.size, at = excluded.at, seal = excluded.seal
                """, believed + [.blob(seal(.keeping, believed))])
            return ((), id: 0)
        } again: { _, _ in
        }
        return FileReference(
            digest: digest, name: String(name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? "file"), size: size)
    }

    /// A file of a document that the person may see. The reading stands in the ledger before the content is answered.
    package func file(_ digest: String, of document: Int64, by principal: Principal) async throws -> (FileReference, [UInt8]) {
        let now = clock.now()
        return try await reading(document, by: principal, step: "file", at: now) { [self] in
            try await store.write { [self] session in
                let (record, reference) = try named(digest, of: document, by: principal, at: now, session)
                try require(.copy, record, by: principal, at: now, session)
                guard let sealed = try FileStore.content(digest, session) else { throw DeskError.absent }
                try enterReading(record, by: principal, step: "file", purpose: digest, at: now, in: organisation(session), session)
                return (reference, try Body(keys: keys, session).open(bytes: sealed, context: Array("file \(digest)".utf8)))
            }
        }
    }

    /// What a document that the person may see says of one of its files; the file itself is not read.
    package func fileNamed(_ digest: String, of document: Int64, by principal: Principal) async throws -> FileReference {
        let now = clock.now()
        return try await store.read { [self] session in try named(digest, of: document, by: principal, at: now, session).1 }
    }

    private func named(
        _ digest: String, of document: Int64, by principal: Principal, at now: Moment, _ session: any Session
    ) throws -> (Record, FileReference) {
        try Transaction(self, session, now: now).requireVisible(document, to: principal)
        guard let record = try Record.load(document, session), let type = catalogue.type(record.type) else { throw DeskError.absent }
        let body = try Body(keys: keys, session).values(of: record)
        guard let reference = type.files(in: body).compactMap(FileReference.init(stored:)).first(where: { $0.digest == digest }) else {
            throw DeskError.absent
        }
        return (record, reference)
    }
}

extension Act {
    /// What a file says that the document of this act names, for a rule that looks into it; `nil` where it is gone. Whoever handed it in
    /// knows it, so this is no reading.
    package func content(of file: FileReference) throws -> [UInt8]? {
        try FileStore.content(file.digest, database).map {
            try Body(keys: transaction.desk.keys, database).open(bytes: $0, context: Array("file \(file.digest)".utf8))
        }
    }
}

extension DocumentType {
    /// The files that a document with this body names.
    func files(in body: JSONValue) -> [JSONValue] {
        fileFields.flatMap { fields[$0].kind.files(in: body[fields[$0].key], at: "").map(\.file) }
    }
}

extension FileReference {
    /// SHA-256 of a content, 64 hexadecimal digits.
    package static func digest(of content: [UInt8]) -> String {
        SHA256.hash(data: content).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
