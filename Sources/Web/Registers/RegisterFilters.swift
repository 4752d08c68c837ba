import Kernel
import WorkCalendar

/// The questions that can be put to a register.
struct RegisterFilters {
    let call: Call
    let type: DocumentType
    let address: RegisterAddress
    private let people: [Option]
    private let units: [Option]

    /// Documents of the type belong where the person's posts do, and so do those whom they name.
    init(call: Call, type: DocumentType, address: RegisterAddress) {
        (self.call, self.type, self.address) = (call, type, address)
        let organisation = call.organisation, today = call.today
        let scopes = Set(
            organisation.holdings(of: call.person, on: today).compactMap {
                organisation.adopter(of: type.regulation.id, for: $0.unit, on: today)
            })
        people = Options.people(call) { person in scopes.contains { organisation.mayName(person.id, in: $0, on: today) } }
        units = Options.units(call) { unit in scopes.contains { organisation.mayName(unit, in: $0) } }
    }

    private var l: Language { call.l }

    var html: HTML {
        var states = [Option(value: "", title: l("全部状态", "All states")), Option(value: "open", title: l("未结", "Open"))]
        states += type.states.map { Option(value: $0.name, title: $0.words[l]) }
        states += TaskAction.endings.map { Option(value: $0.name, title: $0.words[l]) }
        let unit: HTML = units.count > 1 ? select("unit", l("单位", "Unit"), units, address.unit, all: l("全部单位", "All units")) : ""
        let person: HTML =
            (2...200).contains(people.count)
            ? select("person", l("持有人", "Holder"), people, address.person, all: l("全部持有人", "All holders")) : ""
        return """
            <form class="filters" action="/r/\(type.name)" aria-label="\(l("筛选", "Filter"))">\
            <input type="search" name="q" value="\(address.text)" aria-label="\(l("编号、标题、姓名或拼音首字母", "Number, title, name or initials"))" \
            placeholder="\(l("编号、标题、姓名", "Number, title, name"))">\
            \(select("state", l("状态", "State"), states, address.state, all: nil))\(own)\(unit)\(person)\
            \(day("from", l("自", "From"), address.from))\(day("to", l("至", "To"), address.to))\
            <input type="hidden" name="sort" value="\(address.sort)"><button>\(l("筛选", "Filter"))</button>\
            \("<a href=\"/r/\(type.name)\">\(l("清除", "Clear"))</a>", if: address.isFiltered)</form>\(sealed)
            """
    }

    /// The type's own fields that are found by equality.
    private var own: HTML {
        let fields = type.fields.filter(RegisterAddress.isAsked).map { field -> HTML in
            let value = address.equal.first { $0.key == field.key }?.text ?? ""
            let title = field.label[l]
            switch field.kind {
            case .choice(let choices):
                return select(
                    field.key, title, choices.map { Option(value: $0.value, title: $0.words[l]) }, value,
                    all: l("全部\(title)", "\(title): all"))
            case .day: return day(field.key, title, value)
            case .person, .people: return select(field.key, title, people, value, all: l("全部\(title)", "\(title): all"))
            case .unit: return select(field.key, title, units, value, all: l("全部\(title)", "\(title): all"))
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
            <input name="value" autocomplete="off" aria-label="\(l("完整内容", "The whole value"))" placeholder="\(l("输入完整内容，逐字相符才能找到", "The whole value; found only if it is the same"))">\
            <button>\(l("查找", "Find"))</button></form>
            """
    }

    private func select(_ name: String, _ label: String, _ choices: [Option], _ value: String, all: String?) -> HTML {
        "<select name=\"\(name)\" aria-label=\"\(label)\">\(PlainField.options(choices, value, blank: all))</select>"
    }

    private func day(_ name: String, _ label: String, _ value: String) -> HTML {
        "<label class=\"inline\">\(label) <input name=\"\(name)\" value=\"\(value)\" size=\"10\" placeholder=\"\(call.today.description)\" autocomplete=\"off\"></label>"
    }
}
