import Crypto
import Kernel

/// Every form carries a word that was made with its page, so that what is sent twice is done once: by a double click, or again after a
/// lost connection. The same page filled in otherwise is another request.
extension FormData {
    /// The field of the word.
    static let once = "once"

    static func newWord() -> String {
        String(UInt64.random(in: .min ... .max), radix: 36) + String(UInt64.random(in: .min ... .max), radix: 36)
    }

    /// `nil` where the form has no word.
    func requestKey(of path: String) -> RequestKey? {
        let word = self[Self.once]
        guard (16...64).contains(word.utf8.count) else { return nil }
        let content = digest
        return RequestKey(word: "\(path) \(word) \(Token.hexadecimal(content))", question: content)
    }

    /// SHA-256 of all that was filled in.
    private var digest: [UInt8] {
        var hash = SHA256()
        func add(_ text: String) {
            withUnsafeBytes(of: UInt64(text.utf8.count).bigEndian) { hash.update(bufferPointer: $0) }
            hash.update(data: Array(text.utf8))
        }
        for name in names.sorted() where name != "csrf" {
            add(name)
            for text in all(name) { add(text) }
        }
        for name in fileNames.sorted() {
            for file in files(name) {
                add(name)
                add(file.name)
                add(String(file.size))
                if case .bytes(let bytes) = file.content { hash.update(data: bytes) }
            }
        }
        return Array(hash.finalize())
    }
}
