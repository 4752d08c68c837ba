import Kernel

/// What a document is called in a list: its title, or whose it is, or its type's title; its number; and its mark where it is secret.
enum DocumentName {
    static func plain(_ row: DocumentRow, _ catalogue: Catalogue, _ l: Language) -> String {
        row.number ?? written(row, catalogue) ?? catalogue.type(row.type)?.title[l] ?? row.type
    }

    /// Its title; where it has none, whose it is, masked: a customer to whom no number was given yet. What stands in a page's title is
    /// kept by the browser.
    static func written(_ row: DocumentRow, _ catalogue: Catalogue) -> String? {
        row.title.isEmpty ? whose(row, catalogue) ?? subject(row) : row.title
    }

    /// A receipt has no title, or whoever looks for an item would find thousands of them; it is called by what was received.
    private static func subject(_ row: DocumentRow) -> String? {
        row.level >= .secret ? nil : row.values["subject"]?.text.flatMap { $0.isEmpty ? nil : $0 }
    }

    static func whose(_ row: DocumentRow, _ catalogue: Catalogue) -> String? { catalogue.type(row.type)?.whose(row.values) }

    static func link(_ row: DocumentRow, _ call: Call) -> HTML {
        let kind = HTML(call.catalogue.type(row.type)?.title[call.l] ?? row.type)
        let title = written(row, call.catalogue).map { UserText.html($0, call.l) } ?? kind
        let number: HTML = row.number.map { "<span class=\"quiet number\">\(spoken($0, call.l))</span>" } ?? ""
        return "<a href=\"\(call.address(row.id))\">\(title)</a> \(mark(row.level, call.l)) \(number)"
    }

    /// Its number; where it has none, what is written on it.
    static func html(_ row: DocumentRow, _ call: Call) -> HTML {
        if row.number == nil, let written = written(row, call.catalogue) { return UserText.html(written, call.l) }
        return spoken(plain(row, call.catalogue, call.l), call.l)
    }

    /// 机密 and 绝密 in red; what is not secret carries no mark.
    static func mark(_ level: Level, _ l: Language) -> HTML {
        level >= .secret ? "<span class=\"mark\">\(level.words[l])</span>" : ""
    }

    /// A sentence of the product's in which documents are called by their numbers.
    static func numbered(_ text: String, _ l: Language) -> HTML {
        if l == .zh { return HTML(text) }
        var (html, rest) = (HTML(), text[...])
        while let number = rest.firstMatch(of: /\p{Han}+〔\d+〕\d+号/) {
            html += HTML(String(rest[..<number.range.lowerBound])) + "<span class=\"number\">\(spoken(String(number.output), l))</span>"
            rest = rest[number.range.upperBound...]
        }
        return html + HTML(String(rest))
    }

    /// What the product says in Chinese whatever the page speaks: a number, a holiday's name. On an English page it is marked as such for
    /// who has it read aloud.
    static func spoken(_ text: String, _ l: Language) -> HTML {
        let isChinese = l == .en && text.unicodeScalars.contains { (0x3400...0x9FFF).contains($0.value) }
        return isChinese ? "<span lang=\"zh-Hans\">\(text)</span>" : HTML(text)
    }
}

/// A state as people call it. A document that was withdrawn or declined is in a state of no type's table.
struct StateName {
    let words: Words
    let tone: StateWords.Tone

    init(_ state: String, of type: DocumentType?) {
        if let found = type?.state(state) {
            (words, tone) = (found.words, found.tone)
        } else if let ending = TaskAction.endings.first(where: { $0.name == state }) {
            (words, tone) = (ending.words, ending.tone)
        } else {
            (words, tone) = (Words(state, state), .open)
        }
    }

    func html(_ l: Language) -> HTML { "<span class=\"state \(tone.rawValue)\">\(words[l])</span>" }
}
