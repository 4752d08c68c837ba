import Kernel
import WorkCalendar

/// One answer to choose from.
struct Option: Sendable {
    let value: String
    let title: String
    /// As it is proposed and typed: no two of a list are called the same.
    let called: String
    /// By what else it is found where only one has it: the bare name, the log-in name.
    let also: [String]

    init(value: String, title: String, called: String? = nil, also: [String] = []) {
        (self.value, self.title, self.called, self.also) = (value, title, called ?? title.trimmingBlanks, also)
    }
}

/// What forms choose from.
enum Options {
    /// Those in service of whom it holds, by name.
    static func people(_ call: Call, where holds: (Person) -> Bool = { _ in true }) -> [Option] {
        people(call.organisation, call.organisation.people.values.filter { $0.isActive && holds($0) }, call.ids, on: call.today, call.l)
    }

    static func people(_ organisation: Organisation, _ people: [Person], _ ids: PublicIDs, on day: Day, _ l: Language) -> [Option] {
        let titled = people.map { person -> (person: Person, title: String) in
            let home = organisation.home(of: person.id, on: day).map { organisation.name($0)[l] } ?? ""
            let name = person.words[l]
            return (person, home.isEmpty ? name : l("\(name)（\(home)）", "\(name) (\(home))"))
        }
        let times = Dictionary(titled.map { ($0.title, 1) }, uniquingKeysWith: +)
        return titled.map { person, title in
            // Two of one name in one unit are told apart by what they log in with.
            let isTwin = times[title, default: 1] > 1
            let told = isTwin ? l("\(title)〔\(person.login)〕", "\(title) [\(person.login)]") : title
            return Option(value: ids.word(person.id), title: told, also: [person.words.zh, person.words.en, person.login])
        }.sorted { $0.title < $1.title }
    }

    /// The units that are open and of which it holds, in the order of the tree, set in by their depth.
    static func units(_ call: Call, where holds: (UnitID) -> Bool = { _ in true }) -> [Option] {
        let lines = UnitTree.inOrder(call.organisation).filter { !$0.unit.isClosed && holds($0.unit.id) }
        let times = Dictionary(lines.map { ($0.unit.words[call.l], 1) }, uniquingKeysWith: +)
        return lines.map { line in
            let name = line.unit.words[call.l]
            // A unit that may not be named is not told by one below it.
            let above = line.unit.parent.map { holds($0) ? call.organisation.name($0)[call.l] : "" } ?? ""
            let called = times[name, default: 1] > 1 && !above.isEmpty ? call.l("\(name)（\(above)）", "\(name) (\(above))") : name
            return Option(
                value: call.ids.word(line.unit.id), title: String(repeating: "　", count: line.depth) + name, called: called,
                also: [line.unit.words.zh, line.unit.words.en])
        }
    }
}

/// The units of an organisation, each below its parent.
enum UnitTree {
    static func inOrder(_ organisation: Organisation) -> [(unit: Unit, depth: Int)] {
        let children = Dictionary(grouping: organisation.units.values, by: \.parent)
        var lines: [(Unit, Int)] = []
        func add(_ parent: UnitID?, _ depth: Int) {
            guard depth < 64 else { return }
            for unit in (children[parent] ?? []).sorted(by: { $0.id.raw < $1.id.raw }) {
                lines.append((unit, depth))
                add(unit.id, depth + 1)
            }
        }
        add(nil, 0)
        return lines
    }
}

/// How a date may be written.
enum DayHint {
    static func words(_ day: Day) -> Words {
        Words("例如 \(day)、\(day.year)/\(day.month)/\(day.day)", "For example \(day), \(day.year)/\(day.month)/\(day.day)")
    }
}

/// A field of a form that no document type describes: administration, delegation, passwords.
enum PlainField {
    static func text(
        _ name: String, _ label: String, _ value: String, _ faults: [Refusal.Fault], _ l: Language, hint: String? = nil,
        type: String = "text", autocomplete: String = "off", longest: Int? = nil
    ) -> HTML {
        frame(name, label, faults, l, hint: hint) { attributes in
            let most: HTML = longest.map { " maxlength=\"\($0)\"" } ?? ""
            return
                "<input id=\"\(name)\" name=\"\(name)\" type=\"\(type)\" value=\"\(value)\" autocomplete=\"\(autocomplete)\"\(most)\(attributes)>"
        }
    }

    static func prose(
        _ name: String, _ label: String, _ value: String, _ faults: [Refusal.Fault], _ l: Language, hint: String? = nil, rows: Int = 3
    ) -> HTML {
        frame(name, label, faults, l, hint: hint) { attributes in
            "<textarea id=\"\(name)\" name=\"\(name)\" rows=\"\(rows)\"\(attributes)>\n\(value)</textarea>"
        }
    }

    static func select(
        _ name: String, _ label: String, _ choices: [Option], _ value: String, _ faults: [Refusal.Fault], _ l: Language, hint: String? = nil
    ) -> HTML {
        frame(name, label, faults, l, hint: hint) { attributes in
            TypeAhead.choice(
                "id=\"\(name)\" name=\"\(name)\"\(attributes)", id: name, name: name, choices, value, l, blank: l("请选择", "Choose"))
        }
    }

    static func check(_ name: String, _ label: String, _ isOn: Bool) -> HTML {
        """
        <div class="field check"><input id="\(name)" name="\(name)" type="checkbox" value="1"\(" checked", if: isOn)>\
        <label for="\(name)">\(label)</label></div>
        """
    }

    static func options(_ choices: [Option], _ value: String, blank: String?) -> HTML {
        let first: HTML = blank.map { "<option value=\"\">\($0)</option>" } ?? ""
        return
            "\(first)\(choices.map { "<option value=\"\($0.value)\"\(" selected", if: $0.value == value)>\($0.title)</option>" as HTML })"
    }

    /// Label, hint and fault around a control, which gets the attributes that tie them to it.
    static func frame(
        _ name: String, _ label: HTML, _ faults: [Refusal.Fault], _ l: Language, hint: String? = nil, control: (HTML) -> HTML
    ) -> HTML {
        let wrong = faults.filter { $0.field == name }.map { $0.words[l] }
        let described = [hint == nil ? nil : "\(name)-hint", wrong.isEmpty ? nil : "\(name)-wrong"].compactMap { $0 }.joined(separator: " ")
        let attributes: HTML = """
            \(" aria-invalid=\"true\"", if: !wrong.isEmpty)\(described.isEmpty ? "" : " aria-describedby=\"\(described)\"" as HTML)
            """
        let hintLine: HTML = hint.map { "<p class=\"hint\" id=\"\(name)-hint\">\($0)</p>" } ?? ""
        let wrongLine: HTML = wrong.isEmpty ? "" : "<p class=\"wrong\" id=\"\(name)-wrong\">\(wrong.joined(separator: l("；", "; ")))</p>"
        return "<div class=\"field\"><label for=\"\(name)\">\(label)</label>\(hintLine)\(wrongLine)\(control(attributes))</div>"
    }

    private static func frame(
        _ name: String, _ label: String, _ faults: [Refusal.Fault], _ l: Language, hint: String?, control: (HTML) -> HTML
    ) -> HTML { frame(name, HTML(label), faults, l, hint: hint, control: control) }
}

/// What is wrong with a form, above it, each line a link to its field (as GOV.UK has it).
enum FaultSummary {
    static func html(_ faults: [Refusal.Fault], _ call: Call) -> HTML {
        faults.isEmpty ? "" : note(ErrorResponse(DeskError.invalid(faults)).words, article: nil, faults: faults, call)
    }

    /// - Parameter more: stands below the words.
    static func html(_ refusal: Refusal, _ call: Call, more: HTML = "") -> HTML {
        note(refusal.words, article: refusal.article, faults: refusal.faults, call, more: more)
    }

    private static func note(_ words: Words, article: Article?, faults: [Refusal.Fault], _ call: Call, more: HTML = "") -> HTML {
        let l = call.l
        let link = article.map { ArticleName.link($0, in: call.catalogue, l) } ?? ""
        // Said once, where the one fault is all there is to say.
        if faults.count == 1, faults[0].words == words, !faults[0].field.isEmpty {
            return note("<a href=\"#\(faults[0].field)\">\(words[l])</a> \(link)", [], more)
        }
        let lines = faults.map { fault -> HTML in
            let under = fault.article.map { ArticleName.link($0, in: call.catalogue, l) } ?? ""
            return fault.field.isEmpty
                ? "<li>\(fault.words[l]) \(under)</li>" : "<li><a href=\"#\(fault.field)\">\(fault.words[l])</a> \(under)</li>"
        }
        return note("<b>\(words[l])</b> \(link)", lines, more)
    }

    private static func note(_ head: HTML, _ lines: [HTML], _ more: HTML) -> HTML {
        """
        <div class="note refusal" role="alert" tabindex="-1" data-focus aria-labelledby="summary">\
        <p id="summary">\(head)</p>\(lines.isEmpty ? "" : "<ul>\(lines)</ul>" as HTML)\(more)</div>
        """
    }
}
