import Kernel
import WorkCalendar

/// 档案保全 (第25条): an unsettled debt, a lawsuit, an authority: the files are neither destroyed nor changed until it is released. Several may
/// lie on one file.
package struct LegalHoldOrder: Document {
    package enum State: String, CaseIterable, Sendable { case placed, released }
    package static let name = "legal-hold"
    package enum Ground: String, Choosable {
        case unset = "", lawsuit, authority, debt, audit
        package var words: Words {
            switch self {
            case .unset: Words("", "")
            case .lawsuit: Words("诉讼、仲裁", "Lawsuit or arbitration")
            case .authority: Words("主管机关要求", "An authority asks")
            case .debt: Words("债权债务未结清", "Unsettled debt")
            case .audit: Words("审计、调查", "Audit or inquiry")
            }
        }
    }

    package var files: [ID<CustomerFile>] = []
    package var ground = Ground.unset
    package var reason = "", outcome = ""
    package var reviewOn: Day?
    package init() {}

    package static let form = Form<LegalHoldOrder>(
        "档案保全", "Legal hold", number: "保全", states: [.placed: .open("保全中", "In force"), .released: .done("已解除", "Released")],
        readers: [.archive],
        [
            .references(\.files, "客户档案", "Files").listed(), .choice(\.ground, "事由", "Ground").listed(), .prose(\.reason, "说明", "Reason"),
            .day(\.reviewOn, "复核日期", "Review on").listed(), .prose(\.outcome, "复核或解除说明", "What came of it"),
        ])
    static let review = Deadline(
        "review", "复核保全", "Review the hold", under: confidentiality[25], escalatesTo: .post(.serviceManager), reminders: [.days(7)])
    package static let deadlines = [review]

    package static let place = Step<LegalHoldOrder>(
        "place", "设置保全", "Place", to: .placed, by: .either(.informationSupervisor, .serviceManager, .archivist), under: confidentiality[25],
        fields: [\.files, \.ground, \.reason, \.reviewOn]
    ) { order, act in
        order.startReview(act)
        try act.placeHold(on: order.files)
        act.notify(.officers, "已对 \(order.files.count) 件档案设置保全", "\(order.files.count) files are under legal hold")
    }.checking { order, check in
        check.require(!order.files.isEmpty, "请选择要保全的档案", "Name the files that are held", at: \.files)
        order.checkReview(check)
    }
    package static let prolong = Step<LegalHoldOrder>(
        "prolong", "复核后继续", "Go on after review", from: .placed, to: nil, by: .officers, under: confidentiality[25],
        fields: [\.reviewOn, \.outcome], isOptional: true
    ) { order, act in
        act.meet(review)
        order.startReview(act)
    }.checking { order, check in order.checkReview(check) }
    package static let release = Step<LegalHoldOrder>(
        "release", "解除保全", "Release", from: .placed, to: .released, by: .officers, notBy: place, under: confidentiality[25],
        fields: [\.outcome], signs: true
    ) { _, act in
        act.meet(review)
        try act.releaseHolds()
    }
    package static let steps = [place, prolong, release]

    private func checkReview(_ check: Checking<LegalHoldOrder>) {
        check.require(reviewOn.map { $0 > check.act.today } ?? false, "复核日期须晚于今天", "The day of review is to come", at: \.reviewOn)
    }

    private func startReview(_ act: Act) {
        if let reviewOn { act.start(Self.review, due: .endOfDay(reviewOn)) }
    }
}
