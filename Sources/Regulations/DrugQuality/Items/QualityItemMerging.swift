import Kernel
import WorkCalendar

/// 并案: the same reported twice is one item; the earliest knowing time counts, and every reporter is answered.
extension QualityItem {
    package static let merge = Step<QualityItem>(
        "merge", "并入另一件", "Merge into another", from: .reported, .analysed, to: .merged, by: .hub, under: drugQuality[2], drugQuality[8],
        fields: [\.main], isOptional: true, isIrrevocable: true
    ) { item, act in
        guard let main = try act.load(item.main), main.id.raw != act.record.id else {
            return try act.require(false, "请选择要并入的另一件质量信息", "Choose the item to merge it into")
        }
        let isOpen: [State] = [.reported, .returned, .analysed, .decided]
        try act.require(
            main.state.map(isOpen.contains) ?? false, "只能并入尚未反馈的质量信息；已反馈的请先重新办理",
            "It can be merged into an item that is not fed back yet; reopen that one first")
        var reporter = Reporter()
        (reporter.person, reporter.knownAt, reporter.item) = (act.requester, item.knownAt, ID(act.record.id))
        let (known, urgency, own) = (item.knownAt, item.urgency, item)
        try act.take(absorb, on: main.id) { main in
            main.reporters.append(reporter)
            if let known, main.knownAt.map({ known < $0 }) ?? true { main.newKnownAt = known }
            // What is abnormal in one of them is so in both; a receipt of the one is none of the other.
            if main.urgency == .ordinary, urgency != .ordinary {
                main.urgency = urgency
                (main.receipt, main.receivedAt, main.receivedBy) = (own.receipt, own.receivedAt, own.receivedBy)
                main.isUrgentByMerging = true
            }
        }
        act.meet(urgent)
        act.meet(adverseReport)
        // A duplicate is no failure and no success.
        try FeedbackRecord.assess(item.record, act) { $0.isExcused = true }
    }
    package static let absorb = Step<QualityItem>(
        "absorb", "并入一件", "Take another one in", from: .reported, .returned, .analysed, .decided, to: nil, by: .system,
        under: drugQuality[2], isOptional: true
    ) { item, act in
        let earlier = item.newKnownAt
        item.newKnownAt = nil
        if item.isUrgentByMerging {
            item.isUrgentByMerging = false
            if let earlier { (item.firstKnownAt, item.knownAt) = (item.firstKnownAt ?? item.knownAt, earlier) }
            try item.startUrgent(act)
        } else if let earlier {
            // The reporter of the main item knew when he knew: the record stays.
            try item.move(knownAt: earlier, act, isReporters: false)
        }
    }

    /// What is fed back on the main item goes to those who reported the merged ones.
    func answerMerged(_ act: Act) throws {
        for other in try act.find(\QualityItem.main, is: ID(act.record.id), in: .merged, limit: 1000) {
            let feedback = feedback
            try act.take(other.record.creator.isNone ? Self.settleAlong : Self.answerAlong, on: other.id) { $0.feedback = feedback }
        }
    }

    package static let answerAlong = Step<QualityItem>(
        "answerAlong", "随主件反馈", "Fed back with the main item", from: .merged, to: .mergedAnswered, by: .system, under: drugQuality[8])
    package static let settleAlong = Step<QualityItem>(
        "settleAlong", "随主件办结", "Settled with the main item", from: .merged, to: .settled, by: .system, under: drugQuality[8],
        isOptional: true)
    package static let acknowledgeAlong = Step<QualityItem>(
        "acknowledgeAlong", "确认收到反馈", "Acknowledge", from: .mergedAnswered, to: .settled, by: .requester, under: drugQuality[8])
}
