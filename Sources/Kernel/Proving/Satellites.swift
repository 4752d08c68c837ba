import Crypto
import Store

/// The rows that hang on a document and change with it: its tasks, its clocks, and who took which step. The ledger states them together
/// with the document, so that none of them can be changed alone. When a reminder was sent is not among it.
struct Satellites {
    /// Each row as bytes.
    private var rows: [[UInt8]] = []
    /// The steps of the tasks, each with the moment since when the first of its tasks waits.
    private(set) var tasks: [String: Int64] = [:]
    /// Who took which step.
    private(set) var taken: [Taken] = []

    struct Taken {
        let step: String
        let person: Int64
        let behalf: Int64
        let at: Int64

        /// Whether it was this hand, in whatever name.
        func isBy(_ principal: Principal) -> Bool {
            let names = [principal.person.raw] + (principal.behalf.map { [$0.raw] } ?? [])
            return names.contains(person) || names.contains(behalf)
        }
    }

    private enum Kind: UInt8 { case task = 1, deadline, taken }

    /// Of a new document, from what is written with it: see `TaskList.insertion`, `RunningDeadlines.insertion`,
    /// `Transaction.takenInsertion`.
    init(tasks: [[Value]], clocks: [[Value]], taken: [Value]?) {
        for row in tasks { add(.task, [row[0], row[2], row[3], row[8]], [row[4], row[5], row[6], row[7]]) }
        // Started, due, provisional, breached, met, working days, belated, first due; when to remind is not among it.
        for row in clocks {
            add(.deadline, [row[0], row[2], row[3], row[12]], [row[4], row[5], row[6], row[11], row[13], row[7], row[8], row[9]])
        }
        if let row = taken { add(.taken, [.int(0), row[1], .null, .null], Array(row[2...5])) }
    }

    /// None.
    init() {}

    var isEmpty: Bool { rows.isEmpty }

    /// - Parameters:
    ///   - first: the id and three texts.
    ///   - numbers: eight at the most.
    private mutating func add(_ kind: Kind, _ first: [Value], _ numbers: [Value]) {
        let rest = [Value](repeating: .null, count: Self.numbers - numbers.count)
        rows.append([kind.rawValue] + RowBytes.of(first + numbers + rest))
    }

    private static let numbers = 8

    // MARK: Reading

    private static let none = "CAST(NULL AS BIGINT)"

    private static func question(_ condition: String) -> String {
        """
        SELECT CAST(1 AS BIGINT), document, id, step, post, note, unit, person, since, sender, \(none), \(none), \(none), \(none)
            FROM task WHERE \(condition)
        UNION ALL SELECT CAST(2 AS BIGINT), document, id, name, article, held_by, started, due, provisional, breached, met, working_days,
            belated, first_due FROM deadline WHERE \(condition)
        UNION ALL SELECT CAST(3 AS BIGINT), document, CAST(0 AS BIGINT), step, CAST(NULL AS TEXT), CAST(NULL AS TEXT), person, behalf, at,
            holding, \(none), \(none), \(none), \(none) FROM taken WHERE \(condition)
        """
    }

    private static let ofOne = question("document = $1"), ofMany = question("document > $1 AND document <= $2")

    /// As they stand in the database.
    static func of(_ document: Int64, _ session: any Session) throws -> Satellites {
        var found = Satellites()
        try session.each(ofOne, [.int(document)]) { found.add($0) }
        return found
    }

    /// Of all documents in a range of ids that have any.
    static func all(after: Int64, upTo: Int64, _ session: any Session) throws -> [Int64: Satellites] {
        var found: [Int64: Satellites] = [:]
        try session.each(ofMany, [.int(after), .int(upTo)]) { found[$0.int(1), default: Satellites()].add($0) }
        return found
    }

    private mutating func add(_ row: any Row) {
        guard let kind = Kind(rawValue: UInt8(truncatingIfNeeded: row.int(0))) else { return }
        switch kind {
        case .task: tasks[row.text(3)] = min(tasks[row.text(3)] ?? .max, row.int(8))
        case .taken: taken.append(Taken(step: row.text(3), person: row.int(6), behalf: row.int(7), at: row.int(8)))
        case .deadline: break
        }
        add(
            kind, [.int(row.int(2))] + (3...5).map { .text(ifAny: row.textIfAny($0)) },
            (0..<Self.numbers).map { .int(ifAny: row.intIfAny(6 + $0)) })
    }

    // MARK: Digests

    /// SHA-256 over all of them, in an order that does not depend on the database.
    func digest(with document: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: document)
        for row in rows.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            withUnsafeBytes(of: UInt32(row.count).bigEndian) { hash.update(bufferPointer: $0) }
            hash.update(data: row)
        }
        return Array(hash.finalize())
    }

    /// A document's digest with that of its satellites; its own where it has none.
    func whole(_ digest: [UInt8]) -> [UInt8] { rows.isEmpty ? digest : self.digest(with: digest) }
}

/// How columns are hashed and sealed: no two lists of values have the same bytes.
enum RowBytes {
    static func of(_ columns: [Value]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(128)
        for column in columns {
            switch column {
            case .null: bytes.append(0)
            case .int(let number):
                bytes.append(1)
                withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
            case .double(let number):
                bytes.append(4)
                withUnsafeBytes(of: number.bitPattern.bigEndian) { bytes.append(contentsOf: $0) }
            case .text(let text): add(2, text.utf8, to: &bytes)
            case .blob(let blob): add(3, blob, to: &bytes)
            }
        }
        return bytes
    }

    private static func add(_ tag: UInt8, _ content: some Collection<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(tag)
        withUnsafeBytes(of: UInt32(content.count).bigEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: content)
    }
}
