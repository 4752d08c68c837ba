/// Figures as they go on paper: a heading, then parts, each a table or columns over periods.
package struct PaperReport: Sendable {
    package enum Part: Sendable {
        case table(title: String, columns: [PaperTable.Column], rows: [[String]])
        /// A column for each period; nothing where there is no figure. `shown` stands above it.
        case columns(title: String, [(period: String, value: Double?, shown: String)])
    }

    package var organisation: String
    package var title: String
    /// Below the title, left and right.
    package var left, right: String
    package var parts: [Part]
    package var foot: String
    package var words: PrinterWords

    package init(
        organisation: String, title: String, left: String, right: String = "", parts: [Part], foot: String, words: PrinterWords = .zh
    ) {
        (self.organisation, self.title, self.left, self.right) = (organisation, title, left, right)
        (self.parts, self.foot, self.words) = (parts, foot, words)
    }

    /// Every text on the paper, by itself.
    package var texts: [String] {
        [organisation, title, left, right, foot]
            + parts.flatMap { part -> [String] in
                switch part {
                case .table(let title, let columns, let rows): [title] + columns.map(\.title) + rows.flatMap { $0 }
                case .columns(let title, let figures): [title] + figures.flatMap { [$0.period, $0.shown] }
                }
            }
    }
}

package struct ReportPrinter: Sendable {
    private let fonts: Fonts

    package init(fonts: Fonts = Fonts()) { self.fonts = fonts }

    /// - Returns: a PDF.
    /// - Throws: `PrintError.unprintable` with every character that no font has.
    package func pdf(_ report: PaperReport) throws(PrintError) -> [UInt8] {
        try PageSetting.pdf { ReportSetting(report, fonts, pages: $0) }
    }
}

/// One report being set.
private final class ReportSetting: PageSetting {
    private let report: PaperReport
    private static let heading = Typeface(family: .hei, size: 14)
    private static let chart = 42.0

    init(_ report: PaperReport, _ fonts: Fonts, pages: Int) {
        self.report = report
        super.init(title: report.title, foot: report.foot, watermark: "", words: report.words, pages: pages, fonts)
    }

    override func set() {
        head()
        for part in report.parts {
            switch part {
            case .table(let title, let columns, let rows): table(title, columns, rows)
            case .columns(let title, let figures): chart(title, figures)
            }
        }
        endPage(more: false)
    }

    private func head() {
        y = Measure.top - 8
        for (text, type) in [(report.organisation, Typeface(size: 16, isBold: true)), (report.title, .title)] where !text.isEmpty {
            let heading = paragraph(text, type, width: Measure.width, align: .centre)
            ink.draw(heading, x: Measure.left, y: y)
            y += heading.height + 2
        }
        let left = paragraph(report.left, .label, width: Measure.width * 0.7)
        ink.draw(left, x: Measure.left, y: y)
        let right = paragraph(report.right, .label, width: Measure.width * 0.3, align: .right)
        ink.draw(right, x: Measure.left + Measure.width * 0.7, y: y)
        y += max(left.height, right.height, 4) + 4
    }

    /// A heading never stands alone at the foot of a page.
    private func title(_ text: String, before needed: Millimetres) {
        let heading = paragraph(text, Self.heading, width: Measure.width)
        if y + heading.height + 2 + needed > Measure.end { endPage(more: true) }
        ink.draw(heading, x: Measure.left, y: y)
        y += heading.height + 2
    }

    private func table(_ heading: String, _ columns: [PaperTable.Column], _ rows: [[String]]) {
        let sum = columns.reduce(0) { $0 + $1.share }
        let widths = columns.map { $0.share / sum * Measure.width }, names = columns.map(\.title)
        title(heading, before: height(names, widths, .label) + (rows.first.map { height($0, widths, .body) } ?? 0))
        row(names, widths, .label)
        for cells in rows {
            if y + height(cells, widths, .body) > Measure.end {
                endPage(more: true)
                row(names, widths, .label)
            }
            row(cells, widths, .body)
        }
        y += 6
    }

    private func cells(_ texts: [String], _ widths: [Millimetres], _ type: Typeface) -> [Paragraph] {
        zip(texts, widths).map { paragraph($0, type, width: $1 - 2 * Measure.padding) }
    }

    private func height(_ texts: [String], _ widths: [Millimetres], _ type: Typeface) -> Millimetres {
        max(Measure.leastRow, (cells(texts, widths, type).map(\.height).max() ?? 0) + 2 * Measure.padding)
    }

    private func row(_ texts: [String], _ widths: [Millimetres], _ type: Typeface) {
        let height = height(texts, widths, type)
        var x = Measure.left
        for (cell, width) in zip(cells(texts, widths, type), widths) {
            ink.box(x: x, y: y, width: width, height: height)
            ink.draw(cell, x: x + Measure.padding, y: y + Measure.padding)
            x += width
        }
        y += height
    }

    private func chart(_ heading: String, _ figures: [(period: String, value: Double?, shown: String)]) {
        title(heading, before: Self.chart)
        let each = Measure.width / Double(max(1, figures.count)), base = y + Self.chart - 8, room = Self.chart - 16
        let greatest = max(1, figures.compactMap(\.value).max() ?? 0)
        for (place, figure) in figures.enumerated() {
            let x = Measure.left + each * Double(place), height = (figure.value ?? 0) / greatest * room
            if height > 0 { ink.fill(x: x + each * 0.2, y: base - height, width: each * 0.6, height: height, .grey) }
            ink.draw(paragraph(figure.shown, .small, width: each, align: .centre), x: x, y: base - height - 5)
            ink.draw(paragraph(figure.period, .small, width: each, align: .centre), x: x, y: base + 1.5)
        }
        ink.line(from: (Measure.left, base), to: (Measure.left + Measure.width, base))
        y += Self.chart + 4
    }
}
