import Crypto
import Kernel

/// Files that were handed in and kept, but whose document is not written yet: a form with a fault comes back, and its files with it.
/// Each travels as a word that this server has signed, so that nobody can name a file that is not his. The words end with the server's run.
final class KeptFiles: Sendable {
    private let key = SymmetricKey(size: .bits256)

    func word(for file: FileReference, of person: PersonID) -> String {
        "\(file.digest).\(file.size).\(signature(file, person)).\(file.name)"
    }

    /// `nil` when this server did not sign it for this person.
    func file(_ word: String, of person: PersonID) -> FileReference? {
        let parts = word.split(separator: ".", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, let size = Int(parts[1]) else { return nil }
        let file = FileReference(digest: String(parts[0]), name: String(parts[3]), size: size)
        return Token.same(String(parts[2]), signature(file, person)) ? file : nil
    }

    private func signature(_ file: FileReference, _ person: PersonID) -> String {
        let text = "\(person.raw) \(file.digest) \(file.size) \(file.name)"
        return Token.hexadecimal(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key))
    }
}
