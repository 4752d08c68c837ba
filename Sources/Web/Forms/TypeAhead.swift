import Kernel

/// One of many, by its name: the name is typed, and the browser proposes those that go with it, with and without the script. What is sent
/// is looked for among the very choices that were proposed: whoever may not be named is not proposed, and typed is answered like a name
/// that nobody has.
enum TypeAhead {
    /// So many are still read at a glance, and stand in a list.
    static let longestList = 12
    /// Of more than so many none is proposed before a name is typed and sent.
    static let mostProposed = 500
    /// So many are named where a name is not one alone.
    private static let mostNamed = 30

    static func isNeeded(_ choices: [Option]) -> Bool { choices.count > longestList }

    // MARK: What was typed

    enum Answer {
        case one(Option)
        /// All are called so.
        case several([Option])
        /// None is called so; these are like it.
        case near([Option])

        var option: Option? { if case .one(let option) = self { option } else { nil } }
        var proposed: [Option] {
            switch self {
            case .one: []
            case .several(let options), .near(let options): options
            }
        }
    }

    /// By the value of a choice, by all that stands in the proposal, or by the bare name where only one has it.
    static func find(_ typed: String, among choices: [Option]) -> Answer {
        let text = typed.trimmingBlanks
        if let one = choices.first(where: { $0.value == text }) { return .one(one) }
        let wanted = normal(text)
        if wanted.isEmpty { return .near([]) }
        let said = choices.filter { normal($0.called) == wanted }
        if said.count == 1 { return .one(said[0]) }
        let called = said.isEmpty ? choices.filter { choice in choice.also.contains { normal($0) == wanted } } : said
        if called.count == 1 { return .one(called[0]) }
        return called.isEmpty ? .near(Array(like(text, choices).prefix(mostNamed))) : .several(Array(called.prefix(mostNamed)))
    }

    /// Those whose name, unit or initials have all that was typed.
    static func like(_ text: String, _ choices: [Option]) -> [Option] {
        let parts = SearchText.question(text), wanted = normal(text)
        if wanted.isEmpty { return [] }
        return choices.filter { choice in
            if ([choice.called] + choice.also).contains(where: { normal($0).contains(wanted) }) { return true }
            let grams = Set(SearchText.grams(of: choice.called, isName: true))
            return !parts.isEmpty && parts.allSatisfy { $0.contains(where: grams.contains) }
        }
    }

    /// Without blanks, in small letters, with one kind of brackets.
    private static func normal(_ text: String) -> String {
        let plain = text.lowercased().filter { !$0.isWhitespace }
        return plain.replacing("（", with: "(").replacing("）", with: ")")
    }

    /// Why what was typed is not taken; `nil` where it is one of the choices.
    static func fault(_ field: String, _ typed: String, _ answer: Answer) -> Refusal.Fault? {
        let text = String(typed.trimmingBlanks.prefix(20))
        func some(_ options: [Option], _ between: String) -> String { options.prefix(3).map(\.called).joined(separator: between) }
        switch answer {
        case .one: return nil
        case .several(let all):
            return .init(
                field: field,
                Words(
                    "“\(text)”不止一个：\(some(all, "、"))\(all.count > 3 ? "等" : "")，请从下面的列表中选择",
                    "More than one is called “\(text)”: \(some(all, ", ")); choose from the list below"))
        case .near(let all) where all.isEmpty:
            return .init(
                field: field,
                Words(
                    "没有找到“\(text)”：查无此项，或者不能由您选用，请核对后重新填写",
                    "Nothing is called “\(text)”, or you may not choose it; check it and type it again"))
        case .near(let all):
            return .init(
                field: field,
                Words(
                    "没有叫“\(text)”的；相近的有\(some(all, "、"))，请从下面的列表中选择或写全",
                    "Nothing is called “\(text)”; like it are \(some(all, ", ")): choose from the list below or type all of it"))
        }
    }

    // MARK: The control

    /// - Parameters:
    ///   - whole: the attributes of the control, its id and its name among them.
    ///   - list: the id of the proposals, which stand elsewhere where several fields share them.
    ///   - value: of the choice that stands, or what was typed.
    static func control(_ whole: HTML, name: String, list: String, _ choices: [Option], _ value: String, _ l: Language, hint: String? = nil)
        -> HTML
    {
        let answer = find(value, among: choices)
        let isStanding = choices.contains { $0.value == value }
        let shown = isStanding ? answer.option?.called ?? value : value
        let proposed = isStanding ? [] : answer.proposed
        let again: HTML =
            proposed.isEmpty
            ? ""
            : """
            <select name="\(name)" class="written" aria-label="\(l("找到的", "What was found"))">\
            \(PlainField.options(proposed, "", blank: l("请从找到的中选择", "Choose from what was found")))</select>
            """
        let words = hint ?? l("输入名称，从提示中选择", "Type a name and choose")
        return """
            <input \(whole) value="\(shown)" list="\(list)" autocomplete="off" spellcheck="false" class="written ahead" placeholder="\(words)">\(again)
            """
    }

    /// What the browser proposes.
    static func proposals(_ id: String, _ choices: [Option]) -> HTML {
        if choices.count > mostProposed { return "" }
        return "<datalist id=\"\(id)\">\(choices.map { "<option value=\"\($0.called)\"></option>" as HTML })</datalist>"
    }

    /// A list where it is short, else a name to type, with its proposals.
    static func choice(
        _ whole: HTML, id: String, name: String, _ choices: [Option], _ value: String, _ l: Language, blank: String, hint: String? = nil
    ) -> HTML {
        if !isNeeded(choices) { return "<select \(whole)>\(PlainField.options(choices, value, blank: blank))</select>" }
        let list = "\(id)-proposed"
        return "\(control(whole, name: name, list: list, choices, value, l, hint: hint))\(proposals(list, choices))"
    }
}

extension FormData {
    /// What was chosen or typed under a name: a choice from what was found goes before what was typed.
    package func chosen(_ name: String) -> String { all(name).last { !$0.trimmingBlanks.isEmpty }?.trimmingBlanks ?? "" }

    /// The value of the choice that was typed or chosen under a name; empty where nothing was.
    func value(_ name: String, among choices: [Option], _ faults: inout [Refusal.Fault]) -> String {
        let typed = chosen(name)
        if typed.isEmpty { return "" }
        let answer = TypeAhead.find(typed, among: choices)
        if let fault = TypeAhead.fault(name, typed, answer) { faults.append(fault) }
        return answer.option?.value ?? ""
    }

    /// The same form with the value of a choice instead of the name that was typed.
    /// - Throws: `DeskError.invalid` where it is no choice, or not one alone.
    func choosing(_ name: String, among choices: [Option]) throws -> FormData {
        if !has(name) { return self }
        var faults: [Refusal.Fault] = []
        let value = value(name, among: choices, &faults)
        if !faults.isEmpty { throw DeskError.invalid(faults) }
        return with(name, value)
    }

    /// The same form with this text alone under a name.
    func with(_ name: String, _ text: String) -> FormData {
        var form = self
        form.set(name, text)
        return form
    }
}
