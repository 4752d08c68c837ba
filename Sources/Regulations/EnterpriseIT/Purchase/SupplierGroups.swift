/// Which suppliers belong together: the same person in charge, telephone, address, mail, account or code. Three quotes of one hand are one.
package struct SupplierGroups: Sendable {
    /// The places of the suppliers, a list for each group.
    package let groups: [[Int]]
    package var count: Int { groups.count }

    /// - Parameter suppliers: of each supplier what is known, the same kinds of sign in the same order; empty where it is not known.
    package init(_ suppliers: [[String]]) {
        var group = Array(suppliers.indices)
        func root(_ place: Int) -> Int { group[place] == place ? place : root(group[place]) }
        var known: [String: Int] = [:]
        for (place, signs) in suppliers.enumerated() {
            for (kind, sign) in signs.enumerated() {
                let plain = PlainText.key(sign)
                if plain.isEmpty { continue }
                let key = "\(kind) \(plain)"
                if let other = known[key] { group[root(place)] = root(other) } else { known[key] = place }
            }
        }
        groups = Dictionary(grouping: suppliers.indices) { root($0) }.values.sorted { $0[0] < $1[0] }
    }
}

/// Text as it is compared: half width, lower case, without blanks and marks.
package enum PlainText {
    package static func halfWidth(_ text: String) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isFull = (0xFF01...0xFF5E).contains(scalar.value)
            plain.append(isFull ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar.value == 0x3000 ? " " : scalar)
        }
        return String(plain)
    }

    package static func key(_ text: String) -> String {
        halfWidth(text).lowercased().filter { $0.isLetter || $0.isNumber || $0 == "@" }
    }

    /// Letters and digits alone, in upper case: an asset number, a serial number.
    package static func code(_ text: String) -> String { halfWidth(text).uppercased().filter { $0.isLetter || $0.isNumber } }
}
