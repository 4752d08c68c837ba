import Kernel
import WorkCalendar

/// What happens to an asset by other documents' steps.
extension ITAsset {
    /// The receiver has accepted it.
    package static let move = Step<ITAsset>(
        "move", "调配", "Move", from: .inStock, .inUse, .lent, to: .inUse, by: .system, under: enterpriseIT["第二章8"], isOptional: true
    ) { asset, act in try asset.follow(act) }
    /// The same for a time: `lentUntil` says until when.
    package static let lend = Step<ITAsset>(
        "lend", "借出", "Lend", from: .inStock, to: .lent, by: .system, under: enterpriseIT["第二章8"], isOptional: true
    ) { asset, act in try asset.follow(act) }
    /// Back in the store: nobody holds it.
    package static let giveBack = Step<ITAsset>(
        "giveBack", "退库", "Return to store", from: .inUse, .lent, to: .inStock, by: .system, under: enterpriseIT["第二章8"], isOptional: true
    ) { asset, act in try asset.follow(act) }

    private mutating func follow(_ act: Act) throws {
        movedTo.at = act.now
        movedTo.fromPlace = place
        if movedTo.place.isEmpty { movedTo.place = place }
        (place, keeper) = (movedTo.place, movedTo.keeper)
        using = keeper.isNone ? .none : act.organisation.home(of: keeper, on: act.today) ?? .none
        moves.append(movedTo)
        movedTo = MoveLine()
        changedAt = act.now
        act.hold(keeper)
    }

    /// A difference of a stocktake was decided.
    package static let settle = Step<ITAsset>(
        "settle", "按盘点决定更正", "Settle by decision", from: .inStock, .inUse, .lent, .repair, .missing, to: nil, by: .system,
        under: enterpriseIT["第二章22"], isOptional: true)
    /// 盘亏: it keeps its last holder and place.
    package static let lose = Step<ITAsset>(
        "lose", "盘亏", "Missing", from: .inStock, .inUse, .lent, .repair, to: .missing, by: .system, under: enterpriseIT["第二章22"],
        isOptional: true)

    /// What a report says of its protection: never of holder, place, state or remarks.
    package static let observe = Step<ITAsset>(
        "observe", "记录清单", "Observe", from: .inStock, .inUse, .lent, .repair, .missing, to: nil, by: .system, under: enterpriseIT["第二章10"],
        isOptional: true)
    package static let age = Step<ITAsset>(
        "age", "防护状态转为不明", "Protection becomes unknown", from: .inUse, .lent, to: nil, by: .system, under: enterpriseIT["第二章10"],
        isOptional: true
    ) { asset, _ in asset.protection = .unknown }
    package static let install = Step<ITAsset>(
        "install", "登记软件", "Enter software", from: .inUse, .inStock, .lent, to: nil, by: .system, under: enterpriseIT["第二章16"],
        isOptional: true)
    package static let markSecret = Step<ITAsset>(
        "markSecret", "涉密标记", "Secret mark", from: .inUse, .inStock, .lent, to: nil, by: .system, under: enterpriseIT["第二章15"],
        isOptional: true)

    /// 第二章13, 15: what may hang on the network and have an address of it.
    static func requireConnectable(_ asset: Found<ITAsset>, _ act: Act) throws {
        try act.require(
            [State.inUse, .inStock, .lent].contains { $0 == asset.state }, "该设备已报废、待报废、盘亏或在维修，不能接入网络，也不能分配地址",
            "It is scrapped or to be scrapped, missing or in repair: it is not connected and gets no address")
        try act.require(
            !asset.value.isSecret, "涉密计算机不得接入网络，也不得分配地址", "A secret computer is never connected and gets no address",
            under: enterpriseIT["第二章15"])
    }

    /// What a report says of an asset's protection counts until the asset changes, or for so many days.
    static func isFresh(_ asset: ITAsset, at now: Moment, days: Int) -> Bool {
        guard let reported = asset.reportedAt else { return false }
        return reported.adding(days: days) >= now && (asset.changedAt.map { $0 <= reported } ?? true)
    }

    /// 防护状态: of what nobody has reported lately nothing is known.
    static let daily = Duty("protection", "防护状态时效", "Age of protection states", under: enterpriseIT["第二章10"], .eachDay, lastIsEnough: true)
    { duty in
        let days = try duty.parameter(.inventoryDays)
        for state in [State.inUse, .lent] {
            for asset in try duty.all(ITAsset.self, in: state, createdBy: duty.now.day)
            where [.good, .poor].contains(asset.value.protection) && !isFresh(asset.value, at: duty.now, days: days) {
                try duty.take(age, on: asset.id)
            }
        }
    }

    /// 第二章10: protection that is off, and what has told nothing.
    static let unprotected = Finding(
        "unprotected", "病毒防护不正常或不明", "Protection is off, or unknown", under: enterpriseIT["第二章10"], in: State.inUse, .lent,
        by: .post(.networkStaff)
    ) { (asset: ITAsset, _) in [.poor, .unknown].contains(asset.protection) }
    /// In use with a day of return is what was lent before such assets had a state of their own.
    static let overdue = Finding(
        "asset-lent-overdue", "借用资产逾期未还", "A lent asset is overdue", under: enterpriseIT["第二章8"], in: State.lent, .inUse,
        by: .post(.assetStaff)
    ) { (asset: ITAsset, now) in asset.lentUntil.map { $0 < now.day } ?? false }
}
