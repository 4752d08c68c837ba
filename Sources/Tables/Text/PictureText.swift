/// What stands on a picture, read by `tesseract` where the machine has it. Numbers come right more often than names do: a hint by which a
/// file is found, never a value.
package enum PictureText {
    /// Of a scan of many pages only so many are read.
    private static let mostPages = 10

    package static var isThere: Bool { OutsideProgram.isThere("tesseract") }

    /// - Returns: `nil` where the program is not there, or the file is no picture that it reads.
    package static func read(_ content: [UInt8]) -> String? {
        guard isThere else { return nil }
        guard content.starts(with: Array("%PDF-".utf8)) else { return picture(content) }
        guard let pages = PDFPictures.pages(of: content) else { return nil }
        let texts = pages.prefix(mostPages).compactMap(picture)
        return texts.isEmpty ? nil : texts.joined(separator: "\n")
    }

    private static func picture(_ content: [UInt8]) -> String? {
        // Chinese alone: together with English it reads worse.
        var program = OutsideProgram("tesseract", "stdin", "stdout", "-l", "chi_sim")
        program.seconds = 60
        guard let text = program.run(on: content) else { return nil }
        let plain = PDFText.joined(String(decoding: text, as: UTF8.self))
        return plain.contains { !$0.isWhitespace } ? plain : nil
    }
}
