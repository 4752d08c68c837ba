import Kernel

/// 文号簿: one series of numbers, a code and a year. It stays open into the next year, until the office closes it.
package struct NumberBook: Document {
    package enum State: String, CaseIterable, Sendable { case closed }
    package var code = "", series = "", note = ""
    package var year = 0
    package init() {}

    package static let name = "number-book"
    package var title: String { series }

    package static let form = Form<NumberBook>(
        "文号簿封簿", "Closed number book", states: [.closed: .done("已封簿", "Closed")], readers: [.office],
        [
            .text(\.code, "发文机关代字", "Code").code().listed(), .whole(\.year, "年份", "Year", in: 1949...9999).listed(),
            .text(\.series, "文号簿", "Series").unique(under: school[16]).optional(), .text(\.note, "封簿说明", "Note").optional(),
        ])

    /// One that is retired with its unit stands under the code alone.
    static func series(_ code: String, _ year: Int) -> String { "\(code)〔\(year)〕" }

    package static let close = Step<NumberBook>(
        "close", "封簿", "Close", to: .closed, by: .post(.informationOffice), under: school[16], fields: [\.code, \.year, \.note]
    ) { book, act in
        try act.require(book.year < act.today.year, "本年的文号簿年内不能封簿", "The book of this year stays open within it")
        book.series = series(book.code, book.year)
    }
    /// The code of a unit that was dissolved or merged: no year of it is numbered any more.
    package static let retire = Step<NumberBook>(
        "retire", "随单位撤并停用", "Retire with its unit", to: .closed, by: .system, under: school[14], school[16])
    package static let steps = [close, retire]

    static func isRetired(_ code: String, _ inquiry: Inquiry) throws -> Bool { try inquiry.count(\NumberBook.series, is: code) > 0 }

    static func end(_ code: String, _ act: Act) throws {
        if try isRetired(code, act) { return }
        var book = NumberBook()
        (book.code, book.year, book.series, book.note) = (code, act.today.year, code, "随单位撤并停用")
        try act.create(book, by: retire)
    }
}
