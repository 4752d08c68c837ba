import Kernel
import Print
import WorkCalendar

/// 发文 as it goes on paper in the layout of GB/T 9704 (第十六条).
package struct OfficialForm {
    let view: DocumentView
    let organisation: Organisation

    package init(_ view: DocumentView, _ organisation: Organisation) { (self.view, self.organisation) = (view, organisation) }

    private func text(_ key: String) -> String { view.row.values[key]?.text ?? "" }
    private func choice<C: Choosable>(_ type: C.Type, _ key: String) -> C { C(stored: view.row.values[key] ?? .null) ?? C() }

    /// 2026年1月5日: no padding zeros.
    package static func day(_ text: String) -> String {
        Day(iso: text).map { "\($0.year)年\($0.month)月\($0.day)日" } ?? ""
    }

    private func recipients(_ role: Recipient.Role) -> String {
        (view.row.values["recipients"]?.list ?? [])
            .filter { ((Recipient.Role(stored: $0["role"]) ?? .unsaid) == .copy) == (role == .copy) }
            .compactMap { $0["name"].text }.joined(separator: "，")
    }

    package var paper: OfficialPaper {
        var paper = OfficialPaper()
        let kind = choice(OfficialKind.self, "kind"), direction = choice(Direction.self, "direction"),
            secrecy = choice(Secrecy.self, "secrecy")
        paper.style = kind == .minutes ? .minutes : kind == .letter ? .letter : direction == .up ? .up : .down
        let signer = view.row.values["signer"]?.whole.map { organisation.name(PersonID($0)).zh } ?? ""
        paper.mark = text("issuer") + (kind == .minutes ? "会议纪要" : kind == .letter ? "" : "文件")
        (paper.number, paper.signer, paper.title) = (view.row.number ?? "", signer, text("subject"))
        // No star, which is a state secret's; nothing at all on what is not secret.
        paper.corner =
            (secrecy.isConfidential ? [secrecy.words.zh] : [])
            + [choice(Urgency.self, "urgency")].filter { $0 != .ordinary }.map(\.words.zh)
        paper.recipients = recipients(.main)
        paper.copies = recipients(.copy)
        paper.body = text("text").split(whereSeparator: \.isNewline).map(String.init)
        paper.attachments = (view.row.values["files"]?.list ?? []).compactMap { $0["name"].text }
        paper.attendance = [("出席", "present"), ("请假", "excused"), ("列席", "attending")].map { ($0.0, text($0.1)) }.filter { !$0.1.isEmpty }
        (paper.issuer, paper.day) = (text("issuer"), Self.day(text("documentDay")))
        paper.isSealed = kind.isSealed
        (paper.printer, paper.printedOn) = (text("issuer") + "信息室", Self.day(text("printedOn")))
        return paper
    }
}
