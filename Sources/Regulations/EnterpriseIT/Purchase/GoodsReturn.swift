import Kernel

/// 退换货: what failed goes back to its supplier, and comes again or is credited (第二章23).
package struct GoodsReturn: Document {
    package enum State: String, CaseIterable, Sendable { case open, sent, settled }
    package enum Action: String, Choosable {
        case none = "", giveBack, exchange
        package var words: Words {
            switch self {
            case .none: Words("", "")
            case .giveBack: Words("退货", "Return")
            case .exchange: Words("换货", "Exchange")
            }
        }
    }
    package var purchase = ID<ITPurchase>.none
    package var acceptance = ID<Acceptance>.none, replacement = ID<Acceptance>.none
    package var line = 0, quantity = 0
    package var item = "", reason = "", result = ""
    package var action = Action.none
    package init() {}

    package static let name = "goods-return"
    package var title: String { item }

    package static let form = Form<GoodsReturn>(
        "退换货单", "Return or exchange", number: "退换",
        states: [.open: .open("待退换", "To be sent back"), .sent: .open("已退出，待结果", "Sent back"), .settled: .done("已办结", "Settled")],
        readers: [.centre, .post(factoryLeader), .post(.finance), .post(.storeKeeper)],
        [
            .reference(\.purchase, "采购", "Purchase").listed(), .reference(\.acceptance, "验收单", "Acceptance"),
            .whole(\.line, "合同行号", "Line", in: 1...1000), .text(\.item, "名称", "Item").code().listed(),
            .whole(\.quantity, "数量", "Quantity", in: 1...100_000).listed(), .choice(\.action, "处理", "Action").listed(),
            .prose(\.reason, "原因", "Reason"), .text(\.result, "结果", "Result").onceFilled(),
            .reference(\.replacement, "换货后的验收单", "Acceptance of the replacement").optional().onceFilled(),
        ])

    static let settling = Deadline(
        "settling", "退换办结", "Settle it", under: enterpriseIT["第二章23"], escalatesTo: .post(centreDirector), ofWorkingDays: true)
    package static let deadlines = [settling]

    static func begin(from acceptance: Acceptance, _ id: ID<Acceptance>, _ act: Act) throws {
        var back = GoodsReturn()
        (back.purchase, back.acceptance, back.line) = (acceptance.purchase, id, acceptance.line)
        (back.quantity, back.item, back.reason, back.action) = (acceptance.failed, acceptance.item, acceptance.reason, acceptance.action)
        try act.create(back, by: open, heldBy: act.person)
    }

    package static let open = Step<GoodsReturn>("open", "开出退换单", "Open", to: .open, by: .system, under: enterpriseIT["第二章23"]) { _, act in
        act.start(settling, workingDays: try act.parameter(.returnWorkingDays))
    }
    package static let send = Step<GoodsReturn>(
        "send", "退出", "Send back", from: .open, to: .sent, by: .post(.assetStaff), under: enterpriseIT["第二章23"])
    package static let settle = Step<GoodsReturn>(
        "settle", "办结", "Settle", from: .sent, to: .settled, by: .post(.assetStaff), under: enterpriseIT["第二章23"],
        fields: [\.result, \.replacement]
    ) { back, act in
        if back.action == .exchange {
            // What was exchanged comes in as a delivery of its own on the same line.
            let found = try act.load(back.replacement)
            let isSame = found.map { $0.value.purchase == back.purchase && $0.value.line == back.line && $0.id != back.acceptance } ?? false
            try act.require(
                isSame && (found?.value.passed ?? 0) >= back.quantity, "换货须另有同一合同行的验收单，且合格数量不少于 \(back.quantity)",
                "An exchange needs another acceptance of the same line with \(back.quantity) passed")
        }
        if let from = try act.load(back.acceptance), from.state == .inspected, from.value.passed == 0 {
            try act.take(Acceptance.fail, on: back.acceptance)
        }
        act.meet(settling)
    }
    package static let steps = [open, send, settle]
}
