/// One character, one code: what looks the same on paper and screen and is another code point - Kangxi and CJK radicals (U+2E80-2FDF),
/// compatibility ideographs (U+F900-FAFF, U+2F800-2FA1F), the private codes of GBK and GB 18030 - becomes the ideograph that is meant.
///
/// Sources: Unicode's EquivalentUnifiedIdeograph.txt for radicals, the mapping of GB 18030 for the private codes, canonical
/// decomposition for the rest.
package enum Ideographs {
    /// For keeping and printing: variation selectors stay.
    package static func folded(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { isDoubtful($0.value) }) else { return text }
        var folded = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { folded.append(plain(scalar)) }
        return String(folded)
    }

    /// For comparing and finding: variation selectors go.
    package static func matched(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { isDoubtful($0.value) || isSelector($0.value) }) else { return text }
        var folded = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !isSelector(scalar.value) { folded.append(plain(scalar)) }
        return String(folded)
    }

    /// The ideograph that is meant by a scalar; itself where there is no other.
    package static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard isDoubtful(scalar.value) else { return scalar }
        return table[scalar.value].flatMap(Unicode.Scalar.init) ?? scalar
    }

    package static func isSelector(_ code: UInt32) -> Bool { (0xFE00...0xFE0F).contains(code) || (0xE0100...0xE01EF).contains(code) }

    private static func isDoubtful(_ code: UInt32) -> Bool {
        switch code {
        case 0x2E80...0x2FDF, 0xE78D...0xE864, 0xF900...0xFAFF, 0x2F800...0x2FA1F: true
        default: false
        }
    }

    private static let table: [UInt32: UInt32] = {
        var table: [UInt32: UInt32] = [:]
        for line in String(decoding: PackageResources.ideographs_tsv, as: UTF8.self).split(separator: "\n") {
            let codes = line.split(separator: "\t").compactMap { UInt32($0, radix: 16) }
            if codes.count == 2 { table[codes[0]] = codes[1] }
        }
        return table
    }()
}
