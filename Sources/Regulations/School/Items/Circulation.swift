import Kernel
import WorkCalendar

/// 传阅: in which order something goes from one reader to the next, and where it is now (第四条, 第十六条).
package struct Circulation: Sendable {
    /// 未送达, and then the states of a delivery.
    package enum Stage: String, Sendable { case waiting, delivered, opened, read, acknowledged, recalled }

    package struct Stop: Sendable, Hashable {
        package let reader: PersonID
        package let stage: Stage
        /// When it came there, and when it was acknowledged.
        package let deliveredAt: Moment?, acknowledgedAt: Moment?
    }

    package let stops: [Stop]
    package let isInOrder: Bool

    /// - Parameters:
    ///   - readers: in the order in which they get it.
    ///   - deliveries: as their register shows them: state, reader and times.
    package init(of readers: [PersonID], inOrder: Bool, _ deliveries: [DocumentRow]) {
        isInOrder = inOrder
        func moment(_ row: DocumentRow?, _ key: String) -> Moment? { row?.values[key]?.text.flatMap { Moment(iso: $0) } }
        let known = Dictionary(deliveries.map { (PersonID($0.values["reader"]?.whole ?? 0), $0) }) { first, _ in first }
        // Whoever got it besides stands at the end: a director whom something important reached at once.
        let others = known.keys.filter { !readers.contains($0) }.sorted { $0.raw < $1.raw }
        stops = (readers + others).map { reader in
            let row = known[reader]
            return Stop(
                reader: reader, stage: row.flatMap { Stage(rawValue: $0.state) } ?? .waiting, deliveredAt: moment(row, "deliveredAt"),
                acknowledgedAt: moment(row, "acknowledgedAt"))
        }
    }

    /// Where it is: those who have it and have not acknowledged it.
    package var present: [PersonID] { stops.filter { [.delivered, .opened, .read].contains($0.stage) }.map(\.reader) }

    static func requireSame(_ readers: [PersonID], as before: [PersonID], _ act: Act) throws {
        try act.require(
            Set(readers) == Set(before) && readers.count == before.count, "这里只排定先后，不增减传阅人员；增减请退回更正或在批办时填写",
            "Here the order is drawn: nobody is added or left out")
    }
}
