/// Telephone numbers that pass for real ones and belong to nobody in particular. Which they are is for an organisation to extend.
package struct JunkNumbers: Sendable {
    /// As whole numbers without a leading 0.
    private let extra: Set<UInt64>

    /// Fillers that turn up in files everywhere.
    package static let usual = JunkNumbers(extra: [])

    /// - Parameter extra: further numbers as people write them; those that are no numbers are left out.
    package init(extra: [String]) {
        self.extra = Set(extra.compactMap { text in text.withBytes { Telephone.number($0) } })
    }

    /// Whether the number is listed, or its last eight digits are equal.
    /// - Parameter number: as a whole number without a leading 0.
    package func contains(_ number: UInt64) -> Bool {
        let tail = number % 100_000_000
        if tail % 11_111_111 == 0, tail / 11_111_111 <= 9 { return true }
        return switch number {
        case 13_800_138_000, 13_800_000_000, 13_900_000_000, 13_000_000_000, 13_912_345_678, 13_812_345_678, 13_312_345_678: true
        default: !extra.isEmpty && extra.contains(number)
        }
    }
}
