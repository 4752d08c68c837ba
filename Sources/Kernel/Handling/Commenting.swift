import Store
import WorkCalendar

/// 评论、抄送: words beside a document's steps. Nobody is named who may not read it, and being named gives no right.
extension Transaction {
    /// A name, and what is said of it where it is nobody's: as it was written, which does not tell how much of it is somebody's name.
    private typealias Mention = (name: String, written: String)

    /// So many people are named at once at most.
    private static let mostNamed = 50

    /// Whom somebody names by name or log-in: in service where the document belongs, and allowed to read it. Who may not read it, and who
    /// is not there, are one answer.
    private func readers(named mentions: [Mention], _ record: Record, field: String) throws -> [PersonID] {
        guard mentions.count <= Self.mostNamed else {
            let most = Self.mostNamed
            throw DeskError.invalid([
                .init(field: field, Words("一次最多写 \(most) 人，请分次办理", "At most \(most) people at once; do it in parts"))
            ])
        }
        var found: [PersonID] = []
        for (name, written) in mentions {
            let called = organisation.people.values.filter { person in
                [person.words.zh, person.words.en, person.login].contains(name)
                    && organisation.isInService(person.id, within: record.scope, on: now.day)
            }
            let readers = try called.filter { person in
                let access = desk.access(of: person.id, organisation, at: now)
                return try desk.mayRead(record.id, of: record.type, access, session)
            }
            guard let reader = readers.first, readers.count == 1 else {
                let words =
                    readers.isEmpty
                    ? Words(
                        "“\(written)”无权查看此件或不在册，不能提及，请另选", "“\(written)” may not read it or is not there; name somebody else")
                    : Words("有不止一位“\(name)”，请改写登录名", "There is more than one “\(name)”; write the log-in name")
                throw DeskError.invalid([.init(field: field, words)])
            }
            if !found.contains(reader.id) { found.append(reader.id) }
        }
        return found
    }

    func comment(_ id: Int64, _ text: String, _ principal: Principal, _ handling: TaskAction) throws {
        let (record, type) = try found(id, principal)
        try requireReason(text, field: "comment")
        let named = try readers(named: mentions(in: text), record, field: "comment")
        let number = Words(record.number ?? type.title.zh, record.number ?? type.title.en), by = organisation.name(principal.person)
        for person in named where person != principal.person {
            try notify(
                person, Words("\(by.zh)在 \(number.zh) 的评论中提到您", "\(by.en) named you in a comment on \(number.en)"), about: id)
        }
        try enter(handling, record, principal, words: named.isEmpty ? nil : listed("提到", "naming", named), reason: text)
    }

    /// The longest name that follows an @; where none does, what stands there up to the next blank. An @ within an address is none.
    private func mentions(in text: String) -> [Mention] {
        let names = organisation.people.values.flatMap { [$0.words.zh, $0.words.en, $0.login] }.filter { !$0.isEmpty }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        let called = zip(parts, parts.dropFirst()).filter { before, rest in
            let isWithin = before.last.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-+".contains($0)) } ?? false
            let isAddress = isWithin && rest.prefix { $0.isASCII && !$0.isWhitespace }.dropLast().contains(".")
            return !isAddress && rest.first.map { $0.isLetter || $0.isNumber } ?? false
        }
        return called.prefix(Self.mostNamed + 1).map { _, rest in
            let written = String(rest.prefix { $0.isLetter || $0.isNumber })
            return (names.filter { rest.hasPrefix($0) }.max { $0.count < $1.count } ?? written, written)
        }
    }

    func circulate(_ id: Int64, to names: String, _ note: String, _ principal: Principal, _ handling: TaskAction) throws {
        let (record, type) = try found(id, principal)
        let wanted = names.split { "、，,；; \n\r\t".contains($0) }.map(String.init)
        guard !wanted.isEmpty else {
            throw DeskError.invalid([.init(field: "names", Words("请填写抄送给谁", "Say to whom"))])
        }
        let named = try readers(named: wanted.map { ($0, $0) }, record, field: "names").filter { $0 != principal.person }
        guard !named.isEmpty else {
            throw DeskError.invalid([.init(field: "names", Words("不必抄送给自己，请另选", "You have it yourself; name somebody else"))])
        }
        let number = Words(record.number ?? type.title.zh, record.number ?? type.title.en), by = organisation.name(principal.person)
        let session = try session
        for person in named {
            let row = notice(to: person, Words("\(by.zh)抄送给您：\(number.zh)，请阅", "\(by.en) sent you \(number.en) to read"), about: id)
            try session.execute(Self.noticeInsertion, row)
            try session.execute("UPDATE notice SET sender = $1 WHERE id = $2", [.int(principal.person.raw), row[0]])
        }
        try enter(handling, record, principal, words: listed("抄送", "to", named), reason: note)
    }

    /// 已阅.
    func acknowledge(_ id: Int64, _ principal: Principal, _ handling: TaskAction) throws {
        let (record, _) = try found(id, principal)
        let read = try session.execute(
            """
            UPDATE notice SET acknowledged = $1, seen = COALESCE(seen, $1)
            WHERE person = $2 AND document = $3 AND sender IS NOT NULL AND acknowledged IS NULL
            """, [.int(now.milliseconds), .int(principal.person.raw), .int(id)])
        guard read > 0 else {
            throw DeskError.conflict(Words("此件没有抄送给您，或您已阅", "It was not sent to you to read, or you have read it"))
        }
        try enter(handling, record, principal)
    }

    private func listed(_ zh: String, _ en: String, _ people: [PersonID]) -> Words {
        let names = people.map(organisation.name)
        return Words(zh + names.map(\.zh).joined(separator: "、"), en + " " + names.map(\.en).joined(separator: ", "))
    }
}

/// 传阅: to whom a document was sent to read, and who has.
package struct CopyView: Sendable {
    package let person: PersonID
    package let sent: Moment
    package let read: Moment?
}

extension Desk {
    func copies(of document: Int64, _ session: any Session) throws -> [CopyView] {
        try session.all(
            "SELECT person, created, acknowledged FROM notice WHERE document = $1 AND sender IS NOT NULL ORDER BY id", [.int(document)]
        ) { row in
            CopyView(
                person: PersonID(row.int(0)), sent: Moment(milliseconds: row.int(1)),
                read: row.intIfAny(2).map(Moment.init(milliseconds:)))
        }
    }
}
