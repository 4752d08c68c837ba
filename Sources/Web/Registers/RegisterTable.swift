import Kernel

/// The rows of a register: number, state and time limit first, which are what somebody looks for; then what the form lists.
struct RegisterTable {
    private let call: Call
    private let type: DocumentType
    private let address: RegisterAddress
    private let page: RegisterPage
    private let listed: [FieldDescription]
    /// By what the page is sorted: only what is there whole.
    private let column: (key: String, isDescending: Bool)?
    private let hasClocks: Bool

    init(_ call: Call, _ type: DocumentType, _ address: RegisterAddress, _ page: RegisterPage) {
        (self.call, self.type, self.address, self.page) = (call, type, address, page)
        // A column in which nothing stands on this page takes room from the others.
        listed = type.fields.filter { field in
            (address.columns.isEmpty ? field.isListed : address.columns.contains(field.key))
                && page.rows.contains { $0.values[field.key]?.isEmpty == false }
        }
        column = page.next == nil ? address.column : nil
        hasClocks = page.rows.contains { $0.due != nil }
    }

    private var l: Language { call.l }
    private var path: String { "/r/\(type.name)" }
    private var first: String { type.number == nil ? l("单据", "Document") : l("编号", "Number") }

    /// The columns behind the number: by what each is sorted, and its heading.
    private var heads: [(key: String, title: String)] {
        [(RegisterColumns.state, l("状态", "State"))] + (hasClocks ? [(RegisterColumns.due, l("时限", "Due"))] : [])
            + listed.map { ($0.key, $0.label[l]) } + [(RegisterColumns.created, l("登记时间", "Entered"))]
    }

    var html: HTML {
        let columns = RegisterColumns(type: type, names: page.names, catalogue: call.catalogue, l: l)
        let shown = column.map { columns.sorted(page.rows, by: $0) } ?? page.rows
        let isNewest = address.query.sort == .newest
        let turned = "\(path)\(address.query(with: ["sort": column == nil && isNewest ? "oldest" : "", "after": ""]))"
        let order: HTML = column == nil ? " aria-sort=\"\(isNewest ? "descending" : "ascending")\"" : ""
        let pages = Pager.html(
            page, isFirst: address.query.after == nil, l, first: "\(path)\(address.query())", next: { "\(path)\(address.query(after: $0))" }
        )
        return """
            \(tooMany)<div class="scroll"><table class="stack"><thead><tr><th scope="col"\(order)><a href="\(turned)">\(first)</a></th>\
            \(heads.map(heading))</tr></thead><tbody>\(shown.map(row))</tbody></table></div>
            \(pages)
            """
    }

    private var tooMany: HTML {
        if address.column == nil || column != nil { return "" }
        return """
            <p class="pad quiet">\(l("超过 \(RegisterColumns.mostSorted) 件，只能按编号排序；请先筛选，再按其他栏排序。",
                "More than \(RegisterColumns.mostSorted) documents are sorted by number alone; narrow them down to sort by another column."))</p>
            """
    }

    private func heading(_ head: (key: String, title: String)) -> HTML {
        let isWhole = page.next == nil || page.total <= RegisterColumns.mostSorted
        guard isWhole, address.query.after == nil else { return "<th scope=\"col\">\(head.title)</th>" }
        let isThis = column?.key == head.key, isDown = column?.isDescending == true
        let target = "\(path)\(address.query(with: ["sort": isThis && !isDown ? "-\(head.key)" : head.key, "after": ""]))"
        let sorted: HTML = isThis ? " aria-sort=\"\(isDown ? "descending" : "ascending")\"" : ""
        return "<th scope=\"col\"\(sorted)><a href=\"\(target)\" rel=\"nofollow\">\(head.title)</a></th>"
    }

    /// What the columns say already is not said twice: a title that is made of their texts is not shown.
    private func isSaid(_ row: DocumentRow) -> Bool {
        var left = Array(row.title.unicodeScalars)
        for field in listed where !left.isEmpty {
            guard let said = row.values[field.key]?.text, !said.isEmpty else { continue }
            left.remove(Array(said.unicodeScalars))
        }
        return !left.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    }

    private func row(_ row: DocumentRow) -> HTML {
        let text = FieldText(call: call, names: page.names, document: nil)
        let title: HTML = row.number == nil || isSaid(row) ? "" : " <span class=\"quiet\">\(UserText.html(row.title, l))</span>"
        let clock = row.due.map { ClockWords($0, now: call.now, calendar: call.calendar, l).html(bar: false, l) } ?? ""
        let cells = heads.map { key, label -> HTML in
            switch key {
            case RegisterColumns.state: return "<td data-label=\"\(label)\">\(StateName(row.state, of: type).html(l))</td>"
            case RegisterColumns.due: return "<td data-label=\"\(label)\">\(clock)</td>"
            case RegisterColumns.created:
                return "<td data-label=\"\(label)\"><span class=\"number\">\(l.moment(row.created, in: call.today))</span></td>"
            default:
                let value = type.field(key).map { text.html(row.values[key] ?? .null, of: $0) } ?? ""
                return "<td data-label=\"\(label)\"><span>\(value)</span></td>"
            }
        }
        return """
            <tr><td data-label="\(first)"><span><a class="number" href="\(call.address(row.id))">\(DocumentName.html(row, call))</a>\
            \(title) \(DocumentName.mark(row.level, l))</span></td>\(cells)</tr>
            """
    }
}

extension [Unicode.Scalar] {
    /// Wherever the part stands.
    fileprivate mutating func remove(_ part: [Unicode.Scalar]) {
        var place = 0
        while place + part.count <= count {
            if self[place..<place + part.count].elementsEqual(part) {
                removeSubrange(place..<place + part.count)
            } else {
                place += 1
            }
        }
    }
}
