import Glibc

/// The text of a PDF, read by poppler's `pdftotext` in a process of its own: a file that is made to break its reader breaks that one
/// alone. Without the program, or where it takes too long, there is no text and it says so.
enum PDFText {
    static func read(_ content: [UInt8]) -> FileText {
        let program = OutsideProgram("pdftotext", "-q", "-enc", "UTF-8", "-nopgbrk", "-", "-")
        guard let text = program.run(on: content) else { return FileText(notes: [.unread]) }
        let plain = joined(String(decoding: text, as: UTF8.self))
        return FileText(text: plain, notes: plain.contains { !$0.isWhitespace } ? [] : [.noText])
    }

    /// Without U+0000, form feeds, and the blanks that lie between two ideographs.
    static func joined(_ text: String) -> String {
        var out = String.UnicodeScalarView(), blanks: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars where scalar.value != 0 {
            if scalar == " " || scalar == "\u{C}" {
                blanks.append(" ")
                continue
            }
            if let last = out.last, !(isIdeograph(last) && isIdeograph(scalar)) { out.append(contentsOf: blanks) }
            blanks = []
            out.append(scalar)
        }
        return String(out)
    }

    private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2E80...0x2FDF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF: true
        default: false
        }
    }
}
