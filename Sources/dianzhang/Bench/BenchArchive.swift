import ArgumentParser
import CustomerConfidentiality
import Kernel
import Store
import Tables
import WorkCalendar

/// A customer archive of the size that a company has: files and the texts of their attachments from a generated file, into the
/// demonstration's book; then searches of two characters and pages of the register, each with the access rule inside. In milliseconds.
struct BenchArchive: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "archive")
    @Argument(help: "What bench/generate.py --archive has written") var file: String
    @Option(help: "How many searches are asked") var asked = 2_000
    @Option(help: "How many grants one of the two readers has") var granted = 10_000
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let desk = try await database.openDesk(try await database.settings())
        guard let reader = try await desk.organisation().people.values.first(where: { $0.login == "tangmei" }),
            let unit = try await desk.organisation().home(of: reader.id, on: desk.clock.now().day)
        else { throw ValidationError("the book is no demonstration") }
        let keeper = try await desk.organisation().people.values.first { $0.login == "songke" }?.id ?? .none
        let names = try await fill(desk, unit, keptBy: keeper)
        let other = try await second(desk, unit)
        try await grant(desk, to: other, names.count)
        let questions = (0..<asked).map { String(names[$0 &* 7919 % names.count].prefix(2)) }
        let files = try await times(questions) { try await search(desk, CustomerFile.name, $0, reader.id) }
        let texts = try await times(questions.indices.map { Self.words[$0 % Self.words.count] }) {
            try await search(desk, AttachmentText.name, $0, reader.id)
        }
        Terminal.answer("files_p50 \(files.p50) ms\nfiles_p99 \(files.p99) ms\ntexts_p50 \(texts.p50) ms\ntexts_p99 \(texts.p99) ms")
        // In turn, so that whatever else the machine does falls on both.
        var pages: [[Double]] = [[], []]
        for _ in 0..<200 {
            for (place, person) in [reader.id, other].enumerated() {
                let started = ContinuousClock.now
                _ = try await desk.register(CustomerFile.name, RegisterQuery(), by: person)
                pages[place].append(Bench.seconds(since: started) * 1000)
            }
        }
        for (name, page) in zip(["ungranted", "granted"], pages) {
            Terminal.answer("\(name)_p50 \(page.sorted()[page.count / 2]) ms\n\(name)_p99 \(page.sorted()[page.count * 99 / 100]) ms")
        }
        await desk.store.close()
    }

    private static let words = ["合同", "付款", "仲裁", "商标", "审计", "纪要", "样品", "邮编"]

    private func search(_ desk: Desk, _ type: String, _ text: String, _ person: PersonID) async throws {
        var query = RegisterQuery()
        (query.text, query.isCounted, query.limit) = (text, false, 50)
        _ = try await desk.register(type, query, by: person)
    }

    private func times(_ questions: [String], _ ask: (String) async throws -> Void) async throws -> (p50: Double, p99: Double) {
        var times: [Double] = []
        for question in questions {
            let started = ContinuousClock.now
            try await ask(question)
            times.append(Bench.seconds(since: started) * 1000)
        }
        times.sort()
        return (times[times.count / 2], times[times.count * 99 / 100])
    }

    // MARK: Filling

    /// - Returns: the names of the files.
    private func fill(_ desk: Desk, _ unit: UnitID, keptBy keeper: PersonID) async throws -> [String] {
        let organisation = try await desk.organisation(), today = desk.clock.now().day
        let company = organisation.adopter(of: confidentiality.id, for: unit, on: today) ?? unit
        try await desk.administer(
            .setParameter(regulation: confidentiality.id, name: "serialDigits", unit: company, value: 6, from: today, reason: "bench"),
            by: .system)
        let rows = try Self.rows(file), started = ContinuousClock.now
        for start in stride(from: 0, to: rows.count, by: 2_000) {
            let part = rows[start..<min(start + 2_000, rows.count)]
            let taken = try await desk.takeMany(
                CustomerFile.openFile, part.map { CustomerFile(bench: $0, keptBy: keeper) }, by: .system, in: (unit, .none))
            var texts: [AttachmentText] = []
            for (row, result) in zip(part, taken) {
                let id = ID<CustomerFile>(try result.get().id)
                texts += row.texts.enumerated().map { AttachmentText(bench: $1, of: id, row, number: $0, keptBy: keeper) }
            }
            for result in try await desk.takeMany(AttachmentText.keep, texts, by: .system, in: (unit, .none)) { _ = try result.get() }
        }
        try await desk.settleLedger()
        try await desk.settleSearch()
        Terminal.answer("filled \(Int(Double(rows.count) / Bench.seconds(since: started))) 1/s")
        return rows.map(\.customer)
    }

    struct Row: Sendable {
        let customer: String, kind: String, region: String, keywords: String, secrecy: String
        let texts: [String]
    }

    private static func rows(_ file: String) throws -> [Row] {
        var rows: [Row] = []
        try TableReader(path: file).forEachRow { row in
            rows.append(
                Row(
                    customer: row.text(0), kind: row.text(1), region: row.text(2), keywords: row.text(3), secrecy: row.text(4),
                    texts: (5..<row.count).map(row.text)))
        }
        return rows
    }

    /// An archivist as the demonstration's own, who has grants besides.
    private func second(_ desk: Desk, _ unit: UnitID) async throws -> PersonID {
        let person = PersonID(
            try await desk.administer(
                .addPerson(login: "bench", zh: "量测", en: "Bench", clearance: .internal, administrator: false), by: .system))
        let today = desk.clock.now().day
        try await desk.administer(.appoint(person, unit, post: Post.archivist.id, from: today.adding(days: -1), to: nil), by: .system)
        return person
    }

    private func grant(_ desk: Desk, to person: PersonID, _ files: Int) async throws {
        let now = desk.clock.now().milliseconds, count = min(granted, files)
        try await desk.store.write { session in
            let ids = try session.all("SELECT id FROM document WHERE type = $1 ORDER BY id LIMIT \(count)", [.text(CustomerFile.name)]) {
                $0.int(0)
            }
            try session.executeMany(
                "INSERT INTO access_grant (id, document, person, purpose, from_at, ends, holding, verbs) VALUES ($1, $2, $3, 'bench', $4, $5, 0, 'read')",
                ids.enumerated().map { [.int(Int64($0 + 1)), .int($1), .int(person.raw), .int(now), .int(now + 86_400_000)] })
        }
    }
}

extension CustomerFile {
    fileprivate init(bench row: BenchArchive.Row, keptBy keeper: PersonID) {
        self.init()
        (customer, region, keywords, withoutCode) = (row.customer, row.region, row.keywords, "量测")
        (subclass, secrecy) = (CustomerKind(rawValue: row.kind) ?? .dealer, SecrecyLevel(rawValue: row.secrecy) ?? .internal)
        if secrecy.isClassified { custodian = keeper }
    }
}

extension AttachmentText {
    fileprivate init(bench text: String, of file: ID<CustomerFile>, _ row: BenchArchive.Row, number: Int, keptBy keeper: PersonID) {
        self.init()
        (self.file, self.text, part, digest) = (file, text, "材料\(number + 1)", "\(file.raw)-\(number)")
        secrecy = SecrecyLevel(rawValue: row.secrecy) ?? .internal
        if secrecy.isClassified { custodian = keeper }
    }
}
