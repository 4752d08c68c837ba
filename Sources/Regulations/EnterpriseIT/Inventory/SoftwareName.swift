/// A program's name and publisher as they are compared: versions, architectures and bracketed remarks are no part of a name.
package enum SoftwareName {
    package static func key(_ name: String) -> String {
        var plain = "", depth = 0
        for character in PlainText.halfWidth(name).lowercased() {
            switch character {
            case "(", "[", "【": depth += 1
            case ")", "]", "】": depth = max(0, depth - 1)
            default: if depth == 0 { plain.append(character) }
            }
        }
        let words = plain.split { $0.isWhitespace || $0 == "_" || $0 == "," }
        let kept = words.filter { !isVersion($0) && !architectures.contains(String($0)) }
        // 360 is a name by itself.
        let name = kept.isEmpty ? words : kept
        return name.joined(separator: " ").filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "+" || $0 == "#" }
    }

    private static func isVersion(_ word: Substring) -> Bool {
        let number = word.first == "v" ? word.dropFirst() : word
        guard let first = number.first, first.isNumber else { return word == "-" || word == "version" }
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        return parts[0].allSatisfy(\.isNumber) && (parts.count > 1 || number.allSatisfy(\.isNumber))
    }

    private static let architectures: Set<String> = [
        "x64", "x86", "amd64", "arm64", "i386", "i686", "x86_64", "64-bit", "32-bit", "64位", "32位", "win64", "win32",
    ]

    package static func publisherKey(_ publisher: String) -> String {
        let words = PlainText.halfWidth(publisher).lowercased().split { !$0.isLetter && !$0.isNumber }
        return words.filter { !companies.contains(String($0)) }.joined(separator: " ")
    }

    private static let companies: Set<String> = [
        "inc", "corp", "corporation", "ltd", "llc", "gmbh", "co", "company", "limited", "ag", "sa", "the",
    ]
}

/// Versions by their numbers: 3.9 comes before 3.10.
package struct VersionNumber: Hashable, Sendable {
    package let parts: [UInt64]

    /// Of `3.11.4-rc1` the numbers 3, 11, 4; empty where there is none.
    package init(_ text: String) {
        var parts: [UInt64] = []
        for part in text.split(whereSeparator: { $0 == "." || $0 == "_" || $0 == "-" || $0 == "+" || $0 == "~" }) {
            let digits = part.drop { $0 == "v" }.prefix { ("0"..."9").contains($0) }
            guard let number = UInt64(digits) else { break }
            parts.append(number)
        }
        self.parts = parts
    }

    /// - Parameter length: only so many numbers are compared; missing ones are 0.
    package func compare(_ other: VersionNumber, length: Int? = nil) -> Int {
        for place in 0..<(length ?? max(parts.count, other.parts.count)) {
            let (one, two) = (place < parts.count ? parts[place] : 0, place < other.parts.count ? other.parts[place] : 0)
            if one != two { return one < two ? -1 : 1 }
        }
        return 0
    }

    /// The upper end counts as far as it is written: up to 3.11 takes 3.11.9.
    package func isWithin(from least: VersionNumber?, to most: VersionNumber?) -> Bool {
        if let least, compare(least) < 0 { return false }
        if let most, compare(most, length: most.parts.count) > 0 { return false }
        return true
    }
}

/// What may be installed, and what may not: by publisher, name and version.
package struct SoftwareWhitelist: Sendable {
    package struct Rule: Sendable {
        package let isAllowed: Bool
        package let least: VersionNumber?, most: VersionNumber?
        package let publisher: String
    }

    package enum Verdict: Hashable, Sendable { case allowed, forbidden, wrongVersion, unknown }

    private var rules: [String: [Rule]] = [:]
    package var isEmpty: Bool { rules.isEmpty }
    package init() {}

    package mutating func add(
        name: String, publisher: String, from least: String = "", to most: String = "", isAllowed: Bool = true
    ) {
        func bound(_ text: String) -> VersionNumber? { VersionNumber(text).parts.isEmpty ? nil : VersionNumber(text) }
        let rule = Rule(
            isAllowed: isAllowed, least: bound(least), most: bound(most), publisher: SoftwareName.publisherKey(publisher))
        rules[SoftwareName.key(name), default: []].append(rule)
    }

    package func verdict(of software: SeenSoftware) -> Verdict {
        verdict(name: SoftwareName.key(software.name), publisher: SoftwareName.publisherKey(software.publisher), software.version)
    }

    /// - Parameters: name and publisher as they are compared.
    package func verdict(name: String, publisher: String, _ version: String) -> Verdict {
        guard let rules = rules[name] else { return .unknown }
        // A game is one whoever publishes it.
        if rules.contains(where: { !$0.isAllowed && ($0.publisher.isEmpty || $0.publisher == publisher) }) { return .forbidden }
        let allowed = rules.filter { $0.isAllowed && $0.publisher == publisher }
        if allowed.isEmpty { return .unknown }
        let number = VersionNumber(version)
        return allowed.contains { $0.least == nil && $0.most == nil || number.isWithin(from: $0.least, to: $0.most) }
            ? .allowed : .wrongVersion
    }
}
