import EngineFixture
import Kernel
import Ledger
import Store
import TestOffice
import Testing
import Vault

/// What is destroyed is gone wherever it was, and the register, the ledger and everybody else's content are whole.
@Suite struct DestructionTests {
    static func with(
        _ engine: TestEngine, _ body: (TestOffice, _ hand: Principal, _ other: Principal) async throws -> Void
    ) async throws {
        try await TestOffice.with(engine, [disposalContents]) { office in
            let hand = Principal(try await office.hire("keeper", keeper, clearance: .topSecret))
            let other = Principal(try await office.hire("other", keeper, clearance: .topSecret))
            try await body(office, hand, other)
        }
    }

    static func input(_ client: String, code: String = "91330000", _ papers: [FileReference] = []) -> [String: JSONValue] {
        [
            "client": .text(client), "code": .text(code), "facts": .text("鲎经过"), "shelf": .whole(3), "papers": .list(papers.map(\.stored)),
        ]
    }

    static func list(_ ids: [Int64]) -> [String: JSONValue] { ["files": .list(ids.map { .whole($0) })] }

    private static func row(_ id: Int64, _ office: TestOffice) async throws -> (body: String, sealed: [UInt8]) {
        try await office.desk.store.read { session in
            try session.first("SELECT body, sealed FROM document WHERE id = $1", [.int(id)]) { ($0.text(0), $0.blob(1)) } ?? ("", [])
        }
    }

    @Test(arguments: TestEngine.all) func nothingOfTheContentIsLeftAndTheRegisterIsWhole(engine: TestEngine) async throws {
        try await Self.with(engine) { office, hand, other in
            let desk = office.desk, content = Array("鲎附件".utf8)
            let paper = try await desk.keep(file: "鲎.txt", content: content, by: hand)
            let id = try await desk.take(CaseFile.keep, input: Self.input("欧阳震华", [paper]), by: hand)
            let neighbour = try await desk.take(CaseFile.keep, input: Self.input("司马相如", code: "B-2"), by: hand).id
            let (body, sealed) = try await Self.row(id.id, office)
            #expect(!body.contains("91330000") && body.contains("3"), "what was written is sealed, what is counted is open: \(body)")
            #expect(ContentKey.id(of: sealed) == id.id)
            #expect(try await desk.file(paper.digest, of: id.id, by: other).1 == content)
            #expect(try await desk.store.read { try $0.first("SELECT content FROM file", []) { ContentKey.id(of: $0.blob(0)) } } == id.id)
            #expect(try await desk.search("震华", by: other.person).rows.map(\.id) == [id.id])
            #expect(try await desk.verify(isDeep: true).isClean)
            let list = try await desk.take(Shredding.carryOut, input: Self.list([id.id]), by: hand).id
            let result = try await desk.document(list, by: hand.person).row.values["result"]?.text ?? ""
            for store in ["内容密钥：已销毁", "附件：已删除 1 个", "查重索引：已清除 1 条", "通知：1 条", "备份：其中没有内容密钥"] {
                #expect(result.contains(store), "\(store) in \(result)")
            }
            let view = try await desk.document(id.id, by: other.person)
            #expect(view.row.number == id.number && view.row.state == "destroyed" && view.row.title.isEmpty)
            #expect(view.row.values.allSatisfy { $0.value.isEmpty }, "\(view.row.values)")
            #expect(try await desk.search("震华", by: other.person).rows.isEmpty)
            #expect(try await desk.search(id.number ?? "", by: other.person).rows.map(\.id) == [id.id])
            await #expect(throws: DeskError.absent) { try await desk.file(paper.digest, of: id.id, by: other) }
            let left = try await Self.row(id.id, office)
            #expect(left.body == "{}" && left.sealed.isEmpty)
            for table in ["file", "file_use"] { #expect(try await RequestTests.count(table, office) == 0, "\(table)") }
            let notices = try await desk.store.read { session in
                try session.all("SELECT zh FROM notice WHERE document = $1", [.int(id.id)]) { $0.text(0) }
            }
            #expect(!notices.isEmpty && notices.allSatisfy { $0.contains("销毁") && !$0.contains("鲎") })
            #expect(try await desk.document(neighbour, by: other.person, revealing: "核对").row.values["client"]?.text == "司马相如")
            let report = try await desk.verify(isDeep: true)
            #expect(report.isClean, "\(report.faults.map(\.en))")
        }
    }

    @Test(arguments: TestEngine.all) func noPathMakesAKeyOverATombstone(engine: TestEngine) async throws {
        try await Self.with(engine) { office, hand, _ in
            let desk = office.desk, id = try await desk.take(CaseFile.keep, input: Self.input("欧阳震华"), by: hand).id
            let (body, sealed) = try await Self.row(id, office)
            try await desk.take(Shredding.carryOut, input: Self.list([id]), by: hand)
            await #expect(throws: DeskError.conflict(DeskError.contentDestroyed)) {
                try await desk.take(CaseFile.touch, on: id, input: ["facts": .text("补")], by: hand)
            }
            await #expect(throws: DeskError.self) { try await desk.take(Shredding.blindly, input: Self.list([id]), by: hand) }
            _ = try await desk.reseal()
            #expect(try await desk.store.read { try $0.count("SELECT count(*) FROM content_key WHERE destroyed IS NULL") } == 0)
            await #expect(throws: StoreError.self) {
                try await desk.store.write { try $0.execute("INSERT INTO content_key (id, wrapped, created) VALUES ($1, $2, 1)", [.int(id), .blob([1])]) }
            }
            // Somebody puts the sealed content back as a copy had it: it does not open, and verify says so.
            try await desk.store.write { session in
                try session.execute(
                    "UPDATE document SET body = $1, sealed = $2, state = 'kept' WHERE id = $3", [.text(body), .blob(sealed), .int(id)])
            }
            await #expect(throws: VaultError.contentDestroyed(document: id)) { try await desk.document(id, by: hand.person) }
            #expect(try await desk.verify().isClean == false)
        }
    }

    @Test(arguments: TestEngine.all) func aHoldStopsDestructionChangeAndWithdrawalUntilAllAreReleased(engine: TestEngine) async throws {
        try await Self.with(engine) { office, hand, _ in
            let desk = office.desk, id = try await desk.take(CaseFile.keep, input: Self.input("欧阳震华"), by: hand).id
            let free = try await desk.take(CaseFile.keep, input: Self.input("司马相如", code: "B-2"), by: hand).id
            let first = try await desk.take(CourtOrder.place, input: Self.list([id]), by: hand).id
            let second = try await desk.take(CourtOrder.place, input: Self.list([id]), by: hand).id
            func refused(_ body: () async throws -> Void) async {
                do {
                    try await body()
                    Issue.record("a hold lies on it")
                } catch let refusal as Refusal {
                    #expect(refusal.article == disposal[1] && refusal.words.zh.contains("保全"), "\(refusal.words.zh)")
                } catch { Issue.record("\(error)") }
            }
            await refused { try await desk.take(Shredding.blindly, input: Self.list([id]), by: hand) }
            await refused { try await desk.take(CaseFile.amend, on: id, input: ["facts": .text("改")], by: hand) }
            await refused { try await desk.handle(.withdraw(document: id, reason: "误录"), by: hand) }
            try await desk.take(CaseFile.move, on: id, input: ["shelf": .whole(4)], by: hand)
            try await desk.take(CourtOrder.release, on: first, by: hand)
            await refused { try await desk.take(Shredding.blindly, input: Self.list([id]), by: hand) }
            // The held one drops out, the rest goes on.
            let list = try await desk.take(Shredding.carryOut, input: Self.list([id, free]), by: hand).id
            #expect(try await desk.document(list, by: hand.person).row.values["result"]?.text?.hasPrefix("保全 内容密钥：已销毁") == true)
            #expect(try await desk.document(free, by: hand.person).row.state == "destroyed")
            try await desk.take(CourtOrder.release, on: second, by: hand)
            #expect(try await desk.document(id, by: hand.person).row.state == "kept", "release does not destroy")
            try await desk.take(CaseFile.amend, on: id, input: ["facts": .text("改")], by: hand)
            try await desk.take(Shredding.blindly, input: Self.list([id]), by: hand)
            await refused2(office, id, hand)
            #expect(try await desk.verify(isDeep: true).isClean)
        }
    }

    private func refused2(_ office: TestOffice, _ id: Int64, _ hand: Principal) async {
        await #expect(throws: Refusal.self, "there is nothing left to hold") {
            try await office.desk.take(CourtOrder.place, input: Self.list([id]), by: hand)
        }
    }

    @Test(arguments: TestEngine.all) func aHoldThatComesWhileItIsDestroyedIsEitherFirstOrRefused(engine: TestEngine) async throws {
        try await Self.with(engine) { office, hand, other in
            for round in 0..<12 {
                let id = try await office.desk.take(CaseFile.keep, input: Self.input("甲\(round)", code: "C-\(round)"), by: hand).id
                async let destroyed = Self.isDone { try await office.desk.take(Shredding.blindly, input: Self.list([id]), by: hand) }
                async let held = Self.isDone { try await office.desk.take(CourtOrder.place, input: Self.list([id]), by: other) }
                let (gone, kept) = await (destroyed, held)
                #expect(gone != kept, "round \(round): one of them, and not both")
                let state = try await office.desk.document(id, by: hand.person).row.state
                #expect((state == "destroyed") == gone)
            }
            #expect(try await office.desk.verify(isDeep: true).isClean)
        }
    }

    private static func isDone(_ body: () async throws -> Void) async -> Bool {
        do { try await body() } catch { return false }
        return true
    }

    @Test(arguments: TestEngine.all) func theKeyFollowsTheLevelAndTheRing(engine: TestEngine) async throws {
        try await Self.with(engine) { office, hand, _ in
            let desk = office.desk, id = try await desk.take(CaseFile.keep, input: Self.input("欧阳震华"), by: hand).id
            func wrappedBy() async throws -> UInt32 {
                try await desk.store.read { session in
                    try KeyRing.keyID(of: session.first("SELECT wrapped FROM content_key WHERE id = $1", [.int(id)]) { $0.blob(0) } ?? [])
                }
            }
            let low = try desk.keys.currentKey(level: Level.internal.rawValue), high = try desk.keys.currentKey(level: Level.secret.rawValue)
            #expect(try await wrappedBy() == low)
            try await desk.take(CaseFile.raise, on: id, by: hand)
            #expect(try await wrappedBy() == high)
            let newer = try await desk.rotateKey(of: .secret)
            _ = try await desk.reseal()
            #expect(try await wrappedBy() == newer)
            #expect(try await desk.document(id, by: hand.person, revealing: "核对").row.values["client"]?.text == "欧阳震华")
            #expect(try await desk.verify(isDeep: true).isClean)
        }
    }

    @Test(arguments: TestEngine.all) func aFileThatAnotherDocumentNamesStaysWithIt(engine: TestEngine) async throws {
        try await Self.with(engine) { office, hand, other in
            let desk = office.desk, paper = try await desk.keep(file: "鲎.txt", content: [1, 2, 3], by: hand)
            let first = try await desk.take(CaseFile.keep, input: Self.input("欧阳震华", [paper]), by: hand).id
            let second = try await desk.take(CaseFile.keep, input: Self.input("司马相如", code: "B-2", [paper]), by: hand).id
            try await desk.take(Shredding.carryOut, input: Self.list([first]), by: hand)
            #expect(try await desk.file(paper.digest, of: second, by: other).1 == [1, 2, 3])
            #expect(try await desk.verify(isDeep: true).isClean)
            try await desk.take(Shredding.carryOut, input: Self.list([second]), by: hand)
            #expect(try await RequestTests.count("file", office) == 0)
        }
    }

    @Test(arguments: TestEngine.all) func whatAnEarlierProgramSealedGetsAKeyOfItsOwn(engine: TestEngine) async throws {
        let earlier = RegulationContents(disposal, articles: disposalArticles, posts: [keeper], documents: [PlainCaseFile.self])
        try await TestOffice.with(engine, [earlier]) { office in
            let hand = Principal(try await office.hire("keeper", keeper))
            let paper = try await office.desk.keep(file: "鲎.txt", content: [1, 2, 3], by: hand)
            let id = try await office.desk.take(PlainCaseFile.keep, input: Self.input("欧阳震华", [paper]), by: hand).id
            let bare = try await office.desk.take(PlainCaseFile.keep, input: Self.input("司马相如", code: "B-2"), by: hand).id
            let desk = try await office.anotherDesk(with: [disposalContents])
            #expect(try await desk.document(id, by: hand.person, revealing: "核对").row.values["client"]?.text == "欧阳震华")
            // One is destroyed before it got a key: the certificate says that older copies open.
            let list = try await desk.take(Shredding.carryOut, input: Self.list([bare]), by: hand).id
            #expect(try await desk.document(list, by: hand.person).row.values["result"]?.text?.contains("以往备份以密级密钥封存，须删除") == true)
            #expect(try await desk.reseal().documents == 1)
            let sealed = try await Self.row(id, office)
            #expect(ContentKey.id(of: sealed.sealed) == id && !sealed.body.contains("91330000"))
            #expect(try await desk.file(paper.digest, of: id, by: hand).1 == [1, 2, 3])
            let report = try await desk.verify(isDeep: true)
            #expect(report.isClean, "\(report.faults.map(\.en))")
        }
    }
}

/// The case file of an earlier program, which could not destroy it.
struct PlainCaseFile: Document {
    typealias State = CaseFile.State
    static let name = CaseFile.name
    var client = "", code = "", facts = ""
    var shelf = 0
    var papers: [FileReference] = []
    var title: String { client }
    static let form = Form<PlainCaseFile>(
        "卷宗", "Case file", number: "卷", states: [.kept: .open("在库", "Kept"), .destroyed: .done("已销毁", "Destroyed")],
        readers: [.post(keeper)],
        [
            .name(\.client, "当事人", "Client"), .text(\.code, "代码", "Code").indexed(), .prose(\.facts, "经过", "Facts").optional(),
            .whole(\.shelf, "架号", "Shelf", in: 0...99).optional(), .files(\.papers, "附件", "Papers").optional(),
        ])
    static let keep = Step<PlainCaseFile>("keep", "入库", "Keep", to: .kept, by: .post(keeper), under: disposal[1])
    static let steps = [keep]
}
