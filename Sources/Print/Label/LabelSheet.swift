/// Labels on sheets of A4 or on a tape, each with its code, a heading and lines of text.
package struct LabelSheet: Sendable {
    package struct Label: Sendable {
        /// A number or an address, in ASCII.
        package let code: String
        package let kind: Kind
        package let heading: String
        package let lines: [String]

        package enum Kind: Sendable { case qr, code128 }

        package init(code: String, kind: Kind = .qr, heading: String, lines: [String] = []) {
            (self.code, self.kind, self.heading, self.lines) = (code, kind, heading, lines)
        }
    }

    package let page: PaperSize
    package let label: PaperSize
    package let columns: Int, rows: Int
    /// Of the first label's corner.
    package let left: Millimetres, top: Millimetres
    package let gapX: Millimetres, gapY: Millimetres
    /// Of the printer, in dots an inch: bars and modules are whole dots, or readers fail.
    package let resolution: Double

    package init(
        page: PaperSize = .a4, label: PaperSize, columns: Int, rows: Int, left: Millimetres = 0, top: Millimetres = 0,
        gapX: Millimetres = 0, gapY: Millimetres = 0, resolution: Double = 300
    ) {
        (self.page, self.label, self.columns, self.rows) = (page, label, columns, rows)
        (self.left, self.top, self.gapX, self.gapY, self.resolution) = (left, top, gapX, gapY, resolution)
    }

    /// 70 x 37 mm, 24 on a sheet.
    package static let a4x24 = LabelSheet(label: PaperSize(width: 70, height: 37), columns: 3, rows: 8)
    /// A tape of 60 x 40 mm labels at 203 dots an inch.
    package static let tape60x40 = LabelSheet(
        page: PaperSize(width: 60, height: 40), label: PaperSize(width: 60, height: 40), columns: 1, rows: 1, resolution: 203)

    private var dot: Millimetres { 25.4 / resolution }

    /// - Parameter skip: places of a sheet that was begun already.
    /// - Throws: `PrintError.labelTooSmall`, `.unprintable`, `.codeTooLong`.
    package func pdf(_ labels: [Label], skip: Int = 0, fonts: Fonts = Fonts()) throws(PrintError) -> [UInt8] {
        let ink = Ink(page, fonts, title: labels.first?.heading ?? "")
        var missing: [Character] = []
        for (index, label) in labels.enumerated() {
            let place = (index + skip) % (columns * rows)
            if index > 0, place == 0 { ink.endPage() }
            let x = left + Double(place % columns) * (self.label.width + gapX)
            let y = top + Double(place / columns) * (self.label.height + gapY)
            missing += try draw(label, on: ink, x: x, y: y)
        }
        guard missing.isEmpty else { throw .unprintable(characters: String(missing)) }
        ink.endPage()
        return try ink.bytes()
    }

    private static let margin = 2.0

    private func draw(_ label: Label, on ink: Ink, x: Millimetres, y: Millimetres) throws(PrintError) -> [Character] {
        switch label.kind {
        case .qr: try drawBesideSquare(label, on: ink, x: x, y: y)
        case .code128: try drawOverBars(label, on: ink, x: x, y: y)
        }
    }

    /// Least size of a module: three whole dots at 203 an inch.
    private var module: Millimetres { (0.375 / dot).rounded(.up) * dot }

    private func drawBesideSquare(_ label: Label, on ink: Ink, x: Millimetres, y: Millimetres) throws(PrintError) -> [Character] {
        let code = try Symbol.qr(label.code)
        let modules = Double(code.columns + 2 * Symbol.quietZone), room = min(self.label.height - Self.margin, self.label.width * 0.5)
        guard modules * module <= room else { throw .labelTooSmall(needed: modules * module) }
        // As many whole dots a module as there is room for.
        let side = modules * (room / modules / dot).rounded(.down) * dot
        code.draw(on: ink, x: snapped(x + Self.margin / 2), y: snapped(y + (self.label.height - side) / 2), side: side)
        let width = self.label.width - side - 2 * Self.margin
        return text(label, on: ink, x: x + side + Self.margin, y: y + Self.margin, width: width, align: .left)
    }

    private func drawOverBars(_ label: Label, on ink: Ink, x: Millimetres, y: Millimetres) throws(PrintError) -> [Character] {
        let code = try Symbol.code128(label.code)
        let modules = Double(code.columns + 2 * Symbol.barQuietZone)
        // As many whole dots a module as the label has room for.
        let dots = ((self.label.width - Self.margin) / modules / dot).rounded(.down)
        guard dots >= 1, dots * dot >= 0.1 else { throw .labelTooSmall(needed: modules * max(dot, 0.1) + Self.margin) }
        let bar = dots * dot, height = self.label.height * 0.4
        let start = snapped(x + (self.label.width - modules * bar) / 2) + Double(Symbol.barQuietZone) * bar
        var column = 0
        while column < code.columns {
            let dark = code.isDark[column], first = column
            while column < code.columns, code.isDark[column] == dark { column += 1 }
            if dark {
                ink.fill(x: start + Double(first) * bar, y: snapped(y + Self.margin), width: Double(column - first) * bar, height: height)
            }
        }
        let below = y + Self.margin + height + 0.5
        return text(label, on: ink, x: x + Self.margin, y: below, width: self.label.width - 2 * Self.margin, align: .centre)
    }

    private func snapped(_ length: Millimetres) -> Millimetres { (length / dot).rounded() * dot }

    private func text(
        _ label: Label, on ink: Ink, x: Millimetres, y: Millimetres, width: Millimetres, align: Alignment
    ) -> [Character] {
        var y = y, missing: [Character] = []
        let lines = [(label.code, Typeface(family: .hei, size: 7))].filter { _ in label.kind == .code128 }
        let heading = [(label.heading, Typeface(family: .hei, size: 9, isBold: true))]
        let all = lines + heading + label.lines.map { ($0, Typeface(family: .hei, size: 7.5)) }
        for (text, type) in all {
            let paragraph = ink.set(text, type, width: width, align: align)
            missing += paragraph.unprintable
            ink.draw(paragraph, x: x, y: y)
            y += paragraph.height + 0.6
        }
        return missing
    }
}
