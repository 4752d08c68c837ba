import Kernel
import WorkCalendar

/// 文印: what was printed or copied, how many pages, how secret (第二十一条). A confidential title does not stand in the queue.
package struct PrintJob: Document {
    package enum State: String, CaseIterable, Sendable { case requested, done, refused }
    package var subject = "", answer = ""
    package var item = ID<InformationItem>.none
    package var secrecy = Secrecy.unknown
    package var pages = 1, copies = 1, sheets = 0
    package init() {}

    package static let name = "print-job"
    package var title: String { secrecy.isConfidential ? "" : subject }

    package static let form = Form<PrintJob>(
        "文印登记", "Print or copy job", number: "文印",
        states: [.requested: .open("待文印", "Requested"), .done: .done("已文印", "Done"), .refused: .no("不予文印", "Refused")],
        readers: [.post(.administrativeSpecialist), .office],
        [
            .text(\.subject, "文件", "Document").listed(), .reference(\.item, "信息件", "Item").optional().onceFilled()
                .hint("受控、核心的必须选择；密级随信息件", "for what is controlled or core; its secrecy is the item's"),
            .choice(\.secrecy, "密级", "Secrecy").listed(), .whole(\.pages, "页数", "Pages", in: 1...100_000).listed(),
            .whole(\.copies, "份数", "Copies", in: 1...10_000).listed(),
            .whole(\.sheets, "合计页数", "Pages in all", in: 0...1_000_000_000).onceFilled(),
            .text(\.answer, "不予文印的理由", "Why not").onceFilled(),
        ])

    package static let request = Step<PrintJob>(
        "request", "申请文印", "Request", to: .requested, by: .staff, under: school[21], school[2],
        fields: [\.subject, \.item, \.secrecy, \.pages, \.copies]
    ) { job, act in
        let item = try act.load(job.item)?.value
        if let item { job.secrecy = item.secrecy }
        try act.require(
            !job.secrecy.isConfidential || item.map { $0.core.contains(act.person) } ?? false, "受控、核心信息须选择对应的信息件，且只有核心人员名单上的人可以申请文印",
            "A confidential document is named as an item, and printed by people on its core list alone", under: school[2])
        if job.secrecy.isConfidential { act.raise(to: job.secrecy.level) }
        job.sheets = job.pages * job.copies
    }
    package static let finish = Step<PrintJob>(
        "finish", "文印完成", "Done", from: .requested, to: .done, by: .post(.administrativeSpecialist), under: school[21], fields: []
    ).task("办理文印", "Print it")
    package static let refuse = Step<PrintJob>(
        "refuse", "不予文印", "Refuse", from: .requested, to: .refused, by: .post(.administrativeSpecialist), under: school[21],
        fields: [\.answer], isOptional: true)
    package static let steps = [request, finish, refuse]
}
