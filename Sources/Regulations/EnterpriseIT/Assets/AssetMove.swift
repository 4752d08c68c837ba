import Kernel
import WorkCalendar

/// 调拨单: only the centre moves assets, and nothing is somebody's before that person has signed for it (第二章8). Each move has the device
/// checked (第二章22).
package struct AssetMove: Document {
    package enum State: String, CaseIterable, Sendable { case handed, accepted, refused, ended }
    package enum Kind: String, Choosable {
        case none = "", allocate, transfer, lend, giveBack
        package var words: Words {
            switch self {
            case .none: Words("", "")
            case .allocate: Words("领用", "Allocation")
            case .transfer: Words("调拨", "Transfer")
            case .lend: Words("借用", "Loan")
            case .giveBack: Words("退库", "Return to store")
            }
        }
    }
    package var kind = Kind.none
    package var asset = ID<ITAsset>.none
    package var fromKeeper = PersonID.none, receiver = PersonID.none
    package var label = "", fromPlace = "", toPlace = "", reason = "", refusal = ""
    package var until: Day?
    package var request = ID<AssetRequest>.none
    package init() {}

    package static let name = "asset-move"
    package var title: String { label }

    package static let form = Form<AssetMove>(
        "调拨单", "Move", number: "调拨",
        states: [
            .handed: .open("待接收人签收", "To be accepted"), .accepted: .done("已签收", "Accepted"), .refused: .open("拒收，待处理", "Refused"),
            .ended: .no("撤销", "Called off"),
        ],
        readers: [.centre, .post(.storeKeeper), .post(factoryLeader), .head],
        [
            .choice(\.kind, "方式", "Kind").listed(), .reference(\.asset, "资产", "Asset"),
            .text(\.label, "资产名称", "Which asset").code().optional().listed().onceFilled(),
            .person(\.fromKeeper, "原使用人", "From").optional().onceFilled(),
            .text(\.fromPlace, "原地点", "From place").code().optional().onceFilled(),
            .person(\.receiver, "接收人", "Receiver").listed().hint("退库时为接收的保管员", "for a return, the keeper who takes it in"),
            .text(\.toPlace, "新地点", "To place").code().optional().hint("不填则地点不变", "empty: it stays where it is").listed(),
            .day(\.until, "借用至", "Lent until").only(\.kind, .lend), .prose(\.reason, "原因", "Reason").optional().onceFilled(),
            .reference(\.request, "设备申请", "Request").optional().onceFilled(), .text(\.refusal, "拒收原因", "Why it is refused").onceFilled(),
        ])

    package static let order = Step<AssetMove>(
        "order", "开具调拨单", "Order", to: .handed, by: .either(.assetStaff, centreDirector), under: enterpriseIT["第二章8"],
        fields: [\.kind, \.asset, \.receiver, \.toPlace, \.until, \.reason]
    ) { move, act in try move.begin(act) }
    package static let orderByRequest = Step<AssetMove>(
        "orderByRequest", "按申请调拨", "Order by request", to: .handed, by: .system, under: enterpriseIT["第二章8"], fields: []
    ) { move, act in try move.begin(act) }
    package static let accept = Step<AssetMove>(
        "accept", "签收", "Accept", from: .handed, to: .accepted, by: .named(\AssetMove.receiver), under: enterpriseIT["第二章8"],
        enterpriseIT["第二章22"], isIrrevocable: true, signs: true
    ) { move, act in
        let back = move.kind == .giveBack, own = move
        var line = MoveLine()
        (line.place, line.keeper) = (move.toPlace, back ? .none : move.receiver)
        let to = line
        let step = back ? ITAsset.giveBack : move.kind == .lend ? ITAsset.lend : ITAsset.move
        try act.take(step, on: move.asset) {
            $0.movedTo = to
            $0.lentUntil = own.kind == .lend ? own.until : nil
        }
        try AssetCheck.schedule(move.asset, after: ID(act.record.id), act)
        if !move.request.isNone { try act.take(AssetRequest.close, on: move.request) }
    }
    package static let refuse = Step<AssetMove>(
        "refuse", "拒收", "Refuse", from: .handed, to: .refused, by: .named(\AssetMove.receiver), under: enterpriseIT["第二章8"],
        fields: [\.refusal], isOptional: true)
    package static let handAgain = Step<AssetMove>(
        "handAgain", "重新交付", "Hand over again", from: .refused, to: .handed, by: .either(.assetStaff, centreDirector),
        under: enterpriseIT["第二章8"], fields: [\.receiver, \.toPlace]
    ) { move, act in try move.begin(act) }
    package static let end = Step<AssetMove>(
        "end", "撤销调拨", "Call off", from: .handed, .refused, to: .ended, by: .either(.assetStaff, centreDirector),
        under: enterpriseIT["第二章8"], isOptional: true)
    package static let steps = [order, orderByRequest, accept, refuse, handAgain, end]

    private mutating func begin(_ act: Act) throws {
        guard let found = try act.load(asset) else { return }
        let isFree = found.state == .inStock
        switch kind {
        case .allocate, .lend: try act.require(isFree, "只有在库资产可以领用或借用", "Only what is in the store is allocated or lent")
        case .transfer, .giveBack:
            try act.require(
                found.state == .inUse || found.state == .lent, "只有在用资产可以调拨或退库", "Only what is in use is transferred or returned")
        case .none: break
        }
        if kind == .lend {
            try act.require(until.map { $0 >= act.today } ?? false, "请填写今天以后的归还日期", "Enter the day of its return")
        }
        let others = try act.find(\AssetMove.asset, is: asset, in: .handed, limit: 1)
        try act.require(others.isEmpty, "该资产已有一张待签收的调拨单", "Another move of it waits for its receiver")
        (label, fromKeeper, fromPlace) = (found.value.title, found.value.keeper, found.value.place)
    }
}
