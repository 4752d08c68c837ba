import Crypto
import Store
import WorkCalendar

/// A document as the database has it: the columns that every type shares, and its body as text.
package struct Record: Sendable {
    package let id: Int64
    package let type: String
    package var state: String
    package var number: String?
    package var title: String
    /// The unit whose adoption of the regulation binds this document.
    package let scope: UnitID
    package var unit: UnitID
    package var holder: PersonID
    package let creator: PersonID
    package var level: Level
    /// Acts so far; the first version is 1.
    package var version: Int64
    package let created: Moment
    package var changed: Moment
    /// What is open, as JSON.
    package var body: String
    /// Personal data and what people wrote, sealed; empty where there is none.
    package var sealed: [UInt8]

    /// Stands in the place of a title that is sealed with the rest (`Body.title`).
    static let sealedTitle = "\u{1E}"

    static let columns = "id, type, state, number, title, scope, unit, holder, creator, level, version, created, changed, body, sealed"
    /// The same columns of a query that joins: `d.id, d.type, ...`.
    static let joinedColumns = columns.split(separator: ", ").map { "d.\($0)" }.joined(separator: ", ")
    static let columnCount = 15

    init(
        id: Int64, type: String, state: String, scope: UnitID, unit: UnitID, holder: PersonID, creator: PersonID, level: Level,
        created: Moment
    ) {
        self.id = id
        self.type = type
        self.state = state
        title = ""
        self.scope = scope
        self.unit = unit
        self.holder = holder
        self.creator = creator
        self.level = level
        version = 0
        self.created = created
        changed = created
        body = "{}"
        sealed = []
    }

    init(_ row: any Row) {
        id = row.int(0)
        type = row.text(1)
        state = row.text(2)
        number = row.textIfAny(3)
        title = row.text(4)
        scope = UnitID(row.int(5))
        unit = UnitID(row.int(6))
        holder = PersonID(row.int(7))
        creator = PersonID(row.int(8))
        level = Level(rawValue: Int(row.int(9))) ?? .topSecret
        version = row.int(10)
        created = Moment(milliseconds: row.int(11))
        changed = Moment(milliseconds: row.int(12))
        body = row.text(13)
        sealed = row.blob(14)
    }

    private static let loading = "SELECT \(columns) FROM document WHERE id = $1"

    static func load(_ id: Int64, _ session: any Session) throws -> Record? {
        try session.first(loading, [.int(id)]) { Record($0) }
    }

    /// SHA-256 over every column. What stands in the column of this name is the seal over it, see `ProvedDocument`.
    package var digest: [UInt8] {
        var hash = SHA256()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(body.utf8.count + sealed.count + 256)
        for number in [
            id, scope.raw, unit.raw, holder.raw, creator.raw, Int64(level.rawValue), version, created.milliseconds, changed.milliseconds,
        ] {
            withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
        }
        for text in [type, state, number ?? "", title, body] {
            withUnsafeBytes(of: UInt32(text.utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: text.utf8)
        }
        bytes.append(contentsOf: sealed)
        hash.update(data: bytes)
        return Array(hash.finalize())
    }

    static let insertion = """
        INSERT INTO document (id, type, state, number, title, scope, unit, holder, creator, level, version, created, changed, body, sealed,
            digest)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        """

    /// What `insertion` takes.
    func row(digest: [UInt8]) -> [Value] {
        [
            .int(id), .text(type), .text(state), .text(ifAny: number), .text(title), .int(scope.raw), .int(unit.raw), .int(holder.raw),
            .int(creator.raw), .int(Int64(level.rawValue)), .int(version), .int(created.milliseconds), .int(changed.milliseconds),
            .text(body), .blob(sealed), .blob(digest),
        ]
    }

    /// - Parameter digest: its seal, or anything where an entry follows, which seals it.
    func update(_ session: any Session, digest: [UInt8]) throws {
        let changedRows = try session.execute(
            """
            UPDATE document SET state = $1, number = $2, title = $3, unit = $4, holder = $5, level = $6, version = $7, changed = $8,
                body = $9, sealed = $10, digest = $11
            WHERE id = $12 AND version = $13
            """,
            [
                .text(state), .text(ifAny: number), .text(title), .int(unit.raw), .int(holder.raw), .int(Int64(level.rawValue)),
                .int(version),
                .int(changed.milliseconds), .text(body), .blob(sealed), .blob(digest), .int(id), .int(version - 1),
            ])
        guard changedRows == 1 else {
            throw DeskError.conflict(Words("单据刚被他人办理，请刷新后重试", "Somebody has just acted on this document; reload and try again"))
        }
    }
}
