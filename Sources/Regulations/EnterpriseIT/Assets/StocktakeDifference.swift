import Kernel
import WorkCalendar

/// 盘点差异: found otherwise than the ledger says. Somebody proposes, the director decides, and only then does the ledger change (第二章22).
package struct StocktakeDifference: Document {
    package enum State: String, CaseIterable, Sendable { case open, proposed, decided }
    package enum Kind: String, Choosable {
        case none = "", missing, surplus, wrongPlace, wrongHolder, wrongConfiguration, brokenSeal
        package var words: Words {
            switch self {
            case .none: Words("", "")
            case .missing: Words("盘亏", "Missing")
            case .surplus: Words("盘盈", "Surplus")
            case .wrongPlace: Words("地点不符", "Wrong place")
            case .wrongHolder: Words("使用人不符", "Wrong holder")
            case .wrongConfiguration: Words("配置不符", "Wrong configuration")
            case .brokenSeal: Words("封条破损", "Broken seal")
            }
        }
    }
    package enum Decision: String, Choosable {
        case none = "", adjust, keep, writeOff, enter
        package var words: Words {
            switch self {
            case .none: Words("", "")
            case .adjust: Words("按实物更正台账", "Adjust the ledger")
            case .keep: Words("台账不变，恢复实物", "Keep the ledger")
            case .writeOff: Words("列为盘亏", "Enter as missing")
            case .enter: Words("查明来源后补登", "Take over into the ledger")
            }
        }
    }
    package var stocktake = ID<Stocktake>.none
    package var asset = ID<ITAsset>.none
    package var number = "", bookPlace = "", foundPlaces = "", cause = "", proposal = "", ground = ""
    package var kind = Kind.none
    package var foundKeeper = PersonID.none
    package var decision = Decision.none
    package init() {}

    package static let name = "stocktake-difference"
    package var title: String { number }

    package static let form = Form<StocktakeDifference>(
        "盘点差异", "Stocktake difference", number: "差异",
        states: [.open: .open("待说明", "To be explained"), .proposed: .open("待决定", "To be decided"), .decided: .done("已决定", "Decided")],
        readers: [.centre, .post(factoryLeader), .post(.finance)],
        [
            .reference(\.stocktake, "盘点", "Stocktake").listed(), .reference(\.asset, "资产", "Asset").optional().onceFilled(),
            .text(\.number, "编号", "Number").indexed().listed(), .choice(\.kind, "差异", "Difference").indexed().listed(),
            .text(\.bookPlace, "账面地点", "Place in the ledger").code().optional().onceFilled(),
            .text(\.foundPlaces, "实物地点", "Found at").code().optional().listed().onceFilled(),
            .person(\.foundKeeper, "实际使用人", "Holder found").optional().onceFilled(), .prose(\.cause, "原因", "Cause").onceFilled(),
            .prose(\.proposal, "处理建议", "Proposal").onceFilled(), .choice(\.decision, "决定", "Decision").listed().onceFilled(),
            .prose(\.ground, "决定理由", "Grounds").onceFilled(),
        ])

    static func open(
        _ difference: StocktakeComparison.Difference, _ asset: ID<ITAsset>, _ stocktake: ID<Stocktake>, _ act: Act
    ) throws {
        var found = StocktakeDifference()
        (found.stocktake, found.asset, found.number) = (stocktake, asset, difference.number)
        (found.bookPlace, found.foundPlaces) = (difference.bookPlace, difference.places.joined(separator: "、"))
        found.kind = Kind(rawValue: difference.outcome.rawValue) ?? .none
        found.foundKeeper = PersonID(difference.keeper)
        try act.create(found, by: raise)
    }

    package static let raise = Step<StocktakeDifference>(
        "raise", "列为差异", "Raise", to: .open, by: .system, under: enterpriseIT["第二章22"])
    package static let propose = Step<StocktakeDifference>(
        "propose", "说明并建议", "Propose", from: .open, to: .proposed, by: .post(.assetStaff), under: enterpriseIT["第二章22"],
        fields: [\.cause, \.proposal])
    package static let decide = Step<StocktakeDifference>(
        "decide", "决定", "Decide", from: .proposed, to: .decided, by: .post(centreDirector), notBy: propose,
        under: enterpriseIT["第二章22"], fields: [\.decision, \.ground], isIrrevocable: true, signs: true
    ) { difference, act in
        try difference.carryOut(act)
        try act.take(Stocktake.settleOne, on: difference.stocktake)
    }
    package static let steps = [raise, propose, decide]

    private func carryOut(_ act: Act) throws {
        switch (kind, decision) {
        case (.surplus, .enter), (.surplus, .keep), (_, .keep): break
        case (.missing, .writeOff): try act.take(ITAsset.lose, on: asset)
        case (.wrongPlace, .adjust):
            let places = foundPlaces.split(separator: "、")
            try act.require(
                places.count == 1, "该资产在多处被扫描（\(foundPlaces)），查明前不能更正地点",
                "It was scanned in several places (\(foundPlaces)); find out first")
            try act.take(ITAsset.settle, on: asset) { $0.place = String(places[0]) }
        case (.wrongHolder, .adjust):
            let keeper = foundKeeper
            try act.take(ITAsset.settle, on: asset) { $0.keeper = keeper }
        case (.wrongConfiguration, .adjust), (.brokenSeal, .adjust):
            let isSeal = kind == .brokenSeal
            try act.take(ITAsset.settle, on: asset) { $0.isSealBroken = isSeal || $0.isSealBroken }
            try ComputerFinding.open(
                isSeal ? .seal : .component, on: asset, number: number, line: "盘点：\(kind.words.zh) \(cause)", report: .none, act)
        default: try act.require(false, "“\(kind.words.zh)”不能这样处理", "“\(kind.words.en)” is not settled that way")
        }
    }
}
