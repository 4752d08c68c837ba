import Store
import WorkCalendar

/// What hangs on a person: nobody leaves without its being said.
package struct Hanging: Sendable, Equatable {
    /// Tasks that wait for the person by name, by what their documents are called.
    package fileprivate(set) var tasks: [Counted] = []
    /// Countersignatures that the person asked for.
    package fileprivate(set) var signatures = 0
    /// Documents that are not done and name the person in a field: a file that was lent.
    package fileprivate(set) var documents: [Counted] = []
    package fileprivate(set) var delegations = 0
    /// Posts that nobody else holds.
    package fileprivate(set) var lastOf: [Words] = []

    package struct Counted: Sendable, Equatable {
        package let what: Words
        package let count: Int
    }

    package var isEmpty: Bool { tasks.isEmpty && signatures == 0 && documents.isEmpty && delegations == 0 && lastOf.isEmpty }

    /// Without the tasks, where somebody is named who takes them over.
    func taken(over isTaken: Bool) -> Hanging {
        var left = self
        if isTaken { left.tasks = [] }
        return left
    }

    /// In one sentence.
    package var words: Words {
        var zh: [String] = [], en: [String] = []
        func add(_ counted: [Counted], _ what: Words) {
            if counted.isEmpty { return }
            zh.append(what.zh + counted.map { "\($0.what.zh) \($0.count) 件" }.joined(separator: "、"))
            en.append(what.en + counted.map { "\($0.what.en) (\($0.count))" }.joined(separator: ", "))
        }
        add(tasks, Words("名下待办：", "tasks: "))
        add(documents, Words("涉及本人的未结单据：", "open documents about the person: "))
        if signatures > 0 {
            zh.append("请他人会签 \(signatures) 件")
            en.append("signatures asked for (\(signatures))")
        }
        if delegations > 0 {
            zh.append("委托 \(delegations) 项")
            en.append("delegations (\(delegations))")
        }
        if !lastOf.isEmpty {
            zh.append("此后无人担任：" + lastOf.map(\.zh).joined(separator: "、"))
            en.append("nobody else is " + lastOf.map(\.en).joined(separator: ", "))
        }
        return Words(zh.joined(separator: "；"), en.joined(separator: "; "))
    }
}

extension Transaction {
    /// - Parameter holding: the post that alone ends; all of them where `nil`.
    func hanging(on person: PersonID, ending holding: Int64? = nil) throws -> Hanging {
        var hanging = Hanging()
        let held = organisation.holdings(of: person, on: now.day), ended = holding.map { id in held.filter { $0.id == id } } ?? held
        hanging.lastOf = ended.filter { isLast($0) }.map { holding in
            let unit = organisation.name(holding.unit), post = desk.catalogue.posts[holding.post]?.title ?? Words("岗位", "post")
            return Words("\(unit.zh) \(post.zh)", "\(post.en), \(unit.en)")
        }
        // As long as another post is held, only what goes with the one that ends is left behind.
        guard ended.count == held.count else { return hanging }
        hanging.tasks = try counted(
            "SELECT d.type, count(*) FROM task t JOIN document d ON d.id = t.document WHERE t.person = $1 GROUP BY d.type ORDER BY d.type",
            person)
        hanging.signatures = Int(
            try session.count(
                "SELECT count(*) FROM task WHERE sender = $1 AND step = $2", [.int(person.raw), .text(TaskList.signing)]))
        hanging.documents = try documents(naming: person).reduce(into: [Hanging.Counted]()) { all, found in
            if !found.ids.isEmpty { all.append(.init(what: found.type.title, count: found.ids.count)) }
        }
        hanging.delegations = organisation.delegations.count { ($0.giver == person || $0.receiver == person) && $0.to > now }
        return hanging
    }

    private func counted(_ sql: String, _ person: PersonID) throws -> [Hanging.Counted] {
        try session.all(sql, [.int(person.raw)]) { row in
            Hanging.Counted(what: desk.catalogue.type(row.text(0))?.title ?? Words(row.text(0), row.text(0)), count: Int(row.int(1)))
        }
    }

    private func isLast(_ holding: Appointment) -> Bool {
        if holding.post == Post.staff.id { return false }
        if holding.post == Post.head.id {
            return organisation.heads(above: holding.unit, otherThan: holding.person, on: now.day).isEmpty
        }
        let regulation = desk.catalogue.contents.first { $0.posts.contains { $0.id == holding.post } }?.regulation.id
        let scope = regulation.flatMap { organisation.adopter(of: $0, for: holding.unit, on: now.day) } ?? holding.unit
        return organisation.holders(of: holding.post, within: scope, on: now.day).allSatisfy { $0 == holding.person }
    }

    /// The documents that are not done and name a person in a field of their own, at most a thousand of a type.
    func documents(naming person: PersonID) throws -> [(type: DocumentType, ids: [Int64])] {
        try desk.catalogue.types.compactMap { type in
            let fields = type.fields.filter { $0.kind.named == .person && $0.isIndexed }
            let keys = fields.compactMap { IndexKey.lookup(.whole(person.raw), $0, lookupKeys)?.key }
            let states = type.states.filter { $0.tone == .open }.map(\.name)
            if keys.isEmpty || states.isEmpty { return nil }
            var arguments: [Value] = [.text(type.name)]
            func bind(_ value: Value) -> String {
                arguments.append(value)
                return "$\(arguments.count)"
            }
            let listed = keys.map { bind(.int($0)) }.joined(separator: ", "), open = states.map { bind(.text($0)) }.joined(separator: ", ")
            let ids = try session.all(
                """
                SELECT DISTINCT d.id FROM lookup k JOIN document d ON d.id = k.document
                WHERE k.key IN (\(listed)) AND k.type = $1 AND d.state IN (\(open)) ORDER BY d.id LIMIT 1000
                """, arguments
            ) { $0.int(0) }
            return (type, ids)
        }
    }

    /// Somebody leaves on whom something hangs: the administrator says that it is arranged.
    func requireSettled(_ hanging: Hanging, _ isSettled: Bool) throws {
        if isSettled || hanging.isEmpty { return }
        let words = hanging.words
        throw DeskError.invalid([
            .init(
                field: "settled",
                Words(
                    "此人尚有未交接事项（\(words.zh)）。请指定接办人、先行移交或任命他人；已作安排的，请勾选“交接已安排”后再提交",
                    "Something still hangs on this person (\(words.en)). Name a successor, hand it over or appoint somebody first; where that is arranged, say so and send it again"
                ))
        ])
    }
}
