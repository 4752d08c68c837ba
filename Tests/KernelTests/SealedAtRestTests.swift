import EngineFixture
import Foundation
import Kernel
import Store
import TestOffice
import Testing
import Vault

/// Whoever carries the database away without the master key learns nobody's name, nobody's number and nothing that anybody wrote.
@Suite struct SealedAtRestTests {
    /// Every place into which a person can write; each has a mark of its own, which stands nowhere else, and is too long to come about by
    /// chance among sealed bytes.
    static let marks = [
        "欧阳震华", "阳震", "震华", "~oyzh", "13912345678", "13987654321", "失眠多梦", "鲎标题", "鲎经过", "鲎栏目", "鲎文件名", "鲎行内", "鲎目的",
        "鲎转交", "鲎加签", "鲎会签", "鲎退回", "鲎撤回", "鲎委托",
    ]

    @Test(arguments: TestEngine.all) func theDatabaseHoldsNothingThatPeopleWroteInClear(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [clinicContents, diaryContents]) { office in
            let desk = office.desk
            let nurseHand = Principal(try await office.hire("nurse", nurse)), reader = Principal(try await office.hire("doctor", doctor))
            let second = Principal(try await office.hire("second", doctor)), expert = Principal(try await office.hire("expert"))
            try await desk.take(
                "file", of: Patient.name,
                input: [
                    "name": .text("欧阳震华"), "mobile": .text("13912345678"),
                    "visits": .list([.record([.init("reason", .text("失眠多梦")), .init("phone", .text("13987654321"))])]),
                ], by: nurseHand)
            let diary = try await Self.writeEverywhere(desk, office, nurseHand, reader, second, expert)

            try await Self.expectNothing(of: Self.marks, engine, desk.store)

            // And yet it is found: by parts of the name and the title, by initials, by the whole number.
            for question in ["震华", "oy", "欧阳震华", "鲎标题"] {
                #expect(try await desk.search(question, by: reader.person).rows.count == 1, "\(question)")
            }
            // And read by whoever may: title, texts, file names and reasons.
            let view = try await desk.document(diary, by: reader.person)
            #expect(view.row.title == "鲎标题" && view.row.values["facts"] == .text("鲎经过一"))
            #expect(view.row.values["lines"]?.list.first?["word"] == .text("鲎行内"))
            let files = view.row.values["papers"]?.list.compactMap(FileReference.init(stored:)) ?? []
            #expect(files.map(\.name) == ["鲎文件名.txt", "鲎文件名二.txt"])
            #expect(try await desk.file(files[1].digest, of: diary, by: reader).0.name == "鲎文件名二.txt")
            let written = try await desk.document(diary, by: reader.person).trail.map(\.written)
            #expect(Set(["鲎退回", "鲎会签", "鲎加签", "鲎转交", "鲎目的", files[1].digest]).isSubset(of: written))
            #expect(try await desk.organisation().delegations.map { try desk.reason(of: $0) } == ["鲎委托"])
            #expect(try await desk.verify().isClean)
        }
    }

    /// - Returns: a document whose texts, files, notes and reasons all bear marks.
    private static func writeEverywhere(
        _ desk: Desk, _ office: TestOffice, _ nurse: Principal, _ reader: Principal, _ second: Principal, _ expert: Principal
    ) async throws -> Int64 {
        let first = try await desk.keep(file: "鲎文件名.txt", content: Array("鲎文件名 content".utf8), by: nurse)
        let other = try await desk.keep(file: "鲎文件名二.txt", content: Array("鲎文件名 another".utf8), by: nurse)
        let input: [String: JSONValue] = [
            "heading": .text("鲎标题"), "facts": .text("鲎经过一"), "remark": .text("鲎栏目"), "code": .text("K-1"),
            "papers": .list([first.stored, other.stored]), "lines": .list([.record([.init("word", .text("鲎行内"))])]),
        ]
        let id = try await desk.take(Diary.write, input: input, by: nurse).id
        _ = try await desk.document(id, by: reader.person, revealing: "鲎目的")
        let task = try #require(try await desk.todo(of: reader.person).items.first { $0.row.id == id }).task
        try await desk.handle(.reassign(task: task, to: second.person, reason: "鲎转交"), by: reader)
        #expect(try await desk.todo(of: second.person).items.first { $0.row.id == id }?.note == "鲎转交")
        try await desk.handle(.addSigner(document: id, expert.person, note: "鲎加签"), by: second)
        let signing = try #require(try await desk.todo(of: expert.person).items.first)
        #expect(signing.note == "鲎加签")
        try await desk.handle(.sign(task: signing.task, note: "鲎会签"), by: expert)
        try await desk.take(Diary.read, on: id, by: second)
        try await desk.handle(.sendBack(document: id, to: "written", reason: "鲎退回"), by: second)
        try await desk.handle(
            .delegate(to: expert.person, from: office.now, until: office.now.adding(days: 3), reason: "鲎委托"), by: reader)
        let short = try await desk.take(Diary.write, input: input.merging(["heading": .text("鲎二")]) { $1 }, by: nurse).id
        try await desk.handle(.withdraw(document: short, reason: "鲎撤回"), by: nurse)
        try await desk.runJobs()
        return id
    }

    /// Looks through the files of the engine: the database and its log.
    static func expectNothing(of marks: [String], _ engine: TestEngine, _ store: any Store) async throws {
        let files = try await files(of: store)
        var found = Set<String>(), looked = 0
        var isRightPlace = false
        for file in files {
            // Not mapped: another test's table may be cut off meanwhile.
            guard let bytes = try? Data(contentsOf: file) else { continue }
            looked += bytes.count
            if bytes.range(of: Data("\"code\":\"K-1\"".utf8)) != nil { isRightPlace = true }
            for mark in marks where bytes.range(of: Data(mark.utf8)) != nil { found.insert("\(mark) in \(file.lastPathComponent)") }
        }
        #expect(found.isEmpty)
        #expect(looked > 10_000 && isRightPlace, "the right files are looked at")
    }

    private static func files(of store: any Store) async throws -> [URL] {
        guard store.engine == .postgres else {
            let path = try await store.read { session in
                try session.first("SELECT file FROM pragma_database_list WHERE name = 'main'") { $0.text(0) } ?? ""
            }
            let folder = URL(filePath: path).deletingLastPathComponent()
            return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        }
        _ = try await store.write { try $0.execute("CHECKPOINT") }
        let folder = try await store.read { try $0.first("SELECT current_setting('data_directory')") { $0.text(0) } ?? "" }
        let walker = FileManager.default.enumerator(at: URL(filePath: folder), includingPropertiesForKeys: [.isRegularFileKey])
        return (walker?.allObjects as? [URL] ?? []).filter {
            (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true
        }
    }

    @Test(arguments: TestEngine.all) func aDestroyedKeyLeavesTheLedgerWhole(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [clinicContents, diaryContents]) { office in
            let desk = office.desk, nurse = Principal(try await office.hire("nurse", nurse))
            let delegate = try await office.hire("delegate")
            try await desk.handle(.delegate(to: delegate, from: office.now, until: office.now.adding(days: 3), reason: "鲎委托"), by: nurse)
            let key = try desk.keys.currentKey(level: Level.internal.rawValue)
            try await desk.keys.destroy(key, in: desk.store, at: office.now.milliseconds)
            #expect(try await desk.verify().isClean)
            let delegation = try #require(try await desk.organisation().delegations.first)
            #expect(try desk.reason(of: delegation).contains("销毁"))
        }
    }

    @Test(arguments: TestEngine.all) func aRotatedKeyIsLeftByEverythingThatCanMove(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [clinicContents, diaryContents]) { office in
            let desk = office.desk
            let nurseHand = Principal(try await office.hire("nurse", nurse)), reader = Principal(try await office.hire("doctor", doctor))
            let second = Principal(try await office.hire("second", doctor)), expert = Principal(try await office.hire("expert"))
            let id = try await Self.writeEverywhere(desk, office, nurseHand, reader, second, expert)
            let before = try await desk.document(id, by: reader.person)
            #expect(try await desk.reseal() == Resealed(), "nothing is to be done where nothing was rotated")
            for level in Level.allCases { try await desk.rotateKey(of: level) }
            let done = try await desk.reseal()
            #expect(done.documents == 2 && done.notes >= 1 && done.files == 2 && done.openEntries == 0)
            #expect(try await desk.reseal() == Resealed())
            let after = try await desk.document(id, by: reader.person)
            #expect(after.row.values == before.row.values && after.row.title == before.row.title && after.row.changed == before.row.changed)
            #expect(after.row.version == before.row.version + 1 && after.trail.first?.title.zh == "重新封存")
            #expect(try await desk.verify().isClean)
            // The next step goes on from there.
            try await desk.take(Diary.read, on: id, by: second)
        }
    }
}

/// A document of nothing but words, for what people may write.
let diary = Regulation("diary", Words("日志制度", "Diaries"), short: Words("日志", "Diaries"), numbering: .arabic)
let diaryContents = RegulationContents(
    diary, articles: Array("articles:\n- {ref: 第1条, zh: 日志, en: Diary, kind: [register], demands: [a]}\n".utf8), posts: [nurse, doctor],
    documents: [Diary.self])

struct DiaryLine: Line {
    var word = ""
    static let fields: [Field<DiaryLine>] = [.text(\.word, "字", "Word")]
}

struct Diary: Document {
    enum State: String, CaseIterable, Sendable { case written, read, closed }
    static let name = "diary"
    var heading = "", facts = "", remark = "", code = ""
    var papers: [FileReference] = []
    var lines: [DiaryLine] = []
    var title: String { heading }

    static let form = Form<Diary>(
        "日志", "Diary", number: "日志",
        states: [.written: .open("已写", "Written"), .read: .open("已读", "Read"), .closed: .done("已结", "Closed")],
        readers: [.post(doctor)],
        [
            .text(\.heading, "标题", "Heading"), .prose(\.facts, "经过", "Facts"), .text(\.remark, "备注", "Remark"),
            .text(\.code, "编号", "Code").code(), .files(\.papers, "附件", "Papers"), .lines(\.lines, "行", "Lines"),
        ])
    static let write = Step<Diary>(
        "write", "写", "Write", to: .written, by: .post(nurse), under: diary[1],
        fields: [\Diary.heading, \Diary.facts, \Diary.remark, \Diary.code, \Diary.papers, \Diary.lines])
    static let read = Step<Diary>("read", "读", "Read", from: .written, to: .read, by: .post(doctor), under: diary[1])
    static let close = Step<Diary>("close", "结", "Close", from: .read, to: .closed, by: .post(doctor), under: diary[1])
    static let steps = [write, read, close]
}
