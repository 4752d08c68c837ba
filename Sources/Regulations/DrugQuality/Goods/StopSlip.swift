import Kernel
import WorkCalendar

/// 停售通知单: a batch is neither sold nor moved until the quality department, in another person than the one who stopped it, releases it. Two
/// slips on one batch stand apart.
package struct StopSlip: Document {
    package enum State: String, CaseIterable, Sendable { case stopped, released, condemned }
    package var batch = ID<GoodsBatch>.none
    package var item = ID<QualityItem>.none
    package var reason = "", result = ""
    package var places: [StockPlace] = []
    package var buyers: [BatchSale] = []
    package init() {}

    package static let name = "stop-slip"

    package static let form = Form<StopSlip>(
        "停售通知单", "Stop slip", number: "停售",
        states: [
            .stopped: .open("停售", "Stopped"), .released: .done("已解除停售", "Released"), .condemned: .no("不合格", "Unfit"),
        ],
        readers: [.staff],
        [
            .reference(\.batch, "批次", "Batch").listed(), .reference(\.item, "质量信息", "Item").optional(), .prose(\.reason, "停售原因", "Reason"),
            .lines(\.places, "各处数量", "Quantity by place").optional(), .lines(\.buyers, "购货单位", "Buyers").optional(),
            .prose(\.result, "复核结论", "Result"),
        ])

    package static let issue = Step<StopSlip>(
        "issue", "下达停售", "Stop", to: .stopped, by: .hub, under: drugQuality[7], fields: [\.batch, \.item, \.reason], isIrrevocable: true,
        signs: true
    ) { slip, act in
        guard let batch = try act.load(slip.batch) else { return }
        try act.take(GoodsBatch.unreserve, on: slip.batch)
        // Nothing in stock is not nothing: what was sold and what is on its way is listed too.
        slip.places = batch.value.stock
        slip.buyers = batch.value.sales
        let name = batch.value.title
        act.notify(
            everybody(act), "停售：\(name)，已拣货、预留的取消出库，在途的拦回；隔离存放，等待解除通知",
            "The batch is stopped: cancel what is picked, hold what is on its way, keep it apart")
    }
    package static let release = Step<StopSlip>(
        "release", "解除停售", "Release", from: .stopped, to: .released, by: .hub, notBy: issue, under: drugQuality[7], fields: [\.result],
        signs: true
    ) { slip, act in
        try act.require(!slip.result.isEmpty, "请写明复核结论", "Say what the re-check found")
        let others = try act.find(\StopSlip.batch, is: slip.batch, limit: 100).filter { $0.state == .stopped || $0.state == .condemned }
        let rest = others.isEmpty ? "可以恢复销售" : "另有停售单 \(others.compactMap(\.record.number).joined(separator: "、"))，仍不得销售"
        let english = others.isEmpty ? "it may be sold" : "other slips still stop it"
        act.notify(everybody(act), "停售单已解除：\(rest)", "A stop slip was released: \(english)")
    }
    package static let condemn = Step<StopSlip>(
        "condemn", "认定不合格", "Find unfit", from: .stopped, to: .condemned, by: .hub, notBy: issue, under: drugQuality[7], fields: [\.result],
        isOptional: true, signs: true
    ) { slip, act in
        try act.require(!slip.result.isEmpty, "请写明复核结论", "Say what the re-check found")
        act.notify(everybody(act), "停售批次认定不合格，请移入不合格区", "A stopped batch is unfit; move it to the unfit zone")
    }
    package static let steps = [issue, release, condemn]

    /// Whoever works where the slip holds.
    private static func everybody(_ act: Act) -> [PersonID] {
        act.organisation.people.keys.filter { act.organisation.isInService($0, within: act.record.scope, on: act.today) }
    }
}
