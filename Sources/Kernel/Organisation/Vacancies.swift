import Store
import WorkCalendar

/// 空缺岗位: a post that steps address and nobody holds.
package struct Vacancy: Sendable, Hashable {
    package let post: String
    package let title: Words
    /// Within which nobody holds it.
    package let unit: UnitID
    /// The last day on which somebody did; `nil` where nobody ever did.
    package let since: Day?
    /// How many tasks wait for it.
    package let waiting: Int
}

extension Who {
    /// The posts in it.
    var posts: [Post] {
        switch self {
        case .post(let post), .postOf(let post, _): [post]
        case .head, .headOf: [Post.head]
        case .any(let whos): whos.flatMap(\.posts)
        default: []
        }
    }
}

extension Desk {
    /// The posts of all adopted regulations that nobody holds, those for which the most waits first.
    package func vacancies() async throws -> [Vacancy] {
        let now = clock.now()
        return try await store.read { [self] session in try vacancies(try organisation(session), on: now.day, session) }
    }

    private func vacancies(_ organisation: Organisation, on day: Day, _ session: any Session) throws -> [Vacancy] {
        let tasks = try session.all("SELECT post, unit, count(*) FROM task WHERE post IS NOT NULL GROUP BY post, unit", []) {
            (post: $0.text(0), unit: UnitID($0.int(1)), count: Int($0.int(2)))
        }
        var found: [Vacancy] = []
        for adoption in organisation.adoptions where adoption.isInForce(on: day) {
            let types = catalogue.types.filter { $0.regulation.id == adoption.regulation }
            let posts = Set(types.flatMap(\.steps).flatMap(\.by.posts))
            for post in posts where isVacant(post, within: adoption.unit, organisation, on: day) {
                let held = organisation.holdings.filter { $0.post == post.id && organisation.isWithin($0.unit, adoption.unit) }
                let last = held.compactMap { [$0.to, $0.ended?.day].compactMap { $0 }.min() }.filter { $0 <= day }.max()
                let waiting = tasks.filter { $0.post == post.id && organisation.isWithin($0.unit, adoption.unit) }.map(\.count)
                found.append(
                    Vacancy(post: post.id, title: post.title, unit: adoption.unit, since: last, waiting: waiting.reduce(0, +)))
            }
        }
        return Set(found).sorted { ($1.waiting, $0.unit.raw, $0.post) < ($0.waiting, $1.unit.raw, $1.post) }
    }

    private func isVacant(_ post: Post, within unit: UnitID, _ organisation: Organisation, on day: Day) -> Bool {
        guard post.id == Post.head.id else { return organisation.holders(of: post.id, within: unit, on: day).isEmpty }
        // Some unit with people in it, and nobody at its head nor above it.
        return organisation.holdings.contains {
            $0.holds(on: day) && organisation.isWithin($0.unit, unit)
                && organisation.heads(above: $0.unit, otherThan: .none, on: day).isEmpty
        }
    }

    private static let toldMark = "vacancies-told"

    /// Tells administrators of vacant posts for which something waits: when there are others than before, and on the first of a month.
    func tellOfVacancies() async throws {
        let now = clock.now()
        let waiting = try await vacancies().filter { $0.waiting > 0 }
        let keys = waiting.map { "\($0.unit.raw) \($0.post)" }.sorted().joined(separator: ";")
        let told = try await store.read { try $0.first("SELECT value FROM setting WHERE name = $1", [.text(Self.toldMark)]) { $0.text(0) } }
        if told ?? "" == keys, keys.isEmpty || now.day.day != 1 { return }
        try await store.write { session in
            try session.execute(
                "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                [.text(Self.toldMark), .text(keys)])
        }
        if waiting.isEmpty { return }
        let organisation = try await organisation()
        let zh = waiting.map { "\(organisation.name($0.unit).zh) \($0.title.zh)（\($0.waiting) 件）" }.joined(separator: "、")
        let en = waiting.map { "\($0.title.en), \(organisation.name($0.unit).en) (\($0.waiting))" }.joined(separator: "; ")
        try await tellAdministrators(
            Words(
                "有待办的岗位无人担任：\(zh)，请在“人员与岗位”任命", "Tasks wait for posts that nobody holds: \(en); appoint somebody under “People and posts”"))
    }
}
