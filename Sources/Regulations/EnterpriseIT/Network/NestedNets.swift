import Kernel

/// The nets of a routing domain besides the one in hand, and how they lie in each other: reckoned from their numbers, whichever of them was
/// registered first.
struct NestedNets {
    struct Net {
        let id: ID<Subnet>
        let prefix: IPPrefix
        let isContainer: Bool
    }
    let nets: [Net]

    init(beside domain: String, _ act: Act) throws {
        nets = try act.find(\Subnet.domain, is: domain, in: .active, limit: 5000).compactMap { found in
            IPPrefix(found.value.prefix).map { Net(id: found.id, prefix: $0, isContainer: found.value.isContainer) }
        }
    }

    /// The narrowest container in which a net lies.
    func container(of net: IPPrefix) -> Net? {
        nets.filter { $0.isContainer && $0.prefix != net && $0.prefix.contains(net) }.max { $0.prefix.length < $1.prefix.length }
    }

    /// Those that lie in a net, and in no other container within it.
    func directly(in outer: IPPrefix) -> [Net] {
        let within = nets.filter { $0.prefix != outer && outer.contains($0.prefix) }
        let containers = within.filter(\.isContainer)
        return within.filter { net in !containers.contains { $0.prefix != net.prefix && $0.prefix.contains(net.prefix) } }
    }
}
