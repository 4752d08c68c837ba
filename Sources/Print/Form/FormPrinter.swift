import Identifiers

/// Sets a form on A4 in the measures of official papers: top 37, left 28, right 26, bottom 35 millimetres (GB/T 9704-2012).
///
/// A long text gives way to all others: what of it does not fit goes on in a numbered annex. A text of a few lines stays in its cell, and a
/// form of more of them than a page has room for goes on to a second page; where a form is to be one page (`PaperForm.isOnePage`), more of
/// it goes to annexes.
package struct FormPrinter: Sendable {
    enum Measure {
        static let top = 37.0, left = 28.0, right = 26.0, bottom = 35.0
        static let width = PaperSize.a4.width - left - right
        static let end = PaperSize.a4.height - bottom
        static let label = 26.0
        static let padding = 1.6
        static let leastRow = 8.0
        /// The least that a row has, with its padding.
        static let least = leastRow + padding * 2
        /// A cell of three lines at most, with its padding: it is not cut where another page can take it.
        static let short = 24.0
        static let signature = 30.0
    }

    let fonts: Fonts

    package init(fonts: Fonts = Fonts()) { self.fonts = fonts }

    /// - Returns: a PDF.
    /// - Throws: `PrintError.unprintable` with every character that no font has: the paper is held rather than printed with boxes.
    package func pdf(_ form: PaperForm) throws(PrintError) -> [UInt8] {
        try PageSetting.pdf { Setting(form, fonts, pages: $0) }
    }
}

/// One form being set.
private final class Setting: PageSetting {
    let form: PaperForm
    private var annexes: [(label: String, text: String)] = []

    init(_ form: PaperForm, _ fonts: Fonts, pages: Int) {
        self.form = form
        super.init(
            title: form.title + " " + form.number, foot: form.foot, watermark: form.watermark, words: form.words, pages: pages, fonts)
    }

    override func set() {
        head()
        let rows = rows()
        body(rows)
        signatures()
        endPage(more: !annexes.isEmpty)
        for index in annexes.indices { annex(index + 1, annexes[index].label, annexes[index].text, isLast: index == annexes.count - 1) }
    }

    // MARK: Head

    private func head() {
        var top = Measure.top - 12
        if !form.organisation.isEmpty {
            ink.use(.red)
            let name = paragraph(form.organisation, Typeface(size: 16, isBold: true), width: Measure.width, align: .centre)
            ink.draw(name, x: Measure.left, y: top)
            top += name.height + 1.5
            ink.line(from: (Measure.left, top), to: (Measure.left + Measure.width, top), weight: 0.5, .red)
        }
        let code = (try? form.code.isEmpty ? nil : Symbol.qr(form.code)) ?? nil
        let side = code == nil ? 0 : 16.0
        y = Measure.top + 1
        let title = paragraph(form.title, .title, width: Measure.width - side * 2, align: .centre)
        ink.draw(title, x: Measure.left + side, y: y)
        if let code {
            code.draw(on: ink, x: Measure.left + Measure.width - 15, y: y - 1, side: 15)
        }
        y += max(title.height, 12) + 3
        let marks = paragraph(form.marks.joined(separator: "  "), .label, width: Measure.width / 2)
        ink.draw(marks, x: Measure.left, y: y)
        let number = form.number.isEmpty ? "" : form.words.number + form.number
        ink.draw(paragraph(number, .label, width: Measure.width / 2, align: .right), x: Measure.left + Measure.width / 2, y: y)
        y += max(marks.height, 5) + 1.5
    }

    // MARK: Cells

    private struct Row {
        var cells: [PaperForm.Cell]
        var needed: Millimetres
        /// What its short cells need, with which it can do.
        var floor: Millimetres
    }

    /// Two narrow cells stand side by side; one that would be alone takes the line.
    private func rows() -> [Row] {
        var rows: [Row] = [], waiting: PaperForm.Cell?
        func add(_ cells: [PaperForm.Cell]) {
            let heights = cells.map { height($0, alone: cells.count == 1) }
            let floors = heights.map { $0 <= Measure.short ? $0 : Measure.least }
            rows.append(Row(cells: cells, needed: heights.max() ?? 0, floor: floors.max() ?? 0))
        }
        for cell in form.cells {
            if cell.isWide {
                if let alone = waiting { add([alone]) }
                waiting = nil
                add([cell])
            } else if let first = waiting {
                add([first, cell])
                waiting = nil
            } else {
                waiting = cell
            }
        }
        if let alone = waiting { add([alone]) }
        return rows
    }

    private func width(alone: Bool) -> Millimetres {
        (alone ? Measure.width : Measure.width / 2) - Measure.label - Measure.padding * 2
    }

    private func text(_ cell: PaperForm.Cell) -> String {
        switch cell.content {
        case .text(let text): text
        case .table(let heads, let rows):
            rows.enumerated().map { index, row in
                "\(index + 1). " + zip(heads, row).filter { !$1.isEmpty }.map { "\($0)：\($1)" }.joined(separator: "，")
            }.joined(separator: "\n")
        }
    }

    private func height(_ cell: PaperForm.Cell, alone: Bool) -> Millimetres {
        let label = paragraph(cell.label, .label, width: Measure.label - Measure.padding * 2).height
        return max(Measure.leastRow, label, paragraph(text(cell), .body, width: width(alone: alone)).height) + Measure.padding * 2
    }

    /// Every row gets what it needs; where that is more than the page has, the highest rows give way.
    private func body(_ rows: [Row]) {
        var rest = rows[...]
        while !rest.isEmpty {
            let kept = Double((form.signatures.count + 1) / 2) * Measure.signature
            let room = Measure.end - y - kept
            let onPage = rest.prefix(form.isOnePage ? max(1, Int(room / Measure.least)) : Self.fitting(room, rest))
            let heights = Self.share(room, among: Array(onPage))
            for (row, height) in zip(onPage, heights) { draw(row, height) }
            rest = rest.dropFirst(onPage.count)
            if !rest.isEmpty { endPage(more: true) }
        }
    }

    /// So many of the rows that no short cell among them has to give way.
    private static func fitting(_ room: Millimetres, _ rows: ArraySlice<Row>) -> Int {
        var (sum, count) = (0.0, 0)
        for row in rows {
            sum += row.floor
            if sum > room { break }
            count += 1
        }
        return max(1, count)
    }

    /// Every row has the least; short cells get all that they need, the lowest first, as long as there is room; the highest rows share what
    /// is left.
    private static func share(_ room: Millimetres, among rows: [Row]) -> [Millimetres] {
        guard rows.map(\.needed).reduce(0, +) > room else { return rows.map(\.needed) }
        var given = rows.map { min($0.floor, Measure.least) }
        var left = room - given.reduce(0, +)
        for index in rows.indices.sorted(by: { rows[$0].floor < rows[$1].floor }) {
            let more = rows[index].floor - given[index]
            if more > left + 0.01 { break }
            given[index] = rows[index].floor
            left -= more
        }
        func heights(_ most: Millimetres) -> [Millimetres] { zip(rows, given).map { row, least in max(least, min(row.needed, most)) } }
        // The greatest height that any row may have so that all of them fit.
        var (low, high) = (0.0, room)
        for _ in 0..<40 {
            let middle = (low + high) / 2
            if heights(middle).reduce(0, +) > room { high = middle } else { low = middle }
        }
        return heights(low)
    }

    private func draw(_ row: Row, _ height: Millimetres) {
        let isAlone = row.cells.count == 1
        var x = Measure.left
        for cell in row.cells {
            let width = width(alone: isAlone)
            ink.box(x: x, y: y, width: Measure.label, height: height)
            ink.box(x: x + Measure.label, y: y, width: width + Measure.padding * 2, height: height)
            let label = paragraph(cell.label, .label, width: Measure.label - Measure.padding * 2, align: .centre)
            ink.draw(label, x: x + Measure.padding, y: y + max(Measure.padding, (height - label.height) / 2))
            let shown = fitted(cell, width: width, height: height - Measure.padding * 2)
            let isShort = shown.height < height - Measure.padding * 2 && height <= Measure.least + 0.1
            ink.draw(shown, x: x + Measure.label + Measure.padding, y: isShort ? y + (height - shown.height) / 2 : y + Measure.padding)
            x += Measure.label + width + Measure.padding * 2
        }
        y += height
    }

    /// What of a cell fits; the rest waits for an annex.
    private func fitted(_ cell: PaperForm.Cell, width: Millimetres, height: Millimetres) -> Paragraph {
        let text = text(cell)
        let whole = paragraph(text, .body, width: width)
        if whole.height <= height + 0.01 { return whole }
        let note = form.words.seeAnnex(annexes.count + 1)
        let line = ink.set(note, .body, width: width).height
        let (fits, rest) = whole.split(at: height - line - 1)
        annexes.append((cell.label, rest))
        return paragraph(fits.isEmpty ? note : fits + "\n" + note, .body, width: width)
    }

    // MARK: Signatures

    private func signatures() {
        let width = Measure.width / 2
        for (index, signature) in form.signatures.enumerated() {
            let isLeft = index % 2 == 0, isAlone = isLeft && index == form.signatures.count - 1
            draw(signature, x: isLeft ? Measure.left : Measure.left + width, width: isAlone ? Measure.width : width)
            if !isLeft || isAlone { y += Measure.signature }
        }
    }

    private func draw(_ signature: PaperForm.Signature, x: Millimetres, width: Millimetres) {
        let words = form.words, inner = width - Measure.padding * 2
        ink.box(x: x, y: y, width: width, height: Measure.signature)
        ink.draw(paragraph(signature.title, .label, width: inner), x: x + Measure.padding, y: y + Measure.padding)
        let opinion = paragraph(signature.opinion, .body, width: inner)
        let (fits, rest) = opinion.split(at: Measure.signature - 18)
        if rest.isEmpty {
            ink.draw(opinion, x: x + Measure.padding, y: y + 7)
        } else {
            annexes.append((signature.title, rest))
            ink.draw(paragraph(fits, .body, width: inner), x: x + Measure.padding, y: y + 7)
        }
        let line = y + Measure.signature - 6
        ink.draw(paragraph(words.signature + signature.name, .label), x: x + Measure.padding, y: line)
        let date = words.date + signature.moment
        ink.draw(paragraph(date, .label, width: inner, align: .right), x: x + Measure.padding, y: line)
        if signature.name.isEmpty {
            ink.use(.grey)
            ink.draw(paragraph(words.seal, .label, width: inner, align: .right), x: x + Measure.padding, y: line - 7)
            ink.use(.black)
        }
    }

    // MARK: Annexes

    private func annex(_ number: Int, _ label: String, _ text: String, isLast: Bool) {
        var rest = text
        var isFirst = true
        repeat {
            let heading = "\(form.words.annex(number))　\(form.title) \(form.number)　\(label)"
            let head = paragraph(heading, Typeface(family: .hei, size: 12), width: Measure.width)
            ink.draw(head, x: Measure.left, y: Measure.top)
            let body = paragraph(rest, .body, width: Measure.width)
            let (fits, more) = body.split(at: Measure.end - Measure.top - head.height - 4)
            // A line that is higher than the page would go round for ever.
            let shown = fits.isEmpty ? rest : fits
            ink.draw(paragraph(shown, .body, width: Measure.width), x: Measure.left, y: Measure.top + head.height + 4)
            rest = fits.isEmpty ? "" : more
            isFirst = false
            endPage(more: !rest.isEmpty || !isLast)
        } while !rest.isEmpty && !isFirst
    }
}
