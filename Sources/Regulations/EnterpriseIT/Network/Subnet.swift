import Kernel
import WorkCalendar

/// 网段: a net of IPv4 or IPv6 within one routing domain. Two of a domain nest in a container or are apart; which of its addresses are
/// taken stands in it, so that the first free one is given once (第二章13).
package struct Subnet: Document {
    package enum State: String, CaseIterable, Sendable { case active, retired }
    package var prefix = "", domain = "", purpose = "", taken = ""
    package var isContainer = false
    package var vlan = ID<VirtualNetwork>.none, parent = ID<Subnet>.none
    package var used: DecimalNumber?
    package var count = 0, children = 0
    package init() {}

    package static let name = "ip-subnet"
    package var title: String { prefix }

    package static let form = Form<Subnet>(
        "网段", "Subnet", number: "网段", states: [.active: .done("启用", "Active"), .retired: .no("停用", "Retired")],
        readers: [.post(.networkStaff), .post(centreDirector), .post(.serviceDesk)],
        [
            .text(\.domain, "路由域", "Routing domain").indexed().listed().hint("同一路由域内地址不得重复", "addresses are unique within one"),
            .text(\.prefix, "网段", "Net").indexed().listed().hint(
                "如 192.168.10.0/24 或 2001:db8::/32", "as 192.168.10.0/24 or 2001:db8::/32"),
            .flag(\.isContainer, "容器（只含下级网段）", "Container").listed(), .reference(\.vlan, "VLAN", "VLAN").optional(),
            .reference(\.parent, "上级网段", "Within").optional(), .prose(\.purpose, "用途", "Purpose"),
            .whole(\.count, "已用地址", "Addresses taken", in: 0...100_000_000).optional().listed(),
            .whole(\.children, "下级网段", "Nets within", in: 0...1_000_000).optional(),
            .decimal(\.used, "使用率（%）", "Utilisation, %", places: 2, in: 0...100).optional().listed(),
            .text(\.taken, "已用偏移", "Offsets taken").code().optional().longest(200_000),
        ])

    package static let register = Step<Subnet>(
        "register", "登记网段", "Register", to: .active, by: .post(.networkStaff), under: enterpriseIT["第二章13"],
        fields: [\.domain, \.prefix, \.isContainer, \.vlan, \.purpose]
    ) { subnet, act in
        let own = try read(subnet.prefix, act)
        subnet.prefix = own.description
        let others = try NestedNets(beside: subnet.domain, act), id = ID<Subnet>(act.record.id)
        for other in others.nets where other.prefix.overlaps(own) {
            let isOutside = other.prefix.contains(own) && other.prefix != own && other.isContainer
            let isInside = own.contains(other.prefix) && other.prefix != own && subnet.isContainer
            try act.require(
                isOutside || isInside, "与网段 \(other.prefix) 重叠；只有容器网段可以包含其他网段",
                "It overlaps \(other.prefix); only a container holds other nets")
        }
        // What was there before its container lies in it from now on.
        let inner = others.directly(in: own)
        for net in inner { try act.take(join, on: net.id) { $0.parent = id } }
        if subnet.isContainer { subnet.hold(inner.map(\.prefix.length)) }
        guard let outer = others.container(of: own) else { return }
        subnet.parent = outer.id
        let lengths = others.directly(in: outer.prefix).filter { !own.contains($0.prefix) }.map(\.prefix.length)
        try act.take(nest, on: outer.id) { $0.hold(lengths + [own.length]) }
    }
    /// What lies in a container is counted anew: a net more, or one less.
    package static let nest = Step<Subnet>(
        "nest", "更新下级网段", "Count the nets within", from: .active, to: nil, by: .system, under: enterpriseIT["第二章13"], isOptional: true)
    package static let join = Step<Subnet>(
        "join", "归入容器网段", "Join a container", from: .active, to: nil, by: .system, under: enterpriseIT["第二章13"], isOptional: true)
    /// An address is taken, or free again.
    package static let allot = Step<Subnet>(
        "allot", "占用或释放地址", "Allot", from: .active, to: nil, by: .system, under: enterpriseIT["第二章13"], isOptional: true)
    package static let retire = Step<Subnet>(
        "retire", "停用网段", "Retire", from: .active, to: .retired, by: .post(.networkStaff), under: enterpriseIT["第二章13"], isOptional: true
    ) { subnet, act in
        guard let own = IPPrefix(subnet.prefix) else { return }
        let others = try NestedNets(beside: subnet.domain, act)
        if subnet.isContainer { subnet.hold(others.directly(in: own).map(\.prefix.length)) }
        try act.require(
            subnet.count == 0 && subnet.children == 0, "该网段还有 \(subnet.count) 个地址、\(subnet.children) 个下级网段，请先释放",
            "It still has \(subnet.count) addresses and \(subnet.children) nets; release them first")
        guard let outer = others.container(of: own) else { return }
        let lengths = others.directly(in: outer.prefix).map(\.prefix.length)
        try act.take(nest, on: outer.id) { $0.hold(lengths) }
    }
    package static let steps = [register, nest, join, allot, retire]

    static func read(_ text: String, _ act: Act) throws -> IPPrefix {
        switch IPPrefix.read(text.trimmingBlanks) {
        case .good(let prefix): return prefix
        case .bad(let words):
            try act.require(false, words.zh, words.en)
            return IPPrefix(address: IPAddress(isV6: false, value: 0), length: 0)
        }
    }

    /// The first address that is free, or the one that was asked for; it is taken from here on.
    mutating func take(_ wanted: IPAddress?, _ act: Act) throws -> IPAddress {
        guard let net = IPPrefix(prefix) else { throw DeskError.absent }
        try act.require(!isContainer, "\(prefix) 是容器网段，请在其下级网段中分配", "\(prefix) is a container; allocate in a net within it")
        var offsets = TakenOffsets(taken)
        let offset: UInt128
        if let wanted {
            try act.require(net.contains(wanted), "\(wanted) 不在网段 \(prefix) 内", "\(wanted) is not in \(prefix)")
            offset = net.offset(of: wanted)
            try act.require(net.usable.contains(offset), "\(wanted) 是网络地址、广播地址或路由器任播地址，不能分配", "\(wanted) is no host's address")
            try act.require(!offsets.contains(offset), "\(wanted) 已占用", "\(wanted) is taken")
        } else if let free = offsets.firstFree(in: net.usable) {
            offset = free
        } else {
            try act.require(false, "网段 \(prefix) 已无空闲地址", "No address is free in \(prefix)")
            offset = 0
        }
        offsets.insert(offset)
        keep(offsets, net)
        return net[offset]
    }

    mutating func free(_ address: IPAddress) {
        guard let net = IPPrefix(prefix) else { return }
        var offsets = TakenOffsets(taken)
        offsets.remove(net.offset(of: address))
        keep(offsets, net)
    }

    private mutating func keep(_ offsets: TakenOffsets, _ net: IPPrefix) {
        (taken, count) = (offsets.description, Int(clamping: offsets.count))
        // Of IPv6 a share of addresses says nothing: there the nets within are counted.
        if !net.address.isV6 { used = Self.share(offsets.count, of: net.capacity) }
    }

    /// - Parameter lengths: of the nets that lie in this container directly.
    private mutating func hold(_ lengths: [Int]) {
        children = lengths.count
        guard let net = IPPrefix(prefix) else { return }
        let whole = UInt128(1) << 40
        let parts = lengths.map { whole >> UInt128(min(max($0 - net.length, 0), 40)) }
        used = Self.share(parts.reduce(0, +), of: whole)
    }

    /// In hundredths, to two places.
    static func share(_ part: UInt128, of whole: UInt128) -> DecimalNumber {
        let hundredths = whole == 0 ? 0 : min(part * 10_000 / whole, 10_000)
        return DecimalNumber(loose: "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)") ?? .zero
    }
}
