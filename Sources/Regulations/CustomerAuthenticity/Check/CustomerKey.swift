import Identifiers
import WorkCalendar

/// Tells customers apart within a file: two rows are the same customer when kind and number of their documents agree (old and new form of
/// one resident number agree), or, without a number, when name, sex and day of birth do.
///
/// A resident number that is well formed is its own key, without loss. Everything else is a keyed hash of 61 bits; keys are only
/// compared among the few rows that share one value, so that a collision, one in 10^18 pairs, does not count.
package struct CustomerKey: Sendable, Hashable {
    package let bits: UInt64

    /// `nil` for a row that says nothing about who it is.
    package init?(_ cells: PersonCells) {
        if let damages = cells.damages, damages[.documentNumber] != .none {
            // A number that was cut is no key; one that only looks like it is none without the name.
            guard damages[.documentNumber] == .perhapsCut, damages[.name] == .none else { return nil }
            bits = CustomerKey.key(cells.documentNumber, with: cells.name)
        } else if isBlank(cells.documentNumber) {
            guard cells.damages.map({ $0[.name] == .none && $0[.sex] == .none && $0[.birthDate] == .none }) ?? true else { return nil }
            guard !isBlank(cells.name) else { return nil }
            bits = CustomerKey.hashed { hasher in
                hasher.combine(PersonName.hash(cells.name))
                hasher.combine(Sex(cells.sex)?.rawValue ?? 0)
                hasher.combine(DayOfBirth(cells.birthDate))
            }
        } else {
            let kind = DocumentKind(cell: cells.documentType)
            if kind?.isResidents == true, let number = CustomerKey.residentNumber(cells.documentNumber) {
                bits = number
                return
            }
            bits = CustomerKey.key(cells, kind)
        }
    }

    /// Of a number that a spreadsheet may have cut.
    private static func key(_ number: PersonCells.Cell, with name: PersonCells.Cell) -> UInt64 {
        hashed { hasher in
            hasher.combine(PersonName.hash(name))
            hasher.combine(bytes: UnsafeRawBufferPointer(number))
        }
    }

    private static func key(_ cells: PersonCells, _ kind: DocumentKind?) -> UInt64 {
        guard let key = (kind ?? .passport).matchKey(cells.documentNumber) else {
            return hashed { $0.combine(bytes: UnsafeRawBufferPointer(cells.documentNumber)) }
        }
        // The old form of a resident number, or one that was written with spaces, is known as such only now.
        if key.kind == .document(.residentID) {
            var number = key.number
            // The old form of a number that ends as if it were cut is the same person's as that: see above.
            if number.hasSuffix("000"), !isBlank(cells.name) { return number.withUTF8 { Self.key($0, with: cells.name) } }
            if let plain = number.withUTF8({ residentNumber($0) }) { return plain }
        }
        return hashed { $0.combine(key) }
    }

    /// The resident number that a key is made of; `nil` where it is a hash.
    static func number(of bits: UInt64) -> String? {
        guard bits >> 61 != 7 else { return nil }
        let digits = String(bits >> 4), check = bits & 15
        return String(repeating: "0", count: max(0, 17 - digits.count)) + digits + (check == 10 ? "X" : String(check))
    }

    /// Seventeen digits and the check character, one to one in 61 bits.
    static func residentNumber(_ bytes: PersonCells.Cell) -> UInt64? {
        guard bytes.count == 18, let number = Figures.number(UnsafeBufferPointer(rebasing: bytes[..<17])) else { return nil }
        let last = bytes[17]
        let check: UInt64 = last | 0x20 == UInt8(ascii: "x") ? 10 : UInt64(last &- 48)
        return check <= 10 && last != UInt8(ascii: ":") ? number << 4 | check : nil
    }

    private static func hashed(_ feed: (inout Hasher) -> Void) -> UInt64 {
        var hasher = Hasher()
        feed(&hasher)
        return UInt64(bitPattern: Int64(hasher.finalize())) | 7 << 61
    }
}

/// Equal days however they are written; what is no day is kept as it stands.
private struct DayOfBirth: Hashable {
    private let number: Int32
    private let text: String

    init(_ cell: PersonCells.Cell) {
        if let day = Day(loose: cell) {
            (number, text) = (day.number, "")
        } else {
            (number, text) = (.min, String(decoding: cell, as: UTF8.self))
        }
    }
}
