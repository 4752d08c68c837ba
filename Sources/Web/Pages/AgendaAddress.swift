import Kernel

/// How a part of the to-do list is called: every filter is an address that can be kept and sent on.
struct AgendaAddress {
    private(set) var filter = AgendaFilter()
    /// All rows of the page are ticked.
    private(set) var isAllChosen = false

    init(_ call: Call) {
        let query = call.query
        filter.isSupervised = query["list"] == "supervised"
        if let type = call.catalogue.type(query["type"]), !query["task"].isEmpty {
            (filter.type, filter.task) = (type.name, query["task"])
        }
        filter.due = AgendaFilter.Due(rawValue: query["due"])
        filter.text = String(query["text"].trimmingBlanks.prefix(100))
        isAllChosen = query["chosen"] == "all"
    }

    /// The same with something else.
    func with(_ change: (inout AgendaFilter) -> Void, choosingAll: Bool = false) -> String {
        var changed = filter
        change(&changed)
        return Self.text(changed, isAllChosen: choosingAll)
    }

    var text: String { Self.text(filter, isAllChosen: false) }

    private static func text(_ filter: AgendaFilter, isAllChosen: Bool) -> String {
        var parts: [String] = []
        func add(_ name: String, _ value: String) { if !value.isEmpty { parts.append("\(name)=\(FormData.encode(value))") } }
        if filter.isSupervised { add("list", "supervised") }
        if let type = filter.type, let task = filter.task {
            add("type", type)
            add("task", task)
        }
        add("due", filter.due?.rawValue ?? "")
        add("text", filter.text)
        if isAllChosen { add("chosen", "all") }
        return parts.isEmpty ? "/" : "/?" + parts.joined(separator: "&")
    }

    var isWhole: Bool { filter.type == nil && filter.due == nil && filter.text.isEmpty }
}
