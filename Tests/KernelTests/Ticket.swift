import EngineFixture
import Kernel
import TestOffice
import WorkCalendar

/// A document with two forms, and a clock that may have run out before it is written.
struct Ticket: Document {
    enum State: String, CaseIterable, Sendable { case open, closed }
    enum Kind: String, Choosable {
        case unknown = "", fault, wish

        var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .fault: Words("故障", "Fault")
            case .wish: Words("建议", "Wish")
            }
        }
    }

    static let name = "ticket"
    var kind = Kind.unknown
    var device = "", idea = ""
    var since: Moment?, endedAt: Moment?
    init() {}

    static let form = Form<Ticket>(
        "报修", "Ticket", number: "报修", states: [.open: .open("待处理", "Open"), .closed: .done("已处理", "Closed")], readers: [.post(doctor)],
        [
            .choice(\.kind, "种类", "Kind"), .text(\.device, "设备", "Device").only(\.kind, .fault),
            .text(\.idea, "想法", "Idea").only(\.kind, .wish), .moment(\.since, "开始", "Since"), .moment(\.endedAt, "结束", "Ended").optional(),
        ])

    static let answer = Deadline(
        "answer", "答复", "Answer", under: clinic[1], escalatesTo: .post(doctor), reminders: [.share(50), .share(80)])
    static let deadlines = [answer]

    static let write = Step<Ticket>(
        "write", "登记", "Write", to: .open, by: .post(nurse), under: clinic[1], fields: [\.kind, \.device, \.idea, \.since]
    ) { ticket, act in
        guard let since = ticket.since else { return }
        act.start(answer, due: since.adding(hours: 10), since: since) { Words("前任", "the one before") }
    }
    static let close = Step<Ticket>(
        "close", "处理", "Close", from: .open, to: .closed, by: .post(doctor), under: clinic[1], fields: [\.endedAt]
    ) { ticket, act in
        if let ended = ticket.endedAt { act.meet(answer, at: ended) } else { act.meet(answer) }
    }
    static let steps = [write, close]

    static let contents = RegulationContents(clinic, articles: clinicArticles, posts: [nurse, doctor], documents: [Ticket.self])

    static func with(_ engine: TestEngine, _ body: (TestOffice, _ nurse: Principal, _ doctor: Principal) async throws -> Void) async throws
    {
        try await TestOffice.with(engine, [contents]) { office in
            try await body(office, Principal(try await office.hire("nurse", nurse)), Principal(try await office.hire("doctor", doctor)))
        }
    }
}
