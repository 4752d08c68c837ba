import Kernel
import WorkCalendar

/// 用房: anybody asks for a room, and whoever keeps the rooms settles it, with much to fill in and a signature.
enum RoomRegulation {
    static let regulation = Regulation("rooms", Words("用房制度", "Rules on rooms"), short: Words("用房", "Rooms"), numbering: .arabic)
    static let keeper = Post("room-keeper", "房管员", "Keeper of rooms")
    static let contents = RegulationContents(
        regulation,
        articles: Array(
            """
            articles:
            - {ref: 第1条, zh: "用房须申请。", en: "Rooms are asked for.", kind: [workflow], demands: ["asking"]}
            - {ref: 第2条, zh: "用房须安排。", en: "Rooms are settled.", kind: [workflow], demands: ["settling"]}
            """.utf8),
        posts: [keeper], documents: [RoomRequest.self])
}

struct RoomRequest: Document {
    enum State: String, CaseIterable { case asked, settled, refused }
    static let name = "room"
    var purpose = ""
    var seats = 0
    var place = ""
    var from: Day?
    var until: Day?
    var keys: [FileReference] = []

    static let form = Form<RoomRequest>(
        "用房申请", "Room", number: "用房",
        states: [.asked: .open("待安排", "Asked"), .settled: .done("已安排", "Settled"), .refused: .no("不予安排", "Refused")],
        readers: [.post(RoomRegulation.keeper)],
        [
            .text(\.purpose, "用途", "Purpose"), .whole(\.seats, "人数", "Seats", in: 1...99), .text(\.place, "房间", "Place").onceFilled(),
            .day(\.from, "开始", "From").optional().onceFilled(), .day(\.until, "结束", "Until").optional().onceFilled(),
            .files(\.keys, "钥匙清单", "Keys").optional().onceFilled(),
        ])
    static let answer: Deadline = Deadline("answer", "答复", "Answer", under: RoomRegulation.regulation[2], escalatesTo: .head)
    static let deadlines = [answer]

    static let ask = Step<RoomRequest>(
        "ask", "申请", "Ask", to: .asked, by: .staff, under: RoomRegulation.regulation[1], fields: [\.purpose, \.seats]
    ) { _, act in act.start(answer, due: act.now.adding(hours: 10)) }
    static let settle = Step<RoomRequest>(
        "settle", "安排", "Settle", from: .asked, to: .settled, by: .post(RoomRegulation.keeper), notBy: ask,
        under: RoomRegulation.regulation[2], fields: [\.place, \.seats, \.from, \.until, \.keys], signs: true
    ) { _, act in act.meet(answer) }.checking { room, check in
        let from = room.from ?? .first, until = room.until ?? .first
        check.require(check.act.today <= from, "开始日期不能早于今天", "The first day cannot be before today", at: \.from)
        check.require(from <= until, "结束日期不能早于开始日期", "The last day cannot be before the first", at: \.until, \.from)
    }
    static let refuse = Step<RoomRequest>(
        "refuse", "不予安排", "Refuse", from: .asked, to: .refused, by: .post(RoomRegulation.keeper),
        under: RoomRegulation.regulation[2], isOptional: true)
    static let steps = [ask, settle, refuse]
}

extension WebOffice {
    /// Asks for a room by the clerk.
    func room() async throws -> Int64 {
        try await office.desk.take(RoomRequest.ask, input: ["purpose": .text("培训"), "seats": .text("20")], by: Principal(clerk)).id
    }
}
