import Kernel

/// 调配后核查: each device is looked at after a move: configuration whole, seal unbroken, ledger right (第二章22).
package struct AssetCheck: Document {
    package enum State: String, CaseIterable, Sendable { case due, good, differs }
    package enum Result: String, Choosable {
        case none = "", good, configuration, seal, place
        package var words: Words {
            switch self {
            case .none: Words("", "")
            case .good: Words("相符", "As the ledger says")
            case .configuration: Words("配置不符", "Wrong configuration")
            case .seal: Words("封条破损", "Broken seal")
            case .place: Words("地点或使用人不符", "Wrong place or holder")
            }
        }
        /// Of which kind the finding is that it opens.
        var kind: ComputerFinding.Kind {
            switch self {
            case .none, .good, .configuration: .component
            case .seal: .seal
            case .place: .place
            }
        }
    }
    package var asset = ID<ITAsset>.none
    package var move = ID<AssetMove>.none
    package var result = Result.none
    package var label = "", sealNo = "", note = ""
    package init() {}

    package static let name = "asset-check"
    package var title: String { label }

    package static let form = Form<AssetCheck>(
        "调配后核查", "Check after a move", number: "核查",
        states: [.due: .open("待核查", "To be checked"), .good: .done("相符", "Agrees"), .differs: .no("不符，已列问题", "Differs")],
        readers: [.centre],
        [
            .reference(\.asset, "资产", "Asset"),
            .text(\.label, "资产名称", "Which asset").code().optional().listed().onceFilled(), .reference(\.move, "调拨单", "Move").optional(),
            .choice(\.result, "结果", "Result").listed().onceFilled(), .text(\.sealNo, "封条编号", "Seal").code().own().onceFilled(),
            .prose(\.note, "说明", "Note").optional().onceFilled(),
        ])

    static let checking = Deadline(
        "checking", "按期核查", "Check in time", under: enterpriseIT["第二章22"], escalatesTo: .post(centreDirector), ofWorkingDays: true)
    package static let deadlines = [checking]

    static func schedule(_ asset: ID<ITAsset>, after move: ID<AssetMove>, _ act: Act) throws {
        var check = AssetCheck()
        (check.asset, check.move) = (asset, move)
        check.label = try act.load(asset)?.value.title ?? ""
        try act.create(check, by: open)
    }

    package static let open = Step<AssetCheck>("open", "安排核查", "Schedule", to: .due, by: .system, under: enterpriseIT["第二章22"]) { _, act in
        act.start(checking, workingDays: try act.parameter(.moveCheckWorkingDays))
    }
    package static let pass = Step<AssetCheck>(
        "pass", "核查相符", "It agrees", from: .due, to: .good, by: .post(.assetStaff), under: enterpriseIT["第二章22"],
        fields: [\.sealNo, \.note]
    ) { check, act in
        guard let asset = try act.load(check.asset) else { return }
        try act.require(
            asset.value.sealNo.isEmpty || PlainText.code(asset.value.sealNo) == PlainText.code(check.sealNo),
            "封条编号与台账（\(asset.value.sealNo)）不同，请按“核查不符”登记", "The seal is not the ledger's (\(asset.value.sealNo)); enter that it differs")
        check.result = .good
        act.meet(checking)
    }.task("核查资产", "Check the asset")
    package static let differ = Step<AssetCheck>(
        "differ", "核查不符", "It differs", from: .due, to: .differs, by: .post(.assetStaff), under: enterpriseIT["第二章22"],
        fields: [\.result, \.note], isOptional: true
    ) { check, act in
        try act.require(check.result != .good && check.result != .none, "请选择不符的内容", "Say what differs")
        guard let asset = try act.load(check.asset) else { return }
        try ComputerFinding.open(
            check.result.kind, on: check.asset, number: asset.value.number, line: "调配后核查：\(check.result.words.zh) \(check.note)", report: .none, act)
        act.meet(checking)
    }
    package static let steps = [open, pass, differ]
}
