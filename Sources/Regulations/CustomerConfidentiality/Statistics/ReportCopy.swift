import Kernel

/// 报表发放登记: one numbered copy of an issue, whom it was given to, and the receipt (第12条).
package struct ReportCopy: Document {
    package enum State: String, CaseIterable, Sendable { case issued, received, kept, recalled }
    package static let name = "report-copy"
    package var report = ID<StatisticalReport>.none
    package var recipient = PersonID.none
    package var heading = "", period = "", remark = "", reason = ""
    package var copyNumber = 0
    package var rows: [ReportRow] = []
    package init() {}
    package var title: String { heading }

    package static let form = Form<ReportCopy>(
        "报表发放登记", "Copy of a report", number: "发表",
        states: [
            .issued: .open("待签收", "To be received"), .received: .done("已签收", "Received"), .kept: .done("存档份", "Kept in the archive"),
            .recalled: .no("已收回", "Recalled"),
        ],
        readers: [.archive],
        reserved: .verbs(.print, .export, from: .topSecret, under: confidentiality[12], notIn: [State.recalled.rawValue]),
        [
            .reference(\.report, "统计报表", "Report"), .text(\.heading, "报表名称与统计期", "Report and period").code().listed(),
            .whole(\.copyNumber, "份号", "Copy no.", in: 1...9999).listed(), .person(\.recipient, "领取人", "Recipient").optional().listed(),
            .text(\.period, "统计期", "Period").code().optional(), .lines(\.rows, "统计数据", "Figures").optional().unindexed(),
            .prose(\.remark, "分析说明", "Comment").optional(), .text(\.reason, "收回原因", "Why it is recalled").onceFilled(),
        ])

    package static let issue = Step<ReportCopy>("issue", "发放", "Issue", to: .issued, by: .system, under: confidentiality[12]) { copy, act in
        act.notify([copy.recipient], "统计报表“\(copy.heading)”已发放，请签收", "A report has been issued to you; acknowledge it")
    }
    package static let keep = Step<ReportCopy>("keep", "存档", "Keep", to: .kept, by: .system, under: confidentiality[12])
    package static let receive = Step<ReportCopy>(
        "receive", "签收", "Receive", from: .issued, to: .received, by: .named(\ReportCopy.recipient), under: confidentiality[12], signs: true
    )
    package static let recall = Step<ReportCopy>(
        "recall", "收回", "Recall", from: .issued, .received, to: .recalled, by: .officers, under: confidentiality[12], fields: [\.reason],
        isOptional: true
    ) { copy, act in
        act.notify([copy.recipient], "统计报表第 \(copy.copyNumber) 份已收回，请交还客户服务部", "Your copy of a report is recalled; give it back")
    }
    package static let steps = [issue, keep, receive, recall]
}
