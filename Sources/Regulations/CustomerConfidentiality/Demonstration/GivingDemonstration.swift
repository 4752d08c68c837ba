import Kernel
import WorkCalendar

extension ServiceDemonstration {
    /// What leaves the archive and what is held in it: provisions in each state, one without its receipt; a lawsuit; persons who ask; old
    /// files
    /// whose term is over; an amendment that waits for the general manager.
    func give(_ number: Int, at now: Moment) async throws {
        switch number {
        case 7: try await closeOldFiles()
        case 9: try await hold(at: now)
        case 11, 13, 15: try await provide(number, at: now)
        case 12, 16: try await hear(number)
        case 14: try await amend(at: now)
        default: break
        }
    }

    private func files(_ count: Int) async throws -> [Int64] {
        var query = RegisterQuery()
        (query.states, query.isCounted, query.sort, query.limit) = (["open"], false, .oldest, count)
        return try await desk.register(CustomerFile.name, query, by: office.supervisor.person).rows.filter { $0.level < .secret }.map(\.id)
    }

    /// Customers who left long ago, entered now: the list of what is due has them with the next month.
    private func closeOldFiles() async throws {
        for (name, closed) in [("旧友商行", "2012-05-03"), ("同源广告公司", "2013-12-31"), ("百顺代理", "2014-01-01")] {
            let id = try await desk.take(
                CustomerFile.openFile,
                input: [
                    "subclass": .text("dealer"), "customer": .text(name), "withoutCode": .text("已注销"), "copies": .whole(1),
                    "region": .text("广州"), "retention": .text("D10"),
                ], by: office.specialist
            ).id
            try await desk.take(CustomerFile.close, on: id, input: ["closedOn": .text(closed)], by: office.specialist)
        }
    }

    private func hold(at now: Moment) async throws {
        try await desk.take(
            LegalHoldOrder.place,
            input: [
                "files": .list(try await files(2).map { .whole($0) }), "ground": .text("lawsuit"), "reason": .text("合同纠纷诉讼，档案须完整保留"),
                "reviewOn": .text(now.day.adding(days: 90).description),
            ], by: office.supervisor)
    }

    /// The first has its receipt, the second's is missing, the third waits for the manager.
    private func provide(_ number: Int, at now: Moment) async throws {
        guard let file = try await files(6).last else { return }
        let order = try await desk.keep(file: "调取函.txt", content: Array("调取函 \(number)".utf8), by: office.specialist)
        let id = try await desk.take(
            OutsideProvision.apply,
            input: [
                "kind": .text("duty"), "file": .whole(file), "recipient": .text("市场监督管理局"), "recipientContact": .text("来函所列"),
                "purpose": .text("核查经销资质"), "way": .text("密封送达"), "given": .text("customer;region"), "legalGround": .text("依法协助调查"),
                "until": .text(now.day.adding(days: 180).description), "order": .list([order.stored]),
            ], by: office.specialist
        ).id
        try await desk.take(OutsideProvision.supervise, on: id, by: office.supervisor)
        if number == 15 { return }
        try await desk.take(OutsideProvision.approve, on: id, by: office.manager)
        try await desk.take(OutsideProvision.handOver, on: id, by: office.specialist)
        guard number == 11 else { return }
        let receipt = try await desk.keep(file: "回执.txt", content: Array("回执 \(number)".utf8), by: office.specialist)
        try await desk.take(
            OutsideProvision.acknowledge, on: id, input: ["receivedBy": .text("经办人"), "receipt": .list([receipt.stored])], by: office.specialist)
    }

    private func hear(_ number: Int) async throws {
        let id = try await desk.take(
            PersonRequest.receive,
            input: [
                "kind": .text(number == 12 ? "access" : "erasure"), "who": .text(number == 12 ? "卫青禾" : "祁连山"),
                "wants": .text("本人及所代表单位的信息"), "ground": .text(number == 12 ? "" : "ended"),
            ].filter { !$0.value.isEmpty }, by: office.specialist
        ).id
        guard number == 12, let file = try await files(1).first else { return }
        try await desk.take(PersonRequest.verify, on: id, input: ["identity": .text("核对证件原件"), "file": .whole(file)], by: office.specialist)
    }

    private func amend(at now: Moment) async throws {
        let change: JSONValue = .record([
            .init("ref", .text("第21条")), .init("newZh", .text("各级人员相互配合，遵守保密制度，每年复训一次。")),
            .init("newEn", .text("All cooperate, keep the rules, and are trained anew each year.")),
        ])
        let id = try await desk.take(
            CharterAmendment.draft,
            input: [
                "subject": .text("增加每年复训"), "reason": .text("去年检查发现新员工不熟悉制度"), "changes": .list([change]),
                "inForceFrom": .text(now.day.adding(days: 120).description),
            ], by: office.supervisor
        ).id
        try await desk.take(CharterAmendment.submit, on: id, by: office.manager)
    }
}
