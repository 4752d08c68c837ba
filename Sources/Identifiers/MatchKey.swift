/// The form of a number under which equal ones meet, held in place so that millions can be compared without allocation.
package struct MatchKey: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case document(DocumentKind), account

        fileprivate var tag: UInt8 {
            switch self {
            case .document(let kind): kind.rawValue + 1
            case .account: 0xFF
            }
        }
    }

    private static let capacity = 31

    /// The length, up to 31 bytes, and the kind fill the ends; the rest is zero.
    private let first, second, third, fourth: UInt64
    package let kind: Kind

    /// `nil` without bytes or with more than 31.
    init?(_ kind: Kind, _ bytes: UnsafeBufferPointer<UInt8>) {
        guard (1...MatchKey.capacity).contains(bytes.count) else { return nil }
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: UnsafeRawBufferPointer(bytes)) }
        (first, second, third) = (UInt64(littleEndian: words.0), UInt64(littleEndian: words.1), UInt64(littleEndian: words.2))
        fourth = UInt64(littleEndian: words.3) | UInt64(bytes.count) << 56
        self.kind = kind
    }

    package static func == (one: MatchKey, other: MatchKey) -> Bool {
        one.first == other.first && one.second == other.second && one.third == other.third && one.fourth == other.fourth
            && one.kind.tag == other.kind.tag
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(first)
        hasher.combine(second)
        hasher.combine(third)
        hasher.combine(fourth ^ UInt64(kind.tag) << 48)
    }

    /// The key as a text, kind included: `resident-id:11010519491231002X`. What a blind index is made of.
    package var text: String {
        let count = Int(fourth >> 56)
        let bytes = [first, second, third, fourth].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64($0 * 8)) } }
        let name = if case .document(let kind) = kind { kind.code } else { "account" }
        return name + ":" + String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    /// The same without the kind.
    package var number: String { String(text.drop { $0 != ":" }.dropFirst()) }
}

extension DocumentKind {
    /// The key of a number of this kind, good or not. A resident number is one person's on an identity card, in a household register and on
    /// a residence permit, in its old and its new form; a permit of Hong Kong or Macau is its first nine characters and one of Taiwan its
    /// first eight, which stay for life; grouping, width and case make no difference.
    /// `nil` when the number is empty or too long to be one.
    package func matchKey(_ bytes: UnsafeBufferPointer<UInt8>) -> MatchKey? {
        if isResidents, bytes.count == 18, let start = bytes.baseAddress, EighteenDigits(start) != nil, bytes[17] != UInt8(ascii: "x") {
            return MatchKey(.document(.residentID), bytes)
        }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { plain in
            var count = 0
            var place = 0
            while place < bytes.count {
                let (scalar, width) = PlainCharacters.scalar(bytes, at: place)
                defer { place += width }
                guard let byte = PlainCharacters.plainForm(scalar), byte != UInt8(ascii: "-"), byte != UInt8(ascii: ".") else { continue }
                let length = byte == PlainCharacters.unknown ? width : 1
                guard count + length <= 31 else { return nil }
                for next in 0..<length { plain[count + next] = length == 1 && byte != PlainCharacters.unknown ? byte : bytes[place + next] }
                count += length
            }
            return key(UnsafeMutableBufferPointer(rebasing: plain[..<count]))
        }
    }

    package func matchKey(_ text: String) -> MatchKey? { text.withBytes { matchKey($0) } }

    /// The form under which a number is found whose kind is not told: that of the kind whose number it can be.
    package static func lookupForm(_ text: String) -> String {
        let permit = [DocumentKind.hkMacauPermit, .taiwanPermit].first { !$0.check(text, today: 0).faults.hasBlock }
        guard let number = (permit ?? .residentID).matchKey(text)?.number else { return "" }
        return DocumentKind.residentID.code + ":" + number
    }

    /// Where the number of a resident may stand.
    package var isResidents: Bool { self == .residentID || self == .householdBook || self == .residencePermit }

    private func key(_ plain: UnsafeMutableBufferPointer<UInt8>) -> MatchKey? {
        switch self {
        case .hkMacauPermit where plain.count > 9:
            return MatchKey(.document(self), UnsafeBufferPointer(rebasing: plain[..<9]))
        case .taiwanPermit where TravelPermit.isTaiwan(plain):
            return MatchKey(.document(self), UnsafeBufferPointer(rebasing: plain[..<8]))
        case _ where isResidents && plain.count == 15:
            return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 18) { modern in
                let isOld = ResidentNumber.modernise(plain, into: modern)
                return MatchKey(.document(isOld ? .residentID : self), UnsafeBufferPointer(isOld ? modern : plain))
            }
        case _ where isResidents && plain.count == 18:
            let isModern = plain.baseAddress.flatMap { EighteenDigits($0) } != nil
            return MatchKey(.document(isModern ? .residentID : self), UnsafeBufferPointer(plain))
        default:
            return MatchKey(.document(self), UnsafeBufferPointer(plain))
        }
    }
}
