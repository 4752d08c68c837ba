import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// 第17条, 第18条: nobody reads without permission; a grant names records and an end.
@Suite struct AccessRequestTests {
    @Test(.demand(confidentiality[17], 2), arguments: TestEngine.all)
    func nobodyReadsAFileWithoutPermission(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file()
            for person in [archive.clerk, archive.marketHead, archive.courier, archive.general] {
                #expect(await !archive.sees(file, person))
                #expect(try await archive.desk.register("customer-file", RegisterQuery(), by: person.person).total == 0)
                #expect(try await archive.desk.search("华信", by: person.person).rows.isEmpty)
                await #expect(throws: DeskError.absent) { try await archive.desk.reveal(file, of: "customer-file", by: person.person, purpose: "好奇") }
            }
            #expect(await archive.sees(file, archive.specialist))
            let request = try await archive.granted([file])
            #expect(await archive.sees(file, archive.clerk))
            // What reading does not imply is refused, and stands in the ledger.
            let denied = await refusal { _ = try await archive.desk.issue(.print, of: file, by: archive.clerk) }
            #expect(denied?.article == confidentiality[23] && denied?.words.zh.contains("“打印”的授权") == true)
            let trail = try await archive.desk.document(file, by: archive.specialist.person).trail
            #expect(trail.contains { $0.kind == .refusal && $0.title.zh == "拒绝：打印" && $0.who.zh == "clerk" })
            // The officers take it back at once.
            try await archive.desk.take(AccessRequest.end, on: request, input: ["answer": .text("事项已了")], by: archive.supervisor)
            #expect(await !archive.sees(file, archive.clerk))
        }
    }

    @Test(.demand(confidentiality[18], 1), arguments: TestEngine.all)
    func theWayFollowsFromRequesterAndLevelAndIsSeenBeforeItIsSent(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let ordinary = try await archive.ask(), secret = try await archive.ask(["expected": .text("classified")])
            func way(_ id: Int64) async throws -> Set<String> { try await archive.desk.document(id, by: archive.clerk.person).bypassed }
            #expect(try await way(ordinary) == ["register", "approveClassified", "arrive"])
            #expect(try await way(secret) == ["register", "approve", "arrive"])
            let outside = try await archive.ask(Self.letter, by: archive.specialist)
            #expect(try await archive.desk.document(outside, by: archive.specialist.person).bypassed == ["endorse", "approveClassified"])
            // Without the unit's seal and its head's signature it goes nowhere.
            try await archive.desk.take(AccessRequest.send, on: ordinary, by: archive.clerk)
            await #expect(throws: DeskError.self) { try await archive.checked(ordinary, [try await archive.file()]) }
            await #expect(throws: DeskError.self) {
                try await archive.desk.take(AccessRequest.endorse, on: ordinary, input: ["sealNumber": .text("1")], by: archive.specialist)
            }
        }
    }

    @Test(.demand(confidentiality[18], 1), .article(confidentiality[22]), arguments: TestEngine.all)
    func whatTurnsOutClassifiedGoesToTheManager(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let secret = try await archive.classifiedFile()
            let cleared = Principal(try await archive.office.hire("cleared", in: archive.office.market, clearance: .secret))
            let request = try await archive.ask(by: cleared)
            try await archive.endorsed(request, by: cleared)
            try await archive.checked(request, [secret])
            await #expect(throws: DeskError.self) { try await archive.desk.take(AccessRequest.approve, on: request, by: archive.supervisor) }
            try await archive.desk.take(AccessRequest.approveClassified, on: request, by: archive.manager)
            #expect(await archive.sees(secret, cleared))
            // Who is not cleared is not granted it.
            let other = try await archive.ask()
            try await archive.endorsed(other)
            let denied = await refusal { try await archive.checked(other, [secret]) }
            #expect(denied?.article == confidentiality[22] && denied?.words.zh.contains("高于查阅人的涉密等级") == true)
        }
    }

    @Test(.demand(confidentiality[18], 2, 3), arguments: TestEngine.all)
    func aGrantIsForTheNamedRecordsAndEndsByItself(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file(), other = try await archive.file("新合商贸", kind: "dealer", number: 2)
            let request = try await archive.granted([file], days: 2)
            #expect(await archive.sees(file, archive.clerk))
            #expect(await !archive.sees(other, archive.clerk))
            _ = try await archive.desk.reveal(file, of: "customer-file", by: archive.clerk.person, purpose: "核对合同")
            let trail = try await archive.desk.document(file, by: archive.manager.person).trail
            #expect(trail.filter { $0.kind == .read && $0.who.zh == "clerk" && $0.written == "核对合同" }.count == 1)
            // To the second.
            let end = Moment.endOfDay(archive.office.now.day.adding(days: 1))
            let grant = try #require(try await archive.desk.document(file, by: archive.manager.person).grants.first)
            #expect(grant.purpose.zh == "业务办理" && grant.ends == end)
            archive.office.move(to: end.adding(seconds: -1))
            #expect(await archive.sees(file, archive.clerk))
            archive.office.move(to: end)
            #expect(await !archive.sees(file, archive.clerk))
            archive.office.move(to: end.adding(seconds: 1))
            try await archive.desk.runJobs()
            #expect(try await archive.desk.document(request, by: archive.clerk.person).row.state == "ended")
            let long = await refusal { _ = try await archive.ask(["days": .whole(31)]) }
            #expect(long?.article == confidentiality[18])
        }
    }

    @Test(.article(confidentiality[18]), arguments: TestEngine.all)
    func aGrantEndsWithThePost(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file()
            try await archive.granted([file])
            let held = try #require(try await archive.desk.organisation().holdings(of: archive.clerk.person, on: archive.office.now.day).first)
            // Another post in the same company does not carry it on.
            try await archive.desk.administer(
                .appoint(archive.clerk.person, archive.office.service, post: Post.staff.id, from: archive.office.now.day, to: nil), by: .system)
            try await archive.desk.administer(.endHolding(held.id, on: archive.office.now.day, settled: true), by: .system)
            let running = try await archive.desk.document(file, by: archive.manager.person).grants
            #expect(running.count == 1)
            #expect(await !archive.sees(file, archive.clerk))
        }
    }

    @Test(.article(confidentiality[18]), arguments: TestEngine.all)
    func aGrantEndsWithTheEmployment(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file()
            try await archive.granted([file])
            #expect(await archive.sees(file, archive.clerk))
            try await archive.desk.administer(
                .changePerson(
                    archive.clerk.person, zh: "离任", en: "left", clearance: .internal, active: false, administrator: false, settled: true),
                by: .system)
            #expect(await !archive.sees(file, archive.clerk))
        }
    }

    static let letter: [String: JSONValue] = [
        "from": .text("outside"), "letterKind": .text("letter"), "letterNumber": .text("介2026-7"), "issuer": .text("某市法院"),
        "bearer": .text("李法官"), "letterUntil": .text("2026-01-20"), "purpose": .text("lawful"),
    ]

    @Test(.demand(confidentiality[18], 3, 4), arguments: TestEngine.all)
    func outsidersReadInsideByALetterForOneMatter(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file()
            let none = await refusal { _ = try await archive.ask(["from": .text("outside")], by: archive.specialist) }
            #expect(none?.words.zh.contains("须持介绍信或工作证") == true)
            let late = Self.letter.merging(["letterUntil": .text("2026-01-14")]) { $1 }
            let expired = await refusal { _ = try await archive.ask(late, by: archive.specialist) }
            #expect(expired?.words.zh.contains("已过有效期") == true)
            let out = await refusal { _ = try await archive.ask(Self.letter.merging(["alsoLend": .flag(true)]) { $1 }, by: archive.specialist) }
            #expect(out?.words.zh.contains("不能借出") == true)
            let deskClerk = Principal(try await archive.office.hire("reception", in: archive.office.service))
            let request = try await archive.ask(Self.letter, by: deskClerk)
            try await archive.desk.take(AccessRequest.send, on: request, by: deskClerk)
            try await archive.desk.take(AccessRequest.register, on: request, by: archive.specialist)
            try await archive.checked(request, [file])
            try await archive.desk.take(AccessRequest.approve, on: request, by: archive.supervisor)
            try await archive.desk.take(AccessRequest.arrive, on: request, by: archive.specialist)
            try await archive.desk.take(AccessRequest.leave, on: request, by: archive.specialist)
            let visits = try await archive.value(request, "visits").list
            #expect(visits.count == 1 && visits.first?["letter"] == .text("介2026-7"))
            // Each visit is a reading on the record's trail.
            let trail = try await archive.desk.document(file, by: archive.manager.person).trail
            #expect(trail.contains { $0.kind == .read && $0.words?.zh.contains("查阅申请") == true })
            // The same letter serves neither another bearer nor another matter.
            for more in [["bearer": .text("王书记员")], ["object": .text("新合商贸的账目")]] as [[String: JSONValue]] {
                let again = await refusal { _ = try await archive.ask(Self.letter.merging(more) { $1 }, by: deskClerk) }
                #expect(again?.article == confidentiality[18] && again?.words.zh.contains("一信一事") == true)
            }
        }
    }

    @Test(.article(confidentiality[18]), arguments: TestEngine.all)
    func whoAsksNeitherChecksNorApproves(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file()
            let request = try await archive.ask(by: archive.specialist)
            try await archive.desk.take(AccessRequest.send, on: request, by: archive.specialist)
            let head = Principal(try await archive.office.hire("head", .head, in: archive.office.service))
            try await archive.desk.take(AccessRequest.endorse, on: request, input: ["sealNumber": .text("用印1")], by: head)
            let same = await refusal { try await archive.checked(request, [file]) }
            #expect(same?.words.zh.contains("请由另一人办理") == true)
        }
    }
}
