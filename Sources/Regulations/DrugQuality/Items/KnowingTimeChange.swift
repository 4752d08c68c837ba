import Kernel
import WorkCalendar

/// 更正知悉时间: both values stay, with the reason and who approved it; the ten hours are counted anew (（7）).
package struct KnowingTimeChange: Document {
    package enum State: String, CaseIterable, Sendable { case requested, approved, refused }
    package var item = ID<QualityItem>.none
    package var before: Moment?, after: Moment?
    package var reason = "", answer = ""
    package init() {}

    package static let name = "knowing-time-change"

    package static let form = Form<KnowingTimeChange>(
        "更正知悉时间", "Change of the knowing time", number: "更时",
        states: [.requested: .open("待批准", "Requested"), .approved: .done("已更正", "Changed"), .refused: .no("不予更正", "Refused")],
        readers: [.hub, .leaders],
        [
            .reference(\.item, "质量信息", "Item").listed(), .moment(\.before, "原知悉时间", "Before").listed(),
            .moment(\.after, "更正为", "After").listed(), .prose(\.reason, "理由", "Reason"), .text(\.answer, "不予更正的理由", "Why not"),
        ])

    package static let request = Step<KnowingTimeChange>(
        "request", "申请更正知悉时间", "Ask", to: .requested, by: .staff, under: drugQuality[7], fields: [\.item, \.after, \.reason]
    ) { change, act in
        guard let found = try act.load(change.item), let after = change.after else { return }
        change.before = found.value.knownAt
        try change.require(after, found, act)
        act.notify(
            .any([.post(.qualityHead), .post(.enterpriseManager)]), "有人申请更正知悉时间，请审批", "A change of a knowing time waits for approval")
    }
    package static let approve = Step<KnowingTimeChange>(
        "approve", "批准更正", "Approve", from: .requested, to: .approved, by: .either(.qualityHead, .enterpriseManager), notBy: request,
        under: drugQuality[7], signs: true
    ) { change, act in
        guard let found = try act.load(change.item), let after = change.after else { return }
        try change.require(after, found, act)
        try act.take(QualityItem.move, on: change.item) { $0.newKnownAt = after }
    }
    package static let refuse = Step<KnowingTimeChange>(
        "refuse", "不予更正", "Refuse", from: .requested, to: .refused, by: .either(.qualityHead, .enterpriseManager), notBy: request,
        under: drugQuality[7], fields: [\.answer], isOptional: true)
    package static let steps = [request, approve, refuse]

    private func require(_ after: Moment, _ found: Found<QualityItem>, _ act: Act) throws {
        let item = found.value
        try act.require(after != item.knownAt, "与原知悉时间相同，无须更正", "It is the time that stands there")
        try act.require(
            after <= found.record.created, "知悉时间不能晚于上报时间（\(found.record.created)），请核对",
            "It cannot have become known after it was reported (\(found.record.created)); check it")
        try act.require(
            item.occurredAt.map { $0 <= after } ?? true, "知悉时间不能早于发生时间，请核对", "It cannot have been known before it happened; check it")
        let isOpen = found.state.map { [.reported, .returned, .analysed, .decided, .answered, .acknowledged].contains($0) } ?? false
        try act.require(isOpen, "该件已办结，请先重新办理", "The item is closed; reopen it first")
    }
}
