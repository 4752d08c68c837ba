import Kernel
import Print
import WorkCalendar

/// 统计报表 as it is printed: a numbered copy, with its recipient and number across every page (第12条).
package struct ReportPaper {
    private let view: DocumentView
    private let organisation: Organisation
    private let l: Language

    /// - Parameter view: of a `ReportCopy`.
    package init(_ view: DocumentView, _ organisation: Organisation, _ l: Language) {
        (self.view, self.organisation, self.l) = (view, organisation, l)
    }

    private func words(_ zh: String, _ en: String) -> String { l == .zh ? zh : en }
    private func text(_ key: String) -> String { view.row.values[key]?.text ?? "" }

    package var copyNumber: Int { Int(view.row.values["copyNumber"]?.whole ?? 0) }
    package var recipient: String {
        let person = PersonID(view.row.values["recipient"]?.whole ?? 0)
        return person.isNone ? words("存档", "Archive") : organisation.name(person)[l]
    }
    package var name: String { "\(view.row.title) \(words("第", "no. "))\(copyNumber)\(words("份", ""))" }

    package var heads: [String] { [words("统计项目", "Item"), words("分项", "Part"), words("本期", "This period"), words("上期", "Before")] }

    package var rows: [[String]] {
        (view.row.values["rows"]?.list ?? []).map { row in
            let item = ReportItem(rawValue: row["item"].text ?? "")?.words[l] ?? ""
            return [item, row["label"].text ?? "", String(row["value"].whole ?? 0), String(row["previous"].whole ?? 0)]
        }
    }

    /// - Parameter reader: who has it in hand now, which stands across the page with the time.
    package func mark(_ reader: PersonID, at now: Moment) -> String {
        "\(words("第", "copy "))\(copyNumber)\(words("份", "")) \(organisation.name(reader)[l]) \(now.day) \(Self.two(now.hour)):\(Self.two(now.minute))"
    }

    /// The same, line by line, for a workbook.
    package func marks(_ reader: PersonID, at now: Moment) -> [(name: String, text: String)] {
        [
            (words("份号", "Copy"), "\(words("第", "no. "))\(copyNumber)\(words("份", ""))"), (words("领取人", "Recipient"), recipient),
            (words("导出", "Exported"), mark(reader, at: now)),
        ]
    }

    package func paper(readBy reader: PersonID, at now: Moment) -> PaperForm {
        let comment = text("remark")
        return PaperForm(
            organisation: organisation.name(view.scope)[l], title: view.row.title, number: view.row.number ?? "",
            cells: [
                .init(words("统计期", "Period"), text("period")), .init(words("份号", "Copy"), "\(copyNumber)"),
                .init(words("领取人", "Recipient"), recipient),
                .init(words("统计数据", "Figures"), heads: heads, rows: rows),
            ] + (comment.isEmpty ? [] : [.init(words("分析说明", "Comment"), comment, isWide: true)]),
            foot: words("打印：", "Printed: ") + mark(reader, at: now), watermark: mark(reader, at: now), words: l == .zh ? .zh : .en)
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
