/// Whether a field holds nothing: no bytes, or spaces of any width only.
package func isBlank(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    // Most fields begin with ASCII or an ideograph.
    if let first = bytes.first, (0x21...0x7E).contains(first) || (0xE4...0xE9).contains(first) { return false }
    var place = 0
    while place < bytes.count {
        let (scalar, width) = PlainCharacters.scalar(bytes, at: place)
        guard PlainCharacters.plainForm(scalar) == nil else { return false }
        place += width
    }
    return true
}
