import Kernel

/// Files that were handed in and kept, but whose document is not written yet: a form with a fault comes back, and its files with it.
/// Each travels as a word, the same on every server. The word opens nothing: the desk takes a file only from whoever handed it in.
enum PendingUploads {
    /// The longest name of a file, in characters.
    static let longestName = 150

    static func word(for file: FileReference) -> String { "\(file.digest).\(file.size).\(file.name)" }

    /// `nil` when it is no such word.
    static func file(_ word: String) -> FileReference? {
        let parts = word.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 64, parts[0].utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }),
            let size = Int(parts[1]), size > 0, !parts[2].isEmpty, parts[2].unicodeScalars.count <= 2 * longestName
        else { return nil }
        return FileReference(digest: String(parts[0]), name: String(parts[2]), size: size)
    }
}
