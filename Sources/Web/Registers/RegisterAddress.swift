import Kernel
import WorkCalendar

/// A question to a register as it stands in an address, for pages, exports and the API alike.
struct RegisterAddress {
    private let ids: PublicIDs
    /// On a page a person may be typed by name; a program gives the word.
    private let people: NameablePeople?
    /// Every document, the open ones, or those in one state.
    private(set) var state = ""
    private(set) var unit = ""
    private(set) var person = ""
    private(set) var from = ""
    private(set) var to = ""
    private(set) var due = ""
    /// A step that was taken on the documents, and since when.
    private(set) var act = ""
    private(set) var acted = ""
    private(set) var text = ""
    private(set) var sort = ""
    private(set) var after = ""
    /// A column by which a small register is sorted on its page, and whether from its end.
    private(set) var column: (key: String, isDescending: Bool)?
    private(set) var isDrawn = false
    /// The columns that are shown, by their fields; none chosen, those that the form lists.
    private(set) var columns: [String] = []
    private(set) var equal: [(key: String, text: String)] = []
    private(set) var faults: [Refusal.Fault] = []
    private(set) var query = RegisterQuery()

    /// - Parameter isOpen: without a word on states, only what is open; else everything.
    init(_ form: FormData, of type: DocumentType, _ ids: PublicIDs, _ people: NameablePeople? = nil) {
        (self.ids, self.people) = (ids, people)
        state = form["state"]
        unit = form["unit"]
        person = form["person"]
        (from, to, text, sort, after) = (form["from"], form["to"], form["q"], form["sort"], form["after"])
        for field in type.fields where RegisterAddress.isAsked(field) {
            let typed = form[field.key].trimmingBlanks
            if !typed.isEmpty { equal.append((field.key, typed)) }
        }
        readState()
        due = form["clock"]
        switch due {
        case "": break
        case "overdue": query.due = .overdue(nil)
        case "soon": query.due = .soon
        case "late": query.due = .late(nil)
        default:
            let clocks = Self.clocks(of: type), name = due.split(separator: ":").last.map(String.init)
            if clocks.contains(due) {
                query.due = due.hasPrefix("late:") ? .late(name) : .overdue(name)
            } else {
                requireOne(of: clocks, due, "clock")
            }
        }
        readAct(form, type)
        query.unit = id(unit, .unit, "unit").map { UnitID($0) }
        query.person = id(person, .person, "person").map { PersonID($0) }
        query.text = String(text.trimmingBlanks.prefix(Self.longestText))
        if text.unicodeScalars.count > Self.longestText { tooLong("q", Self.longestText) }
        query.sort = RegisterQuery.Sort(rawValue: sort) ?? .newest
        if people != nil {
            let key = sort.hasPrefix("-") ? String(sort.dropFirst()) : sort
            if RegisterColumns.keys(of: type).contains(key) { column = (key, sort.hasPrefix("-")) }
            isDrawn = form["view"] == "chart"
            let known = RegisterColumns.choosable(type).map(\.key), wanted = Set(form.all("column"))
            columns = known.filter(wanted.contains)
            if columns == type.fields.filter(\.isListed).map(\.key) { columns = [] }
        }
        query.after = id(after, .place, "after")
        let states = (type.states + TaskAction.endings).map(\.name) + ["open", "unfinished"]
        if !state.isEmpty, !states.contains(state) { requireOne(of: states, state, "state") }
        let sorts = RegisterQuery.Sort.allCases.map(\.rawValue)
        if !sort.isEmpty, !sorts.contains(sort), column == nil { requireOne(of: sorts, sort, "sort") }
        for field in type.fields where !form[field.key].isEmpty && RegisterAddress.isAsked(field) { requireFitting(form[field.key], field) }
        let asked = equal.map { asked in (asked.key, type.field(asked.key).map { inward(asked.text, $0.kind) } ?? "") }
        query.equal = Dictionary(asked) { first, _ in first }
        query.from = day(from, "from")
        query.to = day(to, "to")
    }

    private mutating func readState() {
        switch state {
        case "": break
        case "open": query.onlyOpen = true
        case "unfinished": query.onlyUnfinished = true
        default: query.states = [state]
        }
    }

    private mutating func readAct(_ form: FormData, _ type: DocumentType) {
        (act, acted) = (form["act"], form["acted"])
        let steps = Self.acts(of: type).map(\.name)
        if steps.contains(act) { query.act = act } else if !act.isEmpty { requireOne(of: steps, act, "act") }
        query.acted = day(acted, "acted")
    }

    /// The steps that people take on documents of the type.
    static func acts(of type: DocumentType) -> [DocumentType.Step] { type.steps.filter { $0.by != .system } }

    /// How the clocks of documents of the type can be asked for.
    static func clocks(of type: DocumentType) -> [String] {
        ["overdue", "soon", "late"] + type.deadlines.flatMap { ["overdue:\($0.name)", "late:\($0.name)"] }
    }

    /// As the book has it.
    private func inward(_ typed: String, _ kind: FieldKind) -> String {
        switch kind {
        case .day: if let day = read(typed) { return day.description }
        case .decimal: if let number = DecimalNumber(loose: typed) { return number.description }
        case .period: if let period = Period(loose: typed) { return period.description }
        case .person, .people: if ids.read(typed, .person) == nil, let found = people?.find(typed) { return String(found.raw) }
        case .unit: if ids.read(typed, .unit) == nil, let found = people?.findUnit(typed) { return String(found.raw) }
        case .article: if let found = people.flatMap({ TypeAhead.find(typed, among: $0.articles).option }) { return found.value }
        case .choice(let choices): if people != nil, let found = Self.choice(typed, choices) { return found }
        default: break
        }
        return FieldInput.text(ids.inward(.text(typed), kind))
    }

    private mutating func day(_ typed: String, _ field: String) -> Day? {
        if typed.isEmpty { return nil }
        guard let day = read(typed) else {
            faults.append(
                .init(
                    field: field,
                    Words("“\(typed.prefix(20))”不是日期，请写成 2026-03-04", "“\(typed.prefix(20))” is not a date; write it like 2026-03-04")))
            return nil
        }
        return day
    }

    /// On a page a day may be said in words.
    private func read(_ typed: String) -> Day? { people.map { $0.day(typed) } ?? Day(loose: typed) }

    /// A word that was passed over would give more than was asked for.
    private mutating func id(_ typed: String, _ kind: PublicIDs.Kind, _ field: String) -> Int64? {
        if typed.isEmpty { return nil }
        if let id = ids.read(typed, kind) { return id }
        if kind == .person, let people {
            if let found = people.find(typed.trimmingBlanks) { return found.raw }
            faults.append(
                .init(
                    field: field,
                    Words(
                        "没有“\(typed.prefix(20))”这个人，或不止一人同名：请核对姓名，或改用登录名",
                        "There is nobody called “\(typed.prefix(20))”, or more than one: check the name, or type the log-in name")))
            return nil
        }
        if kind == .unit, let people {
            if let found = people.findUnit(typed) { return found.raw }
            let answer = TypeAhead.find(typed, among: people.units)
            if let fault = TypeAhead.fault(field, typed, answer) { faults.append(fault) }
            return nil
        }
        faults.append(
            .init(
                field: field,
                kind == .place
                    ? Words("after 应为上一页给出的 next", "after must be the next that the page before gave")
                    : Words("\(field) 应为页面或接口给出的编号", "\(field) must be an id that a page or the API gave")))
        return nil
    }

    /// A value that the field cannot have would find nothing, and look as if there were none.
    private mutating func requireFitting(_ typed: String, _ field: FieldDescription) {
        switch field.kind {
        case .choice(let choices):
            if people != nil, Self.choice(typed, choices) != nil { return }
            if !choices.contains(where: { $0.value == typed }) { requireOne(of: choices.map(\.value), typed, field.key) }
        case .whole(let range):
            guard let number = APIQuery.whole(typed), range.contains(Int(number)) else {
                return faults.append(
                    .init(
                        field: field.key,
                        Words(
                            "\(field.label.zh)应为 \(range.lowerBound) 至 \(range.upperBound) 的整数",
                            "\(field.label.en) must be a whole number from \(range.lowerBound) to \(range.upperBound)")))
            }
        case .day: _ = day(typed, field.key)
        case .decimal(let places, let range):
            if let number = DecimalNumber(loose: typed), number.places <= places, range.contains(number) { return }
            faults.append(
                .init(
                    field: field.key,
                    Words(
                        "\(field.label.zh)应为 \(range.lowerBound) 至 \(range.upperBound) 的数，最多 \(places) 位小数",
                        "\(field.label.en) must be a number from \(range.lowerBound) to \(range.upperBound) with at most \(places) decimal places"
                    )))
        case .period(let length):
            if Period(loose: typed)?.length == length { return }
            let example = Period(length, of: Day(number: 20_650))
            faults.append(
                .init(
                    field: field.key,
                    Words(
                        "\(field.label.zh)应为\(length.words.zh)，请写成 \(example)",
                        "\(field.label.en) must be a \(length.words.en); write it like \(example)")))
        case .person, .people: _ = id(typed, .person, field.key)
        case .unit: _ = id(typed, .unit, field.key)
        default: if typed.unicodeScalars.count > field.longest { tooLong(field.key, field.longest) }
        }
    }

    /// On a page a choice may be typed by its name.
    private static func choice(_ typed: String, _ choices: [FieldKind.Choice]) -> String? {
        choices.first { $0.value == typed || $0.words.zh == typed || $0.words.en == typed }?.value
    }

    private mutating func tooLong(_ field: String, _ longest: Int) {
        faults.append(.init(field: field, Words("最多 \(longest) 个字符", "At most \(longest) characters")))
    }

    /// The longest text to look for.
    static let longestText = 100

    private mutating func requireOne(of known: [String], _ typed: String, _ field: String) {
        let words = Words(
            "\(field) 没有“\(typed.prefix(20))”这个值，可用：\(known.joined(separator: "、"))",
            "\(field) cannot be “\(typed.prefix(20))”; it can be \(known.joined(separator: ", "))")
        faults.append(.init(field: field, words))
    }

    /// What a register can be asked by, by the names in its address.
    static func names(of type: DocumentType) -> [String] {
        ["state", "clock", "act", "acted", "unit", "person", "from", "to", "q", "sort", "after", "limit"]
            + type.fields.filter(isAsked).map(\.key)
    }

    /// - Throws: `WebFault.unreadable` for a name that the register does not know, with those that it does.
    static func requireKnown(_ asked: some Collection<String>, of type: DocumentType) throws(WebFault) {
        let names = names(of: type)
        let unknown = asked.filter { !names.contains($0) }.sorted().map { "“\($0.prefix(40))”" }
        if unknown.isEmpty { return }
        throw .unreadable(
            Words(
                "此登记簿没有筛选条件\(unknown.joined(separator: "、"))，请去掉或改用：\(names.joined(separator: "、"))",
                "This register has no filter \(unknown.joined(separator: ", ")); leave it out or use one of \(names.joined(separator: ", "))"
            ))
    }

    /// Fields by which a register can be filtered with a choice or a text.
    static func isAsked(_ field: FieldDescription) -> Bool {
        guard field.isIndexed else { return false }
        switch field.kind {
        case .choice, .text, .whole, .decimal, .person, .people, .unit, .article, .day, .period: return true
        case .prose, .flag, .birthday, .moment, .codes, .reference, .references, .name, .sealed, .files, .lines: return false
        }
    }

    /// Sealed fields can be found too, but what is typed for them never stands in an address.
    static func isSealed(_ field: FieldDescription) -> Bool {
        if case .sealed = field.kind { field.isIndexed } else { false }
    }

    var isFiltered: Bool {
        !(state.isEmpty && due.isEmpty && act.isEmpty && acted.isEmpty && unit.isEmpty && person.isEmpty && from.isEmpty && to.isEmpty
            && text.isEmpty && equal.isEmpty
            && columns.isEmpty)
    }

    /// The same question with another order or from another row on.
    func query(sort: RegisterQuery.Sort? = nil, after: Int64? = nil) -> String {
        FormData.query(pairs(sort ?? query.sort) + [("after", after.map { ids.word($0, .place) } ?? "")])
    }

    /// The same question with something else in it.
    func query(with changed: [String: String]) -> String {
        let all = pairs(query.sort).map { ($0.0, changed[$0.0] ?? $0.1) }
        let more = changed.filter { name in !all.contains { $0.0 == name.key } }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        return FormData.query(all + more)
    }

    /// The same question in a form.
    var hidden: HTML {
        "\(pairs(query.sort).filter { !$0.1.isEmpty }.map { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" as HTML })"
    }

    private func pairs(_ order: RegisterQuery.Sort) -> [(String, String)] {
        [
            ("state", state), ("clock", due), ("act", act), ("acted", acted), ("unit", unit), ("person", person), ("from", from),
            ("to", to), ("q", text),
            ("sort", column == nil ? (order == .newest ? "" : order.rawValue) : sort), ("view", isDrawn ? "chart" : ""),
        ] + equal.map { ($0.key, $0.text) } + columns.map { ("column", $0) }
    }
}
