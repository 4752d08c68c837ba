import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import Store
import TestOffice
import Testing
import WorkCalendar

/// A register is walked in one of two ways, by what the reader's posts read; both show what the access rule lets through, and nothing else.
@Suite struct RegisterWalkTests {
    @Test(.article(confidentiality[17]), arguments: TestEngine.all)
    func everybodyFindsInEachRegisterWhatTheRuleLetsThrough(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [confidentialityContents], at: Moment(Day(iso: "2026-06-01")!, hour: 9)!) { office in
            let desk = office.desk, service = ServiceDemonstration(desk, try await ServiceOffice.found(desk, from: office.now.day))
            for number in 0..<8 {
                try await service.work(number, at: office.now)
                office.move(hours: 24)
                try await desk.runJobs()
            }
            let documents = try await desk.store.read { session in
                try session.all("SELECT id, type FROM document ORDER BY id") { (id: $0.int(0), type: $0.text(1)) }
            }
            #expect(documents.count > 40)
            for person in try await desk.organisation().people.keys.sorted(by: { $0.raw < $1.raw }) {
                var readable: [String: [Int64]] = [:]
                for document in documents {
                    do {
                        _ = try await desk.document(document.id, by: person)
                        readable[document.type, default: []].append(document.id)
                    } catch DeskError.absent {}
                }
                for type in Set(documents.map(\.type)) {
                    var query = RegisterQuery()
                    (query.limit, query.sort) = (7, .oldest)
                    var found: [Int64] = [], total: Int?
                    repeat {
                        let page = try await desk.register(type, query, by: person)
                        if total == nil { total = page.total }
                        found += page.rows.map(\.id)
                        query.after = page.next
                    } while query.after != nil
                    #expect(found == readable[type] ?? [], "\(type) of \(person)")
                    #expect(total == found.count, "\(type) of \(person)")
                }
            }
        }
    }
}
