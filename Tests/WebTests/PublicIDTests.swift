import EngineFixture
import HTTPTypes
import HummingbirdTesting
import Kernel
import TestOffice
import Testing

@testable import Web

/// Ids as they leave the house.
struct PublicIDTests {
    private static let ids = PublicIDs(key: (0..<32).map { UInt8($0) })

    @Test func aWordIsReadAsWhatItWasWrittenFor() {
        for id in [1, 4711, 203_458_871_296_000_123, Int64.max, PublicIDs.nothing] {
            for kind in PublicIDs.Kind.allCases {
                let word = Self.ids.word(id, kind)
                #expect(word.wholeMatch(of: /[0-7][0-9a-hjkmnp-tv-z]{25}/) != nil && PublicIDs.isWord(word), "\(word)")
                for other in PublicIDs.Kind.allCases { #expect(Self.ids.read(word, other) == (other == kind ? id : nil), "\(kind) \(other)") }
                #expect(Self.ids.word(id, kind) == word)
            }
        }
    }

    /// The words of two neighbours have no more signs in common than any two words.
    @Test func neighboursAreNotToBeTold() {
        let words = (0..<2000).map { Array(Self.ids.word(203_458_871_296_000_000 + Int64($0), .document).utf8) }
        #expect(Set(words).count == words.count)
        let same = zip(words, words.dropFirst()).reduce(0) { $0 + zip($1.0, $1.1).count { $0 == $1 } }
        // Of 26 signs, 25 agree once in 32 times and the first once in 8: 0.906 a pair.
        #expect((1500...2150).contains(same), "\(same) signs of \(words.count) pairs agree")
        #expect(words != words.sorted { $0.lexicographicallyPrecedes($1) })
    }

    @Test func whatNobodyWroteIsNoWord() {
        let word = Self.ids.word(4711, .document)
        var wrong = ["", "4711", "203458871296000123", word.uppercased(), String(word.dropLast()), word + "0", "-1", "\(word) "]
        wrong += [String(repeating: "z", count: 26), "8" + word.dropFirst(), "7" + String(repeating: "z", count: 25)]
        for place in word.indices {
            wrong.append(word.replacingCharacters(in: place...place, with: word[place] == "0" ? "1" : "0"))
        }
        for text in wrong {
            #expect(Self.ids.read(text, .document) == nil && Self.ids.open(text) == nil, "\(text)")
            #expect(Self.ids.id(text, .document) == PublicIDs.nothing)
        }
        #expect(PublicIDs(key: [UInt8](repeating: 1, count: 32)).read(word, .document) == nil, "of another database")
    }

    @Test(arguments: TestEngine.all) func anAddressHoldsOnEveryServer(engine: TestEngine) async throws {
        try await WebOffice.with(engine) { web, client in
            let id = try await web.memo()
            let address = web.page(id), clerk = try await Browser.enter(web.clerk, web, client)
            #expect(try await clerk.get(address).status == .ok)
            try await web.anotherServer().application().test(.router) { second in
                let answer = try await second.execute(uri: address, method: .get, headers: [.cookie: clerk.cookie])
                #expect(answer.status == .ok && answer.text.contains("关于回访"))
            }
            for other in ["/d/\(id)", "/d/\(web.word(id, .task))", "/d/\(web.word(id, .place))", "/d/\(web.word(web.clerk))"] {
                #expect(try await clerk.get(other).status == .notFound, "\(other)")
            }
        }
    }

    /// What names nothing of the kind is refused as what may not be named, in a form and by a program.
    @Test func aFieldTakesNoWordOfAnotherKind() async throws {
        try await WebOffice.with { web, client in
            let id = try await web.memo(), token = try await web.token(of: web.clerk)
            let clerk = try await Browser.enter(web.clerk, web, client)
            let made = "7" + String(repeating: "z", count: 25)
            let cases = [
                ("earlier", [web.word(id, .task), web.word(web.clerk), made], web.word(id)),
                ("reader", [web.word(id), web.word(web.clerk.raw, .unit), made], web.word(web.head)),
            ]
            for (field, wrong, right) in cases {
                for word in wrong + [String(id), String(web.head.raw)] {
                    let form = try await clerk.post("/r/memo/new", [("subject", "甲"), ("pages", "1"), ("tone", "warm"), (field, word)])
                    #expect(form.status == .unprocessableContent && form.text.contains("查无此项，或者不能由您选用"), "\(field) \(word)")
                    let body = "{\"subject\":\"甲\",\"pages\":1,\"tone\":\"warm\",\"\(field)\":\"\(word)\"}"
                    let answer = try await client.api(.post, "/api/v1/memo", token, body)
                    #expect(answer.status == .unprocessableContent)
                    #expect(try answer.json["faults"].list.map { $0["field"].text } == [field], "\(field) \(word)")
                }
                let body = "{\"subject\":\"甲\",\"pages\":1,\"tone\":\"warm\",\"\(field)\":\"\(right)\"}"
                let taken = try await client.api(.post, "/api/v1/memo", token, body)
                #expect(taken.status == .created)
                let found = try await client.api(.get, try #require(taken.headers[.location]), token).json
                #expect(found["values"][field] == .text(right))
            }
        }
    }

    @Test func pagesGoOnFromTheirOwnEndAlone() async throws {
        try await WebOffice.with { web, client in
            let id = try await web.memo()
            let clerk = try await Browser.enter(web.clerk, web, client), token = try await web.token(of: web.clerk)
            for path in ["/mine", "/notices", "/"] {
                for after in ["x", String(id), web.word(id), ""] {
                    let answer = try await clerk.get("\(path)?after=\(after)")
                    #expect(answer.status == .badRequest && answer.text.contains("after 应为上一页给出的 next"), "\(path) \(after)")
                }
            }
            for after in ["x", String(id), web.word(id)] {
                #expect(try await client.api(.get, "/api/v1/memo?after=\(after)", token).status == .unprocessableContent)
            }
            #expect(try await client.api(.get, "/api/v1/memo?after=\(web.word(id, .place))", token).json["items"].list.isEmpty)
        }
    }
}
