import Kernel

/// Draws the rows of a table inside a form. A row left empty does not count, and a button gives one more, with and without the script.
struct LineInput {
    let form: FieldInput
    let field: FieldDescription
    let columns: [FieldDescription]

    private var l: Language { form.call.l }

    var html: HTML {
        var rows = (form.values[field.key] ?? .null).list
        if rows.isEmpty || form.input.more == field.key { rows.append(.null) }
        let wrong = form.faults.filter { $0.field == field.key }.map { $0.words[l] }
        let wrongLine: HTML = wrong.isEmpty ? "" : "<p class=\"wrong\">\(wrong.joined(separator: l("；", "; ")))</p>"
        let hint: HTML = field.hint.map { "<p class=\"hint\">\($0[l])</p>" } ?? ""
        return """
            <fieldset class="lines-in" id="\(form.prefix)\(field.key)" data-lines="\(field.key)">\
            <legend>\(field.label[l])</legend>\(hint)\(wrongLine)\
            \(rows.enumerated().map { line($0, $1) })\
            <button name="more" value="\(field.key)">\(l("增加一行", "Add a row"))</button></fieldset>
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
