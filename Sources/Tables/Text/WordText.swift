/// The text of a DOCX (ECMA-376 part 1, 17): as it stands with all tracked changes accepted, with footnotes, headers and text boxes; hidden
/// text too, and said to be there.
enum WordText {
    private static let parts = ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml", "word/comments.xml"]
    private static let mostHeads = 9

    static func read(_ path: String) throws(PaperError) -> FileText {
        let listener = WordListener()
        let heads = (1...mostHeads).flatMap { ["word/header\($0).xml", "word/footer\($0).xml"] }
        for name in parts + heads {
            guard let part = try ZipPart(name, in: path, limits: .forText) else { continue }
            try XMLStream(part, to: listener).finish()
            listener.bytes.append(UInt8(ascii: "\n"))
        }
        var notes: [FileText.Note] = []
        if listener.hasChanges { notes.append(.trackedChanges) }
        if listener.hasHidden { notes.append(.hidden) }
        return FileText(text: String(decoding: listener.bytes.filter { $0 != 0 }, as: UTF8.self), notes: notes)
    }
}

private final class WordListener: XMLListener {
    var bytes: [UInt8] = []
    private(set) var hasChanges = false, hasHidden = false
    /// Inside what was deleted, moved away, is a reading above a character, or a fallback for programs of old.
    private var deleted = 0, ruby = 0, fallback = 0
    private var isText = false
    private var isMarkDeleted = false, isInParagraphMark = false

    func began(_ name: XMLName, _ attributes: XMLAttributes) {
        if name == "t" { isText = true }
        else if name == "del" {
            // A deletion of the paragraph's mark joins it to the next.
            if isInParagraphMark { isMarkDeleted = true } else { deleted += 1 }
            hasChanges = true
        } else if name == "moveFrom" { deleted += 1; hasChanges = true }
        else if name == "ins" || name == "moveTo" { hasChanges = true }
        else if name == "rt" { ruby += 1 }
        else if name == "Fallback" { fallback += 1 }
        else if name == "vanish" { hasHidden = true }
        else if name == "pPr" { isInParagraphMark = true }
        else if name == "tab" || name == "br" { if deleted + ruby + fallback == 0 { bytes.append(UInt8(ascii: " ")) } }
    }

    func ended(_ name: XMLName) {
        if name == "t" { isText = false }
        else if name == "del" { if !isInParagraphMark { deleted = max(0, deleted - 1) } }
        else if name == "moveFrom" { deleted = max(0, deleted - 1) }
        else if name == "rt" { ruby = max(0, ruby - 1) }
        else if name == "Fallback" { fallback = max(0, fallback - 1) }
        else if name == "pPr" { isInParagraphMark = false }
        else if name == "p" {
            if !isMarkDeleted, fallback == 0 { bytes.append(UInt8(ascii: "\n")) }
            isMarkDeleted = false
        }
    }

    func text(_ text: UnsafeBufferPointer<UInt8>) {
        if isText, deleted + ruby + fallback == 0 { bytes.append(contentsOf: text) }
    }
}
