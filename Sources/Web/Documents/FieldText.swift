import Kernel
import WorkCalendar

/// Shows what the fields of a document say.
struct FieldText {
    let call: Call
    let names: [Int64: Words]
    /// The document, for links to its files; none in a register.
    let document: Int64?

    private var l: Language { call.l }

    /// As on a page: references as links, personal values in their masked letters.
    func html(_ value: JSONValue, _ kind: FieldKind) -> HTML {
        if value.isEmpty {
            if case .flag = kind { return HTML(l.yes(false)) }
            return ""
        }
        switch kind {
        case .prose:
            // A browser ends its lines with two characters that are one to Swift.
            let lines = FieldInput.text(value).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            return lines.map { UserText.html(String($0), l) }.joined(by: "<br>")
        case .text: return UserText.html(FieldInput.text(value), l)
        case .name, .sealed: return "<span class=\"masked\">\(UserText.html(FieldInput.text(value), l))</span>"
        case .birthday: return "<span class=\"masked\">\(plain(value, kind))</span>"
        case .article:
            return Article(key: FieldInput.text(value)).map { ArticleName.link($0, in: call.catalogue, l) } ?? HTML(plain(value, kind))
        case .reference: return link(value)
        case .references: return value.list.map(link).joined(by: HTML(l("、", ", ")))
        case .files: return value.list.compactMap { FileReference(stored: $0) }.map(link).joined(by: "<br>")
        case .lines(let columns): return table(value.list, columns.readable)
        case .decimal: return "<span class=\"number\">\(l.grouped(plain(value, kind)))</span>"
        case .day where document == nil:
            return
                "<span class=\"number\">\(value.text.flatMap { Day(iso: $0) }.map { l.day($0, in: call.today) } ?? plain(value, kind))</span>"
        default: return HTML(plain(value, kind))
        }
    }

    /// What a field of a document says, as on a page.
    func html(_ value: JSONValue, of field: FieldDescription) -> HTML {
        field.isEnd ? HTML(words.text(value, of: field)) : html(value, field.kind)
    }

    /// As in a list or a file: text alone.
    func plain(_ value: JSONValue, _ kind: FieldKind) -> String { words.text(value, kind) }

    private func name(_ value: JSONValue) -> String { words.name(value) }

    private var words: PlainText { PlainText(l: l, names: names, catalogue: call.catalogue) }

    private func link(_ value: JSONValue) -> HTML {
        guard let id = ID<Person>(stored: value)?.raw, id != 0 else { return "" }
        if names[id] == .hidden { return "<span class=\"quiet\">\(Words.hidden[l])</span>" }
        // A title is the same in both languages, since a person wrote it; what is said in its place is not.
        let isTitle = names[id].map { $0.zh == $0.en } ?? true
        return "<a href=\"\(call.address(id))\">\(isTitle ? UserText.html(name(value), l) : HTML(name(value)))</a>"
    }

    private func link(_ file: FileReference) -> HTML {
        guard let document else { return UserText.html(file.name, l) }
        let digest = "\(file.digest.prefix(4))…\(file.digest.suffix(4))"
        return """
            \(FilePage.button(file, of: document, call, title: file.name, style: "plain")) \(FilePage.showing(file, of: document, call)) \
            <span class="quiet number">\(l.size(file.size)) · \(l("校验值", "SHA-256")) \(digest)</span>
            """
    }

    /// More columns than a page is wide go below each other.
    private static let mostColumns = 4

    private func table(_ rows: [JSONValue], _ columns: [FieldDescription]) -> HTML {
        if columns.count > Self.mostColumns {
            let items = rows.map { row -> HTML in
                let said = columns.filter { !row[$0.key].isEmpty }.map { column -> HTML in
                    "<span><span class=\"quiet\">\(column.label[l])</span> \(html(row[column.key], column.kind))</span>"
                }
                return "<li>\(said)</li>"
            }
            return "<ol class=\"rows\">\(items)</ol>"
        }
        let lines = rows.map { row -> HTML in
            "<tr>\(columns.map { "<td data-label=\"\($0.label[l])\"><span>\(html(row[$0.key], $0.kind))</span></td>" as HTML })</tr>"
        }
        return """
            <div class="scroll" tabindex="0"><table class="inner"><thead><tr>\(columns.map { "<th scope=\"col\">\($0.label[l])</th>" as HTML })</tr>\
            </thead>\
            <tbody>\(lines)</tbody></table></div>
            """
    }
}
