import Kernel

/// Draws the rows of a table inside a form. A row left empty does not count, and a button gives one more, with and without the script.
struct LineInput {
    let form: FieldInput
    let field: FieldDescription
    let columns: [FieldDescription]

    private var l: Language { form.call.l }

    var html: HTML {
        var rows = (form.values[field.key] ?? .null).list
        let isSystems = columns.areSystems
        if !isSystems, rows.isEmpty || form.input.more == field.key { rows.append(.null) }
        let more: HTML = "<button name=\"more\" value=\"\(field.key)\">\(l("增加一行", "Add a row"))</button>"
        let wrong = form.faults.filter { $0.field == field.key }.map { $0.words[l] }
        let wrongLine: HTML = wrong.isEmpty ? "" : "<p class=\"wrong\">\(wrong.joined(separator: l("；", "; ")))</p>"
        let hint: HTML = field.hint.map { "<p class=\"hint\">\($0[l])</p>" } ?? ""
        return """
            <fieldset class="lines-in" id="\(form.prefix)\(field.key)" data-lines="\(field.key)">\
            <legend>\(field.label[l])</legend>\(hint)\(wrongLine)\
            \(isSystems ? systemsLines(rows) : "\(rows.enumerated().map { line($0, $1) })")\(more, if: !isSystems)</fieldset>
            """
    }

    /// Many rows of the system's are folded by what they begin with: a place, a kind.
    private static let mostUnfolded = 4

    private func systemsLines(_ rows: [JSONValue]) -> HTML {
        let drawn = rows.enumerated().map { (heading: heading(of: $1), html: systemsLine($0, $1), isDone: isFilled($1)) }
        if rows.count <= Self.mostUnfolded { return "\(drawn.map(\.html))" }
        var groups: [(heading: String, html: [HTML], done: Int)] = []
        for row in drawn {
            if groups.last?.heading != row.heading { groups.append((row.heading, [], 0)) }
            groups[groups.count - 1].html.append(row.html)
            groups[groups.count - 1].done += row.isDone ? 1 : 0
        }
        if groups.count == 1 { return "\(groups[0].html)" }
        // The first that is not done stands open: on a phone that is the place where one is.
        let next = groups.firstIndex { $0.done < $0.html.count }
        let folded = groups.enumerated().map { index, group -> HTML in
            let isWhole = group.done == group.html.count
            return """
                <details class="group"\(" open", if: index == next)><summary><b>\(UserText.html(group.heading, l))</b>\
                <span class="state\(isWhole ? " done" : " open")">\(group.done) / \(group.html.count)</span></summary>\
                <div class="pad">\(group.html)</div></details>
                """
        }
        return "\(folded)"
    }

    private func standing(_ row: JSONValue) -> JSONValue {
        // From the document, since a form that comes back holds what was asked for alone.
        let rows = (form.masked[field.key] ?? .null).list
        return LineRows.place(of: row).flatMap { rows.indices.contains($0) ? rows[$0] : nil } ?? .null
    }

    private func heading(of row: JSONValue) -> String {
        guard let first = columns.first(where: { $0.asking == .shown }) else { return "" }
        return PlainText(l: l, names: form.names, catalogue: form.call.catalogue).text(standing(row)[first.key], first.kind)
    }

    private func isFilled(_ row: JSONValue) -> Bool {
        columns.asked.first.map { column in
            let value = row[column.key]
            return !(value.isEmpty || value == .flag(false))
        } ?? false
    }

    /// A row that the system made: what it says stands above what is asked for.
    private func systemsLine(_ index: Int, _ row: JSONValue) -> HTML {
        let name = "\(field.key).\(index)", words = PlainText(l: l, names: form.names, catalogue: form.call.catalogue)
        let standing = standing(row)
        let shown = columns.filter { $0.asking == .shown }.map { UserText.html(words.text(standing[$0.key], $0.kind), l) }.joined(by: " ")
        let place: HTML =
            LineRows.place(of: row).map { "<input type=\"hidden\" name=\"\(name).\(LineRows.was)\" value=\"\($0)\">" } ?? ""
        let fields = columns.asked.map { form.html($0, name: "\(name).\($0.key)", value: row[$0.key], masked: .null) }
        return """
            <fieldset class="line system"><legend><span class="quiet">\(index + 1)</span> \(shown)</legend>\
            <div class="two">\(fields)</div>\(place)</fieldset>
            """
    }

    private func line(_ index: Int, _ row: JSONValue) -> HTML {
        let name = "\(field.key).\(index)"
        let place = LineRows.place(of: row)
        let masked = place.flatMap { place -> JSONValue? in
            let rows = (form.masked[field.key] ?? .null).list
            return rows.indices.contains(place) ? rows[place] : nil
        }
        let fields = columns.map { column in
            form.html(column, name: "\(name).\(column.key)", value: row[column.key], masked: masked?[column.key] ?? .null)
        }
        let standing: HTML =
            place.map { place in
                """
                <input type="hidden" name="\(name).\(LineRows.was)" value="\(place)" data-was><label class="check" data-was>\
                <input type="checkbox" name="\(name).~drop" value="1"> \(l("删除此行", "Delete this row"))</label>
                """
            } ?? ""
        return """
            <fieldset class="line"><legend class="quiet">\(l("第", "Row")) <span data-row>\(index + 1)</span>\(l(" 行", ""))</legend>\
            <div class="two">\(fields)</div>\(standing)</fieldset>
            """
    }
}
