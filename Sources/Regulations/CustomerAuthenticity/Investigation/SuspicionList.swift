import Kernel
import WorkCalendar

/// 可疑清单: what was listed for one working day, as it stood when it was listed (第七条). Made by the system in the night after it, an empty
/// one too.
package struct SuspicionList: Document {
    package enum State: String, CaseIterable, Sendable { case compiled }

    package var day: Day?
    package var count = 0
    package var rows: [SuspicionListRow] = []
    package init() {}

    init(of day: Day) { self.day = day }

    package static let name = "suspicion-list"

    package static let form = Form<SuspicionList>(
        "可疑清单", "List of suspicious customers", number: "清单", states: [.compiled: .done("已生成", "Compiled")],
        readers: [.either(.customerService, .compliance)],
        [
            .day(\.day, "清单日期", "List of").indexed().listed(), .whole(\.count, "件数", "Items", in: 0...1_000_000).listed(),
            .lines(\.rows, "问题件", "Items on it").optional().unindexed(),
        ])

    package static let compile = Step<SuspicionList>("compile", "生成清单", "Compile", to: .compiled, by: .system, under: authenticity[7]) {
        list, act in
        guard let day = list.day else { return }
        try list.lookAtBook(act)
        let items = try act.all(Suspicion.self, in: .noticed, createdBy: day)
        for item in items { try act.take(Suspicion.list, on: item.id) }
        list.rows = try items.map { try SuspicionListRow($0, act) }
        list.count = items.count
        if items.isEmpty { return }
        act.notify(
            .post(.customerService), "\(day) 的可疑清单共 \(items.count) 件，请整理分发",
            "The list of \(day) has \(items.count) item\(items.count == 1 ? "" : "s"); sort and distribute")
    }
    package static let steps = [compile]

    /// 第七条: the list of a working day is closed by the end of the next. Run again, there is nothing left to list.
    package static let nightly = Duty(
        "suspicious-list", "可疑客户问题件清单", "List of suspicious customers", under: authenticity[7], .eachWorkingDay
    ) { duty in try duty.create(SuspicionList(of: duty.day), by: SuspicionList.compile) }

    /// So far back is looked for what was closed as corrected and is there again, in days.
    private static let lookedBack = 400

    /// What intakes do not see: what is shared still, or again, under an exemption that has ended, or in an item that was closed as
    /// corrected.
    private func lookAtBook(_ act: Act) throws {
        let search = ValueSearch(act: act)
        for exemption in try act.all(Exemption.self, in: .ended, createdBy: act.today) { try exemption.value.look(search) }
        let first = act.today.adding(days: -Self.lookedBack)
        for item in try act.all(Suspicion.self, in: .closed, createdFrom: first, createdBy: act.today)
        where item.value.conclusion == .corrected {
            try search.look(.phone, item.value.phone)
            try search.look(.account, item.value.account)
            try search.look(.address, item.value.address)
        }
    }
}

/// An item as it stood on the list.
package struct SuspicionListRow: Line {
    package var item = ID<Suspicion>.none
    package var kind = Suspicion.Kind.unknown
    package var value = ""
    package var customers = ""
    package var policies = ""
    package var agents = ""
    package var channels = ""
    package init() {}

    init(_ found: Found<Suspicion>, _ act: Act) throws {
        (item, kind, channels) = (found.id, found.value.kind, found.value.channels)
        value = found.value.maskedValue
        func listed<D: Document>(_ ids: [ID<D>], _ word: (D) -> String) throws -> String {
            try ids.compactMap { try act.load($0).map { word($0.value) } }.filter { !$0.isEmpty }.joined(separator: "、")
        }
        customers = try listed(found.value.customers) { $0.customerNo.isEmpty ? SealedKind.maskName($0.name) : $0.customerNo }
        policies = try listed(found.value.policies, \.title)
        agents = try listed(found.value.agents, \.agentNo)
    }

    package static let fields: [Field<SuspicionListRow>] = [
        .reference(\.item, "问题件", "Item"), .choice(\.kind, "线索", "Clue"), .text(\.value, "相同的号码", "What is shared"),
        .text(\.customers, "客户", "Customers"), .text(\.policies, "保单", "Policies").optional(),
        .text(\.agents, "业务员", "Agents").optional(), .codes(\.channels, "渠道", "Channels", Channel.choices).optional(),
    ]
}

extension Suspicion {
    /// What of the shared value may be shown.
    var maskedValue: String {
        if !phone.isEmpty { return SealedKind.phone.mask(phone) }
        if !account.isEmpty { return SealedKind.account.mask(account) }
        return documentNumber.isEmpty ? SealedKind.address.mask(address) : SealedKind.document.mask(documentNumber)
    }
}
