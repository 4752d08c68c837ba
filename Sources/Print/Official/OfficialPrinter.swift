/// Sets an official document on A4, line by line on the grid of 22 lines.
package struct OfficialPrinter: Sendable {
    let fonts: Fonts

    package init(fonts: Fonts = Fonts()) { self.fonts = fonts }

    /// - Returns: a PDF.
    /// - Throws: `PrintError.unprintable` with every character that no font has: the paper is held rather than printed with boxes.
    package func pdf(_ paper: OfficialPaper) throws(PrintError) -> [UInt8] {
        let setting = OfficialSetting(paper, fonts)
        setting.set()
        guard setting.unprintable.isEmpty else { throw .unprintable(characters: String(setting.unprintable)) }
        return try setting.ink.bytes()
    }
}

/// One document being set.
private final class OfficialSetting {
    private typealias Measure = OfficialMeasure
    let paper: OfficialPaper
    let ink: Ink
    private(set) var unprintable: [Character] = []
    private var page = 1
    /// Which line of the grid is next, from 0.
    private var line = 0
    private static let body = Typeface(size: OfficialMeasure.size)
    private static let hei = Typeface(family: .hei, size: OfficialMeasure.size)
    private static let four = Typeface(size: 14)

    init(_ paper: OfficialPaper, _ fonts: Fonts) {
        self.paper = paper
        // The title of a file is seen by whoever has the file: it says the number and not the subject.
        ink = Ink(.a4, fonts, title: paper.number)
    }

    func set() {
        head()
        title()
        write()
        attachments()
        attendance()
        signature()
        record()
    }

    private func paragraph(_ text: String, _ type: Typeface, width: Millimetres? = nil, align: Alignment = .left) -> Paragraph {
        let paragraph = ink.set(text, type, width: width, align: align)
        for character in paragraph.unprintable where !unprintable.contains(character) { unprintable.append(character) }
        return paragraph
    }

    private func y(_ line: Int) -> Millimetres { Measure.top + Double(line) * Measure.linePitch }
    private var cell: Millimetres { Measure.width / Double(Measure.columns) }

    private func put(_ text: String, _ type: Typeface = body, column: Double = 0, at line: Int) {
        ink.draw(paragraph(text, type), x: Measure.left + column * cell, y: y(line) + 1.2)
    }

    private func right(_ text: String, _ type: Typeface = body, leaving columns: Double, at line: Int) {
        let set = paragraph(text, type)
        ink.draw(set, x: Measure.left + Measure.width - columns * cell - set.size.width, y: y(line) + 1.2)
    }

    // MARK: Head

    private func head() {
        let mark = Typeface(size: paper.style == .letter ? 30 : 36, isBold: true)
        ink.use(.red)
        let set = paragraph(paper.mark, mark, width: Measure.width, align: .centre)
        // Its top 35 millimetres below the text area's; of a letter 30 below the edge of the paper.
        let top = paper.style == .letter ? 30.0 : Measure.top + (paper.style == .minutes ? 15 : 35)
        ink.draw(set, x: Measure.left, y: top)
        ink.use(.black)
        for (index, text) in paper.corner.enumerated() where paper.style != .letter { put(text, Self.hei, at: index) }
        if paper.style == .letter {
            let below = top + set.height + 4
            rule(below, wide: 170, weight: 0.7)
            rule(below + 1.2, wide: 170, weight: 0.3)
            let foot = PaperSize.a4.height - 20
            rule(foot, wide: 170, weight: 0.3)
            rule(foot + 1.2, wide: 170, weight: 0.7)
            line = gridLine(below + 3)
            right(paper.number, leaving: 0, at: line)
            for (index, text) in paper.corner.enumerated() { put(text, Self.hei, at: line + index) }
            line += max(1, paper.corner.count)
        } else {
            line = gridLine(top + set.height) + 2
            if paper.style == .up {
                put(paper.number, column: 1, at: line)
                right("签发人：" + paper.signer, leaving: 1, at: line)
            } else {
                let number = paragraph(paper.number, Self.body, width: Measure.width, align: .centre)
                ink.draw(number, x: Measure.left, y: y(line) + 1.2)
            }
            rule(y(line + 1) + 4 - 1.5, wide: Measure.width, weight: 0.7)
            line += 1
        }
    }

    private func rule(_ y: Millimetres, wide: Millimetres, weight: Millimetres) {
        let left = (PaperSize.a4.width - wide) / 2, start = wide == Measure.width ? Measure.left : left
        ink.line(from: (start, y), to: (start + wide, y), weight: weight, .red)
    }

    /// The first line of the grid at or below a height.
    private func gridLine(_ height: Millimetres) -> Int { max(0, Int(((height - Measure.top) / Measure.linePitch).rounded(.up))) }

    private func title() {
        line += 2
        for text in OfficialLines.title(paper.title) {
            let set = paragraph(text, Typeface(size: 22, isBold: true), width: Measure.width, align: .centre)
            ink.draw(set, x: Measure.left, y: y(line))
            line += 1
        }
        line += 1
        if !paper.recipients.isEmpty {
            for text in OfficialLines.broken(paper.recipients + "：", indent: 0) { next(text) }
        }
    }

    // MARK: Text

    /// The name and the day never stand on a page alone: where they would, the last two lines of the text go along.
    private func write() {
        let written = paper.body.flatMap { lines(of: $0) }
        let end = written.isEmpty ? line : (line + written.count - 1) % Measure.lines + 1
        let isAlone = paper.style != .minutes && paper.attachments.isEmpty && end + 3 > Measure.lines
        for (index, part) in written.enumerated() {
            if isAlone, index == written.count - 2, line > 0, line < Measure.lines { turn() }
            next(part.0, part.1)
        }
    }

    /// A heading 一、 is set in 黑体, the rest in the face of the text.
    private func lines(of text: String) -> [(String, Typeface)] {
        let numerals: Set<Character> = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
        let isHeading =
            text.count <= 26 && text.firstIndex(of: "、").map { text[..<$0].allSatisfy(numerals.contains) && $0 != text.startIndex } ?? false
        return OfficialLines.broken(text).map { ($0, isHeading ? Self.hei : Self.body) }
    }

    private func next(_ text: String, _ type: Typeface = body) {
        if line >= Measure.lines { turn() }
        put(text, type, at: line)
        line += 1
    }

    private func attachments() {
        guard !paper.attachments.isEmpty else { return }
        line += 1
        for (index, name) in paper.attachments.enumerated() {
            let number = paper.attachments.count > 1 ? "\(index + 1)．" : ""
            next("　　" + (index == 0 ? "附件：" : "　　　") + number + name)
        }
    }

    /// A line below the text, two characters in: the label in 黑体, and its names, which go on under the first of them.
    private func attendance() {
        if !paper.attendance.isEmpty { line += 1 }
        for (label, names) in paper.attendance {
            let indent = 2 + label.count + 1
            let lines = OfficialLines.broken(names, indent: 0, columns: Measure.columns - indent)
            for (index, text) in lines.enumerated() {
                if line >= Measure.lines { turn() }
                if index == 0 { put(label + "：", Self.hei, column: 2, at: line) }
                put(text, column: Double(indent), at: line)
                line += 1
            }
        }
    }

    /// The name under the text and the day; a seal goes over both.
    private func signature() {
        guard paper.style != .minutes else { return }
        if line + 3 > Measure.lines { turn() } else { line += 1 }
        let name = paragraph(paper.issuer, Self.body).size.width / cell, day = paragraph(paper.day, Self.body).size.width / cell
        if paper.isSealed {
            // The day ends four characters in; the name stands centred above it.
            let middle = 4 + day / 2
            right(paper.issuer, leaving: max(0, middle - name / 2), at: line)
            right(paper.day, leaving: 4, at: line + 1)
        } else {
            // The name ends two in, and the day begins two characters after the name does.
            let start = Double(Measure.columns) - 2 - name
            put(paper.issuer, column: start, at: line)
            put(paper.day, column: start + 2, at: line + 1)
        }
        line += 2
    }

    /// 版记: at the foot of the last page, which is an even one.
    private func record() {
        let hasLines = !paper.copies.isEmpty || (paper.style != .letter && !paper.printer.isEmpty)
        let needed = (paper.copies.isEmpty ? 0 : 1) + 1
        if hasLines {
            if line > Measure.lines - needed - 1 { turn() }
            if page % 2 == 1, paper.style != .letter { turn() }
            var at = Measure.lines - needed
            thin(y(at), 0.35)
            if !paper.copies.isEmpty {
                put("抄送：" + paper.copies + "。", Self.four, column: 1, at: at)
                at += 1
                thin(y(at), 0.25)
            }
            if paper.style != .letter {
                put(paper.printer, Self.four, column: 1, at: at)
                right(paper.printedOn.isEmpty ? "" : paper.printedOn + "印发", Self.four, leaving: 1, at: at)
            }
            thin(Measure.top + Measure.height, 0.35)
        }
        foot()
        ink.endPage()
    }

    private func thin(_ y: Millimetres, _ weight: Millimetres) {
        ink.line(from: (Measure.left, y), to: (Measure.left + Measure.width, y), weight: weight)
    }

    // MARK: Pages

    private func turn() {
        foot()
        ink.endPage()
        page += 1
        line = 0
    }

    /// — 1 —, seven millimetres below the text: odd pages at the right, even ones at the left, each one character in.
    private func foot() {
        if paper.style == .letter, page == 1 { return }
        let set = paragraph("— \(page) —", Self.four)
        let x = page % 2 == 1 ? Measure.left + Measure.width - cell - set.size.width : Measure.left + cell
        ink.draw(set, x: x, y: Measure.top + Measure.height + 7)
    }
}
