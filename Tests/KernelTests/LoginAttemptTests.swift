import EngineFixture
import Ledger
import Store
import TestOffice
import Testing
import WorkCalendar

@testable import Kernel

/// Failures keep out guesses, and not people.
struct LoginAttemptTests {
    private static let home = CallerPlace(address: "198.51.100.7", network: "198.51.100.7")
    private static let away = CallerPlace(address: "203.0.113.9", network: "203.0.113.9")

    private static func with(_ engine: TestEngine, _ body: (TestOffice, PersonID) async throws -> Void) async throws {
        try await TestOffice.with(engine, []) { office in
            let clerk = try await office.hire("clerk")
            try await office.desk.administer(.setSecret(clerk, hash: "hash"), by: .system)
            try await body(office, clerk)
        }
    }

    private static func fail(_ desk: Desk, _ login: String, _ place: CallerPlace, at now: Moment) async throws -> Int {
        let attempt = try await desk.beginAttempt(login: login, from: place, at: now)
        if attempt.wait == 0 { try await desk.attemptFailed(attempt, at: now) }
        return attempt.wait
    }

    private static func comeIn(_ desk: Desk, _ login: String, _ place: CallerPlace, at now: Moment) async throws -> Int {
        let attempt = try await desk.beginAttempt(login: login, from: place, at: now)
        if attempt.wait == 0 {
            try await desk.store.write { try desk.attemptSucceeded(attempt, isLogIn: true, at: now, $0) }
        }
        return attempt.wait
    }

    @Test(arguments: TestEngine.all) func twoServersDoNotDoubleTheGuesses(engine: TestEngine) async throws {
        try await Self.with(engine) { office, _ in
            let servers = [office.desk, try await office.anotherDesk()]
            var tried = 0
            for turn in 0..<10 {
                let now = office.now.adding(milliseconds: Int64(turn))
                if try await Self.fail(servers[turn % 2], "clerk", Self.away, at: now) == 0 { tried += 1 }
            }
            #expect(tried == 5, "five tries in all, on whichever server")
        }
    }

    @Test(arguments: TestEngine.all) func manyAtOnceDoNotSlipThrough(engine: TestEngine) async throws {
        try await Self.with(engine) { office, _ in
            let (desk, now) = (office.desk, office.now)
            let tried = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await desk.beginAttempt(login: "clerk", from: Self.away, at: now).wait == 0 ? 1 : 0 }
                }
                return try await group.reduce(0, +)
            }
            #expect(tried == 5)
        }
    }

    @Test(arguments: TestEngine.all) func whoIsKnownHereComesInWhateverOthersDo(engine: TestEngine) async throws {
        try await Self.with(engine) { office, _ in
            let desk = office.desk
            var now = office.now
            #expect(try await Self.comeIn(desk, "clerk", Self.home, at: now) == 0)
            // From everywhere in his name, from his own network in his name and in invented ones.
            for index in 0..<60 {
                let place = CallerPlace(address: "203.0.113.\(index)", network: "203.0.113.\(index)")
                _ = try await Self.fail(desk, "clerk", place, at: now)
                _ = try await Self.fail(desk, "invented \(index)", Self.home, at: now)
                _ = try await Self.fail(desk, "clerk", Self.home, at: now)
            }
            #expect(try await Self.comeIn(desk, "clerk", Self.home, at: now) == 0, "the right password from a known network comes in")
            // Guesses in his name from a network that he never came from wait, and for no more than a minute.
            for index in 0..<30 {
                _ = try await Self.fail(desk, "clerk", CallerPlace(address: "\(index)", network: "\(index)"), at: now)
            }
            let stranger = CallerPlace(address: "192.0.2.200", network: "192.0.2.200")
            let wait = try await Self.fail(desk, "clerk", stranger, at: now)
            #expect((1...60).contains(wait))
            now = now.adding(seconds: wait)
            #expect(try await Self.comeIn(desk, "clerk", stranger, at: now) == 0, "a name is delayed and never locked")
        }
    }

    @Test(arguments: TestEngine.all) func fewInventedNamesKeepNobodyOut(engine: TestEngine) async throws {
        try await Self.with(engine) { office, _ in
            let (desk, now) = (office.desk, office.now)
            for index in 0..<21 { #expect(try await Self.fail(desk, "invented \(index)", Self.away, at: now) == 0) }
            #expect(try await Self.comeIn(desk, "clerk", Self.away, at: now) == 0, "his first log-in from there")
            for index in 21..<51 { _ = try await Self.fail(desk, "invented \(index)", Self.away, at: now) }
            for _ in 0..<3 { #expect(try await Self.fail(desk, "invented 99", Self.away, at: now) == 0) }
            #expect(try await Self.fail(desk, "invented 99", Self.away, at: now) > 60, "many names from one network are a search")
            #expect(try await Self.comeIn(desk, "clerk", Self.away, at: now) == 0, "he is known there now")
            let later = now.adding(seconds: 3601)
            #expect(try await Self.fail(desk, "invented 99", Self.away, at: later) == 0, "an hour later it is forgotten")
        }
    }

    /// Others' guesses close no door: only one's own do, and none tells which names there are.
    @Test(arguments: TestEngine.all) func manyInventedNamesKeepOutGuessesAndNotPeople(engine: TestEngine) async throws {
        try await Self.with(engine) { office, _ in
            let desk = office.desk
            let typist = try await office.hire("typist")
            try await desk.administer(.setSecret(typist, hash: "hash"), by: .system)
            var now = office.now
            for index in 0..<200 { _ = try await Self.fail(desk, "invented \(index)", Self.away, at: now) }
            // Never in from there, after two slips of the hand.
            for _ in 0..<2 { #expect(try await Self.fail(desk, "typist", Self.away, at: now) == 0) }
            #expect(try await Self.comeIn(desk, "typist", Self.away, at: now) == 0)
            // Whoever guesses gets three guesses at a name, whether there is one or not.
            var waits: [String: [Int]] = [:]
            for name in ["clerk", "nobody"] {
                for _ in 0..<5 { waits[name, default: []].append(try await Self.fail(desk, name, Self.away, at: now)) }
                let attempt = try await desk.beginAttempt(login: name, from: Self.away, at: now)
                #expect(attempt.isSlow && attempt.wait > 0)
            }
            #expect(waits["clerk"] == waits["nobody"] && waits["clerk"] == [0, 0, 0, 64, 64])
            now = now.adding(seconds: 64)
            #expect(try await Self.comeIn(desk, "clerk", Self.away, at: now) == 0, "and the person comes in after them")
            #expect(try await desk.beginAttempt(login: "clerk", from: Self.home, at: now).isSlow == false)
        }
    }

    @Test(arguments: TestEngine.all) func aKnownNetworkIsNoLeaveToGuessForEver(engine: TestEngine) async throws {
        try await Self.with(engine) { office, _ in
            let (desk, now) = (office.desk, office.now)
            #expect(try await Self.comeIn(desk, "clerk", Self.home, at: now) == 0)
            var tried = 0
            for _ in 0..<110 {
                if try await Self.fail(desk, "clerk", Self.home, at: now) == 0 { tried += 1 }
            }
            #expect(tried == 101)
            #expect((1...60).contains(try await Self.fail(desk, "clerk", Self.home, at: now)))
        }
    }

    @Test(arguments: TestEngine.all) func failuresStandInTheLedgerOnceAMinuteWithTheirNumber(engine: TestEngine) async throws {
        try await Self.with(engine) { office, clerk in
            let desk = office.desk
            var now = office.now
            for _ in 0..<5 { _ = try await Self.fail(desk, "clerk", Self.away, at: now) }
            for _ in 0..<7 { #expect(try await Self.fail(desk, "clerk", Self.away, at: now) > 0) }
            func lines() async throws -> [(AccountEvent, String?)] {
                try await desk.accountLines(of: clerk).reversed().map { ($0.event, $0.words?.en) }
            }
            let first = try await lines()
            #expect(first.map(\.0) == [.failed, .heldBack] && first[0].1 == nil)
            now = now.adding(seconds: 61)
            try await desk.settleAccounts(at: now)
            try await desk.settleAccounts(at: now)
            let second = try await lines()
            #expect(second.map(\.0) == [.failed, .heldBack, .failed] && second[2].1 == "4 times")
            #expect(try await desk.accountLines(of: clerk).allSatisfy { $0.written == Self.away.address })
        }
    }

    @Test(arguments: TestEngine.all) func aNameThatIsNobodysIsNowhereInClear(engine: TestEngine) async throws {
        try await Self.with(engine) { office, _ in
            let typed = "my secret password 1"
            _ = try await Self.fail(office.desk, typed, Self.away, at: office.now)
            for index in 0..<60 { _ = try await Self.fail(office.desk, typed + " \(index)", Self.away, at: office.now) }
            let lines = try await office.desk.accountLines(of: nil)
            #expect(lines.last?.person == PersonID.none && lines.last?.written.hasPrefix(Self.away.address + " #") == true)
            #expect(lines.allSatisfy { $0.event == .failed }, "who asks under a name for the first time is held back by nobody's guesses")
            let kept = try await office.desk.store.read { session in
                try session.all("SELECT body FROM entry") { $0.blob(0) }
                    + session.all("SELECT network, address FROM login_failure") { row in
                        Array((row.text(0) + row.text(1)).utf8)
                    }
            }
            #expect(!kept.contains { String(decoding: $0, as: UTF8.self).contains("secret password") })
            #expect(try await office.desk.verify().isClean)
        }
    }
}
