import Store
import Vault
import WorkCalendar

/// A question to a register that a person kept under a name, for himself or for everybody who holds a post with him in the
/// same house.
package struct SavedView: Sendable {
    package let id: Int64
    package let name: String
    /// As it stands in the address of the register.
    package let query: String
    /// For whom besides: a post; `nil` for the person alone.
    package let post: String?
    package let isMine: Bool

    /// The longest name, and so many a person may keep of one register.
    package static let longestName = 40
    package static let most = 20
}

/// Among whom a view is kept for a post: whoever holds it under the same adoption of the regulation. Another house has the same posts.
private struct ViewCircle: Hashable {
    let post: String
    let adopter: UnitID

    static func all(of person: PersonID, _ regulation: String, _ organisation: Organisation, on day: Day) -> Set<ViewCircle> {
        guard organisation.isWorking(person, on: day) else { return [] }
        return Set(
            organisation.holdings(of: person, on: day).compactMap { held in
                organisation.adopter(of: regulation, for: held.unit, on: day).map { ViewCircle(post: held.post, adopter: $0) }
            })
    }
}

/// A view opens nothing: it is asked anew by whoever uses it, through that person's access. What it is called and asks for can hold a
/// name, so it is sealed, bound to whose it is and for whom: a row that somebody else wrote or changed is none.
extension Desk {
    /// The own ones, and those that whoever saved them keeps for a post that both hold now.
    package func savedViews(of type: String, for person: PersonID) async throws -> [SavedView] {
        guard let regulation = catalogue.type(type)?.regulation.id else { return [] }
        let day = clock.now().day
        return try await store.read { [self] session in
            let organisation = try organisation(session)
            let circles = ViewCircle.all(of: person, regulation, organisation, on: day)
            func isShared(_ post: String, by saver: PersonID) -> Bool {
                let own = circles.filter { $0.post == post }
                return !own.isEmpty && !own.isDisjoint(with: ViewCircle.all(of: saver, regulation, organisation, on: day))
            }
            return try session.all(
                "SELECT id, person, post, body FROM saved_view WHERE type = $1 AND (person = $2 OR post IS NOT NULL) ORDER BY id",
                [.text(type), .int(person.raw)]
            ) { row -> SavedView? in
                let (id, saver, post) = (row.int(0), PersonID(row.int(1)), row.textIfAny(2)), isMine = saver == person
                guard isMine || post.map({ isShared($0, by: saver) }) == true else { return nil }
                let sealed = row.text(3), context = Self.context(id, of: saver, post, type)
                guard KeyRing.isSealed(sealed), let text = try? keys.openText(sealed, context: context),
                    let body = try? JSONReader.read(text)
                else { return nil }
                return SavedView(id: id, name: body["name"].text ?? "", query: body["query"].text ?? "", post: post, isMine: isMine)
            }.compactMap(\.self)
        }
    }

    /// - Parameter post: one that the person holds where the regulation is adopted.
    package func saveView(_ name: String, _ query: String, of type: String, post: String?, by person: PersonID) async throws {
        let name = name.trimmingBlanks
        if name.isEmpty { throw DeskError.invalid([.init(field: "name", Words("请给视图起个名字", "Give the view a name"))]) }
        if let fault = TextLimit.fault("name", name, longest: SavedView.longestName) { throw DeskError.invalid([fault]) }
        guard let regulation = catalogue.type(type)?.regulation.id else { throw DeskError.absent }
        let now = clock.now()
        try await store.write { [self] session in
            let circles = try ViewCircle.all(of: person, regulation, organisation(session), on: now.day)
            guard post.map({ post in circles.contains { $0.post == post } }) ?? true else { throw DeskError.absent }
            let count = try session.count(
                "SELECT count(*) FROM saved_view WHERE person = $1 AND type = $2", [.int(person.raw), .text(type)])
            guard count < SavedView.most else {
                throw DeskError.invalid([
                    .init(
                        field: "name",
                        Words(
                            "每个登记簿最多保存 \(SavedView.most) 个视图，请先删除不用的",
                            "At most \(SavedView.most) views of a register are kept; remove one first"))
                ])
            }
            let id = idGenerator.next(now)
            let body = JSONText.text(.record([.init("name", .text(name)), .init("query", .text(query))]))
            let sealed = try keys.sealText(body, level: Level.internal.rawValue, context: Self.context(id, of: person, post, type))
            try session.execute(
                "INSERT INTO saved_view (id, person, post, type, body) VALUES ($1, $2, $3, $4, $5)",
                [.int(id), .int(person.raw), .text(ifAny: post), .text(type), .text(sealed)])
        }
    }

    /// Whoever saved it takes it away.
    package func removeView(_ id: Int64, by person: PersonID) async throws {
        try await store.write { session in
            try session.execute("DELETE FROM saved_view WHERE id = $1 AND person = $2", [.int(id), .int(person.raw)])
        }
    }

    private static func context(_ id: Int64, of person: PersonID, _ post: String?, _ type: String) -> [UInt8] {
        KeyRing.context(document: id, field: "saved_view \(person.raw) \(post ?? "") \(type)")
    }
}

extension Migration {
    static let savedViews = Migration(
        name: "0027-saved-views",
        sql: """
            CREATE TABLE saved_view (
                id BIGINT PRIMARY KEY, person BIGINT NOT NULL REFERENCES person (id), post TEXT, type TEXT NOT NULL, body TEXT NOT NULL);
            CREATE INDEX saved_view_type ON saved_view (type, person);
            """)
}
