/// Whether a field holds nothing: no bytes, or spaces of any width only.
package func isBlank(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var place = 0
    while place < bytes.count {
        let (scalar, width) = PlainCharacters.scalar(bytes, at: place)
        guard PlainCharacters.plainForm(scalar) == nil else { return false }
        place += width
    }
    return true
}
