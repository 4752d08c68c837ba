import Kernel
import WorkCalendar

/// 回执: a word of the gateway's about one part of a message, with its own time and when it came. Reports come twice, late and in any order.
package struct DeliveryReport: Line {
    package enum Outcome: String, Choosable {
        case unknown = "", sent, delivered, temporary, permanent

        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .sent: Words("已发出", "Sent on")
            case .delivered: Words("已送达", "Delivered")
            case .temporary: Words("暂时失败", "Failed for now")
            case .permanent: Words("永久失败", "Failed for good")
            }
        }
    }

    package var round = 1
    /// 0: of the whole message.
    package var part = 0
    package var parts = 1
    package var outcome = Outcome.unknown
    package var at: Moment?
    package var cameAt: Moment?
    package var detail = ""
    package init() {}

    package static let fields: [Field<DeliveryReport>] = [
        .whole(\.round, "轮次", "Round", in: 0...10_000), .whole(\.part, "第几条", "Part", in: 0...100),
        .whole(\.parts, "共几条", "Of", in: 0...100),
        .choice(\.outcome, "状态", "State"), .moment(\.at, "网关时间", "The gateway's time"), .moment(\.cameAt, "收到时间", "Came at"),
        .text(\.detail, "网关说明", "Detail").optional(),
    ]

    /// Whether it says the same; when it came does not matter.
    func saysTheSame(as other: DeliveryReport) -> Bool {
        (round, part, parts, outcome, at) == (other.round, other.part, other.parts, other.outcome, other.at)
    }
}

/// What all reports together say of a notice, in whatever order they came: the last word by the gateway's own time counts, a long message
/// is delivered when its last part is, and what failed in an earlier round says nothing of this one.
package enum DeliveryVerdict: Sendable, Equatable {
    case none, delivered, temporary, permanent

    package static func of(_ reports: [DeliveryReport], round: Int) -> DeliveryVerdict {
        let rounds = Dictionary(grouping: reports, by: \.round).mapValues(ofOneRound)
        if rounds.contains(where: { $0.key != round && $0.value == .delivered }), rounds[round] != .permanent { return .delivered }
        return rounds[round] ?? .none
    }

    private static func ofOneRound(_ reports: [DeliveryReport]) -> DeliveryVerdict {
        let parts = max(1, reports.map(\.parts).max() ?? 1)
        let verdicts = (1...parts).map { part in ofOnePart(reports.filter { $0.part == part || $0.part == 0 }) }
        if verdicts.contains(.permanent) { return .permanent }
        if verdicts.allSatisfy({ $0 == .delivered }) { return .delivered }
        return verdicts.contains(.temporary) ? .temporary : .none
    }

    private static func ofOnePart(_ reports: [DeliveryReport]) -> DeliveryVerdict {
        func last(_ outcome: DeliveryReport.Outcome) -> Moment? { reports.filter { $0.outcome == outcome }.compactMap(\.at).max() }
        switch (last(.delivered), last(.permanent)) {
        case (nil, nil): return last(.temporary) == nil ? .none : .temporary
        case (_?, nil): return .delivered
        case (nil, _?): return .permanent
        case (let delivered?, let failed?): return failed > delivered ? .permanent : .delivered
        }
    }
}

/// A report as the gateway posts it.
package struct GatewayReport: Sendable {
    package let key: String
    package let number: String
    package let report: DeliveryReport

    /// The most parts that a message of the greatest length has, and some.
    private static let mostParts = 16

    /// - Parameter json: `{"key": …, "id": …, "state": "sent" | "delivered" | "temporary" | "permanent", "part": 1, "parts": 2, "at": …}`.
    /// - Returns: `nil` where it is none.
    package init?(_ json: JSONValue, at now: Moment) {
        (key, number) = (json["key"].text ?? "", json["id"].text ?? json["id"].whole.map(String.init) ?? "")
        guard !key.isEmpty || !number.isEmpty, let said = json["state"].text, let outcome = DeliveryReport.Outcome(rawValue: said),
            outcome != .unknown
        else { return nil }
        var report = DeliveryReport()
        (report.outcome, report.cameAt) = (outcome, now)
        // What is reported from tomorrow is of now.
        report.at = min(now, json["at"].text.flatMap { Moment(iso: $0) } ?? now)
        report.parts = Int(max(1, min(json["parts"].whole ?? 1, Int64(Self.mostParts))))
        report.part = Int(max(0, min(json["part"].whole ?? 0, Int64(report.parts))))
        report.detail = String((json["detail"].text ?? "").prefix(200))
        self.report = report
    }

    /// What was handed over: the reference of the notice, and the round.
    var parts: (reference: String, round: Int)? {
        guard let dash = key.lastIndex(of: "-"), let round = Int(key[key.index(after: dash)...]) else { return nil }
        return (String(key[..<dash]), round)
    }
}
