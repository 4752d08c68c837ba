/// What is common to mobile numbers and land lines.
package enum Telephone {
    /// A number's faults, and the number itself as the key under which equal numbers meet: country code, leading 0, extension and
    /// grouping left out. 0 when it has no such form.
    package struct CheckResult: Sendable, Hashable {
        package var faults: FaultSet
        package var number: UInt64

        package init(_ fault: DataFault) { self.init(FaultSet(fault)) }
        package init(_ faults: FaultSet = FaultSet(), number: UInt64 = 0) { self.faults = faults; self.number = number }
    }

    /// The longest thing taken for a telephone number, extension and all.
    static let capacity = 40

    /// Calls `body` with the digits and marks: `-` only where asked for, `E` before an extension (转, 分机, 内线, #), no parentheses.
    /// The country code of China is left out. What is too long comes as nothing.
    static func withPlain<R>(
        _ bytes: UnsafeBufferPointer<UInt8>, _ group: PlainCharacters.Group, _ body: (Slice<UnsafeMutableBufferPointer<UInt8>>) -> R
    ) -> R {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { plain in
            var (place, count) = (0, 0)
            while place < bytes.count, count < capacity {
                let (scalar, width) = PlainCharacters.scalar(bytes, at: place)
                place += width
                guard let byte = plainForm(scalar), byte != UInt8(ascii: "-") || group == .keepHyphens else { continue }
                if count > 0, plain[count - 1] == UInt8(ascii: "E"), isRestOfExtensionMark(scalar) { continue }
                plain[count] = byte
                count += 1
            }
            let all = place < bytes.count ? plain[..<0] : plain[..<count]
            return body(all[withoutCountry(all)...])
        }
    }

    private static func plainForm(_ scalar: UInt32) -> UInt8? {
        switch scalar {
        // 转 轉 #, 分 of 分机, 内 內 of 内线.
        case 0x8F6C, 0x8F49, 0x23, 0xFF03, 0x5206, 0x5185, 0x5167: return UInt8(ascii: "E")
        case 0x28, 0x29, 0xFF08, 0xFF09: return nil
        default: return PlainCharacters.plainForm(scalar)
        }
    }

    /// What may follow the first character of a mark: 转分机, 分机号, 内线, a colon.
    private static func isRestOfExtensionMark(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x5206, 0x673A, 0x6A5F, 0x5185, 0x5167, 0x7EBF, 0x7DDA, 0x53F7, 0x865F, 0x3A, 0xFF1A: true
        default: false
        }
    }

    /// Where the number starts after +86, 0086 or 86; the last only before what can then be a number of its own.
    private static func withoutCountry(_ plain: Slice<UnsafeMutableBufferPointer<UInt8>>) -> Int {
        for prefix in ["+86", "0086"] where plain.starts(with: prefix.utf8) {
            let start = prefix.utf8.count
            return plain.dropFirst(start).first == UInt8(ascii: "-") ? start + 1 : start
        }
        guard plain.starts(with: "86".utf8) else { return 0 }
        if plain.count == 13, plain[2] == UInt8(ascii: "1") { return 2 }
        return plain.dropFirst(2).first == UInt8(ascii: "-") ? 3 : 0
    }

    /// The digits as a whole number; `nil` when there are none, too many, or other characters among them.
    static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64? {
        withPlain(bytes, .dropHyphens) { plain in
            guard (1...18).contains(plain.count), plain.allSatisfy(isDigit) else { return nil }
            return plain.reduce(0) { $0 * 10 + UInt64($1 - 48) }
        }
    }

    /// Service numbers that a company answers: 95xxx, 96xxx, 100xx, and 400 or 800 with seven digits.
    static func isHotLine(_ digits: Slice<UnsafeMutableBufferPointer<UInt8>>) -> Bool {
        switch digits.count {
        case 5: ["95", "96", "100"].contains { digits.starts(with: $0.utf8) }
        case 6...8: ["95", "96"].contains { digits.starts(with: $0.utf8) }
        case 10: ["400", "800"].contains { digits.starts(with: $0.utf8) }
        default: false
        }
    }
}
