/// A form as it goes on paper: what stands where, in words; `FormPrinter` sets it.
package struct PaperForm: Sendable {
    /// Who gives it out: at the head, in red.
    package var organisation: String
    package var title: String
    package var number: String
    /// Secrecy, state, copy: small, beside the number.
    package var marks: [String]
    package var cells: [Cell]
    package var signatures: [Signature]
    /// At the foot of every page: who printed it and when.
    package var foot: String
    /// The address or number behind the code at the head; ASCII.
    package var code: String
    /// Across every page: reader, time, copy.
    package var watermark: String
    /// It is one page whatever it says, as far as its cells have room at all.
    package var isOnePage: Bool
    /// The words that the printer itself says, in the paper's language.
    package var words: PrinterWords

    package init(
        organisation: String = "", title: String, number: String = "", marks: [String] = [], cells: [Cell], signatures: [Signature] = [],
        foot: String = "", code: String = "", watermark: String = "", isOnePage: Bool = false, words: PrinterWords = .zh
    ) {
        (self.organisation, self.title, self.number, self.marks, self.cells) = (organisation, title, number, marks, cells)
        (self.signatures, self.foot, self.code, self.watermark, self.words) = (signatures, foot, code, watermark, words)
        self.isOnePage = isOnePage
    }

    /// A field of the form.
    package struct Cell: Sendable {
        package let label: String
        package let content: Content
        /// Takes the whole line.
        package let isWide: Bool

        package init(_ label: String, _ text: String, isWide: Bool = false) {
            (self.label, content, self.isWide) = (label, .text(text), isWide)
        }

        package init(_ label: String, heads: [String], rows: [[String]]) {
            (self.label, content, isWide) = (label, .table(heads: heads, rows: rows), true)
        }
    }

    package enum Content: Sendable {
        case text(String)
        case table(heads: [String], rows: [[String]])
    }

    /// A box for a hand and a seal: what was decided, by whom, when.
    package struct Signature: Sendable {
        package let title: String
        package let opinion: String
        package let name: String
        package let moment: String

        package init(title: String, opinion: String = "", name: String = "", moment: String = "") {
            (self.title, self.opinion, self.name, self.moment) = (title, opinion, name, moment)
        }
    }
}

package struct PrinterWords: Sendable {
    let annex: @Sendable (Int) -> String
    let seeAnnex: @Sendable (Int) -> String
    let page: @Sendable (Int, Int) -> String
    let number: String
    let signature: String
    let date: String
    let seal: String

    package static let zh = PrinterWords(
        annex: { "附页\($0)" }, seeAnnex: { "（续见附页\($0)）" }, page: { "第 \($0) 页 共 \($1) 页" }, number: "编号：", signature: "签字：", date: "日期：",
        seal: "（盖章）")
    package static let en = PrinterWords(
        annex: { "Annex \($0)" }, seeAnnex: { "(continued in annex \($0))" }, page: { "Page \($0) of \($1)" }, number: "No. ",
        signature: "Signature: ", date: "Date: ", seal: "(seal)")
}
