import ArticleProof
import EngineFixture
import EnterpriseIT
import Kernel
import TestOffice
import Testing

@Suite(.article(enterpriseIT["第二章13"])) struct AddressTests {
    @Test(arguments: [
        ("2001:0DB8::1", "2001:db8::1"), ("2001:db8:0:0:0:0:0:1", "2001:db8::1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("::", "::"),
        ("fe80::1:0:0:1", "fe80::1:0:0:1"), ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"),
        ("::1.2.3.4", "::102:304"), ("10.0.0.10", "10.0.0.10"),
    ])
    func anAddressIsItsNumber(typed: String, written: String) { #expect(IPAddress(typed)?.description == written) }

    @Test(arguments: [
        "192.168.010.1", "1.2.3", "1.2.3.256", "1.2.3.4.5", "2001:db8::1::2", "2001:db8:::1", "fe80::1%eth0", "12345::", "1:2:3:4:5:6:7",
        "",
        "1:2:3:4:5:6:7:8:9", "１.2.3.4", "1::2:3:4:5:6:7:8",
    ])
    func whatIsNoneIsRefused(typed: String) { #expect(IPAddress(typed) == nil) }

    @Test func addressesAreOrderedByNumber() throws {
        let sorted = try ["10.0.0.10", "10.0.0.9", "::1", "9.255.255.255"].map { try #require(IPAddress($0)) }.sorted()
        #expect(sorted.map(\.description) == ["9.255.255.255", "10.0.0.9", "10.0.0.10", "::1"])
    }

    @Test(
        arguments: [
            ("192.168.1.0/24", 1, 254), ("192.168.1.0/30", 1, 2), ("192.168.1.0/31", 0, 1), ("192.168.1.1/32", 0, 0),
            ("2001:db8::/127", 0, 1),
            ("2001:db8::1/128", 0, 0),
        ] as [(String, UInt128, UInt128)])
    func hostsOfANet(net: String, first: UInt128, last: UInt128) { #expect(IPPrefix(net)?.usable == first...last) }

    @Test func aNetOfIPv6HasNoBroadcastAndKeepsTheRouters() {
        #expect(IPPrefix("2001:db8::/64")?.usable == 1...UInt128(UInt64.max))
        #expect(IPPrefix("::/0")?.usable == 1...UInt128.max && IPPrefix("0.0.0.0/0")?.contains(IPAddress("255.255.255.255")!) == true)
    }

    @Test func hostBitsAreRefusedAndNotRounded() {
        guard case .bad(let words) = IPPrefix.read("192.168.1.5/24") else { Issue.record("it was taken"); return }
        #expect(words.zh.contains("192.168.1.0/24"))
        for wrong in ["192.168.1.0", "192.168.1.0/33", "2001:db8::/129", "192.168.1.0/024", "a/8"] {
            #expect(IPPrefix(wrong) == nil, "\(wrong)")
        }
    }

    @Test func netsOverlapByNumber() throws {
        let wide = try #require(IPPrefix("2001:db8::/32")), narrow = try #require(IPPrefix("2001:db8:1::/48"))
        #expect(wide.overlaps(narrow) && narrow.overlaps(wide) && wide.contains(narrow) && !narrow.contains(wide))
        let beside = try #require(IPPrefix("2001:db9::/32")), other = try #require(IPPrefix("10.0.0.0/8"))
        #expect(!wide.overlaps(beside) && !wide.overlaps(other))
    }

    @Test func takenOffsetsAreRanges() {
        var taken = TakenOffsets()
        for offset in [1, 2, 3, 5, 4, 9] as [UInt128] { taken.insert(offset) }
        #expect(taken.description == "1-5,9" && taken.count == 6 && taken.firstFree(in: 1...9) == 6)
        taken.remove(3)
        #expect(taken.description == "1-2,4-5,9" && taken.firstFree(in: 1...9) == 3)
        #expect(TakenOffsets("1-9").firstFree(in: 1...9) == nil && TakenOffsets("0-4").firstFree(in: 1...9) == 5)
    }

    // MARK: At the desk

    private func subnet(_ factory: Factory, _ prefix: String, container: Bool = false, domain: String = "主网") async throws -> Int64 {
        try await factory.desk.take(
            Subnet.register,
            input: ["domain": .text(domain), "prefix": .text(prefix), "isContainer": .flag(container), "purpose": .text("办公")],
            by: factory.network
        ).id
    }

    private func allocate(_ factory: Factory, _ subnet: Int64, _ more: [String: JSONValue] = [:]) async throws -> Int64 {
        try await factory.desk.take(
            NetworkAddress.allocate, input: ["subnet": .whole(subnet)].merging(more) { $1 }, by: factory.network
        ).id
    }

    @Test(.demand(enterpriseIT["第二章13"], 3, 4), arguments: TestEngine.all)
    func netsOfADomainNestInContainersOrAreApart(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            // The narrower one first: it is found as well.
            _ = try await subnet(factory, "2001:DB8:1::/48")
            let refusal = await #expect(throws: Refusal.self) { _ = try await subnet(factory, "2001:db8::/32") }
            #expect(refusal?.article == enterpriseIT["第二章13"] && refusal?.words.zh.contains("2001:db8:1::/48") == true)
            _ = try await subnet(factory, "2001:db8::/32", container: true)
            _ = try await subnet(factory, "2001:db8:2::/48")
            await #expect(throws: Refusal.self) { _ = try await subnet(factory, "2001:db8:2:5::/64") }
            // Another routing domain has its own.
            _ = try await subnet(factory, "2001:db8::/32", domain: "隔离网")
            await #expect(throws: Refusal.self) { _ = try await subnet(factory, "192.168.1.1/24") }
        }
    }

    @Test(.demand(enterpriseIT["第二章13"], 3), arguments: TestEngine.all)
    func theFirstFreeAddressIsGivenOnceUnderLoad(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let net = try await subnet(factory, "192.168.10.0/27")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<16 {
                    group.addTask {
                        _ = try await factory.desk.take(
                            NetworkAddress.allocate, input: ["subnet": .whole(net), "host": .text("pc\(number)")],
                            by: number % 2 == 0 ? factory.network : factory.secondNetwork)
                    }
                }
                try await group.waitForAll()
            }
            let given = try await factory.rows("ip-address").compactMap { $0.values["address"]?.text }
            #expect(Set(given) == Set((1...16).map { "192.168.10.\($0)" }) && given.count == 16)
            #expect(try await factory.value(net, "count") == .whole(16))
            // 16 of 30.
            #expect(try await factory.value(net, "used") == .text("53.33"))
        }
    }

    @Test(.demand(enterpriseIT["第二章13"], 3), arguments: TestEngine.all)
    func aScrappedDevicesAddressRestsAndIsFreeLater(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let net = try await subnet(factory, "10.1.0.0/30"), device = try await factory.asset("PC001")
            let first = try await allocate(factory, net, ["asset": .whole(device)])
            #expect(try await factory.value(first, "address") == .text("10.1.0.1"))
            try await factory.desk.take(ITAsset.proposeScrap, on: device, input: ["reason": .text("无法修复")], by: factory.assets)
            await #expect(throws: DeskError.self) { try await factory.desk.take(ITAsset.scrap, on: device, by: factory.assets) }
            try await factory.desk.take(ITAsset.scrap, on: device, by: factory.leader)
            #expect(try await factory.state(first) == "resting")
            // It rests: the next is another, then there is none.
            _ = try await allocate(factory, net)
            let refusal = await #expect(throws: Refusal.self) { _ = try await allocate(factory, net) }
            #expect(refusal?.words.zh.contains("已无空闲地址") == true)
            factory.office.move(hours: 24 * 32)
            try await factory.desk.runJobs()
            #expect(try await factory.state(first) == "free")
            #expect(try await factory.value(try await allocate(factory, net), "address") == .text("10.1.0.1"))
            // Its number is not given again.
            let again = await #expect(throws: Refusal.self) { _ = try await factory.asset("pc-001") }
            #expect(again?.article == enterpriseIT["第二章8"])
        }
    }

    @Test(.demand(enterpriseIT["第二章13"], 3, 4), arguments: TestEngine.all)
    func anAddressThatIsWantedIsAHostsAndFree(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let net = try await subnet(factory, "192.168.1.0/24"), v6 = try await subnet(factory, "2001:db8:5::/64")
            _ = try await allocate(factory, net, ["wanted": .text("192.168.1.50")])
            for wrong in ["192.168.1.50", "192.168.1.0", "192.168.1.255", "192.168.2.1", "192.168.001.9"] {
                await #expect(throws: Refusal.self) { _ = try await allocate(factory, net, ["wanted": .text(wrong)]) }
            }
            #expect(try await factory.value(try await allocate(factory, v6), "address") == .text("2001:db8:5::1"))
            await #expect(throws: Refusal.self) { _ = try await allocate(factory, v6, ["wanted": .text("2001:0DB8:5:0::1")]) }
            // A shared one is held by several, and by nobody else.
            let shared: [String: JSONValue] = ["wanted": .text("192.168.1.254"), "isShared": .flag(true)]
            _ = try await allocate(factory, net, shared)
            _ = try await allocate(factory, net, shared)
            await #expect(throws: Refusal.self) { _ = try await allocate(factory, net, ["wanted": .text("192.168.1.254")]) }
        }
    }

    @Test(.demand(enterpriseIT["第二章13"], 3), arguments: TestEngine.all)
    func whatLiesInAContainerIsCountedWhicheverCameFirst(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            func holds(_ net: Int64) async throws -> [JSONValue] {
                let values = try await factory.view(net).row.values
                return [values["children"] ?? .null, values["used"] ?? .null]
            }
            func retire(_ net: Int64) async throws { try await factory.desk.take(Subnet.retire, on: net, by: factory.network) }
            // Two nets, then the container around them, then a narrower container around one of them.
            let first = try await subnet(factory, "10.8.1.0/24"), second = try await subnet(factory, "10.8.2.0/24")
            let wide = try await subnet(factory, "10.8.0.0/16", container: true)
            #expect(try await holds(wide) == [.whole(2), .text("0.78")])
            #expect(try await factory.value(first, "parent") == .whole(wide))
            let narrow = try await subnet(factory, "10.8.0.0/23", container: true)
            #expect(try await factory.value(first, "parent") == .whole(narrow))
            for net in [second, narrow] { #expect(try await factory.value(net, "parent") == .whole(wide)) }
            #expect(try await holds(narrow) == [.whole(1), .text("50")])
            #expect(try await holds(wide) == [.whole(2), .text("1.17")])
            // What is retired is counted no more, and an empty container can go.
            let refusal = await #expect(throws: Refusal.self) { try await retire(narrow) }
            #expect(refusal?.words.zh.contains("1 个下级网段") == true)
            try await retire(first)
            try await retire(narrow)
            #expect(try await holds(wide) == [.whole(1), .text("0.39")])
            await #expect(throws: Refusal.self) { try await retire(wide) }
            try await retire(second)
            try await retire(wide)
            #expect(try await factory.state(wide) == "retired")
        }
    }

    @Test(.demand(enterpriseIT["第二章13"], 3), arguments: TestEngine.all)
    func aDeviceThatMayNotBeConnectedGetsNoAddress(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let net = try await subnet(factory, "10.2.0.0/28"), gone = try await factory.asset("PC001"), good = try await factory.asset("PC002")
            let kept = try await factory.desk.take(
                NetworkAddress.reserve, input: ["subnet": .whole(net), "purpose": .text("备用")], by: factory.network
            ).id
            try await factory.desk.take(ITAsset.proposeScrap, on: gone, input: ["reason": .text("无法修复")], by: factory.assets)
            try await factory.desk.take(ITAsset.scrap, on: gone, by: factory.leader)
            let refusal = await #expect(throws: Refusal.self) { _ = try await allocate(factory, net, ["asset": .whole(gone)]) }
            #expect(refusal?.article == enterpriseIT["第二章13"] && refusal?.words.zh.contains("已报废") == true)
            func assign(_ device: Int64) async throws {
                try await factory.desk.take(
                    NetworkAddress.assign, on: kept, input: ["asset": .whole(device), "host": .text("dj-1")], by: factory.network)
            }
            await #expect(throws: Refusal.self) { try await assign(gone) }
            // Nothing was taken by what was refused.
            #expect(try await factory.value(net, "count") == .whole(1))
            try await assign(good)
            #expect(try await factory.state(kept) == "active")
            _ = try await allocate(factory, net, ["asset": .whole(good)])
        }
    }

    @Test(.demand(enterpriseIT["第二章13"], 3), arguments: TestEngine.all) func aVLANIsUniqueInItsGroup(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            func vlan(_ id: Int64, _ name: String, _ group: String = "核心") async throws {
                try await factory.desk.take(
                    VirtualNetwork.register,
                    input: ["group": .text(group), "vid": .whole(id), "label": .text(name), "purpose": .text("办公")],
                    by: factory.network)
            }
            try await vlan(10, "办公")
            await #expect(throws: Refusal.self) { try await vlan(10, "生产") }
            await #expect(throws: Refusal.self) { try await vlan(20, "办公") }
            await #expect(throws: DeskError.self) { try await vlan(4095, "越界") }
            try await vlan(10, "办公", "车间")
        }
    }
}
