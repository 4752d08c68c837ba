import Kernel

/// 软件安装申请: asked for, confirmed by the centre, done, and then recorded on the device (第二章16).
package struct InstallRequest: Document {
    package enum State: String, CaseIterable, Sendable { case requested, confirmed, done, refused }
    package var number = "", software = "", version = "", publisher = "", need = "", reason = "", work = ""
    package var asset = ID<ITAsset>.none
    package init() {}

    package static let name = "install-request"
    package var title: String { software }
    private static let article = enterpriseIT["第二章16"]

    package static let form = Form<InstallRequest>(
        "软件安装维护申请", "Request to install", number: "安装",
        states: [
            .requested: .open("待确认", "Requested"), .confirmed: .open("待安装", "Confirmed"), .done: .done("已安装并登记", "Installed"),
            .refused: .no("不予安装", "Refused"),
        ],
        readers: [.centre, .head],
        [
            .text(\.number, "计算机编号", "Computer").indexed(by: PlainText.code).listed()
                .hint("机箱标签上的资产编号", "the asset number on its label"),
            .text(\.software, "软件", "Software").code().listed(),
            .text(\.publisher, "发布者", "Publisher").code().optional().onceFilled(), .prose(\.need, "工作需要", "Need"),
            .reference(\.asset, "设备", "Device").optional().onceFilled(), .text(\.version, "安装的版本", "Version").code().listed().onceFilled(),
            .prose(\.work, "安装维护情况", "What was done").onceFilled(), .text(\.reason, "理由", "Reason").onceFilled(),
        ])

    package static let request = Step<InstallRequest>(
        "request", "申请安装", "Ask", to: .requested, by: .staff, under: article, fields: [\.number, \.software, \.publisher, \.need]
    ) { request, act in
        guard let device = try act.find(\ITAsset.number, is: request.number, limit: 1).first, device.state != .scrapped else {
            return try act.require(false, "台账中没有编号为 \(request.number) 的在册设备", "The ledger has no device \(request.number)")
        }
        request.asset = device.id
        let verdict = try SoftwareRule.list(act).verdict(of: SeenSoftware(name: request.software, publisher: request.publisher))
        try act.require(
            verdict != .forbidden, "“\(request.software)”在禁止名单中，不得安装", "“\(request.software)” is forbidden", under: enterpriseIT["第二章10"])
    }
    package static let confirm = Step<InstallRequest>(
        "confirm", "信息中心确认", "Confirm", from: .requested, to: .confirmed, by: .either(centreDirector, .networkStaff), notBy: request,
        under: article, signs: true)
    package static let refuse = Step<InstallRequest>(
        "refuse", "不予安装", "Refuse", from: .requested, to: .refused, by: .either(centreDirector, .networkStaff), under: article,
        fields: [\.reason], isOptional: true)
    package static let install = Step<InstallRequest>(
        "install", "安装完毕", "Installed", from: .confirmed, to: .done, by: .either(.serviceDesk, .networkStaff), under: article,
        fields: [\.version, \.work]
    ) { request, act in
        var line = InstalledLine()
        (line.name, line.version, line.day, line.request) = (request.software, request.version, act.today, ID(act.record.id))
        let entry = line
        try act.take(ITAsset.install, on: request.asset) { $0.installed.append(entry) }
    }.task("安装软件", "Install the software")
    package static let steps = [request, confirm, refuse, install]
}
