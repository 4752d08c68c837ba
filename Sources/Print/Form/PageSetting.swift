/// Pages of official paper being set: their measures, their foot and watermark, and what no font has. A form and a table are set on them.
class PageSetting {
    typealias Measure = FormPrinter.Measure
    let ink: Ink
    /// Where the page goes on.
    var y = Measure.top
    private let foot: String
    private let watermark: String
    private let words: PrinterWords
    private let pages: Int
    private var page = 1
    private var unprintable: [Character] = []

    /// - Parameter pages: how many there are, where it is known.
    init(title: String, foot: String, watermark: String, words: PrinterWords, pages: Int, _ fonts: Fonts) {
        (self.foot, self.watermark, self.words, self.pages) = (foot, watermark, words, pages)
        ink = Ink(.a4, fonts, title: title)
    }

    /// What is on the pages, from the first to the last.
    func set() {}

    /// Sets twice: only then is it known how many pages there are.
    /// - Throws: `PrintError.unprintable` with every character that no font has.
    static func pdf(_ make: (_ pages: Int) -> PageSetting) throws(PrintError) -> [UInt8] {
        let rehearsed = make(0)
        rehearsed.set()
        guard rehearsed.unprintable.isEmpty else { throw .unprintable(characters: String(rehearsed.unprintable)) }
        let paper = make(rehearsed.page)
        paper.set()
        return try paper.ink.bytes()
    }

    func paragraph(_ text: String, _ type: Typeface, width: Millimetres? = nil, align: Alignment = .left) -> Paragraph {
        let paragraph = ink.set(text, type, width: width, align: align)
        for character in paragraph.unprintable where !unprintable.contains(character) { unprintable.append(character) }
        return paragraph
    }

    func endPage(more: Bool) {
        let line = PaperSize.a4.height - Measure.bottom + 7
        ink.use(.grey)
        ink.draw(paragraph(foot, .small, width: Measure.width * 0.72), x: Measure.left, y: line)
        ink.draw(paragraph(words.page(page, max(pages, page)), .small, width: Measure.width, align: .right), x: Measure.left, y: line)
        mark()
        ink.endPage()
        if more { page += 1 }
        y = Measure.top
    }

    private func mark() {
        if !watermark.isEmpty {
            let text = paragraph(watermark, Typeface(family: .hei, size: 15))
            for row in 0..<6 {
                ink.turned(by: -30, around: 30 + Double(row % 2) * 45, 70 + Double(row) * 42) {
                    ink.use(.watermark)
                    ink.draw(text, x: 0, y: 0)
                }
            }
        }
        ink.use(.black)
    }
}
