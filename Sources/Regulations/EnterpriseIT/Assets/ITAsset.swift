import Kernel
import WorkCalendar

/// 资产: one document for each thing from its acceptance to its scrapping, with its parts, seal, place and holder (第二章8, 11, 20, 22). What is
/// in force of it moves by moves, decisions and reports alone; nobody writes a holder in.
package struct ITAsset: Document {
    package enum State: String, CaseIterable, Sendable { case inStock, inUse, repair, lent, missing, scrapProposed, scrapped }
    package var number = "", what = "", category = "", edition = "", model = "", maker = "", serial = "", uuid = "", mac = "", board = ""
    package var acceptance = ID<Acceptance>.none
    package var value: DecimalNumber?
    package var acquired: Day?
    package var place = "", reason = "", note = ""
    package var keeper = PersonID.none
    package var using = UnitID.none
    package var parts: [PartLine] = []
    package var sealNo = ""
    package var isSealBroken = false, isSecret = false
    package var protection = Protection.none
    package var protectedOn: Moment?, reportedAt: Moment?, changedAt: Moment?
    package var installed: [InstalledLine] = []
    package var lentUntil: Day?
    package var moves: [MoveLine] = []
    package var movedTo = MoveLine()
    package init() {}

    package static let name = "it-asset"
    package var title: String { number.isEmpty ? what : "\(number) \(what)" }

    package static let form = Form<ITAsset>(
        "资产", "Asset", number: "资产",
        states: [
            .inStock: .done("在库", "In store"), .inUse: .done("在用", "In use"), .repair: .open("维修中", "In repair"),
            .lent: .open("借出", "Lent"), .missing: .no("盘亏", "Missing"), .scrapProposed: .open("待批准报废", "To be scrapped"),
            .scrapped: .no("已报废", "Scrapped"),
        ],
        readers: [.centre, .post(factoryLeader), .post(.finance), .post(.storeKeeper), .head], fields)

    // MARK: Into the ledger

    package static let enter = Step<ITAsset>(
        "enter", "转固定资产", "Enter the ledger", to: .inStock, by: .post(.assetStaff), under: enterpriseIT["第二章23"],
        enterpriseIT["第二章20"],
        fields: [\.acceptance, \.number, \.what, \.category, \.edition, \.model, \.maker, \.serial, \.uuid, \.mac, \.board, \.place],
        isIrrevocable: true, signs: true
    ) { asset, act in
        guard let acceptance = try act.load(asset.acceptance), let purchase = try act.load(acceptance.value.purchase) else {
            return try act.require(false, "请选择验收单", "Choose the acceptance")
        }
        try act.require(
            acceptance.value.serialNumbers.contains(PlainText.code(asset.serial)),
            "序列号 \(asset.serial) 不在该验收单的合格品中，不得转固定资产", "\(asset.serial) is not among what passed there; it does not enter the ledger")
        try Acceptance.count(1, of: asset.acceptance, act)
        asset.value = purchase.value.lines[acceptance.value.line - 1].price
        try asset.begin(act)
    }
    /// What was there before the ledger, or was found in a stocktake: in the ledger with the director's hand.
    package static let takeOver = Step<ITAsset>(
        "takeOver", "补登资产", "Take over", to: .inStock, by: .post(centreDirector), under: enterpriseIT["第二章8"],
        fields: [
            \.number, \.what, \.category, \.edition, \.model, \.maker, \.serial, \.uuid, \.mac, \.board, \.value, \.acquired, \.place,
            \.parts, \.sealNo, \.note,
        ], signs: true
    ) { asset, act in
        try act.require(!asset.note.isEmpty, "请写明补登原因", "Say why it is taken over")
        try asset.begin(act)
    }

    private mutating func begin(_ act: Act) throws {
        number = PlainText.code(number)
        acquired = acquired ?? act.today
        changedAt = act.now
        try act.require(
            try serial.isEmpty || act.find(\ITAsset.serial, is: serial, limit: 1).isEmpty, "序列号 \(serial) 已在资产台账中",
            "The serial number \(serial) is in the ledger already")
        // What was scrapped keeps its number; it is never given again in silence.
    }

    // MARK: Parts, seal, repair

    package static let seal = Step<ITAsset>(
        "seal", "登记配置并加封", "Seal", from: .inStock, .inUse, .repair, .lent, to: nil, by: .post(.assetStaff),
        under: enterpriseIT["第二章11"], enterpriseIT["第二章22"], fields: [\.parts, \.sealNo], isOptional: true
    ) { asset, act in (asset.isSealBroken, asset.changedAt) = (false, act.now) }.checking { asset, check in
        check.require(!asset.parts.isEmpty, "请登记零部件清单", "List the parts", at: \.parts)
        check.require(!asset.sealNo.isEmpty, "请填写封条编号", "Enter the seal's number", at: \.sealNo)
    }
    package static let reportSeal = Step<ITAsset>(
        "reportSeal", "报告封条破损", "Report a broken seal", from: .inUse, .lent, .inStock, to: nil,
        by: .any([.named(\ITAsset.keeper), .centre]), under: enterpriseIT["第二章11"], fields: [\.note], isOptional: true
    ) { asset, act in
        let whole = asset.sealNo
        asset.isSealBroken = true
        try ComputerFinding.open(
            .seal, on: ID(act.record.id), number: asset.number, line: "封条 \(whole) 破损：\(asset.note)", report: .none, act)
    }
    package static let repair = Step<ITAsset>(
        "repair", "送修", "Send to repair", from: .inUse, .inStock, .lent, to: .repair, by: .either(.assetStaff, .serviceDesk),
        under: enterpriseIT["第二章20"], fields: [\.note], isOptional: true)
    package static let repaired = Step<ITAsset>(
        "repaired", "修复返回", "Back from repair", from: .repair, to: .inStock, by: .post(.assetStaff), under: enterpriseIT["第二章20"],
        fields: [\.note]
    ) { asset, act in (asset.lentUntil, asset.changedAt) = (nil, act.now) }
    package static let putBack = Step<ITAsset>(
        "putBack", "修复后继续使用", "Back in use", from: .repair, to: .inUse, by: .post(.assetStaff),
        when: { $0.value.lentUntil == nil }, under: enterpriseIT["第二章20"], fields: [\.note], isOptional: true
    ) { asset, act in try asset.goBack(act) }
    /// What was lent is lent still.
    package static let putBackLent = Step<ITAsset>(
        "putBackLent", "修复后继续借用", "Back with its borrower", from: .repair, to: .lent, by: .post(.assetStaff),
        when: { $0.value.lentUntil != nil }, under: enterpriseIT["第二章20"], fields: [\.note], isOptional: true
    ) { asset, act in try asset.goBack(act) }

    private mutating func goBack(_ act: Act) throws {
        try act.require(!keeper.isNone, "该资产没有使用人，请办理“修复返回”入库", "Nobody holds it; take it back into the store")
        changedAt = act.now
    }

    // MARK: The end

    package static let proposeScrap = Step<ITAsset>(
        "proposeScrap", "申请报废", "Propose to scrap", from: .inStock, .repair, .missing, to: .scrapProposed, by: .post(.assetStaff),
        under: enterpriseIT["第二章20"], fields: [\.reason], isOptional: true
    ) { asset, act in
        try act.require(!asset.isSecret, "涉密计算机须先退出涉密使用", "A secret computer leaves secret use first", under: enterpriseIT["第二章15"])
    }
    package static let scrap = Step<ITAsset>(
        "scrap", "批准报废", "Scrap", from: .scrapProposed, to: .scrapped, by: .post(factoryLeader), notBy: proposeScrap,
        under: enterpriseIT["第二章20"], enterpriseIT["第二章13"], isIrrevocable: true, signs: true
    ) { asset, act in
        (asset.keeper, asset.sealNo) = (.none, "")
        act.hold(.none)
        for address in try act.find(\NetworkAddress.asset, is: ID(act.record.id), limit: 1000) where address.state == .active {
            try act.take(NetworkAddress.rest, on: address.id)
        }
    }
    package static let keep = Step<ITAsset>(
        "keep", "不予报废", "Keep", from: .scrapProposed, to: .inStock, by: .post(factoryLeader), under: enterpriseIT["第二章20"],
        fields: [\.note], isOptional: true)

    package static let steps = [
        enter, takeOver, seal, reportSeal, repair, repaired, putBack, putBackLent, proposeScrap, scrap, keep, move, lend, giveBack, settle,
        lose, observe, age, install, markSecret,
    ]
}
