import Kernel

/// 设备问题: software that is not allowed, a part that is gone or new, a private drive, a broken seal; with the line that shows it (第二章10, 11).
package struct ComputerFinding: Document {
    package enum State: String, CaseIterable, Sendable { case open, explained, removed, accepted }
    package enum Kind: String, Choosable {
        case none = "", software, component, drive, seal, place
        package var words: Words {
            switch self {
            case .none: Words("", "")
            case .software: Words("软件", "Software")
            case .component: Words("零部件", "Parts")
            case .drive: Words("私接光驱、移动盘", "Private drive")
            case .seal: Words("封条", "Seal")
            case .place: Words("地点或使用人", "Place or holder")
            }
        }
    }
    package var kind = Kind.none
    package var asset = ID<ITAsset>.none
    package var report = ID<InventoryReport>.none
    package var number = "", line = "", explanation = "", measure = "", reason = ""
    package var keeper = PersonID.none
    package init() {}

    package static let name = "computer-finding"
    package var title: String { number }

    package static let form = Form<ComputerFinding>(
        "设备问题", "Computer finding", number: "问题",
        states: [
            .open: .open("待说明", "Open"), .explained: .open("待处理", "Explained"), .removed: .done("已消除", "Removed"),
            .accepted: .done("准予保留", "Accepted"),
        ],
        readers: [.centre, .post(factoryLeader)],
        [
            .choice(\.kind, "类别", "Kind").indexed().listed(), .reference(\.asset, "设备", "Device"),
            .text(\.number, "资产编号", "Asset").indexed().listed(), .prose(\.line, "证据", "Evidence"),
            .person(\.keeper, "使用人", "Holder").optional().listed(), .reference(\.report, "设备清单", "Report").optional().onceFilled(),
            .prose(\.explanation, "使用人说明", "What the holder says").onceFilled(), .prose(\.measure, "处理情况", "What was done").onceFilled(),
            .text(\.reason, "准予保留的理由", "Why it may stay").onceFilled(),
        ])

    static let settling = Deadline(
        "settling", "限期消除", "Remove in time", under: enterpriseIT["第二章10"], escalatesTo: .post(centreDirector), ofWorkingDays: true)
    package static let deadlines = [settling]

    /// - Returns: whether it is new; one that stands open already is not opened twice.
    @discardableResult
    static func open(
        _ kind: Kind, on asset: ID<ITAsset>, number: String, line: String, report: ID<InventoryReport>, _ act: Act
    ) throws -> Bool {
        let known = try act.find(\ComputerFinding.asset, is: asset, limit: 1000).filter { $0.state != .removed }
        if known.contains(where: { $0.value.kind == kind && $0.value.line == line }) { return false }
        var finding = ComputerFinding()
        (finding.kind, finding.asset, finding.number, finding.line, finding.report) = (kind, asset, number, line, report)
        finding.keeper = try act.load(asset)?.value.keeper ?? .none
        try act.create(finding, by: raise, heldBy: finding.keeper)
        return true
    }

    package static let raise = Step<ComputerFinding>(
        "raise", "发现问题", "Raise", to: .open, by: .system, under: enterpriseIT["第二章10"], enterpriseIT["第二章11"], enterpriseIT["第二章22"]
    ) { finding, act in
        act.start(settling, workingDays: try act.parameter(.findingWorkingDays))
        act.notify(
            [finding.keeper], "您使用的 \(finding.number) 有问题待说明：\(finding.kind.words.zh)", "Your \(finding.number): \(finding.kind.words.en)")
    }
    package static let explain = Step<ComputerFinding>(
        "explain", "说明", "Explain", from: .open, to: .explained, by: .any([.named(\ComputerFinding.keeper), .post(.assetStaff)]),
        under: enterpriseIT["第二章10"], fields: [\.explanation])
    package static let remove = Step<ComputerFinding>(
        "remove", "确认已消除", "Removed", from: .open, .explained, to: .removed, by: .either(.networkStaff, .assetStaff, .serviceDesk),
        notBy: explain, under: enterpriseIT["第二章10"], enterpriseIT["第二章11"], fields: [\.measure]
    ) { _, act in act.meet(settling) }
    package static let accept = Step<ComputerFinding>(
        "accept", "准予保留", "Let it stay", from: .open, .explained, to: .accepted, by: .post(centreDirector), under: enterpriseIT["第二章10"],
        fields: [\.reason], isOptional: true, signs: true
    ) { finding, act in
        try act.require(
            !finding.line.hasPrefix("禁止软件"), "游戏等禁止软件不能准予保留", "What is forbidden, games above all, cannot stay")
        act.meet(settling)
    }
    package static let steps = [raise, explain, remove, accept]
}
