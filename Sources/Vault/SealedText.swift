/// Sealed values in columns of text: a mark, and the value in base64url.
extension KeyRing {
    /// U+001E, which nobody types: what begins with it is sealed, and what was written before texts were sealed is not.
    private static let mark: Character = "\u{1E}"

    /// Seals what a person wrote, for a column of text. Nothing stays nothing.
    package func sealText(_ text: String, level: Int, context: [UInt8]) throws -> String {
        if text.isEmpty { return "" }
        let sealed = try seal(text, level: level, context: context)
        return String(Self.mark) + sealed.withUnsafeBytes { Base64URL.encode($0) }
    }

    /// Opens what `sealText` made; a text that was never sealed comes back as it is.
    /// - Throws: `VaultError.destroyed`, `.keyUnknown`, `.valueDamaged`.
    package func openText(_ text: String, context: [UInt8]) throws -> String {
        guard Self.isSealed(text) else { return text }
        guard let sealed = Base64URL.decode(text.utf8.dropFirst()) else { throw VaultError.valueDamaged }
        return try open(sealed, context: context)
    }

    package static func isSealed(_ text: String) -> Bool { text.first == mark }

    /// Which key sealed it; `nil` where it is not sealed.
    package static func keyID(ofText text: String) throws(VaultError) -> UInt32? {
        guard isSealed(text) else { return nil }
        guard let sealed = Base64URL.decode(text.utf8.dropFirst()) else { throw .valueDamaged }
        return try keyID(of: sealed)
    }
}
