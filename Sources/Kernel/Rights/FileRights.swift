import Store
import WorkCalendar

/// Who may hand in files, how much, and which of them a hand may name.
extension Desk {
    /// So long a file waits to be named in a document.
    package static let hoursOfFiles = 48
    /// So much may a person hand in within a day without naming it, in bytes.
    package static let dailyFiles: Int64 = 200 << 20

    /// - Throws: `DeskError.forbidden`.
    func requireMayKeep(_ size: Int, _ person: PersonID, at now: Moment, _ session: any Session) throws {
        if person.isNone { return }
        let organisation = try organisation(session)
        let people = [person] + organisation.givers(to: person, at: now)
        guard try people.contains(where: { try mayTakeFiles($0, organisation, at: now, session) }) else {
            throw DeskError.forbidden(
                Words("您目前没有需要附件的办理事项，不能上传文件", "No step that you may take asks for files; you cannot hand one in"))
        }
        let waiting = try session.count(
            """
            SELECT CAST(sum(k.size) AS BIGINT) FROM file_keeping k WHERE k.person = $1 AND k.at >= $2
                AND NOT EXISTS (SELECT 1 FROM file_use u WHERE u.digest = k.digest)
            """, [.int(person.raw), .int(now.adding(hours: -24).milliseconds)])
        guard waiting + Int64(size) <= Self.dailyFiles else {
            throw DeskError.forbidden(
                Words(
                    "一天内上传而未提交的文件已达 200 MB，请先提交单据或明天再传",
                    "You have handed in 200 MB within a day that no document names; send your documents first, or go on tomorrow"))
        }
    }

    private func mayTakeFiles(_ person: PersonID, _ organisation: Organisation, at now: Moment, _ session: any Session) throws -> Bool {
        guard organisation.people[person]?.isActive == true else { return false }
        let held = organisation.holdings(of: person, on: now.day)
        for type in catalogue.types where !type.fileFields.isEmpty {
            let posts = Set(
                held.filter { organisation.adopter(of: type.regulation.id, for: $0.unit, on: now.day) != nil }.map(\.post))
            let keys = Set(type.fileFields.map { type.fields[$0].key })
            for step in type.steps where !keys.isDisjoint(with: step.fields) {
                if try mayBe(step.by, person, posts, type, session) { return true }
            }
        }
        return false
    }

    /// Whether the person can be this one for some document of a type.
    private func mayBe(_ who: Who, _ person: PersonID, _ posts: Set<String>, _ type: DocumentType, _ session: any Session) throws -> Bool {
        switch who {
        case .staff: return !posts.isEmpty
        case .post(let post), .postOf(let post, _): return posts.contains(post.id)
        case .head, .headOf: return posts.contains(Post.head.id)
        case .requester:
            guard let opening = type.opening else { return false }
            return try opening.by != .requester && mayBe(opening.by, person, posts, type, session)
        case .holder:
            let held = "SELECT count(*) FROM (SELECT 1 FROM document WHERE holder = $1 AND holder <> 0 AND type = $2 LIMIT 1) held"
            return try session.count(held, [.int(person.raw), .text(type.name)]) > 0
        case .named(let key), .each(let key):
            guard let field = type.field(key), let lookup = IndexKey.lookup(.whole(person.raw), field, IndexKeys(keys.blindIndex)) else {
                return false
            }
            let named = "SELECT count(*) FROM (SELECT 1 FROM lookup WHERE key = $1 AND type = $2 LIMIT 1) named"
            return try session.count(named, [.int(lookup.key), .text(type.name)]) > 0
        case .any(let whos): return try whos.contains { try mayBe($0, person, posts, type, session) }
        case .system: return false
        }
    }
}

extension Transaction {
    /// A file that a hand names was handed in by that person, or stands in the document already. Any other is as one that there is not:
    /// a digest seen elsewhere opens nothing.
    func requireKept<D: Document>(_ document: D, since before: PendingStep.Before?, _ type: DocumentType, _ principal: Principal) throws {
        if type.fileFields.isEmpty || principal.isSystem { return }
        let since = now.adding(hours: -Desk.hoursOfFiles).milliseconds
        var faults: [Refusal.Fault] = []
        for place in type.fileFields {
            let field = D.form.fields[place]
            let known = Set(before.map { field.kind.files(in: $0.values[place], at: "").map(\.file) } ?? [])
            for (path, file) in field.kind.files(in: field.read(document), at: field.key) where !known.contains(file) {
                let (digest, size) = (file["digest"].text ?? "", file["size"].whole ?? 0)
                let kept = try database.first(
                    "SELECT at, seal FROM file_keeping WHERE digest = $1 AND person = $2 AND size = $3 AND at >= $4",
                    [.text(digest), .int(principal.person.raw), .int(size), .int(since)]
                ) { row in
                    let believed: [Value] = [.text(digest), .int(principal.person.raw), .int(size), .int(row.int(0))]
                    return desk.isSealed(.keeping, believed, by: row.blobIfAny(1))
                }
                if kept == true { continue }
                if faults.last?.field == path { continue }
                faults.append(.init(field: path, Words("文件不存在或已失效，请重新选择", "The file is not there, or no longer; choose it again")))
            }
        }
        guard faults.isEmpty else { throw DeskError.invalid(faults) }
    }
}

extension PendingStep {
    static let fileUseInsertion = "INSERT INTO file_use (digest, document) VALUES ($1, $2) ON CONFLICT DO NOTHING"

    /// Rows of `fileUseInsertion`: what the document names since this step.
    var fileUses: [[Value]] {
        if type.fileFields.isEmpty { return [] }
        let values = document.values
        return type.fileFields.flatMap { place -> [[Value]] in
            func files(_ value: JSONValue) -> [JSONValue] { type.fields[place].kind.files(in: value, at: "").map(\.file) }
            let known = Set(before.map { files($0.values[place]) } ?? [])
            return files(values[place]).filter { !known.contains($0) }.compactMap {
                $0["digest"].text.map { [.text($0), .int(record.id)] }
            }
        }
    }
}
