import Kernel

/// What a document is called in a list: its title or its type's, its number, and its mark where it is secret.
enum DocumentName {
    static func plain(_ row: DocumentRow, _ catalogue: Catalogue, _ l: Language) -> String {
        if !row.title.isEmpty { return row.title }
        return row.number ?? catalogue.type(row.type)?.title[l] ?? row.type
    }

    static func link(_ row: DocumentRow, _ call: Call) -> HTML {
        let title = row.title.isEmpty ? call.catalogue.type(row.type)?.title[call.l] ?? row.type : row.title
        let number: HTML = row.number.map { "<span class=\"quiet number\">\(spoken($0, call.l))</span>" } ?? ""
        return "<a href=\"/d/\(row.id)\">\(spoken(title, call.l))</a> \(mark(row.level, call.l)) \(number)"
    }

    /// 机密 and 绝密 in red; what is not secret carries no mark.
    static func mark(_ level: Level, _ l: Language) -> HTML {
        level >= .secret ? "<span class=\"mark\">\(level.words[l])</span>" : ""
    }

    /// Text as people wrote it; on an English page, Chinese is marked as such for who has it read aloud.
    static func spoken(_ text: String, _ l: Language) -> HTML {
        let isChinese = l == .en && text.unicodeScalars.contains { (0x3400...0x9FFF).contains($0.value) }
        return isChinese ? "<span lang=\"zh-Hans\">\(text)</span>" : HTML(text)
    }
}

/// A state as people call it. A document that its requester took back is in a state of no type's table.
struct StateName {
    let words: Words
    let tone: StateWords.Tone

    init(_ state: String, of type: DocumentType?) {
        if let found = type?.state(state) {
            (words, tone) = (found.words, found.tone)
        } else if state == Handling.withdrawn {
            (words, tone) = (Words("已撤回", "Withdrawn"), .no)
        } else {
            (words, tone) = (Words(state, state), .open)
        }
    }

    func html(_ l: Language) -> HTML { "<span class=\"state \(tone.rawValue)\">\(words[l])</span>" }
}
