import Crypto
import Kernel

/// 正文摘要: the digest of a text and its attachments, which proves that two people have read the same. Not of a printed file, whose time
/// stamp differs from print to print.
enum TextDigest {
    /// SHA-256, 64 hexadecimal digits. Line ends and blanks at the ends of lines do not count.
    static func of(_ text: String, _ files: [FileReference] = []) -> String {
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.map { line in
            String(line.reversed().drop(while: \.isWhitespace).reversed())
        }
        let canonical = ([lines.joined(separator: "\n")] + files.map(\.digest).sorted()).joined(separator: "\u{1E}")
        return SHA256.hash(data: Array(canonical.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// A text as it stood once, with the digest that others are held against.
package struct TextVersion: Line {
    package var serial = 0
    package var text = "", digest = "", note = ""
    package var by = PersonID.none
    package init() {}

    package static let fields: [Field<TextVersion>] = [
        .whole(\.serial, "版次", "Version", in: 0...10_000), .person(\.by, "修改人", "By").optional(),
        .text(\.note, "修改说明", "What changed").optional(), .prose(\.text, "正文", "Text"), .text(\.digest, "校验值", "Digest").code(),
    ]

    /// The text as the next version, unless it is the same as the last.
    static func append(_ text: String, _ files: [FileReference], _ note: String, to versions: inout [TextVersion], by person: PersonID) {
        let digest = TextDigest.of(text, files)
        if versions.last?.digest == digest { return }
        var version = TextVersion()
        (version.serial, version.text, version.digest, version.note, version.by) = (versions.count + 1, text, digest, note, person)
        versions.append(version)
    }
}
