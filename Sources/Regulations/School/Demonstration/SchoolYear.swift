import Kernel
import WorkCalendar

/// The months before the weeks that are told morning by morning: everything goes its way to the end.
extension SchoolDemonstration {
    /// A part of a week: its first morning and afternoon, then its second.
    package func remember(_ week: Int, _ part: Int, at now: Moment) async throws {
        switch part {
        case 0:
            if week == 0 { try await keepSeal() }
            if week % 2 == 0 { try await write(Self.released[week / 2 % Self.released.count], at: now) }
            if week % 2 == 1 { try await market(Self.called[week / 2 % Self.called.count], at: now) }
            if week % 4 == 1 { try await receive(Self.received[week / 4 % Self.received.count], now.day) }
            if week % 3 == 1 { try await copy([4, 16, 28][week / 3 % 3]) }
        case 1:
            if week % 4 == 2 { try await issue(Self.issued[week / 4 % Self.issued.count]) }
            if week % 11 != 6 { try await readWhatCame(0) }
        case 2:
            try await settleMonth()
            try await handle()
        default:
            if week % 11 == 6 { try await readWhatCame(0) }
        }
    }

    /// Mornings of which every item goes out, and every call is taken in.
    private static let released = [0, 4, 14, 18, 22, 24, 28, 32, 34, 38, 2, 10, 20], called = [4, 7, 13, 16, 22, 25]
    private static let issued = [
        "关于期末考试安排的通知", "关于寒假值班的通知", "关于春季招生工作的通知", "关于教学质量检查的通知", "关于校园开放日的通知", "关于暑期培训的通知", "关于新学期教材发放的通知",
    ]
    private static let received = [
        "关于开展冬季消防安全检查的通知", "关于报送年度统计的通知", "关于规范办学收费的通知", "关于组织教师培训的通知", "关于做好防汛工作的通知", "关于学籍信息核对的通知",
    ]

    /// What falls due with a month or a quarter.
    private func settleMonth() async throws {
        for row in try await rows(MarketReport.name, ["due"], by: office.director) {
            try await desk.take(MarketReport.submit, on: row.id, input: ["content": .text("本月咨询 28 次，签约 3 份。")], by: office.westReporter)
            try await desk.take(MarketReport.receive, on: row.id, by: office.marketSpecialist)
        }
        for row in try await rows(ManagerReport.name, ["due"], by: office.manager) {
            guard let author = row.values["author"]?.whole else { continue }
            try await desk.take(
                ManagerReport.submit, on: row.id, input: ["content": .text("本月各项信息工作按时完成。")], by: Principal(PersonID(author)))
            try await desk.take(ManagerReport.read, on: row.id, input: ["answer": .text("已阅。")], by: office.manager)
        }
        for row in try await rows(MarketAnalysis.name, ["due"], by: office.director) {
            try await desk.take(
                MarketAnalysis.submit, on: row.id, input: ["analysis": .text("咨询量平稳，周末班需求上升。"), "proposal": .text("增开周末班。")],
                by: office.marketSpecialist)
            try await desk.take(MarketAnalysis.accept, on: row.id, input: ["answer": .text("同意。")], by: office.director)
        }
    }

    /// What went round is filed; what came from outside and was given to a department is handled.
    private func handle() async throws {
        for row in try await rows(InformationItem.name, ["released"], by: office.officeHead) {
            try await desk.take(InformationItem.file, on: row.id, by: office.clerk)
        }
        for row in try await rows(IncomingDocument.name, ["decided"], by: office.officeHead) {
            try await desk.take(IncomingDocument.handle, on: row.id, input: ["result": .text("已按要求办理。")], by: office.dean)
            try await desk.take(IncomingDocument.reply, on: row.id, input: ["answer": .text("已书面回复来文单位。")], by: office.clerk)
            try await desk.take(IncomingDocument.file, on: row.id, by: office.clerk)
        }
    }
}
