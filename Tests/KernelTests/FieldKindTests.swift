import EngineFixture
import Kernel
import Store
import TestOffice
import Testing
import WorkCalendar

/// Several people, decimal numbers, periods, and files in lines, from the hand to the book and back.
@Suite struct FieldKindTests {
    private static func with(
        _ engine: TestEngine, _ body: (TestOffice, _ analyst: Principal, _ others: [PersonID]) async throws -> Void
    ) async throws {
        try await TestOffice.with(engine, [Laboratory.contents]) { office in
            let analyst = Principal(try await office.hire("analyst", Laboratory.analyst))
            try await body(
                office, analyst, [try await office.hire("first"), try await office.hire("second"), try await office.hire("third")])
        }
    }

    private static func input(_ readers: [PersonID], _ more: [String: JSONValue] = [:]) -> [String: JSONValue] {
        [
            "subject": .text("样品"), "readers": .list(readers.map { .whole($0.raw) }), "price": .text("１，２３４．５０"),
            "quarter": .text("2026年3季度"),
        ].merging(more) { $1 }
    }

    private static func faults(_ office: TestOffice, _ by: Principal, _ readers: [PersonID], _ more: [String: JSONValue]) async -> [Refusal
        .Fault]
    {
        await KernelTests.faults { try await office.desk.take("enter", of: Assay.name, input: input(readers, more), by: by) }
    }

    @Test(arguments: TestEngine.all) func whatIsTakenIsKeptExactly(engine: TestEngine) async throws {
        try await Self.with(engine) { office, analyst, others in
            let item: JSONValue = .record([
                .init("substance", .text("水")), .init("amount", .text("99.999")), .init("month", .text("2026.07")),
                .init("witnesses", .list([.whole(others[1].raw), .whole(others[0].raw)])),
            ])
            let more: [String: JSONValue] = [
                "warmth": .text("-0.5"), "half": .text("2026下半年"), "year": .text("2026年度"), "items": .list([item]),
            ]
            let id = try await office.desk.take("enter", of: Assay.name, input: Self.input([others[2], others[0]], more), by: analyst).id
            let view = try await office.desk.document(id, by: analyst.person), values = view.row.values
            #expect(values["readers"] == .list([.whole(others[2].raw), .whole(others[0].raw)]), "in the order in which they were named")
            #expect(values["price"] == .text("1234.5") && values["warmth"] == .text("-0.5"))
            #expect(values["quarter"] == .text("2026-Q3") && values["half"] == .text("2026-H2") && values["year"] == .text("2026"))
            let row = try #require(values["items"]?.list.first)
            #expect(row["amount"] == .text("99.999") && row["month"] == .text("2026-07"))
            #expect(row["witnesses"] == .list([.whole(others[1].raw), .whole(others[0].raw)]))
            let organisation = try await office.desk.organisation()
            for person in others { #expect(view.names[person.raw] == organisation.name(person)) }
            let body = try await office.desk.store.read {
                try $0.first("SELECT body FROM document WHERE id = $1", [.int(id)]) { $0.text(0) }
            }
            #expect(body?.contains(#""price":"1234.5""#) == true, "as a text: no program makes a binary fraction of it")
            #expect(try await office.desk.verify().isClean)
        }
    }

    @Test(arguments: TestEngine.all) func whatIsWrongIsSaidInASentence(engine: TestEngine) async throws {
        try await Self.with(engine) { office, analyst, others in
            func item(_ key: String, _ value: JSONValue) -> [String: JSONValue] {
                ["items": .list([.record([.init("substance", .text("水")), .init(key, value)])])]
            }
            let twice: JSONValue = .list([.whole(others[0].raw), .whole(others[0].raw)])
            let cases: [([String: JSONValue], String, String)] = [
                (["price": .text("12.50元")], "price", "单价应为数字，不带单位，请写成 1234.5"),
                (["price": .text("1,23.5")], "price", "单价应为数字，不带单位，请写成 1234.5"),
                (["price": .text("0.005")], "price", "单价最多 2 位小数，现有 3 位，请改正"),
                (["price": .text("0")], "price", "单价应在 0.01 至 1000000 之间"),
                (["price": .text("1000000.01")], "price", "单价应在 0.01 至 1000000 之间"),
                (["price": .text("")], "price", "请填写单价"), (["quarter": .text("")], "quarter", "请填写季度"),
                (["quarter": .text("2026-07")], "quarter", "季度应为季度，请写成 2026-Q3"),
                (["quarter": .text("2026-Q5")], "quarter", "季度应为季度，请写成 2026-Q3"),
                (["quarter": .text("-Q3")], "quarter", "季度应为季度，请写成 2026-Q3"),
                (["year": .text("2026-07")], "year", "年度应为年度，请写成 2026"),
                (["readers": .list([])], "readers", "请填写阅知人"), (["readers": twice], "readers", "阅知人：同一人只能选一次"),
                (["readers": .list([.text("王五")])], "readers", "阅知人：没有这样的人员，或同名的不止一人，请核对或改用登录名"),
                (item("amount", .text("多")), "items.0.amount", "含量应为数字，不带单位，请写成 1234.5"),
                (item("amount", .text("1.2345")), "items.0.amount", "含量最多 3 位小数，现有 4 位，请改正"),
                (item("amount", .text("100.001")), "items.0.amount", "含量应在 0 至 100 之间"),
                (item("month", .text("2026-Q3")), "items.0.month", "批次月份应为月份，请写成 2026-07"),
                (item("witnesses", twice), "items.0.witnesses", "见证人：同一人只能选一次"),
            ]
            for (more, field, words) in cases {
                let faults = await Self.faults(office, analyst, [others[0]], more)
                #expect(faults.map(\.field) == [field] && faults.map(\.words.zh) == [words], "\(more): \(faults)")
                #expect(faults.allSatisfy { $0.words.en.count > 10 && $0.words.en.allSatisfy(\.isASCII) })
            }
        }
    }

    @Test(arguments: TestEngine.all) func eachOfThePeoplePassesTheGate(engine: TestEngine) async throws {
        try await TwoHouses.with(engine, more: [Laboratory.contents]) { houses in
            let desk = houses.desk, office = houses.office
            let analyst = Principal(try await office.hire("analyst", Laboratory.analyst)), own = try await office.hire("own")
            for stranger in [houses.foreignNurse.person, PersonID(NamingTests.never)] {
                let fault = await Self.faults(office, analyst, [own, stranger], [:])
                #expect(fault.map(\.words.zh) == ["阅知人：查无此项，或者不能由您选用，请重新选择"])
                let row: JSONValue = .record([
                    .init("substance", .text("水")), .init("witnesses", .list([.whole(own.raw), .whole(stranger.raw)])),
                ])
                #expect(await Self.faults(office, analyst, [own], ["items": .list([row])]).map(\.field) == ["items.0.witnesses"])
            }
            let id = try await desk.take("enter", of: Assay.name, input: Self.input([own]), by: analyst).id
            try await RightsEndTests.leave(own, houses)
            // Who stood there before stays; who is new is asked.
            let both: JSONValue = .list([.whole(own.raw), .whole(analyst.person.raw)])
            try await desk.take(
                "amend", of: Assay.name, on: id, input: Self.input([], ["readers": both]).filter { $0.key != "subject" }, by: analyst)
            #expect(await Self.faults(office, analyst, [own], [:]).map(\.field) == ["readers"])
        }
    }

    @Test(arguments: TestEngine.all) func aDocumentIsFoundByEachOfThem(engine: TestEngine) async throws {
        try await Self.with(engine) { office, analyst, others in
            let desk = office.desk
            let one = try await desk.take("enter", of: Assay.name, input: Self.input([others[0], others[1]]), by: analyst).id
            let two = try await desk.take(
                "enter", of: Assay.name, input: Self.input([others[1]], ["price": .text("20"), "quarter": .text("2026-Q4")]), by: analyst
            ).id
            func found(_ key: String, _ text: String) async throws -> [Int64] {
                var query = RegisterQuery()
                query.equal = [key: text]
                return try await desk.register(Assay.name, query, by: analyst.person).rows.map(\.id)
            }
            let (first, second, third) = (String(others[0].raw), String(others[1].raw), String(others[2].raw))
            for (key, text, wanted) in [
                ("readers", first, [one]), ("readers", second, [two, one]), ("readers", third, []), ("price", "1234.5", [one]),
                ("price", "20", [two]), ("quarter", "2026-Q4", [two]),
            ] { #expect(try await found(key, text) == wanted, "\(key) \(text)") }
            // And no longer by whom it names no more.
            try await desk.take(
                "amend", of: Assay.name, on: one,
                input: ["readers": .list([.whole(others[2].raw)]), "price": .text("1234.50"), "quarter": .text("Q3 2026")], by: analyst)
            for (key, text, wanted) in [("readers", first, []), ("readers", third, [one]), ("price", "1234.5", [one])] {
                #expect(try await found(key, text) == wanted, "\(key) \(text)")
            }
            #expect(try await desk.verify().isClean)
        }
    }

    @Test(arguments: TestEngine.all) func whoLeavesIsMissedByEachDocumentThatNamesThem(engine: TestEngine) async throws {
        try await TwoHouses.with(engine, more: [Laboratory.contents]) { houses in
            let desk = houses.desk, office = houses.office
            let analyst = Principal(try await office.hire("analyst", Laboratory.analyst))
            let own = try await office.hire("own"), chief = try await office.hire("chief", .head)
            try await desk.take("enter", of: Assay.name, input: Self.input([analyst.person, own]), by: analyst)
            let administrator = try await VacancyTests.administrator(office, "one")
            let fault = await KernelTests.faults {
                try await desk.administer(
                    .changePerson(own, zh: "离任", en: "left", clearance: .internal, active: false, administrator: false), by: administrator)
            }
            #expect(fault.first?.words.zh.contains("涉及本人的未结单据：检验单 1 件") == true, "\(fault)")
            try await desk.administer(
                .changePerson(own, zh: "own", en: "own", clearance: .internal, active: false, administrator: false, settled: true),
                by: .system)
            #expect(try await desk.notices(of: chief).notices.contains { $0.words.zh.contains("own已离任，检验〔2026〕1号 尚未办结") })
        }
    }

    @Test(arguments: TestEngine.all) func rulesReckonExactly(engine: TestEngine) async throws {
        try await Self.with(engine) { office, analyst, others in
            func items(_ amounts: [String]) -> [String: JSONValue] {
                ["items": .list(amounts.map { .record([.init("substance", .text("水")), .init("amount", .text($0))]) })]
            }
            let right = try await office.desk.take(
                "enter", of: Assay.name, input: Self.input([others[0]], items(["33.333", "33.333", "33.334"])), by: analyst
            ).id
            try await office.desk.take(Assay.close, on: right, by: analyst)
            let wrong = try await office.desk.take(
                "enter", of: Assay.name, input: Self.input([others[0]], items(["33.333", "33.333", "33.333"])), by: analyst
            ).id
            do {
                try await office.desk.take(Assay.close, on: wrong, by: analyst)
                Issue.record("it was closed")
            } catch let refusal as Refusal {
                #expect(refusal.words.zh == "含量合计应为 100，现为 99.999")
            }
        }
    }

    // MARK: Files in lines

    private static func papers(_ rows: [[FileReference]]) -> [String: JSONValue] {
        ["items": .list(rows.map { .record([.init("substance", .text("水")), .init("papers", .list($0.map(\.stored)))]) })]
    }

    @Test(arguments: TestEngine.all) func aFileInALineIsAsOneOfTheForm(engine: TestEngine) async throws {
        try await Self.with(engine) { office, analyst, others in
            let desk = office.desk, content = Array("图谱".utf8)
            let file = try await desk.keep(file: "图谱.txt", content: content, by: analyst)
            let second = try await desk.keep(file: "第二张.txt", content: [1, 2], by: analyst)
            let colleague = Principal(try await office.hire("colleague", Laboratory.analyst))
            // A digest seen elsewhere opens nothing, in a line neither.
            let faults = await Self.faults(office, colleague, [others[0]], Self.papers([[], [file]]))
            #expect(faults.map(\.field) == ["items.1.papers"])
            let id = try await desk.take(
                "enter", of: Assay.name, input: Self.input([others[0]], Self.papers([[], [file, second]])), by: analyst
            ).id
            let read = try await desk.file(file.digest, of: id, by: colleague)
            #expect(read.0 == file && read.1 == content, "whoever may see the document")
            await #expect(throws: DeskError.absent) { try await desk.file(file.digest, of: id, by: Principal(others[1])) }
            // What stands there stays, also when it moves to another row, long after.
            office.move(hours: Desk.hoursOfFiles + 1)
            let amended = Self.input([others[0]], Self.papers([[file], []])).filter { $0.key != "subject" }
            try await desk.take("amend", of: Assay.name, on: id, input: amended, by: colleague)
            try await desk.runJobs()
            #expect(try await RequestTests.count("file", office) == 2, "what a document has named once is evidence")
            #expect(try await desk.verify().isClean)
            await #expect(throws: DeskError.absent) { try await desk.file(second.digest, of: id, by: colleague) }
            // Its name is nobody's to read in the database.
            let body = try await desk.store.read { try $0.first("SELECT body FROM document WHERE id = $1", [.int(id)]) { $0.text(0) } }
            #expect(body?.contains("图谱") == false)
        }
    }

    @Test(arguments: TestEngine.all) func aFileInALineThatIsAnotherIsFoundOut(engine: TestEngine) async throws {
        try await Self.with(engine) { office, analyst, others in
            let desk = office.desk, file = try await desk.keep(file: "a.txt", content: [1], by: analyst)
            try await desk.take("enter", of: Assay.name, input: Self.input([others[0]], Self.papers([[file]])), by: analyst)
            try await desk.runJobs()
            #expect(try await desk.verify().isClean)
            try await desk.store.write { _ = try $0.execute("UPDATE file SET size = size + 1") }
            #expect(try await !desk.verify().isClean)
        }
    }
}
