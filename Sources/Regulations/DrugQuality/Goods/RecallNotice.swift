import Kernel
import WorkCalendar

/// 药品召回通知: the licence holder recalls; whoever sold the batch tells its buyers within the time of the level, and collects.
package struct RecallNotice: Document {
    package enum State: String, CaseIterable, Sendable { case received, told, concluded }

    package enum Grade: String, Choosable {
        case unknown = "", first, second, third

        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .first: Words("一级（可能引起严重健康危害）", "Level 1: serious harm")
            case .second: Words("二级（暂时或可逆的危害）", "Level 2: temporary or reversible")
            case .third: Words("三级（其他原因）", "Level 3: other reasons")
            }
        }
    }

    package var batch = ID<GoodsBatch>.none
    package var grade = Grade.unknown
    package var from = "", noticeNo = "", outcome = "", progress = ""
    package var receivedAt: Moment?
    package var buyers: [BatchSale] = []
    package var collected = 0
    package init() {}

    package static let name = "recall-notice"

    package static let form = Form<RecallNotice>(
        "召回通知", "Recall notice", number: "召回",
        states: [
            .received: .open("待通知购货单位", "Buyers to be told"), .told: .open("召回中", "Being recalled"), .concluded: .done("召回完毕", "Concluded"),
        ],
        readers: [.hub, .leaders],
        [
            .reference(\.batch, "批次", "Batch").listed(), .choice(\.grade, "召回级别", "Level").listed(),
            .text(\.from, "发起企业", "From").code(), .text(\.noticeNo, "通知编号", "Number").code(),
            .moment(\.receivedAt, "收到时间", "Received").listed(),
            .lines(\.buyers, "购货单位", "Buyers").optional(), .whole(\.collected, "已收回数量", "Collected", in: 0...100_000_000),
            .prose(\.progress, "进展", "Progress").optional(), .prose(\.outcome, "结果", "Outcome"),
        ])

    package static let telling = Deadline(
        "telling", "通知购货单位", "Tell the buyers", under: drugQuality[7], escalatesTo: .either(.qualityHead, .enterpriseManager),
        reminders: [.share(50), .share(80)])
    package static let progressing = Deadline(
        "progressing", "报告召回进展", "Report progress", under: drugQuality[7], escalatesTo: .either(.qualityHead, .enterpriseManager))
    package static let deadlines = [telling, progressing]

    /// Within so many days of its level the buyers are told, and so often is it said how far it has come.
    private func days(_ act: Act) throws -> Int {
        switch grade {
        case .first, .unknown: try act.parameter(.recallFirstDays)
        case .second: try act.parameter(.recallSecondDays)
        case .third: try act.parameter(.recallThirdDays)
        }
    }

    package static let register = Step<RecallNotice>(
        "register", "登记召回", "Register", to: .received, by: .hub, under: drugQuality[7],
        fields: [\.batch, \.grade, \.from, \.noticeNo, \.receivedAt], isIrrevocable: true
    ) { notice, act in
        guard let batch = try act.load(notice.batch), let received = notice.receivedAt else { return }
        try act.require(received <= act.now, "收到时间不能晚于现在", "It cannot have been received after now")
        notice.buyers = batch.value.sales
        act.start(telling, due: received.adding(days: try notice.days(act)), since: received) {
            let names = act.organisation.holders(of: Post.qualityHead.id, within: act.record.scope, on: act.today).map {
                act.organisation.name($0)
            }
            return Words(names.map(\.zh).joined(separator: "、"), names.map(\.en).joined(separator: ", "))
        }
        act.notify(.leaders, "收到\(notice.grade.words.zh)召回", "A recall was received")
    }
    package static let tell = Step<RecallNotice>(
        "tell", "购货单位已全部通知", "All buyers told", from: .received, to: .told, by: .hub, under: drugQuality[7], fields: [\.buyers]
    ) { notice, act in
        let untold = notice.buyers.filter { $0.toldAt == nil }.map(\.buyer)
        try act.require(
            untold.isEmpty, "还有购货单位没有通知时间：\(untold.joined(separator: "、"))",
            "Some buyers have no time at which they were told: \(untold.joined(separator: ", "))")
        act.meet(telling)
        act.start(progressing, due: act.now.adding(days: try notice.days(act)))
    }
    package static let report = Step<RecallNotice>(
        "report", "登记进展", "Report progress", from: .told, to: nil, by: .hub, under: drugQuality[7], fields: [\.collected, \.progress],
        isOptional: true
    ) { notice, act in
        try act.require(!notice.progress.isEmpty, "请写明召回进展", "Say how far it has come")
        act.restart(progressing, due: act.now.adding(days: try notice.days(act)))
    }
    package static let conclude = Step<RecallNotice>(
        "conclude", "召回完毕", "Conclude", from: .told, to: .concluded, by: .hub, under: drugQuality[7], fields: [\.collected, \.outcome],
        signs: true
    ) { _, act in act.meet(progressing) }.task("办结召回", "Conclude the recall")
    package static let steps = [register, tell, report, conclude]
}
