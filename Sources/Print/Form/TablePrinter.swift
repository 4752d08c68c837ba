/// A table as it goes on paper: a heading, columns of the widths that it says, rows as high as they need to be, and the columns' names
/// again at the head of every page.
package struct PaperTable: Sendable {
    package struct Column: Sendable {
        package let title: String
        /// Of the page's width, beside the others'.
        package let share: Double

        package init(_ title: String, share: Double = 1) { (self.title, self.share) = (title, share) }
    }

    package var organisation: String
    package var title: String
    /// Below the title, left and right.
    package var left = "", right = ""
    package var columns: [Column]
    package var rows: [[String]]
    /// At the foot of every page: who printed it and when.
    package var foot: String
    /// Across every page: reader, time, copy.
    package var watermark: String
    package var words: PrinterWords

    package init(
        organisation: String = "", title: String, left: String = "", right: String = "", columns: [Column], rows: [[String]],
        foot: String = "",
        watermark: String = "", words: PrinterWords = .zh
    ) {
        (self.organisation, self.title, self.left, self.right, self.columns) = (organisation, title, left, right, columns)
        (self.rows, self.foot, self.watermark, self.words) = (rows, foot, watermark, words)
    }
}

package struct TablePrinter: Sendable {
    private let fonts: Fonts

    package init(fonts: Fonts = Fonts()) { self.fonts = fonts }

    /// - Returns: a PDF.
    /// - Throws: `PrintError.unprintable` with every character that no font has.
    package func pdf(_ table: PaperTable) throws(PrintError) -> [UInt8] {
        try PageSetting.pdf { TableSetting(table, fonts, pages: $0) }
    }
}

/// One table being set.
private final class TableSetting: PageSetting {
    let table: PaperTable
    private let widths: [Millimetres]

    init(_ table: PaperTable, _ fonts: Fonts, pages: Int) {
        self.table = table
        let sum = table.columns.reduce(0) { $0 + $1.share }
        widths = table.columns.map { $0.share / sum * Measure.width }
        super.init(title: table.title, foot: table.foot, watermark: table.watermark, words: table.words, pages: pages, fonts)
    }

    override func set() {
        head()
        row(table.columns.map(\.title), .label)
        for cells in table.rows {
            if y + height(cells, .body) > Measure.end {
                endPage(more: true)
                row(table.columns.map(\.title), .label)
            }
            row(cells, .body)
        }
        endPage(more: false)
    }

    private func head() {
        y = Measure.top - 8
        for (text, type) in [(table.organisation, Typeface(size: 16, isBold: true)), (table.title, .title)] where !text.isEmpty {
            let heading = paragraph(text, type, width: Measure.width, align: .centre)
            ink.draw(heading, x: Measure.left, y: y)
            y += heading.height + 2
        }
        let left = paragraph(table.left, .label, width: Measure.width * 0.6)
        let right = paragraph(table.right, .label, width: Measure.width * 0.4, align: .right)
        ink.draw(left, x: Measure.left, y: y)
        ink.draw(right, x: Measure.left + Measure.width * 0.6, y: y)
        y += max(left.height, right.height, 4) + 2
    }

    private func cells(_ texts: [String], _ type: Typeface) -> [Paragraph] {
        zip(texts, widths).map { paragraph($0, type, width: $1 - 2 * Measure.padding) }
    }

    private func height(_ texts: [String], _ type: Typeface) -> Millimetres {
        max(Measure.leastRow, (cells(texts, type).map(\.height).max() ?? 0) + 2 * Measure.padding)
    }

    private func row(_ texts: [String], _ type: Typeface) {
        let height = height(texts, type)
        var x = Measure.left
        for (cell, width) in zip(cells(texts, type), widths) {
            ink.box(x: x, y: y, width: width, height: height)
            ink.draw(cell, x: x + Measure.padding, y: y + Measure.padding)
            x += width
        }
        y += height
    }
}
