import Kernel

/// 接入点: each socket of the network with its switch port and what may hang on it; another cable is a private one (第二章13, 14).
package struct ConnectionPoint: Document {
    package enum State: String, CaseIterable, Sendable { case free, patched, retired }
    package var label = "", place = "", port = "", note = ""
    package var vlan = ID<VirtualNetwork>.none
    package var asset = ID<ITAsset>.none
    package init() {}

    package static let name = "connection-point"
    package var title: String { label }
    private static let article = enterpriseIT["第二章13"]

    package static let form = Form<ConnectionPoint>(
        "接入点", "Connection point", number: "接入点",
        states: [.free: .done("空闲", "Free"), .patched: .done("已接入", "Patched"), .retired: .no("停用", "Retired")],
        readers: [.centre],
        [
            .text(\.label, "编号", "Label").unique(under: article).listed(), .text(\.place, "地点", "Place").code().listed(),
            .text(\.port, "交换机端口", "Switch port").unique(under: article).listed(), .reference(\.vlan, "VLAN", "VLAN").optional(),
            .reference(\.asset, "接入设备", "Device").listed().onceFilled(), .text(\.note, "说明", "Note").optional().onceFilled(),
        ])

    package static let register = Step<ConnectionPoint>(
        "register", "登记接入点", "Register", to: .free, by: .post(.networkStaff), under: article, fields: [\.label, \.place, \.port, \.vlan])
    package static let patch = Step<ConnectionPoint>(
        "patch", "接入设备", "Patch", from: .free, to: .patched, by: .post(.networkStaff), under: article, fields: [\.asset, \.note],
        isOptional: true
    ) { point, act in
        guard let asset = try act.load(point.asset) else { return }
        try ITAsset.requireConnectable(asset, act)
        let others = try act.find(\ConnectionPoint.asset, is: point.asset, in: .patched, limit: 1)
        try act.require(others.isEmpty, "该设备已接在另一接入点", "It is patched elsewhere")
    }
    package static let unpatch = Step<ConnectionPoint>(
        "unpatch", "断开", "Unpatch", from: .patched, to: .free, by: .post(.networkStaff), under: article, isOptional: true
    ) { point, _ in point.asset = .none }
    package static let retire = Step<ConnectionPoint>(
        "retire", "停用", "Retire", from: .free, to: .retired, by: .post(.networkStaff), under: article, isOptional: true)
    package static let steps = [register, patch, unpatch, retire]
}
