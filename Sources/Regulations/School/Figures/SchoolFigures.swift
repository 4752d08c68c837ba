import Kernel
import WorkCalendar

/// 信息工作指标: of one unit and month, drawn from the registers and never typed (第四条, 第二十三条).
package struct SchoolFigures: Document {
    package enum State: String, CaseIterable, Sendable { case counted, provisional }
    package var period = ""
    package var measured = UnitID.none
    package var items = 0, deliveries = 0, medianMinutes = 0, worstMinutes = 0
    package var acknowledged = 0, inTime = 0, returned = 0, unchanged = 0
    package var reports = 0, reportsInTime = 0, lateReports = 0, returnedReports = 0
    package init() {}

    package static let name = "school-figures"
    package var title: String { period }

    private static let many = 0...1_000_000_000
    package static let form = Form<SchoolFigures>(
        "信息工作指标", "Figures of information work",
        states: [.counted: .done("已统计", "Counted"), .provisional: .done("暂计（签收期限未满）", "Provisional")],
        readers: [.office, .management, .head],
        [
            .text(\.period, "月份", "Month").code().indexed().listed(), .unit(\.measured, "单位", "Unit").listed(),
            .whole(\.items, "发出信息件", "Items sent", in: many).listed(), .whole(\.deliveries, "送达次数", "Deliveries", in: many).listed(),
            .whole(\.medianMinutes, "送达中位时间（分钟）", "Median delivery, minutes", in: many).listed(),
            .whole(\.worstMinutes, "最长送达时间（分钟）", "Worst delivery, minutes", in: many).listed(),
            .whole(\.acknowledged, "已签收", "Acknowledged", in: many), .whole(\.inTime, "按时签收", "Acknowledged in time", in: many).listed(),
            .whole(\.returned, "退回更正件数", "Returned", in: many).listed(),
            .whole(\.unchanged, "阅读内容一致", "Digest unchanged", in: many).listed(),
            .whole(\.reports, "应呈报", "Reports due", in: many), .whole(\.reportsInTime, "按期呈报", "Reports in time", in: many),
            .whole(\.lateReports, "逾期呈报", "Reports late", in: many).listed(),
            .whole(\.returnedReports, "退回更正的呈报", "Reports returned", in: many).listed(),
        ])

    package static let count = Step<SchoolFigures>("count", "统计", "Count", to: .provisional, by: .system, under: school[4], school[23])
    package static let recount = Step<SchoolFigures>(
        "recount", "复计", "Count again", from: .provisional, to: nil, by: .system, under: school[4])
    package static let settle = Step<SchoolFigures>(
        "settle", "定计", "Settle", from: .provisional, to: .counted, by: .system, under: school[4])
    package static let steps = [count, recount, settle]

    package static let monthly = Duty("school-figures", "信息工作指标", "Figures of information work", under: school[4], .eachMonth) { duty in
        let book = try MonthBook(duty.period, duty)
        for unit in book.units { try duty.create(book.figures(of: unit), by: count, in: book.place(of: unit, duty)) }
    }

    /// What was delivered on the last days may be acknowledged in time for a while yet: until that is over the month is counted again each
    /// day.
    package static let daily = Duty(
        "school-figures-again", "信息工作指标复计", "Figures counted again", under: school[4], .eachDay, lastIsEnough: true
    ) { duty in
        let open = try duty.all(SchoolFigures.self, in: .provisional, createdBy: duty.now.day)
        for (period, found) in Dictionary(grouping: open, by: \.value.period).sorted(by: { $0.key < $1.key }) {
            guard let month = SchoolMonth.days(of: period) else { continue }
            let book = try MonthBook(month, duty), step = book.isSettled(at: duty.now) ? settle : recount
            for figures in found {
                let counted = book.figures(of: figures.value.measured)
                try duty.take(step, on: figures.id) { $0 = counted }
            }
        }
    }

    mutating func add(items found: [Found<InformationItem>]) {
        items = found.count { $0.value.releasedAt != nil }
        returned = found.count { $0.value.returns > 0 }
    }

    /// Delivery is from when the writer handed it in until it was opened; what was not opened yet is not in the median.
    mutating func add(deliveries found: [Found<Delivery>], _ items: [Found<InformationItem>], _ hours: (usual: Int, important: Int)) {
        deliveries = found.count
        let written = Dictionary(items.map { ($0.id, $0.record.created) }) { first, _ in first }
        let minutes = found.compactMap { found -> Int? in
            guard let opened = found.value.openedAt else { return nil }
            return Int((written[found.value.item] ?? found.record.created).distance(to: opened) / 60_000)
        }.sorted()
        (medianMinutes, worstMinutes) = (Self.median(minutes), minutes.last ?? 0)
        acknowledged = found.count { $0.state == .acknowledged }
        inTime = found.count { found in
            guard let delivered = found.value.deliveredAt, let acknowledged = found.value.acknowledgedAt else { return false }
            return acknowledged <= delivered.adding(hours: found.value.isImportant ? hours.important : hours.usual)
        }
        unchanged = found.count { !$0.value.readDigest.isEmpty && $0.value.readDigest == $0.value.digest }
    }

    /// By the first due day. One that was never handed in is late as soon as that is over.
    mutating func add(reports found: [Found<MarketReport>], on today: Day) {
        reports = found.count
        lateReports = found.count { found in
            found.value.isLate || (found.value.submittedOn == nil && found.value.firstDue.map { $0 < today } ?? false)
        }
        reportsInTime = found.count { $0.value.submittedOn != nil && !$0.value.isLate }
        returnedReports = found.count { $0.value.returns > 0 }
    }

    /// Of an even count the mean of the two in the middle.
    package static func median(_ sorted: [Int]) -> Int {
        if sorted.isEmpty { return 0 }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}
