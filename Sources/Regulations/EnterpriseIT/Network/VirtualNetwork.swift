import Kernel

/// VLAN: its number and its name are unique within a group (第二章13).
package struct VirtualNetwork: Document {
    package enum State: String, CaseIterable, Sendable { case active, retired }
    package var group = "", label = "", purpose = "", key = "", nameKey = ""
    package var vid = 0
    package init() {}

    package static let name = "vlan"
    package var title: String { "\(vid) \(label)" }

    package static let form = Form<VirtualNetwork>(
        "虚拟网", "VLAN", number: "虚拟网", states: [.active: .done("启用", "Active"), .retired: .no("停用", "Retired")],
        readers: [.post(.networkStaff), .post(centreDirector), .post(.serviceDesk)],
        [
            .text(\.group, "VLAN 组", "Group").code().listed(), .whole(\.vid, "VLAN 编号", "VLAN id", in: 1...4094).listed(),
            .text(\.label, "名称", "Name").code().listed(), .prose(\.purpose, "用途", "Purpose"),
            .text(\.key, "组内编号", "Id within the group").optional().indexed(),
            .text(\.nameKey, "组内名称", "Name within the group").optional().indexed(),
        ])

    package static let register = Step<VirtualNetwork>(
        "register", "登记 VLAN", "Register", to: .active, by: .post(.networkStaff), under: enterpriseIT["第二章13"],
        fields: [\.group, \.vid, \.label, \.purpose]
    ) { vlan, act in
        (vlan.key, vlan.nameKey) = ("\(PlainText.key(vlan.group)) \(vlan.vid)", "\(PlainText.key(vlan.group)) \(PlainText.key(vlan.label))")
        let isTaken = try !act.find(\VirtualNetwork.key, is: vlan.key, in: .active, limit: 1).isEmpty
        try act.require(!isTaken, "组“\(vlan.group)”中已有 VLAN \(vlan.vid)", "The group “\(vlan.group)” has a VLAN \(vlan.vid) already")
        let isNamed = try !act.find(\VirtualNetwork.nameKey, is: vlan.nameKey, in: .active, limit: 1).isEmpty
        try act.require(!isNamed, "组“\(vlan.group)”中已有名为“\(vlan.label)”的 VLAN", "The group has a VLAN of this name already")
    }
    package static let retire = Step<VirtualNetwork>(
        "retire", "停用", "Retire", from: .active, to: .retired, by: .post(.networkStaff), under: enterpriseIT["第二章13"], isOptional: true)
    package static let steps = [register, retire]
}
