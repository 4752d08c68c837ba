import Kernel
import WorkCalendar

/// 留存号码: when somebody's number was last known to be that person's, and whether it failed. A number that nothing was heard of for too
/// long may belong to somebody else by now, and one that failed for good reaches nobody: neither opens anything until it is confirmed
/// (第十八条).
package struct QueryTelephone: Document {
    package enum State: String, CaseIterable, Sendable { case good, failed }

    package var holder = ""
    package var telephone = ""
    package var heardAt: Moment?
    package var source = NumberSource.unknown
    package init() {}

    init(_ telephone: String, of holder: String, from source: NumberSource, at now: Moment?) {
        (self.telephone, self.holder, self.source, heardAt) = (telephone, holder, source, now)
    }

    package static let name = "query-telephone"

    package static let form = Form<QueryTelephone>(
        "留存号码", "Number on file",
        states: [.good: .done("可用于验证", "Good"), .failed: .no("发送失败，待确认", "Failed")],
        readers: [.either(.customerService, .compliance)],
        [
            .sealed(\.holder, "本人证件号码", "Document of the holder", .document).listed(),
            .sealed(\.telephone, "号码", "Number", .phone).listed(),
            .moment(\.heardAt, "最近确认时间", "Confirmed at").optional().listed(),
            .choice(\.source, "确认途径", "Confirmed by").optional(),
        ])

    package static let record = Step<QueryTelephone>(
        "record", "确认号码", "Confirm", to: .good, by: .system, under: authenticity[18])
    package static let hear = Step<QueryTelephone>(
        "hear", "再次确认", "Confirm again", from: .good, .failed, to: .good, by: .system, under: authenticity[18], isOptional: true)
    package static let recordFailure = Step<QueryTelephone>(
        "recordFailure", "登记发送失败", "Record a failure", to: .failed, by: .system, under: authenticity[18])
    package static let fail = Step<QueryTelephone>(
        "fail", "发送失败", "Fail", from: .good, to: .failed, by: .system, under: authenticity[18], isOptional: true)
    package static let confirm = Step<QueryTelephone>(
        "confirm", "向本人确认", "Confirm with the person", from: .good, .failed, to: .good, by: .post(.customerService),
        under: authenticity[18], isOptional: true
    ) { number, act in (number.heardAt, number.source) = (act.now, .service) }
    package static let steps = [record, hear, recordFailure, fail, confirm]

    static func find(_ telephone: String, of holder: String, _ inquiry: Inquiry) throws -> Found<QueryTelephone>? {
        let key = SealedKind.document.matchKey(holder)
        if telephone.isEmpty || key.isEmpty { return nil }
        return try inquiry.find(QueryTelephone.self, .phone, is: telephone, limit: 50).first {
            SealedKind.document.matchKey($0.value.holder) == key
        }
    }

    /// The person has shown to have this number.
    static func hear(_ telephone: String, of holder: String, by source: NumberSource, _ act: Act) throws {
        guard let known = try find(telephone, of: holder, act) else {
            try act.create(QueryTelephone(telephone, of: holder, from: source, at: act.now), by: record)
            return
        }
        try act.take(hear, on: known.id) { ($0.heardAt, $0.source) = (act.now, source) }
    }

    /// For whoever sends messages: this number of this person has failed for good.
    static func markFailed(_ telephone: String, of holder: String, _ act: Act) throws {
        if telephone.isEmpty || holder.isEmpty { return }
        guard let known = try find(telephone, of: holder, act) else {
            try act.create(QueryTelephone(telephone, of: holder, from: .unknown, at: nil), by: recordFailure)
            return
        }
        if known.state == .good { try act.take(fail, on: known.id) }
    }
}

/// By what a number is known to be somebody's.
package enum NumberSource: String, Choosable {
    case unknown = "", code, callBack = "call-back", counter, service

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .code: Words("验证码", "A code")
        case .callBack: Words("回拨", "A call back")
        case .counter: Words("柜面核对", "At the counter")
        case .service: Words("客户服务核实", "Customer service")
        }
    }
}
