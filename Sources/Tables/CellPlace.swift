import Glibc

/// What the `t` of a cell says of its value.
enum CellKind {
    case number, shared, text, truth, error, other

    @inline(__always)
    init(_ attribute: UnsafeBufferPointer<UInt8>?) {
        guard let attribute else {
            self = .number
            return
        }
        // Two bytes tell them apart; this is asked for every cell.
        switch (attribute.first ?? 0, attribute.count > 1 ? attribute[1] : 0) {
        case (UInt8(ascii: "n"), 0): self = .number
        case (UInt8(ascii: "s"), 0): self = .shared
        case (UInt8(ascii: "s"), _), (UInt8(ascii: "i"), _): self = .text
        case (UInt8(ascii: "b"), 0): self = .truth
        case (UInt8(ascii: "e"), 0): self = .error
        default: self = .other
        }
    }
}

/// Reads the figures and the places of cells, such as `BC23`.
package enum CellPlace {
    /// The column of a place, from 0. Nothing if it has no letters or more than a spreadsheet's three.
    @inline(__always)
    static func column(_ place: UnsafeBufferPointer<UInt8>) -> Int? {
        var column = 0
        var letters = 0
        while letters < place.count, case let letter = place[letters] & 0xDF, letter >= UInt8(ascii: "A"), letter <= UInt8(ascii: "Z") {
            letters += 1
            guard letters <= 3 else { return nil }
            column = column * 26 + Int(letter - UInt8(ascii: "A")) + 1
        }
        return letters > 0 ? column - 1 : nil
    }

    /// A whole number of at most nine figures.
    @inline(__always)
    static func number(_ figures: UnsafeBufferPointer<UInt8>) -> Int? {
        guard figures.count > 0, figures.count <= 9 else { return nil }
        var number = 0
        for figure in figures {
            guard figure >= UInt8(ascii: "0"), figure <= UInt8(ascii: "9") else { return nil }
            number = number * 10 + Int(figure - UInt8(ascii: "0"))
        }
        return number
    }

    /// A whole number that is written with an exponent (1.38E+10), in plain figures. Beyond 15 figures a spreadsheet has lost the
    /// last ones, and the text stays as it is, so that the loss is seen.
    static func wholeNumber(_ text: UnsafeBufferPointer<UInt8>) -> String? {
        guard text.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }) else { return nil }
        guard let value = Double(String(decoding: text, as: UTF8.self)), value.magnitude < 1e15 else { return nil }
        guard value == value.rounded() else { return nil }
        return String(Int(value))
    }

    /// The number of a shared text; some programs break the line around it.
    static func index(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        number(text) ?? Int(String(decoding: text, as: UTF8.self)) ?? Int(String(decoding: text.filter { $0 > 32 }, as: UTF8.self))
    }

    /// The place of a cell as people name it, such as `B7`.
    /// - Parameters:
    ///   - column: from 0.
    ///   - row: as a spreadsheet numbers it.
    package static func name(column: Int, row: Int) -> String { letters(column) + String(row) }

    /// The letters of a column, from 0.
    package static func letters(_ column: Int) -> String {
        var (letters, rest) = ("", column + 1)
        while rest > 0 {
            letters = String(UnicodeScalar(UInt8(ascii: "A") + UInt8((rest - 1) % 26))) + letters
            rest = (rest - 1) / 26
        }
        return letters
    }
}
