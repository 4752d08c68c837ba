import Kernel

/// Several people, each ticked in a list of those who may be named. Whoever is ticked stands first, in the order in which they were
/// named; a list that is too long to read is searched.
extension FieldInput {
    func people(_ field: FieldDescription, _ name: String, _ chosen: [String]) -> HTML {
        // Rows are not searched: their place is not known to the form that comes back.
        let isSearched = TypeAhead.isNeeded(options.people) && name == field.key
        let found = isSearched ? TypeAhead.like(input.sought[name] ?? "", options.people) : options.people
        let shown = found.prefix(isSearched ? FieldOptions.longestList : found.count)
        let ticked = chosen.map { word in
            standing(word, field.kind, options.people).first { $0.value == word } ?? Option(value: word, title: "")
        }
        let id = "\(prefix)\(name)"
        let items = (ticked + shown.filter { !chosen.contains($0.value) }).enumerated().map { index, person -> HTML in
            // Where nothing is searched, the first person is what the name of the field leads to.
            let own: HTML = index == 0 && !isSearched ? "id=\"\(id)\" " : ""
            return """
                <li><label class="check"><input type="checkbox" \(own)name="\(name)" value="\(person.value)"\(" checked", if: index < ticked.count)>\
                 <span class="written">\(person.title)</span></label></li>
                """
        }
        let more: HTML =
            found.count > shown.count
            ? "<p class=\"hint\">\(l("还有 \(found.count - shown.count) 人，请写得更具体", "\(found.count - shown.count) more; say more of the name"))</p>"
            : ""
        let nobody: HTML =
            options.people.isEmpty && ticked.isEmpty
            ? "<p class=\"quiet\" id=\"\(id)\">\(l("没有可选的人员", "There is nobody to choose"))</p>" : ""
        let hint: HTML = field.hint.map { "<p class=\"hint\">\($0[l])</p>" } ?? ""
        return """
            <fieldset class="field whole people"><legend>\(field.label[l])\(optional(field))</legend>\(hint)\(wrong(name))\
            \(seek(name, proposed: list(field)), if: isSearched)\(nobody)\("<ul class=\"kept found\">\(items)</ul>", if: !items.isEmpty)\(more)</fieldset>
            """
    }
}
