import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import Print
import TestOffice
import Testing
import WorkCalendar

/// What goes wrong elsewhere: codes given twice, pages that are short because something is hidden in them, names on labels.
@Suite struct ArchiveTrapTests {
    @Test(.article(confidentiality[4], confidentiality[7]), arguments: TestEngine.all)
    func sixteenFilesThatAreOpenedAtOnceHaveSixteenCodesAndSlots(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            try await archive.shelf(rows: 4, slots: 8)
            let ids = try await withThrowingTaskGroup(of: Int64.self) { group in
                for number in 1...16 { group.addTask { try await archive.file("并发\(number)号", kind: "bank", number: number) } }
                return try await group.reduce(into: [Int64]()) { $0.append($1) }
            }
            var codes: Set<String> = [], places: Set<String> = []
            for id in ids {
                codes.insert(try #require(try await archive.text(id, "referenceCode")))
                places.insert(try #require(try await archive.text(id, "shelf")))
            }
            #expect(codes.sorted() == (1...16).map { "K001-YH·2026-D30-00\($0 < 10 ? "0" : "")\($0)" } && places.count == 16)
            #expect(try await archive.desk.verify().isClean)
        }
    }

    @Test(.demand(confidentiality[6], 4), .article(confidentiality[22]), arguments: TestEngine.all)
    func aPageIsFullWhateverIsHiddenBetween(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let secret: [String: JSONValue] = ["secrecy": .text("secret"), "custodian": .whole(archive.custodian.person.raw)]
            for number in 1...12 { try await archive.file("彗星\(number)号", number: number, number % 3 == 0 ? [:] : secret) }
            var query = RegisterQuery()
            (query.text, query.limit) = ("彗星", 3)
            let first = try await archive.desk.register("customer-file", query, by: archive.archivist.person)
            #expect(first.rows.count == 3 && first.total == 4 && first.next != nil)
            query.after = first.next
            let second = try await archive.desk.register("customer-file", query, by: archive.archivist.person)
            #expect(second.rows.count == 1 && second.next == nil)
            // What is offered where a file is to be named is what may be known.
            #expect(try await archive.desk.choices(of: "customer-file", matching: "彗星", by: archive.archivist.person).count == 4)
            #expect(try await archive.desk.choices(of: "customer-file", matching: "彗星", by: archive.manager.person).count == 12)
        }
    }

    @Test(.article(confidentiality[22], confidentiality[7])) func eachLevelHasItsOwnShelfCodesAndNumbers() async throws {
        try await ArchiveOffice.with { archive in
            try await archive.desk.runJobs()
            try await archive.shelf("机库", kind: "classified")
            try await archive.shelf("绝库", kind: "top-secret")
            let secret: [String: JSONValue] = ["secrecy": .text("secret"), "custodian": .whole(archive.custodian.person.raw)]
            let chief = Principal(
                try await archive.office.hire("chief", .informationSpecialist, in: archive.office.service, clearance: .topSecret))
            let top = try await archive.file("绝字律所", number: 1, secret.merging(["secrecy": .text("top-secret")]) { $1 }, by: chief)
            let below = try await archive.file("机字律所", number: 2, secret)
            #expect(try await archive.text(top, "shelf") == "绝库1柜-1-1")
            #expect(try await archive.text(below, "shelf") == "机库1柜-1-1")
            #expect(try await archive.text(below, "referenceCode") == "K001-MJ·2026-D30-0001")
            #expect(try await archive.desk.document(below, by: archive.specialist.person).row.number == "密档〔2026〕1号")
            // Who is cleared for the lower level sees no slot, no code and no number of the higher.
            #expect(try await archive.rows("archive-shelf", by: archive.specialist).map(\.title) == ["机库1柜"])
            await #expect(throws: DeskError.absent) { try await archive.desk.document(top, by: archive.specialist.person) }
            // The custodian checks what the archivist may not know of.
            archive.office.move(to: Moment(Day(iso: "2026-07-01")!, hour: 9)!)
            try await archive.desk.runJobs()
            #expect(try await archive.todo(archive.custodian, "archive-check").count == 2)
            #expect(try await archive.todo(archive.archivist, "archive-check").isEmpty)
        }
    }

    @Test(.demand(confidentiality[7], 3), .article(confidentiality[22])) func aLabelBearsNoNameOfWhatIsClassifiedOrAPersons() async throws {
        try await ArchiveOffice.with { archive in
            try await archive.shelf()
            let secret: [String: JSONValue] = ["secrecy": .text("secret"), "custodian": .whole(archive.custodian.person.raw)]
            try await archive.file("明正律师事务所")
            try await archive.file("密字律师事务所", number: 2, secret)
            try await archive.file("", kind: "individual", ["customer": .text(""), "creditCode": .text(""), "person": .text("欧阳彗星")])
            let files = try await archive.rows("customer-file") { $0.sort = .oldest }
            let labels = ShelfLabels.labels(files, .zh) { "/d/\($0)" }
            #expect(labels.map(\.heading) == ["K001-LS·2026-D30-0001", "K001-MJ·2026-D30-0001", "K001-GR·2026-D30-0001"])
            #expect(labels[0].lines == ["一库1柜-1-1", "明正律师事务所"] && labels[1].lines == ["企业机密"])
            #expect(labels.flatMap(\.lines).allSatisfy { !$0.contains("密字") && !$0.contains("彗星") && !$0.contains("★") })
            // The square code holds a word of no meaning, in ASCII.
            #expect(labels.allSatisfy { $0.code.allSatisfy(\.isASCII) && !$0.code.contains("K001") })
            let sheet = try await ShelfLabels.sheet(files, .zh) { "/d/\($0)" }
            #expect(sheet.starts(with: Array("%PDF-".utf8)))
        }
    }

    @Test(.article(confidentiality[16])) func limitsAreSetPerStoreAndMustMakeSense() async throws {
        try await ArchiveOffice.with { archive in
            let (store, _) = try await archive.shelf("盘库", kind: "disc")
            #expect(try await archive.text(store, "warmest") == "20")
            #expect(try await archive.text(store, "dampest") == "50")
            func amend(_ low: String, _ high: String) async throws {
                let input: [String: JSONValue] = ["coldest": .text(low), "warmest": .text(high)]
                try await archive.desk.take(ArchiveStore.amend, on: store, input: input, by: archive.archivist)
            }
            try await amend("10", "18.5")
            #expect(try await archive.text(store, "warmest") == "18.5")
            let refusal = await #expect(throws: Refusal.self) { try await amend("20", "18") }
            #expect(refusal?.article == confidentiality[16] && refusal?.words.zh.contains("下限应小于上限") == true)
        }
    }

    @Test(.article(confidentiality[16])) func aSensorOrAFileNamesTheStoreAndAHiddenOneIsAsIfThereWereNone() async throws {
        try await ArchiveOffice.with { archive in
            try await archive.shelf("一库")
            try await archive.shelf("密库", kind: "classified")
            func read(_ label: String) async throws {
                let input: [String: JSONValue] = [
                    "storeName": .text(label), "at": .text("2026-01-15 08:30"), "temperature": .text("20.5"), "humidity": .text("50"),
                ]
                try await archive.desk.take(ClimateReading.record, input: input, by: archive.archivist)
            }
            try await read("一库")
            #expect(try await archive.rows("climate-reading").map { $0.values["temperature"] } == [.text("20.5")])
            func words(_ label: String) async -> String? { await #expect(throws: Refusal.self) { try await read(label) }?.words.zh }
            #expect(await words("密库") == "没有使用中的库房“密库”，请核对名称")
            #expect(await words("三库") == "没有使用中的库房“三库”，请核对名称")
        }
    }

    @Test(.article(confidentiality[25])) func aClosedFileHasItsDayAndAReopenedOneNone() async throws {
        try await ArchiveOffice.with { archive in
            let file = try await archive.file()
            try await archive.desk.take(CustomerFile.close, on: file, by: archive.specialist)
            #expect(try await archive.text(file, "closedOn") == "2026-01-15")
            try await archive.desk.take(CustomerFile.reopen, on: file, by: archive.specialist)
            #expect(try await archive.text(file, "closedOn") == nil)
        }
    }
}
