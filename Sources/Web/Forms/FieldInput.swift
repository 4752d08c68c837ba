import Kernel
import WorkCalendar

/// Draws the fields that a step asks for.
struct FieldInput {
    let call: Call
    let options: FieldOptions
    let faults: [Refusal.Fault]
    /// What was typed or stands, by field, as it is called outside (`PublicIDs.outward`).
    let values: [String: JSONValue]
    var input = FormInput()
    /// Before every id, where a page has several forms.
    var prefix = ""
    /// What documents, persons and units are called, by id.
    var names: [Int64: Words] = [:]
    /// What stands in the document already and is not shown in clear, by field: left empty, it stays.
    var masked: [String: JSONValue] = [:]

    var l: Language { call.l }

    /// The button that the Enter key presses: without it, that would be the first one inside the form, which adds a row or looks for
    /// something.
    static let firstButton: HTML = "<button class=\"first\" tabindex=\"-1\" aria-hidden=\"true\"></button>"

    func html(_ fields: [FieldDescription]) -> HTML {
        var sheets: [HTML] = []
        var run: [HTML] = []
        func flush() {
            if !run.isEmpty { sheets.append("<div class=\"two\">\(run)</div>") }
            run = []
        }
        for field in fields {
            if case .lines(let columns) = field.kind {
                flush()
                sheets.append(LineInput(form: self, field: field, columns: columns).html)
            } else {
                run.append(html(field, name: field.key, value: values[field.key] ?? .null, masked: masked[field.key] ?? .null))
            }
        }
        flush()
        return "\(sheets)\(proposals(fields))"
    }

    /// What the browser proposes in the fields that are typed, once for all that share it.
    private func proposals(_ fields: [FieldDescription]) -> HTML {
        var lists: [String: [Option]] = [:]
        func add(_ field: FieldDescription) {
            if case .lines(let columns) = field.kind { return columns.forEach(add) }
            guard let choices = options.choices(field.kind, call), TypeAhead.isNeeded(choices) else { return }
            lists[list(field)] = choices
        }
        fields.forEach(add)
        return "\(lists.sorted { $0.key < $1.key }.map { TypeAhead.proposals($0.key, $0.value) })"
    }

    /// The id of what is proposed in a field.
    func list(_ field: FieldDescription) -> String {
        switch field.kind {
        case .person, .people: "\(prefix)people-proposed"
        case .unit: "\(prefix)units-proposed"
        case .article: "\(prefix)articles-proposed"
        case .reference(let type), .references(let type): "\(prefix)\(type)-proposed"
        default: "\(prefix)\(field.key)-proposed"
        }
    }

    /// One field under a name, which in lines has the row's place in it.
    func html(_ field: FieldDescription, name: String, value: JSONValue, masked: JSONValue) -> HTML {
        switch field.kind {
        case .flag: return check(field, name, value)
        case .choice(let choices) where choices.count <= 4: return boxes("radio", field, name, choices, [Self.text(value)])
        case .codes(let choices): return boxes("checkbox", field, name, choices, FieldKind.codes(in: Self.text(value)))
        case .people: return people(field, name, value.list.map(Self.text))
        default: break
        }
        var hint = field.hint.map { HTML($0[l]) }
        if hint == nil {
            switch field.kind {
            case .day: hint = HTML(SpokenDays.hint(call.today)[l])
            case .birthday: hint = HTML(DayHint.words(call.today)[l])
            case .moment: hint = HTML(l("例如 \(call.today) 13:20", "For example \(call.today) 13:20"))
            case .decimal(let places, _): hint = HTML(l("最多 \(places) 位小数", "At most \(places) decimal places"))
            default: break
            }
        }
        if field.kind.isPersonal, let mask = masked.text, !mask.isEmpty, Self.text(value).isEmpty {
            let clear = field.isOptional ? l("；只填一个空格则清除", "; a single space clears it") : ""
            hint = "\(l("留空则保持", "Left empty, it stays")) \(UserText.html(mask, l))\(clear)"
        }
        return frame(field, name, hint: hint) { attributes in control(field, name, value, attributes) }
    }

    /// The control alone.
    func control(_ field: FieldDescription, _ name: String, _ value: JSONValue, _ attributes: HTML) -> HTML {
        let most: HTML = field.kind.isTyped ? " maxlength=\"\(field.longest)\"" : ""
        let whole: HTML = "id=\"\(prefix)\(name)\" name=\"\(name)\"\(attributes)\(most)"
        let text = Self.text(value)
        switch field.kind {
        case .prose: return "<textarea \(whole)>\n\(text)</textarea>"
        // A number that nobody filled in stands as 0; who typed a 0 finds it again.
        case .whole: return "<input \(whole) value=\"\(value == .whole(0) ? "" : text)\" inputmode=\"numeric\" autocomplete=\"off\">"
        case .decimal: return "<input \(whole) value=\"\(text)\" inputmode=\"decimal\" autocomplete=\"off\">"
        case .period(let length): return period(field, name, length, text, attributes)
        case .choice, .person, .article, .unit: return choice(field, name, options.choices(field.kind, call) ?? [], text, whole)
        case .reference(let type): return reference(field, name, type, text, whole)
        case .references(let type): return references(field, name, type, value.list.map(Self.text), whole)
        case .files: return files(name, value, whole)
        case .sealed(let kind):
            let mode =
                switch kind {
                case .phone: "tel";
                case .account: "numeric";
                case .email: "email";
                default: "text"
                }
            return "<input \(whole) value=\"\(text)\" inputmode=\"\(mode)\" autocomplete=\"off\" spellcheck=\"false\">"
        case .day: return SpokenDays.control("\(prefix)\(name)", whole, text, call)
        case .text, .birthday, .moment, .codes, .name, .flag, .people, .lines:
            return "<input \(whole) value=\"\(text)\" autocomplete=\"off\">"
        }
    }

    static func text(_ value: JSONValue) -> String {
        switch value {
        case .text(let text): text
        case .whole(let number): String(number)
        default: ""
        }
    }

    /// A list where it is short; else a name is typed, and the browser proposes.
    private func choice(_ field: FieldDescription, _ name: String, _ choices: [Option], _ text: String, _ whole: HTML) -> HTML {
        let all = standing(text, field.kind, choices)
        if !TypeAhead.isNeeded(choices) {
            let own: HTML = if case .reference = field.kind { " class=\"written\"" } else { "" }
            return "<select \(whole)\(own)>\(PlainField.options(all, text, blank: l("请选择", "Choose")))</select>"
        }
        let isOffered = choices.contains { $0.value == text }
        let stands: HTML =
            isOffered || all.count == choices.count
            ? ""
            : "<input type=\"hidden\" name=\"\(name)~stands\" value=\"\(text)\"><input type=\"hidden\" name=\"\(name)~called\" value=\"\(all[0].called)\">"
        return "\(TypeAhead.control(whole, name: name, list: list(field), all, text, l))\(stands)"
    }

    /// What stands in the document stays to be chosen, also where it would not be taken newly. What was typed and is no choice is none.
    func standing(_ word: String, _ kind: FieldKind, _ choices: [Option]) -> [Option] {
        if word.isEmpty || choices.contains(where: { $0.value == word }) { return choices }
        if kind.named == nil || !PublicIDs.isWord(word) { return choices }
        let id = call.ids.inward(.text(word), kind).whole ?? PublicIDs.nothing
        return [Option(value: word, title: names[id]?[l] ?? l("已选的一项", "the one chosen"))] + choices
    }

    /// A list where it is short; else a text to look for, and then the list of what it found.
    private func reference(_ field: FieldDescription, _ name: String, _ type: String, _ text: String, _ whole: HTML) -> HTML {
        if let choices = options.documents[type] { return choice(field, name, choices, text, whole) }
        let found = standing(text, field.kind, input.found[name] ?? [])
        let list: HTML =
            found.isEmpty
            ? ""
            : """
            <select name="\(name)" class="written" aria-label="\(field.label[l])">\
            \(PlainField.options(found, text, blank: l("请从找到的中选择", "Choose from what was found")))</select>
            """
        return "\(seek(name))\(list)"
    }

    /// - Parameter proposed: the id of what the browser proposes.
    func seek(_ name: String, proposed: String? = nil) -> HTML {
        """
        <div class="seek"><input id="\(prefix)\(name)" name="\(name)~find" value="\(input.sought[name] ?? "")" autocomplete="off"\
        \(proposed.map { " list=\"\($0)\"" as HTML } ?? "") \
        placeholder="\(l("名称、编号或拼音首字母", "Name, number or initials"))">\
        <button name="look" value="\(name)">\(l("查找", "Look"))</button></div>
        """
    }

    /// The same for several: what is found is ticked, and what is ticked stays while more is looked for.
    private func references(_ field: FieldDescription, _ name: String, _ type: String, _ chosen: [String], _ whole: HTML) -> HTML {
        let few = options.documents[type].flatMap { TypeAhead.isNeeded($0) ? nil : $0 }
        let listed = chosen.reversed().reduce(few ?? input.found[name] ?? []) { standing($1, field.kind, $0) }
        if few != nil {
            let items = listed.map { choice -> HTML in
                "<option value=\"\(choice.value)\"\(" selected", if: chosen.contains(choice.value))>\(choice.title)</option>"
            }
            return "<select multiple class=\"written\" size=\"6\" \(whole)>\(items)</select>"
        }
        let items = listed.map { choice -> HTML in
            """
            <li><label class="check"><input type="checkbox" name="\(name)" value="\(choice.value)"\(" checked", if: chosen.contains(choice.value))>\
             <span class="written">\(choice.title)</span></label></li>
            """
        }
        let list: HTML = items.isEmpty ? "" : "<ul class=\"kept found\">\(items)</ul>"
        return "\(seek(name, proposed: options.documents[type] == nil ? nil : self.list(field)))\(list)"
    }

    private func files(_ name: String, _ value: JSONValue, _ whole: HTML) -> HTML {
        let kept = value.list.compactMap { FileReference(stored: $0) }.map { file -> HTML in
            """
            <li data-was><label class="check"><input type="checkbox" name="\(name)~kept" value="\(PendingUploads.word(for: file))" checked>\
             \(UserText.html(file.name, l))</label> <span class="quiet number">\(l.size(file.size))</span></li>
            """
        }
        let list: HTML = kept.isEmpty ? "" : "<ul class=\"kept\">\(kept)</ul>"
        let most = l.size(call.edge.configuration.greatestAttachment)
        // A phone takes the picture itself.
        let camera: HTML = """
            <label class="camera button"><input type="file" name="\(name)" accept="image/*" capture="environment"> \(l("拍照", "Photograph"))</label>
            """
        return """
            \(list)<input type="file" multiple accept="\(AttachmentKind.accept)" \(whole)>\(camera)\
            <p class="hint">\(l("每个附件最大", "Each file at most")) <span class="number">\(most)</span></p>
            """
    }

    private func check(_ field: FieldDescription, _ name: String, _ value: JSONValue) -> HTML {
        let isOn = Bool(stored: value) ?? false
        let hint: HTML = field.hint.map { "<p class=\"hint\">\($0[l])</p>" } ?? ""
        return """
            <div class="field check"><input id="\(prefix)\(name)" name="\(name)" type="checkbox" value="1"\(" checked", if: isOn)>\
            <label for="\(prefix)\(name)">\(field.label[l])</label>\(hint)\(wrong(name))</div>
            """
    }

    /// - Parameters:
    ///   - kind: `radio` for one of them, `checkbox` for several.
    ///   - said: values or words of those that stand.
    private func boxes(
        _ kind: String, _ field: FieldDescription, _ name: String, _ choices: [FieldKind.Choice], _ said: [String]
    ) -> HTML {
        let items = choices.enumerated().map { index, choice -> HTML in
            let id = index == 0 ? "\(prefix)\(name)" : "\(prefix)\(name)-\(index)"
            let isOn = said.contains { $0 == choice.value || $0 == choice.words.zh || $0 == choice.words.en }
            return """
                <span class="check"><input id="\(id)" name="\(name)" type="\(kind)" value="\(choice.value)"\(" checked", if: isOn)>\
                <label for="\(id)">\(choice.words[l])</label></span>
                """
        }
        let hint: HTML = field.hint.map { "<p class=\"hint\">\($0[l])</p>" } ?? ""
        return """
            <fieldset class="field radios"><legend>\(field.label[l])\(optional(field))</legend>\(hint)\(wrong(name))<div class="row">\
            \(items)</div></fieldset>
            """
    }

    func optional(_ field: FieldDescription) -> HTML {
        if let demand = field.demand { return " <span class=\"quiet\">\(l("（\(demand.zh)）", "(\(demand.en))"))</span>" }
        return field.isOptional ? " <span class=\"quiet\">\(l("（选填）", "(optional)"))</span>" : ""
    }

    func wrong(_ name: String) -> HTML {
        let wrong = faults.filter { $0.field == name }.map { $0.words[l] }
        return wrong.isEmpty ? "" : "<p class=\"wrong\" id=\"\(prefix)\(name)-wrong\">\(wrong.joined(separator: l("；", "; ")))</p>"
    }

    private func frame(_ field: FieldDescription, _ name: String, hint: HTML?, control: (HTML) -> HTML) -> HTML {
        let id = prefix + name
        let isWrong = faults.contains { $0.field == name }
        let described = [hint == nil ? nil : "\(id)-hint", isWrong ? "\(id)-wrong" : nil].compactMap { $0 }.joined(separator: " ")
        let attributes: HTML = """
            \(" aria-invalid=\"true\"", if: isWrong)\(described.isEmpty ? "" : " aria-describedby=\"\(described)\"" as HTML)
            """
        let hintLine: HTML = hint.map { "<p class=\"hint\" id=\"\(id)-hint\">\($0)</p>" } ?? ""
        return """
            <div class="field\(" whole", if: field.kind.isLong)"><label for="\(id)">\(field.label[l])\(optional(field))</label>\
            \(hintLine)\(wrong(name))\(control(attributes))</div>
            """
    }
}

extension FieldKind {
    /// A text that a person types.
    var isTyped: Bool {
        switch self {
        case .text, .prose, .name, .sealed: true
        default: false
        }
    }

    /// Takes the whole width of a form.
    var isLong: Bool {
        switch self {
        case .prose, .files, .lines, .references, .people: true
        case .sealed(.address): true
        default: false
        }
    }
}
