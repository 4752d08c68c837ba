import EngineFixture
import Kernel
import TestOffice
import Testing

/// How long texts and lists may be, and which numbers are taken.
@Suite struct InputLimitTests {
    private static func faults(_ office: TestOffice, _ person: PersonID, _ more: [String: JSONValue]) async -> [Refusal.Fault] {
        await KernelTests.faults {
            try await office.desk.take(
                "keep", of: "dossier", input: RequestTests.input.merging(more) { _, given in given }, by: Principal(person))
        }
    }

    @Test func whatIsTooLongIsRefusedOnItsField() async throws {
        try await RequestTests.with(.sqlite) { office, person in
            let long = await Self.faults(office, person, ["name": .text(String(repeating: "长", count: 201))])
            #expect(long.map(\.field) == ["name"] && long[0].words.zh.contains("200") && long[0].words.zh.contains("201"))
            #expect(await Self.faults(office, person, ["note": .text(String(repeating: "长", count: 20_001))]).map(\.field) == ["note"])
            let sheet = JSONValue.record([.init("place", .text("架甲"))])
            #expect(await Self.faults(office, person, ["sheets": .list(Array(repeating: sheet, count: 4))]).map(\.field) == ["sheets"])
            let place = JSONValue.record([.init("place", .text("一二三四五六"))])
            #expect(await Self.faults(office, person, ["sheets": .list([place])]).map(\.field) == ["sheets.0.place"])
            let fits: [String: JSONValue] = [
                "name": .text(String(repeating: "长", count: 200)), "note": .text(String(repeating: "长", count: 20_000)),
                "sheets": .list(Array(repeating: sheet, count: 3)), "pages": .whole(0),
            ]
            try await office.desk.take(Dossier.keep, input: fits, by: Principal(person))
            let id = try await office.desk.take(Dossier.keep, input: RequestTests.input, by: Principal(person)).id
            let reason = await KernelTests.faults {
                try await office.desk.handle(.withdraw(document: id, reason: String(repeating: "长", count: 2_001)), by: Principal(person))
            }
            #expect(reason.map(\.field) == ["reason"])
            let purpose = await KernelTests.faults {
                try await office.desk.reveal(id, of: "dossier", by: person, purpose: String(repeating: "长", count: 201))
            }
            #expect(purpose.map(\.field) == ["purpose"])
        }
    }

    @Test func aNumberIsOneThatItsFieldTakes() async throws {
        try await RequestTests.with(.sqlite) { office, person in
            #expect(await Self.faults(office, person, ["shelf": .whole(0)]).map(\.field) == ["shelf"], "0 is no shelf")
            let sheet = JSONValue.record([.init("place", .text("甲")), .init("copies", .whole(0))])
            #expect(await Self.faults(office, person, ["sheets": .list([sheet])]).map(\.field) == ["sheets.0.copies"])
            #expect(await Self.faults(office, person, ["pages": .text("")]).map(\.field) == ["pages"])
            let missing = await KernelTests.faults {
                try await office.desk.take(Dossier.keep, input: ["name": .text("甲")], by: Principal(person))
            }
            #expect(missing.map(\.field) == ["pages"], "0 is an answer that has to be given")
            for pages in [JSONValue.whole(0), .text("0")] {
                let input: [String: JSONValue] = ["name": .text("甲"), "pages": pages, "shelf": .text("")]
                try await office.desk.take(Dossier.keep, input: input, by: Principal(person))
            }
        }
    }

    @Test func aPageOfARegisterEndsWhereItGrowsTooLarge() async throws {
        try await RequestTests.with(.sqlite) { office, person in
            let note = String(repeating: "长", count: 20_000)
            for number in 0..<40 {
                var input = RequestTests.input
                (input["name"], input["note"]) = (.text("第\(number)卷"), .text(note))
                try await office.desk.take(Dossier.keep, input: input, by: Principal(person))
            }
            var query = RegisterQuery()
            query.limit = 500
            var seen: [Int64] = [], pages = 0
            repeat {
                let page = try await office.desk.register("dossier", query, by: person)
                seen += page.rows.map(\.id)
                query.after = page.next
                pages += 1
            } while query.after != nil
            #expect(pages == 2 && Set(seen).count == 40 && seen.count == 40)
        }
    }

    @Test func jsonSaysEachThingOnceAndInUTF8() throws {
        #expect(throws: JSONReader.Fault.self) { try JSONReader.read(#"{"a":1,"a":2}"#) }
        let many = (0..<100).map { "\"k\($0)\":\($0)" }
        #expect(try JSONReader.read("{\(many.joined(separator: ","))}").entries.count == 100)
        for doubled in ["k3", "k50", "k99"] {
            #expect(throws: JSONReader.Fault.self) { try JSONReader.read("{\((many + ["\"\(doubled)\":0"]).joined(separator: ","))}") }
        }
        for whole in ["3", "3.0", "3.000"] { #expect(try JSONReader.read("[\(whole)]") == .list([.whole(3)])) }
        for other in ["3.5", "3.05", "3.", "03", "3e0"] {
            #expect(throws: JSONReader.Fault.self, "\(other)") { try JSONReader.read("[\(other)]") }
        }
        #expect(throws: JSONReader.Fault.self) { try JSONReader.read(Array(#"{"a":""#.utf8) + [0xFF, 0xFE] + Array(#""}"#.utf8)) }
        #expect(try JSONReader.read(Array(#"{"a":"典"}"#.utf8))["a"] == .text("典"))
    }
}
