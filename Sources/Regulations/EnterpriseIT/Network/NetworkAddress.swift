import Kernel
import WorkCalendar

/// IP 地址: given once within its routing domain; a released one rests before anybody has it again (第二章13).
package struct NetworkAddress: Document {
    package enum State: String, CaseIterable, Sendable { case active, reserved, resting, free }
    package var subnet = ID<Subnet>.none
    package var asset = ID<ITAsset>.none
    package var wanted = "", address = "", key = "", host = "", purpose = ""
    package var isShared = false
    package var restsUntil: Day?
    package init() {}

    package static let name = "ip-address"
    package var title: String { address }

    package static let form = Form<NetworkAddress>(
        "IP 地址", "IP address", number: "地址",
        states: [
            .active: .done("使用中", "Active"), .reserved: .done("保留", "Reserved"), .resting: .open("静置中", "Resting"),
            .free: .no("已释放", "Free"),
        ],
        readers: [.post(.networkStaff), .post(centreDirector), .post(.serviceDesk), .post(.assetStaff)],
        [
            .reference(\.subnet, "网段", "Subnet").listed(),
            .text(\.wanted, "指定地址", "Address wanted").code().optional().hint("不填则分配第一个空闲地址", "empty: the first that is free").onceFilled(),
            .text(\.address, "地址", "Address").code().optional().listed(), .text(\.key, "域内地址", "Key").optional().indexed(),
            .reference(\.asset, "设备", "Device").optional().listed().onceFilled(),
            .text(\.host, "主机名", "Host name").code().optional().listed().onceFilled(),
            .flag(\.isShared, "多机共用（双机热备、任播）", "Shared"), .prose(\.purpose, "用途", "Purpose").optional().onceFilled(),
            .day(\.restsUntil, "静置至", "Rests until").optional().onceFilled(),
        ])

    static let resting = Deadline("resting", "静置期满", "Rest is over", under: enterpriseIT["第二章13"], takes: free, reminders: [])
    package static let deadlines = [resting]

    package static let allocate = Step<NetworkAddress>(
        "allocate", "分配地址", "Allocate", to: .active, by: .post(.networkStaff), under: enterpriseIT["第二章13"],
        fields: [\.subnet, \.wanted, \.asset, \.host, \.isShared, \.purpose]
    ) { address, act in try address.take(act) }
    package static let reserve = Step<NetworkAddress>(
        "reserve", "保留地址", "Reserve", to: .reserved, by: .post(.networkStaff), under: enterpriseIT["第二章13"],
        fields: [\.subnet, \.wanted, \.purpose]
    ) { address, act in try address.take(act) }
    package static let assign = Step<NetworkAddress>(
        "assign", "启用保留地址", "Assign", from: .reserved, to: .active, by: .post(.networkStaff), under: enterpriseIT["第二章13"],
        fields: [\.asset, \.host], isOptional: true
    ) { address, act in try address.requireDevice(act) }
    package static let release = Step<NetworkAddress>(
        "release", "释放", "Release", from: .active, .reserved, to: .resting, by: .post(.networkStaff), under: enterpriseIT["第二章13"],
        isOptional: true
    ) { address, act in try address.begin(act) }
    /// The same with its device's scrapping.
    package static let rest = Step<NetworkAddress>(
        "rest", "随设备报废释放", "Release with its device", from: .active, to: .resting, by: .system, under: enterpriseIT["第二章13"],
        isOptional: true
    ) { address, act in try address.begin(act) }
    package static let free = Step<NetworkAddress>(
        "free", "静置期满，可再分配", "Free again", from: .resting, to: .free, by: .system, under: enterpriseIT["第二章13"], isOptional: true
    ) { address, act in
        guard let own = IPAddress(address.address) else { return }
        // Another device still holds a shared one.
        let others = try [State.active, .reserved, .resting].contains { try act.count(\NetworkAddress.key, is: address.key, in: $0) > 0 }
        if others { return }
        try act.take(Subnet.allot, on: address.subnet) { $0.free(own) }
    }
    package static let steps = [allocate, reserve, assign, release, rest, free]

    /// Whose it is, where that is said, may hang on the network.
    private func requireDevice(_ act: Act) throws {
        if let device = try act.load(asset) { try ITAsset.requireConnectable(device, act) }
    }

    private mutating func take(_ act: Act) throws {
        try requireDevice(act)
        guard let net = try act.load(subnet) else { return }
        var asked: IPAddress?
        if !wanted.isEmpty {
            asked = IPAddress(wanted.trimmingBlanks)
            try act.require(asked != nil, "“\(wanted)”不是 IP 地址（每段不要写前导零）", "“\(wanted)” is no IP address (no leading zeros)")
        }
        if let asked, isShared {
            key = "\(net.value.domain) \(asked)"
            let others = try act.find(\NetworkAddress.key, is: key, in: .active, limit: 100)
            // A shared address is taken once and held by several.
            if !others.isEmpty, others.allSatisfy(\.value.isShared) { return address = asked.description }
        }
        try act.take(Subnet.allot, on: subnet) { address = try $0.take(asked, act).description }
        key = "\(net.value.domain) \(address)"
    }

    private mutating func begin(_ act: Act) throws {
        let until = act.today.adding(days: try act.parameter(.addressRestDays))
        restsUntil = until
        act.start(Self.resting, due: .endOfDay(until))
    }
}
