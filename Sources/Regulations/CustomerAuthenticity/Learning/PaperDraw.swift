import Kernel

/// Draws a paper by its strata (第九条): each question once, and those first that this person has not been asked. The same seed draws the
/// same from the same pool.
package struct PaperDraw {
    private var dice: SeededOrder

    package init(seed: UInt64) { dice = SeededOrder(seed: seed) }

    package struct Drawn: Sendable, Equatable {
        package let entry: PoolEntry
        package let points: Int
    }

    /// - Parameter seen: first editions of what this person was asked before.
    /// - Returns: `nil` where a stratum has too few.
    package mutating func questions(_ strata: [Stratum], from pool: [PoolEntry], seen: Set<ID<TestQuestion>>) -> [Drawn]? {
        var drawn: [Drawn] = []
        for (index, stratum) in strata.enumerated() {
            var candidates = pool.filter { $0.stratum == index }
            dice.shuffle(&candidates)
            candidates = candidates.filter { !seen.contains($0.first) } + candidates.filter { seen.contains($0.first) }
            guard candidates.count >= stratum.count else { return nil }
            drawn += candidates.prefix(stratum.count).map { Drawn(entry: $0, points: stratum.points) }
        }
        dice.shuffle(&drawn)
        return drawn
    }

    /// In which order the options of a question are shown: those that stay last do, and right before wrong is never turned around.
    package mutating func order(of question: TestQuestion) -> [Int] {
        let places = Array(question.options.indices)
        if question.kind == .judgement { return places }
        var free = places.filter { !question.options[$0].staysLast }
        dice.shuffle(&free)
        return free + places.filter { question.options[$0].staysLast }
    }
}

/// Puts things into an order that looks random and is the same for the same seed, on every machine and in every version (SplitMix64,
/// Fisher-Yates).
struct SeededOrder {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func shuffle<T>(_ things: inout [T]) {
        guard things.count > 1 else { return }
        for place in stride(from: things.count - 1, through: 1, by: -1) {
            things.swapAt(place, Int(next() % UInt64(place + 1)))
        }
    }
}
