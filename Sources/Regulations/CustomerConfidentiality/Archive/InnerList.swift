import Kernel
import Print
import WorkCalendar

/// 卷内文件目录 and 备考表, drawn from the parts of a file: what lies in it, in its order, and what whoever takes it in hand should know of it
/// (第4条; the columns are those that archives use).
package struct InnerList {
    private let view: DocumentView
    private let parts: [FilePart]
    private let organisation: Organisation
    private let l: Language
    /// Who prints it, when, and the number of the copy.
    private let mark: String

    /// - Parameters:
    ///   - view: of a `CustomerFile` that was opened.
    ///   - copy: under which number it goes out; `nil` where copies have none.
    package init(
        _ view: DocumentView, _ file: CustomerFile, _ copy: IssuedCopy?, printedBy reader: PersonID, _ organisation: Organisation,
        at now: Moment, _ l: Language
    ) {
        (self.view, parts, self.organisation, self.l) = (view, file.parts, organisation, l)
        mark = [copy.map { l == .zh ? "副本 \($0.code)" : "Copy \($0.code)" }, organisation.name(reader)[l], now.minuteText]
            .compactMap { $0 }.joined(separator: " ")
    }

    private func words(_ zh: String, _ en: String) -> String { l == .zh ? zh : en }
    private var code: String { view.row.values["referenceCode"]?.text ?? view.row.number ?? "" }
    private var foot: String { words("打印：", "Printed: ") + mark }

    /// A title that the archive gave itself stands in brackets.
    private func title(_ part: FilePart) -> String { part.title.isEmpty ? "[\(part.kind.words[l])]" : part.title }

    /// On which pages of the file each part lies; none any more after a part whose pages nobody has counted.
    package static func pages(_ parts: [FilePart]) -> [String] {
        var next: Int? = 1
        return parts.map { part in
            guard let first = next, part.pages > 0 else {
                next = nil
                return ""
            }
            next = first + part.pages
            return part.pages == 1 ? "\(first)" : "\(first)-\(first + part.pages - 1)"
        }
    }

    package var list: PaperTable {
        let pages = Self.pages(parts)
        let rows = parts.enumerated().map { index, part in
            [
                "\(index + 1)", part.number, part.author, title(part), part.dated.map { String($0.yyyymmdd) } ?? "", pages[index],
                part.remark,
            ]
        }
        return PaperTable(
            organisation: organisation.name(view.scope)[l], title: words("卷内文件目录", "List of the file's contents"),
            left: words("档号：", "Reference code: ") + code, right: words("共 \(parts.count) 件", "\(parts.count) parts"),
            columns: [
                .init(words("序号", "No."), share: 0.7), .init(words("文号", "Document no."), share: 1.4),
                .init(words("责任者", "Author"), share: 1.4),
                .init(words("题名", "Title"), share: 3), .init(words("日期", "Date"), share: 1.3), .init(words("页号", "Pages"), share: 1),
                .init(words("备注", "Remark"), share: 1.2),
            ],
            rows: rows, foot: foot, watermark: mark, words: l == .zh ? .zh : .en)
    }

    /// 备考表: how much there is, what is missing or amiss, who made up the file and when.
    package var noteSheet: PaperForm {
        let pages = parts.reduce(0) { $0 + $1.pages }, uncounted = parts.count { $0.pages == 0 }
        let lacking = view.row.values["lacking"]?.text ?? ""
        let fading = parts.filter { !$0.ink.isLasting }.map(title)
        let amiss = [
            lacking.isEmpty ? "" : words("尚缺：", "Lacking: ") + lacking,
            fading.isEmpty ? "" : words("书写材料不耐久，须重抄：", "Ink that fades, to be copied: ") + fading.joined(separator: words("、", ", ")),
            uncounted == 0 ? "" : words("未著录页数的 \(uncounted) 件", "\(uncounted) parts whose pages are not counted"),
        ].filter { !$0.isEmpty }
        return PaperForm(
            organisation: organisation.name(view.scope)[l], title: words("备考表", "Note sheet"), number: code,
            cells: [
                .init(words("件数", "Parts"), "\(parts.count)"), .init(words("页数", "Pages"), "\(pages)"),
                .init(words("份数", "Copies"), "\(view.row.values["copies"]?.whole ?? 0)"),
                .init(words("立卷时间", "Made up on"), view.row.created.day.description),
                .init(
                    words("本卷情况说明", "State of the file"),
                    amiss.isEmpty ? words("齐全，无缺损", "Complete, nothing amiss") : amiss.joined(separator: "\n"),
                    isWide: true),
            ],
            signatures: [
                .init(
                    title: words("立卷人", "Made up by"), name: organisation.name(view.row.creator)[l],
                    moment: view.row.created.day.description),
                .init(title: words("检查人", "Checked by")),
            ],
            foot: foot, watermark: mark, words: l == .zh ? .zh : .en)
    }
}
