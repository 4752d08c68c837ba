import Kernel

/// The document as a form on paper: what it says, its stamp, and the way to see personal data in clear.
struct DocumentPaper {
    let call: Call
    let view: DocumentView
    let type: DocumentType

    private var l: Language { call.l }
    private var row: DocumentRow { view.row }

    var html: HTML {
        let names = [row.unit.raw, view.scope.raw].compactMap { view.names[$0]?[l] ?? call.organisation.units[UnitID($0)]?.words[l] }
        let place = (names.first == names.last ? Array(names.prefix(1)) : Array(names.reversed())).joined(separator: " · ")
        let number = row.number.map { DocumentName.spoken($0, l) } ?? HTML(l("未编号", "not numbered"))
        let heading = row.title.isEmpty ? HTML() : "<p class=\"subject\">\(UserText.html(row.title, l))</p>"
        return """
            <article class="sheet form\(" noprint", if: !isPrintedByBrowser)">\(mark)<span class="stamp" aria-label="\(l("状态", "State"))">\(StateName(row.state, of: type).words[l])</span>\
            <h1>\(type.title[l])</h1>\(heading)<p class="number"><span>\(place)</span><span>\
            \(DocumentName.mark(row.level, l)) \(number)</span></p>
            \(cells)
            <p class="quiet foot">\(foot)</p></article>\(PrintedDocument.button(view, call))\(reveal)
            """
    }

    private var cells: HTML {
        let text = FieldText(call: call, names: view.names, document: row.id)
        let shown = type.fields.filter { $0.isShown(with: row.values) }
        let blank = shown.filter { (row.values[$0.key] ?? .null).isEmpty || $0.kind.isVacant(row.values[$0.key] ?? .null) }
        // A few empty cells belong to a form; many hide what it says.
        guard blank.count >= Self.manyBlanks, blank.count < shown.count else { return grid(shown, text) }
        let filled = shown.filter { field in !blank.contains { $0.key == field.key } }
        return """
            \(grid(filled, text))<details class="blank noprint"><summary>\(l("未填写的 \(blank.count) 栏", "\(blank.count) fields that are empty"))</summary>\
            \(grid(blank, text))</details>
            """
    }

    private static let manyBlanks = 5

    private func grid(_ fields: [FieldDescription], _ text: FieldText) -> HTML {
        var cells: [(label: String, shown: HTML, isWide: Bool)] = []
        var isLeft = true
        for field in fields {
            let value = row.values[field.key] ?? .null
            let isWide = field.kind.isLong
            // A narrow field left alone at the end of a line takes the whole line.
            if isWide, !isLeft { cells[cells.count - 1].isWide = true }
            let ask: HTML =
                field.kind.isPersonal && !view.isRevealed && !value.isEmpty && !isLines(field)
                ? " <a class=\"noprint\" href=\"#reveal\">\(l("说明目的后查看", "say why, and see"))</a>" : ""
            cells.append((field.label[l], "\(text.html(value, of: field))\(ask)", isWide))
            isLeft = isWide || !isLeft
        }
        if !isLeft { cells[cells.count - 1].isWide = true }
        return
            "<dl class=\"grid\">\(cells.map { "<dt>\($0.label)</dt><dd\(" class=\"wide\"", if: $0.isWide)>\($0.shown)</dd>" as HTML })</dl>"
    }

    /// What goes out in numbered copies alone is printed by its button, which numbers it; a browser's print has no number.
    private var isPrintedByBrowser: Bool { view.verbs.contains(.print) && type.reserved?.copies == nil }

    private func isLines(_ field: FieldDescription) -> Bool {
        if case .lines = field.kind { true } else { false }
    }

    private var foot: String {
        let creator = call.organisation.name(row.creator)[l]
        let holder = row.holder.isNone ? "" : call.organisation.name(row.holder)[l]
        let made = l("\(creator) \(l.moment(row.created)) 登记", "Entered by \(creator), \(l.moment(row.created))")
        return holder.isEmpty || holder == creator ? made : made + l(" · 现由\(holder)办理", " · held by \(holder)")
    }

    private var inClear: HTML {
        "<button class=\"quiet\" formaction=\"\(call.address(row.id))/print\">\(l("打印（含个人信息）", "Print in clear"))</button>"
    }

    /// What may not be printed says on the screen for whom it stands there, and leaves a browser's print empty.
    private var mark: HTML {
        guard !view.verbs.contains(.print) else { return "" }
        let reader = call.organisation.name(call.person)[l], now = l.moment(call.now)
        return """
            <p class="note">\(l("仅供 \(reader) 查阅 · \(now) · 查阅不等于可以打印、导出或复制", "For \(reader) to read · \(now) · reading implies no print, export or copy"))</p>
            """
    }

    /// Asks for the purpose; the reading then stands in the ledger.
    private var reveal: HTML {
        let isMasked = type.fields.contains { $0.kind.isPersonal && !(row.values[$0.key] ?? .null).isEmpty }
        guard isMasked else { return "" }
        if view.isRevealed {
            return """
                <p class="note noprint">\(l("个人信息已按您说明的目的显示，本次查看已记入存证。离开此页后恢复遮盖。",
                    "Personal data is shown for the purpose that you gave, and this reading stands in the ledger. It is masked again when you leave the page."))</p>
                """
        }
        return """
            <form class="sheet pad noprint" id="reveal" method="post" action="\(call.address(row.id))/reveal">\(call.csrf)
            <div class="field"><label for="purpose">\(l("查看个人信息的目的", "What you need the personal data for"))</label>
            <p class="hint" id="purpose-hint">\(l("例如：电话回访、核对证件。目的会记入存证。", "For example: calling back, checking a document. The purpose goes into the ledger."))</p>
            <input id="purpose" name="purpose" autocomplete="off" aria-describedby="purpose-hint"></div>
            <button>\(l("查看", "Show"))</button>
            \(inClear, if: view.verbs.contains(.print))</form>
            """
    }
}
