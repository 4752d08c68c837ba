import EngineFixture
import Store
import TestOffice
import Testing
import WorkCalendar

@testable import Kernel

/// Nobody comes into another's account, or makes himself more than he is, alone.
struct AccountRequestTests {
    private struct People {
        let office: TestOffice
        let (first, second, clerk): (PersonID, PersonID, PersonID)
        var desk: Desk { office.desk }
    }

    private static func with(
        _ engine: TestEngine, administrators: Int = 2, _ body: (People) async throws -> Void
    ) async throws {
        try await TestOffice.with(engine, []) { office in
            func administrator(_ login: String, _ isOne: Bool) async throws -> PersonID {
                let id = PersonID(
                    try await office.desk.administer(
                        .addPerson(login: login, zh: login, en: login, clearance: .internal, administrator: isOne), by: .system))
                try await office.desk.administer(.setSecret(id, hash: "old \(login)"), by: .system)
                return id
            }
            let people = People(
                office: office, first: try await administrator("first", true),
                second: try await administrator("second", administrators > 1), clerk: try await office.hire("clerk"))
            try await office.desk.administer(.setSecret(people.clerk, hash: "old"), by: .system)
            try await body(people)
        }
    }

    /// Why a change is not made; `nil` when it is.
    private static func refused(_ change: Administration, _ desk: Desk, by principal: Principal) async -> String? {
        do {
            try await desk.administer(change, by: principal)
            return nil
        } catch DeskError.forbidden(let words), DeskError.conflict(let words) {
            return words.en
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: TestEngine.all) func aResetTakesTwoAdministratorsAndThePersonIsTold(engine: TestEngine) async throws {
        try await Self.with(engine) { people in
            let desk = people.desk
            for change in [Administration.setSecret(people.clerk, hash: "x"), .giveWord(people.clerk, hash: "x")] {
                #expect(await Self.refused(change, desk, by: Principal(people.first)) != nil)
            }
            let request = try await desk.administer(.askReset(people.clerk, reason: "忘记密码"), by: Principal(people.first))
            #expect(try await desk.secret(login: "clerk")?.hash == "old", "nothing changes before it is confirmed")
            let own = await Self.refused(.confirmRequest(request, hash: "x"), people.desk, by: Principal(people.first))
            #expect(own == "Whoever asked cannot confirm; another administrator must")
            let another = await Self.refused(.confirmRequest(request, hash: "x"), people.desk, by: Principal(people.clerk))
            #expect(another == "Only an administrator changes the organisation")
            #expect(
                try await desk.notices(of: people.second).notices.first?.words.en.contains("first asks: Reset the password (clerk)") == true
            )
            try await desk.administer(.confirmRequest(request, hash: "once"), by: Principal(people.second))
            #expect(try await desk.secret(login: "clerk")?.hash == "once")
            let told = try await desk.notices(of: people.clerk).notices.map(\.words.en)
            #expect(told.first == "Your password was reset at 2026-01-15 09:00, asked for by first and confirmed by second")
            #expect(told.last == "first asks: Reset the password. If you did not ask for it, tell another administrator at once")
            let attempt = try await desk.beginAttempt(
                login: "clerk", from: CallerPlace(address: "a", network: "a"), at: people.office.now)
            #expect(attempt.onceUntil == people.office.now.adding(days: 7))
            #expect(await Self.refused(.confirmRequest(request, hash: "y"), people.desk, by: Principal(people.second)) != nil)
            try await desk.administer(.setSecret(people.clerk, hash: "own"), by: Principal(people.clerk))
            let after = try await desk.beginAttempt(login: "clerk", from: CallerPlace(address: "a", network: "a"), at: people.office.now)
            #expect(after.onceUntil == nil && after.secret == "own")
        }
    }

    @Test(arguments: TestEngine.all) func aResetThatIsDeclinedOrOldChangesNothing(engine: TestEngine) async throws {
        try await Self.with(engine) { people in
            let desk = people.desk
            let declined = try await desk.administer(.askReset(people.clerk, reason: "x"), by: Principal(people.first))
            #expect(await Self.refused(.askReset(people.clerk, reason: "y"), people.desk, by: Principal(people.second)) != nil)
            try await desk.administer(.declineRequest(declined), by: Principal(people.second))
            #expect(await Self.refused(.confirmRequest(declined, hash: "x"), people.desk, by: Principal(people.second)) != nil)
            let old = try await desk.administer(.askReset(people.clerk, reason: "x"), by: Principal(people.first))
            people.office.move(hours: 7 * 24)
            #expect(try await desk.accountRequests().isEmpty)
            #expect(await Self.refused(.confirmRequest(old, hash: "x"), people.desk, by: Principal(people.second)) != nil)
            #expect(try await desk.secret(login: "clerk")?.hash == "old")
        }
    }

    @Test(arguments: TestEngine.all) func withOneAdministratorTheServerDoesIt(engine: TestEngine) async throws {
        try await Self.with(engine, administrators: 1) { people in
            let desk = people.desk
            let alone = await Self.refused(.askReset(people.clerk, reason: "x"), people.desk, by: Principal(people.first))
            #expect(alone?.contains("Run dianzhang password clerk on the server") == true)
            try await desk.administer(.giveWord(people.clerk, hash: "once"), by: .system)
            #expect(try await desk.secret(login: "clerk")?.hash == "once")
            let told = try await desk.notices(of: people.clerk).notices.first?.words.en
            #expect(told == "Your password was reset at 2026-01-15 09:00, by the server's command line")
            // He may do for himself what nobody else could.
            try await desk.administer(
                .appoint(people.first, people.office.market, post: Post.staff.id, from: people.office.now.day, to: nil),
                by: Principal(people.first))
        }
    }

    @Test(arguments: TestEngine.all) func nobodyChangesTheOwnPostsClearanceOrMark(engine: TestEngine) async throws {
        try await Self.with(engine) { people in
            let (desk, day) = (people.desk, people.office.now.day)
            let appoint = Administration.appoint(people.first, people.office.market, post: Post.staff.id, from: day, to: nil)
            let change = Administration.changePerson(
                people.first, zh: "first", en: "first", clearance: .secret, active: true, administrator: true)
            for own in [appoint, change] {
                #expect(
                    await Self.refused(own, people.desk, by: Principal(people.first))
                        == "Your own posts, clearance and administrator's mark are changed by another administrator")
                try await desk.administer(own, by: Principal(people.second))
            }
            let post = try #require(try await desk.organisation().holdings.last { $0.person == people.first }?.id)
            #expect(await Self.refused(.endHolding(post, on: day), people.desk, by: Principal(people.first)) != nil)
            // The own name is nobody's risk.
            try await desk.administer(
                .changePerson(people.first, zh: "甲", en: "A", clearance: .secret, active: true, administrator: true), by: Principal(people.first)
            )
        }
    }

    @Test(arguments: TestEngine.all) func anAdministratorIsMadeAndUnmadeByTwo(engine: TestEngine) async throws {
        try await Self.with(engine) { people in
            let desk = people.desk
            func isAdministrator(_ person: PersonID) async throws -> Bool {
                try await desk.organisation().people[person]?.isAdministrator == true
            }
            func change(_ person: PersonID, active: Bool, administrator: Bool) -> Administration {
                .changePerson(person, zh: "x", en: "x", clearance: .internal, active: active, administrator: administrator)
            }
            let puppet = PersonID(
                try await desk.administer(
                    .addPerson(login: "puppet", zh: "x", en: "x", clearance: .internal, administrator: true), by: Principal(people.first)))
            #expect(try await !isAdministrator(puppet))
            try await desk.administer(change(people.clerk, active: true, administrator: true), by: Principal(people.first))
            #expect(try await !isAdministrator(people.clerk))
            try await desk.administer(change(people.second, active: false, administrator: false), by: Principal(people.first))
            #expect(try await isAdministrator(people.second), "one administrator does not get rid of the other alone")
            let requests = try await desk.accountRequests()
            #expect(requests.map(\.kind) == [.administrator, .administrator, .removal])
            try await desk.administer(.confirmRequest(requests[1].id, hash: nil), by: Principal(people.second))
            #expect(try await isAdministrator(people.clerk))
            try await desk.administer(.confirmRequest(requests[2].id, hash: nil), by: Principal(people.clerk))
            #expect(try await desk.organisation().people[people.second]?.isActive == false)
        }
    }

    @Test(arguments: TestEngine.all) func theLastAdministratorStaysForEveryRoad(engine: TestEngine) async throws {
        try await Self.with(engine, administrators: 1) { people in
            for principal in [Principal(people.first), .system] {
                let words = await Self.refused(
                    .changePerson(people.first, zh: "x", en: "x", clearance: .internal, active: false, administrator: true), people.desk,
                    by: principal)
                #expect(words == "This is the last administrator; make another one first")
            }
        }
    }

    /// A database of the state before comes through: its tokens may all they might, none for longer than a year; its log-ins stand.
    @Test(arguments: TestEngine.all) func anEarlierDatabaseComesThrough(engine: TestEngine) async throws {
        try await engine.withStore { store in
            let year: Int64 = 365 * 86_400_000, now = TestOffice.start.milliseconds
            try await store.migrate(Array(Migration.kernel.prefix(3)), at: now)
            try await store.write { session in
                try session.execute(
                    "INSERT INTO person (id, login, zh, en, clearance, active, administrator) VALUES (1, 'a', 'a', 'a', 1, 1, 0)")
                for (byte, ends) in [(UInt8(1), now + year * 274), (2, now + 1000)] {
                    try session.execute(
                        "INSERT INTO api_token (token, person, label, created, ends) VALUES ($1, 1, 'x', $2, $3)",
                        [.blob([byte]), .int(now), .int(ends)])
                }
                try session.execute(
                    "INSERT INTO login (token, person, csrf, language, created, seen, ends) VALUES ($1, 1, 'x', 'zh', 0, 0, 1)",
                    [.blob([1])])
            }
            try await store.migrate(Migration.kernel, at: now)
            let (tokens, logins) = try await store.read { session in
                (
                    try session.all("SELECT id, scopes, ends, maker FROM api_token ORDER BY id") {
                        ($0.int(0), $0.text(1), $0.int(2), $0.int(3))
                    },
                    try session.count("SELECT count(*) FROM login WHERE authenticated = 0 AND method = ''")
                )
            }
            #expect(Set(tokens.map(\.0)).count == 2 && tokens.allSatisfy { $0.1 == "read reveal act sign" && $0.3 == 1 })
            #expect(tokens.map(\.2) == [now + year, now + 1000] && logins == 1)
        }
    }
}
