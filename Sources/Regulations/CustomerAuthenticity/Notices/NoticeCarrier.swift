import Kernel
import Store
import WorkCalendar

/// 通知投递: hands notices over to whoever carries them further, and enters what is reported of them. Runs beside the other jobs; several
/// servers may run it: a lease keeps them apart, and each notice is claimed before it leaves.
package struct NoticeCarrier: Sendable {
    let desk: Desk
    private let gateways: [NoticeWay: any MessageGateway]

    /// - Parameters:
    ///   - messages: for short messages; without it they stay queued.
    ///   - mail: for mail.
    package init(desk: Desk, messages: (any MessageGateway)?, mail: (any MessageGateway)?) {
        self.desk = desk
        var gateways: [NoticeWay: any MessageGateway] = [:]
        (gateways[.sms], gateways[.mail]) = (messages, mail)
        self.gateways = gateways
    }

    /// By which codes leave, where there is a gateway for short messages.
    package var codes: (any CodeDelivery)? { gateways[.sms].map { MessagedCodes(desk: desk, gateway: $0) } }

    package struct Outcome: Sendable {
        package let notice: ID<CustomerNotice>
        /// `nil` where it was taken over.
        package let fault: Words?
    }

    /// So many are handed over at a time: one that gets no answer holds up no others.
    private static let abreast = 8

    /// One round of what is queued.
    /// - Returns: what was tried; nothing where another server is at it.
    @discardableResult
    package func round() async throws -> [Outcome] {
        if gateways.isEmpty { return [] }
        return try await desk.store.withLease("customer-notices") {
            var outcomes: [Outcome] = [], last = ID<CustomerNotice>.none
            while true {
                let part = try await desk.waiting(CustomerNotice.self, in: .queued, after: last)
                guard let end = part.last else { return outcomes }
                outcomes += try await carry(part)
                last = end
            }
        } ?? []
    }

    private func carry(_ notices: [ID<CustomerNotice>]) async throws -> [Outcome] {
        try await withThrowingTaskGroup(of: Outcome?.self) { group in
            var outcomes: [Outcome] = [], rest = notices[...]
            for notice in rest.prefix(Self.abreast) { group.addTask { try await carry(notice) } }
            rest = rest.dropFirst(Self.abreast)
            while let outcome = try await group.next() {
                if let outcome { outcomes.append(outcome) }
                if let notice = rest.popFirst() { group.addTask { try await carry(notice) } }
            }
            return outcomes
        }
    }

    private func carry(_ id: ID<CustomerNotice>) async throws -> Outcome? {
        guard let waiting = try await desk.load([id]).first, let gateway = gateways[waiting.value.way] else { return nil }
        do {
            let claimed = try await desk.take(CustomerNotice.claim, on: id.raw, by: .system)
            if let refusal = claimed.refusal { return Outcome(notice: id, fault: refusal.words) }
        } catch DeskError.conflict { return nil }
        guard let notice = try await desk.load([id]).first?.value else { return nil }
        let template = try await desk.load([notice.template]).first?.value
        let outcome: HandingOutcome
        do {
            outcome = try await gateway.hand(notice.message(template), at: desk.clock.now())
        } catch let error where !(error is StoreError) {
            // The program stops, or so it is taken: the next one that starts hands it over under the same key.
            try await take(CustomerNotice.release, on: id)
            return nil
        }
        return Outcome(notice: id, fault: try await settle(id, outcome, isLastTry: notice.isLastTry))
    }

    /// - Returns: why it was not taken over; `nil` where it was.
    private func settle(_ id: ID<CustomerNotice>, _ outcome: HandingOutcome, isLastTry: Bool) async throws -> Words? {
        let (step, said, words): (Step<CustomerNotice>, HandingAttempt.Outcome, Words?) =
            switch outcome {
            case .taken: (CustomerNotice.accept, .taken, nil)
            case .noSuchAddress(let words): (CustomerNotice.refuseAddress, .noSuchAddress, words)
            case .unacceptable(let words): (CustomerNotice.abandon, .unacceptable, words)
            case .later(let words): (isLastTry ? CustomerNotice.abandon : CustomerNotice.postpone, .later, words)
            case .unsure(let words): (isLastTry ? CustomerNotice.abandon : CustomerNotice.falter, .unsure, words)
            }
        let number = if case .taken(let number) = outcome { number } else { "" }
        let note: @Sendable (inout CustomerNotice) -> Void = { notice in
            if !number.isEmpty { notice.gatewayNumber = number }
            guard let last = notice.attempts.indices.last else { return }
            (notice.attempts[last].outcome, notice.attempts[last].detail) = (said, String((words?.zh ?? "").prefix(200)))
        }
        do { try await take(step, on: id, note) } catch DeskError.conflict {
            // A report was quicker than the answer, and says more.
            do { try await take(CustomerNotice.noteNumber, on: id, note) } catch DeskError.conflict {}
        }
        return words
    }

    private func take(
        _ step: Step<CustomerNotice>, on id: ID<CustomerNotice>, _ change: @escaping @Sendable (inout CustomerNotice) -> Void = { _ in }
    ) async throws {
        try await desk.take(step, on: id.raw, by: .system) { document in
            guard var notice = document as? CustomerNotice else { return }
            change(&notice)
            document = notice
        }
    }

    // MARK: Reports

    /// Enters what a gateway reports: once, however often it comes, and whatever is known of the notice by then.
    /// - Parameter json: a report, or a list of them.
    /// - Throws: `DeskError.invalid` where it is none.
    package func take(reported json: JSONValue) async throws {
        let now = desk.clock.now(), list = if case .list(let list) = json { list } else { [json] }
        let reports = list.compactMap { GatewayReport($0, at: now) }
        guard reports.count == list.count, !reports.isEmpty else {
            throw DeskError.invalid([.init(field: "", Words("回执无法读取", "The report cannot be read"))])
        }
        for report in reports {
            // Of a code nothing is kept, and what is not ours is none of our business.
            guard let found = try await notice(of: report) else { continue }
            try await enter(report, on: found)
        }
    }

    private func notice(of report: GatewayReport) async throws -> Found<CustomerNotice>? {
        if let (reference, _) = report.parts { return try await desk.find(\CustomerNotice.reference, is: reference).first }
        return report.number.isEmpty ? nil : try await desk.find(\CustomerNotice.gatewayNumber, is: report.number).first
    }

    private func enter(_ report: GatewayReport, on found: Found<CustomerNotice>) async throws {
        let line = {
            var line = report.report
            line.round = report.parts?.round ?? found.value.round
            return line
        }()
        do {
            if !found.value.reports.contains(where: line.saysTheSame) {
                try await take(CustomerNotice.report, on: found.id) { notice in
                    if !notice.reports.contains(where: line.saysTheSame) { notice.reports.append(line) }
                    if notice.gatewayNumber.isEmpty { notice.gatewayNumber = report.number }
                }
            }
            guard let now = try await desk.load([found.id]).first, let step = Self.step(for: now) else { return }
            try await take(step, on: found.id)
        } catch DeskError.conflict {
            // Another server entered the same, or the notice waits for nothing any more.
        }
    }

    /// What follows from all reports together; `nil` where nothing does.
    private static func step(for found: Found<CustomerNotice>) -> Step<CustomerNotice>? {
        switch (DeliveryVerdict.of(found.value.reports, round: found.value.round), found.state) {
        case (.none, _), (.delivered, .delivered), (.permanent, .permanent): nil
        case (.delivered, _): CustomerNotice.deliver
        case (.permanent, _): CustomerNotice.failForGood
        case (.temporary, .handed) where found.value.isLastTry: CustomerNotice.abandon
        case (.temporary, .handed), (.temporary, .sending), (.temporary, .technical), (.temporary, .unknown): CustomerNotice.failForNow
        case (.temporary, _): nil
        }
    }
}
