import Kernel
import Print
import WorkCalendar

/// 办公会纪要 as it goes on paper: what was decided, and below it who was there, who was excused and who attended (第十条, 第十六条).
package struct MinutesForm {
    let view: DocumentView
    let organisation: Organisation

    package init(_ view: DocumentView, _ organisation: Organisation) { (self.view, self.organisation) = (view, organisation) }

    private func text(_ key: String) -> String { view.row.values[key]?.text ?? "" }

    package var paper: OfficialPaper {
        var paper = OfficialPaper()
        paper.style = .minutes
        let school = organisation.name(view.scope).zh
        paper.mark = school + "办公会纪要"
        paper.number = view.row.number ?? ""
        paper.title = "\(OfficialForm.day(text("day")))办公会纪要"
        let chair = view.row.values["chair"]?.whole.map { organisation.name(PersonID($0)).zh } ?? ""
        paper.body = ["\(OfficialForm.day(text("day")))，\(chair)主持召开办公会，会议议定："]
        paper.body += text("discussion").split(whereSeparator: \.isNewline).map(String.init)
        paper.body += (view.row.values["points"]?.list ?? []).enumerated().map { index, point in
            let owner = point["owner"].whole.map { organisation.name(PersonID($0)).zh } ?? ""
            let due = OfficialForm.day(point["due"].text ?? "")
            return "\(index + 1)．\(point["what"].text ?? "")（\(owner)，\(due)前完成）。"
        }
        paper.attendance = [("出席", "present"), ("请假", "excused"), ("列席", "listening")].map { ($0.0, text($0.1)) }.filter { !$0.1.isEmpty }
        (paper.issuer, paper.isSealed) = (school, false)
        (paper.printer, paper.printedOn) = (school + "信息室", OfficialForm.day(text("day")))
        return paper
    }
}
