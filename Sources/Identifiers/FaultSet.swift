/// The faults found so far. A word of bits, so that a checker collects them without allocation; iterates in the order of `DataFault`.
package struct FaultSet: Sendable, Hashable {
    package private(set) var bits: UInt64

    private static let blockBits = (UInt64(1) << UInt64(DataFault.idCountyUnknown.rawValue)) - 1

    package init() { bits = 0 }
    package init(_ fault: DataFault) { bits = 1 << UInt64(fault.rawValue) }
    private init(bits: UInt64) { self.bits = bits }

    package mutating func insert(_ fault: DataFault) { bits |= 1 << UInt64(fault.rawValue) }
    package mutating func remove(_ fault: DataFault) { bits &= ~(1 << UInt64(fault.rawValue)) }
    package mutating func formUnion(_ other: FaultSet) { bits |= other.bits }
    package func union(_ other: FaultSet) -> FaultSet { FaultSet(bits: bits | other.bits) }
    package func contains(_ fault: DataFault) -> Bool { bits & (1 << UInt64(fault.rawValue)) != 0 }

    package func isDisjoint(with other: FaultSet) -> Bool { bits & other.bits == 0 }

    package var isEmpty: Bool { bits == 0 }
    package var count: Int { bits.nonzeroBitCount }

    /// Those for which the row is refused.
    package var blocks: FaultSet { FaultSet(bits: bits & FaultSet.blockBits) }
    /// Those that leave the row standing.
    package var warnings: FaultSet { FaultSet(bits: bits & ~FaultSet.blockBits) }
    package var hasBlock: Bool { bits & FaultSet.blockBits != 0 }

    /// The codes in order, joined by `;`, as answers list them.
    package var codes: String { map(\.code).joined(separator: ";") }
}

extension FaultSet: Sequence {
    package struct Iterator: IteratorProtocol {
        var rest: UInt64

        package mutating func next() -> DataFault? {
            guard rest != 0 else { return nil }
            defer { rest &= rest &- 1 }
            return DataFault(rawValue: UInt8(rest.trailingZeroBitCount))
        }
    }

    package func makeIterator() -> Iterator { Iterator(rest: bits) }
}

extension FaultSet: ExpressibleByArrayLiteral {
    package init(arrayLiteral faults: DataFault...) {
        self.init()
        for fault in faults { insert(fault) }
    }
}
