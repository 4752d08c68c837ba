import EngineFixture
import Kernel
import TestOffice
import WorkCalendar

/// A document with clocks of every kind: of working days, of a moment, one that ends it, and one that begins with the next working day.
struct Parcel: Document {
    enum State: String, CaseIterable, Sendable { case arrived, opened, granted, ended }
    static let name = "parcel"
    var until: Moment?
    var checkBy: Day?
    init() {}

    static let form = Form<Parcel>(
        "包裹", "Parcel", number: "包裹",
        states: [
            .arrived: .open("已到", "Arrived"), .opened: .open("已开", "Opened"), .granted: .done("准予", "Granted"),
            .ended: .no("已终止", "Ended"),
        ],
        readers: [.post(doctor)],
        [.moment(\.until, "至", "Until").optional(), .day(\.checkBy, "检查期限", "To be checked by").optional()])

    static let check: Deadline = Deadline(
        "check", "检查", "Check", under: clinic[1], escalatesTo: .head, reminders: [.days(2), .hours(4)], moves: reschedule)
    static let listing: Deadline = Deadline("listing", "列入清单", "Listing", under: clinic[1], escalatesTo: .post(doctor))
    static let validity: Deadline = Deadline("validity", "有效期", "Validity", under: clinic[2], takes: lapse)
    static let deadlines = [check, listing, validity]

    static let arrive = Step<Parcel>("arrive", "收件", "Arrive", to: .arrived, by: .post(nurse), under: clinic[1], fields: [\Parcel.until]) {
        parcel, act in
        parcel.checkBy = act.start(check, workingDays: 3).day
        act.start(listing, workingDays: 1, belated: true)
    }
    static let reschedule = Step<Parcel>(
        "reschedule", "改期", "Reschedule", from: .arrived, to: nil, by: .system, under: clinic[1], isOptional: true
    ) { parcel, act in
        parcel.checkBy = try act.due(check)?.adding(milliseconds: -1).day
    }
    static let openUp = Step<Parcel>("open", "开件", "Open", from: .arrived, to: .opened, by: .post(doctor), under: clinic[1]) { _, act in
        act.meet(check)
        act.meet(listing)
    }
    static let shut = Step<Parcel>("shut", "退回", "Shut", from: .opened, to: .arrived, by: .post(doctor), under: clinic[1], isOptional: true)
    { _, act in
        try act.resume(check)
    }
    static let grant = Step<Parcel>("grant", "准予", "Grant", from: .opened, to: .granted, by: .post(doctor), under: clinic[2]) {
        parcel, act in
        if let until = parcel.until { act.start(validity, due: until) }
    }
    static let backdate = Step<Parcel>(
        "backdate", "补记", "Backdate", from: .opened, to: .arrived, by: .post(doctor), under: clinic[1], isOptional: true
    ) { _, act in
        act.start(check, workingDays: 3, since: act.now.adding(days: -1))
    }
    static let lapse = Step<Parcel>("lapse", "到期", "Lapse", from: .granted, to: .ended, by: .system, under: clinic[2], isOptional: true)
    static let steps = [arrive, reschedule, openUp, shut, grant, backdate, lapse]

    static let contents = RegulationContents(clinic, articles: clinicArticles, posts: [nurse, doctor], documents: [Parcel.self])

    static func with(
        _ engine: TestEngine, at start: Moment = TestOffice.start,
        _ body: (_ office: TestOffice, _ parcel: Int64, _ nurse: Principal, _ doctor: Principal) async throws -> Void
    ) async throws {
        try await TestOffice.with(engine, [contents], at: start) { office in
            let nurse = Principal(try await office.hire("nurse", nurse)), doctor = Principal(try await office.hire("doctor", doctor))
            try await body(office, try await office.desk.take("arrive", of: name, by: nurse).id, nurse, doctor)
        }
    }
}
