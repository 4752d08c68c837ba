import Kernel
import WorkCalendar

/// A document whose later step asks for much, and judges days against each other.
struct Booking: Document {
    enum State: String, CaseIterable, Sendable { case asked, settled }
    static let name = "booking"
    var room = ""
    var seats = 0
    var from: Day?
    var until: Day?
    var guest = PersonID.none
    var note = ""
    init() {}

    static let form = Form<Booking>(
        "用房", "Booking", number: "用房",
        states: [.asked: .open("待安排", "Asked"), .settled: .done("已安排", "Settled")], readers: [.post(nurse), .post(doctor)],
        [
            .text(\.room, "房间", "Room").unique(under: clinic[1]), .whole(\.seats, "人数", "Seats", in: 1...9),
            .day(\.from, "开始", "From").optional(), .day(\.until, "结束", "Until").optional(),
            .person(\.guest, "来宾", "Guest").optional(), .text(\.note, "安排说明", "Note"),
        ])
    static let ask = Step<Booking>(
        "ask", "申请", "Ask", to: .asked, by: .post(nurse), under: clinic[1], fields: [\.room, \.seats, \.guest])
    static let settle = Step<Booking>(
        "settle", "安排", "Settle", from: .asked, to: .settled, by: .post(doctor), under: clinic[2],
        fields: [\.note, \.seats, \.from, \.until, \.guest]
    ) { booking, act in
        try act.require(booking.note != "不行", "不能这样安排", "It cannot be so")
    }.checking { booking, check in
        let from = booking.from ?? .first, until = booking.until ?? .first
        check.require(check.act.today <= from, "开始日期不能早于今天", "The first day cannot be before today", at: \.from)
        check.require(from <= until, "结束日期不能早于开始日期", "The last day cannot be before the first", at: \.until, \.from, under: clinic[1])
    }
    static let steps = [ask, settle]

    static let contents = RegulationContents(clinic, articles: clinicArticles, posts: [nurse, doctor], documents: [Booking.self])
}
