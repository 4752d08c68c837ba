import Kernel
import WorkCalendar

/// The questions that can be put to a register.
struct RegisterFilters {
    let call: Call
    let type: DocumentType
    let address: RegisterAddress
    private let nameable: NameablePeople
    private let people: [Option]
    private let units: [Option]

    init(call: Call, type: DocumentType, address: RegisterAddress) {
        (self.call, self.type, self.address) = (call, type, address)
        let nameable = NameablePeople(call, of: type)
        self.nameable = nameable
        people = nameable.isListed ? nameable.people : []
        units = nameable.units
    }

    private func person(_ name: String, _ label: String, _ value: String, all: String) -> HTML {
        if nameable.isListed, !TypeAhead.isNeeded(people) { return select(name, label, people, value, all: all) }
        let hint = l("\(label)：姓名或登录名", "\(label): name or log-in")
        let proposed = people.first { $0.value == value }?.called
        return """
            <input name="\(name)" value="\(proposed ?? nameable.shown(value))" aria-label="\(hint)" placeholder="\(hint)" size="16" class="written" \
            list="people-proposed" autocomplete="off">
            """
    }

    private var l: Language { call.l }

    var html: HTML {
        let unit: HTML = units.count > 1 ? chosen("unit", l("单位", "Unit"), units, address.unit, all: l("全部单位", "All units")) : ""
        let person: HTML =
            nameable.isListed && people.count < 2
            ? "" : person("person", l("当前办理人", "Holder"), address.person, all: l("全部当前办理人", "All holders"))
        let isFolded =
            address.unit.isEmpty && address.person.isEmpty && address.from.isEmpty && address.to.isEmpty && address.act.isEmpty
            && address.acted.isEmpty && address.equal.isEmpty
        let count =
            [address.unit, address.person, address.from, address.to, address.act, address.acted].count { !$0.isEmpty } + address.equal.count
        let chosen = count == 0 ? "" : l("（\(count)）", " (\(count))")
        return """
            <form class="filters" action="/r/\(type.name)" aria-label="\(l("筛选", "Filter"))">\
            <input type="search" name="q" value="\(address.text)" aria-label="\(l("编号、标题、姓名或拼音首字母", "Number, title, name or initials"))" \
            placeholder="\(l("编号、标题、姓名", "Number, title, name"))">\
            <input type="hidden" name="state" value="\(address.state)">\
            \(clocks)<input type="hidden" name="sort" value="\(address.sort)">\
            <button>\(l("筛选", "Filter"))</button>\
            <details class="more"\(" open", if: !isFolded)><summary>\(l("更多筛选", "More filters"))\(chosen)</summary><div>\(own)\(unit)\(person)\
            \(day("from", l("自", "From"), address.from))\(day("to", l("至", "To"), address.to))\(acts)\(columns)</div></details>\
            \(TypeAhead.proposals("people-proposed", people), if: TypeAhead.isNeeded(people))\(TypeAhead.proposals("units-proposed", units), if: TypeAhead.isNeeded(units))\
            \("<a href=\"/r/\(type.name)\">\(l("清除", "Clear"))</a>", if: address.isFiltered)</form>\(sealed)
            """
    }

    /// Which columns are shown.
    private var columns: HTML {
        let shown = Set(address.columns.isEmpty ? type.fields.filter(\.isListed).map(\.key) : address.columns)
        let boxes = RegisterColumns.choosable(type).map { field -> HTML in
            """
            <label class="check"><input type="checkbox" name="column" value="\(field.key)"\(" checked", if: shown.contains(field.key))> \(field.label[l])</label>
            """
        }
        // Else a column that is ticked and not there looks like a fault.
        let title = l("显示的栏（本页均为空的栏不显示）", "Columns (one that is empty on the whole page is not shown)")
        return """
            <fieldset class="columns"><legend class="quiet">\(title)</legend>\
            <div class="row">\(boxes)</div></fieldset>
            """
    }

    /// By what was done in them, and since when.
    private var acts: HTML {
        let choices = RegisterAddress.acts(of: type).map { Option(value: $0.name, title: $0.title[l]) }
        let what = select("act", l("办理过", "What was done"), choices, address.act, all: l("不限办理事项", "Whatever was done"))
        return "\(what)\(day("acted", l("办理日期自", "Done since"), address.acted))"
    }

    /// By how their clocks stand, where the type has clocks.
    private var clocks: HTML {
        if type.deadlines.isEmpty { return "" }
        var choices = [
            Option(value: "overdue", title: l("已逾期", "Overdue")), Option(value: "soon", title: l("七天内到期", "Due within seven days")),
            Option(value: "late", title: l("曾逾期", "Once overdue")),
        ]
        let parts = address.due.split(separator: ":").map(String.init)
        if parts.count == 2, let clock = type.deadlines.first(where: { $0.name == parts[1] }) {
            let isLate = parts[0] == "late", name = clock.title
            let title = isLate ? l("曾逾期：\(name.zh)", "Once overdue: \(name.en)") : l("已逾期：\(name.zh)", "Overdue: \(name.en)")
            choices.append(Option(value: address.due, title: title))
        }
        return select("clock", l("时限", "Due"), choices, address.due, all: l("不限时限", "Any time limit"))
    }

    /// The type's own fields that are found by equality.
    private var own: HTML {
        let fields = type.fields.filter(RegisterAddress.isAsked).map { field -> HTML in
            let value = address.equal.first { $0.key == field.key }?.text ?? ""
            let title = field.label[l]
            switch field.kind {
            case .choice(let choices):
                return chosen(
                    field.key, title, choices.map { Option(value: $0.value, title: $0.words[l]) }, value,
                    all: l("全部\(title)", "\(title): all"))
            case .day: return day(field.key, title, value)
            case .person, .people: return person(field.key, title, value, all: l("全部\(title)", "\(title): all"))
            case .article: return chosen(field.key, title, call.articles, value, all: l("全部\(title)", "\(title): all"))
            case .unit: return chosen(field.key, title, units, value, all: l("全部\(title)", "\(title): all"))
            case .period(let length):
                let example = "\(title) \(Period(length, of: call.today))"
                return "<input name=\"\(field.key)\" value=\"\(value)\" aria-label=\"\(title)\" placeholder=\"\(example)\" size=\"14\">"
            default: return "<input name=\"\(field.key)\" value=\"\(value)\" aria-label=\"\(title)\" placeholder=\"\(title)\">"
            }
        }
        return "\(fields)"
    }

    /// By document number, telephone and the like: sent in the body, so that it stands in no address and in no history.
    private var sealed: HTML {
        let fields = type.fields.filter(RegisterAddress.isSealed)
        if fields.isEmpty { return "" }
        let choices = fields.map { Option(value: $0.key, title: $0.label[l]) }
        return """
            <form class="filters" method="post" action="/r/\(type.name)/find" aria-label="\(l("按个人信息查找", "Find by personal data"))">\(call.csrf)\
            \(select("field", l("按", "By"), choices, choices[0].value, all: nil))\
            <input name="value" autocomplete="off" aria-label="\(l("完整内容", "The whole value"))" placeholder="\(l("须输入完整内容", "The whole value; found only if it is the same"))">\
            <button>\(l("查找", "Find"))</button></form>
            """
    }

    /// A list where it is short, else its name is typed.
    private func chosen(_ name: String, _ label: String, _ choices: [Option], _ value: String, all: String) -> HTML {
        if !TypeAhead.isNeeded(choices) { return select(name, label, choices, value, all: all) }
        let shown = choices.first { $0.value == value }?.called ?? value
        let isUnits = choices.first?.value == units.first?.value
        let own: HTML = isUnits ? "" : TypeAhead.proposals("\(name)-proposed", choices)
        return """
            <input name="\(name)" value="\(shown)" aria-label="\(label)" placeholder="\(all)" size="16" class="written" \
            list="\(isUnits ? "units" : name)-proposed" autocomplete="off">\(own)
            """
    }

    private func select(_ name: String, _ label: String, _ choices: [Option], _ value: String, all: String?) -> HTML {
        "<select name=\"\(name)\" aria-label=\"\(label)\">\(PlainField.options(choices, value, blank: all))</select>"
    }

    private func day(_ name: String, _ label: String, _ value: String) -> HTML {
        "<label class=\"inline\">\(label) <input type=\"date\" name=\"\(name)\" value=\"\(Day(loose: value)?.description ?? value)\"></label>"
    }
}
