/// One character, one code: what looks the same on paper and screen and is another code point - Kangxi and CJK radicals (U+2E80-2FDF),
/// compatibility ideographs (U+F900-FAFF, U+2F800-2FA1F), the private codes of GBK and GB 18030 - becomes the ideograph that is meant.
///
/// Sources: Unicode's EquivalentUnifiedIdeograph.txt for radicals, the mapping of GB 18030 for the private codes, canonical
/// decomposition for the rest. For comparing only, old forms of a character (呂, 黃, 戶) are the new one as well (the ministry's list of
/// old and new forms, and variants drawn nearly alike).
package enum Ideographs {
    /// For keeping and printing: variation selectors and old forms stay.
    package static func folded(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { isDoubtful($0.value) }) else { return text }
        var folded = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { folded.append(Unicode.Scalar(plain(scalar.value)) ?? scalar) }
        return String(folded)
    }

    /// For comparing and finding: the character that is meant, in its new form.
    package static func matched(_ scalar: Unicode.Scalar) -> Unicode.Scalar { Unicode.Scalar(matched(scalar.value)) ?? scalar }

    /// The same of a code; 0 for a variation selector, which says only how a character is drawn.
    static func matched(_ code: UInt32) -> UInt32 {
        if isSelector(code) { return 0 }
        let plain = plain(code)
        return hasOldForm(plain) ? newForms[plain] ?? plain : plain
    }

    package static func isSelector(_ code: UInt32) -> Bool { (0xFE00...0xFE0F).contains(code) || (0xE0100...0xE01EF).contains(code) }

    /// Whether the code is that of an old form. Asked of every character of every name.
    @inline(__always)
    static func hasOldForm(_ code: UInt32) -> Bool {
        guard unified.contains(code) else { return false }
        let place = Int(code - unified.lowerBound)
        return oldForms[place >> 6] >> UInt64(place & 63) & 1 == 1
    }

    private static func plain(_ code: UInt32) -> UInt32 { isDoubtful(code) ? table[code] ?? code : code }

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

    private static let unified: ClosedRange<UInt32> = 0x4E00...0x9FFF

    private static let newForms: [UInt32: UInt32] = {
        var forms: [UInt32: UInt32] = [:]
        for line in String(decoding: PackageResources.glyph_variants_tsv, as: UTF8.self).split(separator: "\n") {
            let characters = line.split(separator: "\t").compactMap(\.unicodeScalars.first?.value)
            if characters.count == 2 { forms[characters[0]] = characters[1] }
        }
        return forms
    }()

    /// A bit for each of the unified ideographs.
    private static let oldForms: [UInt64] = {
        var bits = [UInt64](repeating: 0, count: unified.count / 64 + 1)
        for code in newForms.keys { bits[Int(code - unified.lowerBound) >> 6] |= 1 << UInt64((code - unified.lowerBound) & 63) }
        return bits
    }()
}
