import Kernel
import Print
import WorkCalendar

/// 介绍信 on one page: the stub above, the letter below, with the same words; the number and the seal lie across the seam (第十六条).
package struct LetterForm {
    let view: DocumentView
    let organisation: Organisation

    package init(_ view: DocumentView, _ organisation: Organisation) { (self.view, self.organisation) = (view, organisation) }

    private func text(_ key: String) -> String { view.row.values[key]?.text ?? "" }

    /// - Parameter printer: who prints it, when.
    package func paper(printedBy printer: PersonID, at now: Moment) -> PaperForm {
        let approver = view.row.values["approver"]?.whole.map { organisation.name(PersonID($0)).zh } ?? ""
        let day = OfficialForm.day(text("day")), number = view.row.number ?? ""
        return PaperForm(
            organisation: organisation.name(view.scope).zh, title: "介绍信", number: number,
            marks: ["有效期至" + OfficialForm.day(text("validUntil"))],
            cells: [
                .init("存根", text("stub"), isWide: true), .init("批准人", approver), .init("开具日期", day),
                .init("骑缝", "…………… \(number) ……………（骑缝盖章）", isWide: true),
                .init("正联", text("stub"), isWide: true), .init("持信人", text("bearer") + "　" + text("bearerPost")),
                .init("人数", text("personsInWords") + "人"), .init("落款", organisation.name(view.scope).zh + "　" + day + "（盖章）", isWide: true),
            ],
            foot: "打印：" + organisation.name(printer).zh + " " + now.day.description)
    }
}
