import Kernel
import Print
import Tables

/// An attachment that leaves as a numbered copy: the number stands in the file's name, and across every page of a PDF with reader and
/// time. Of other kinds, and of a PDF that cannot be drawn here, the name and the register of copies have it.
enum MarkedFile {
    static func name(_ name: String, _ copy: IssuedCopy) -> String {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "\(name) \(copy.code)" }
        return "\(name[..<dot]) \(copy.code)\(name[dot...])"
    }

    /// `nil` where nothing of it can be marked.
    /// - Throws: `PrintError.overloaded`: a file that could be marked does not leave without a mark because many wait.
    static func marked(_ content: [UInt8], _ copy: IssuedCopy, _ l: Language) async throws -> [UInt8]? {
        guard content.starts(with: Array("%PDF-".utf8)), let pages = PDFPictures.pages(of: content) else { return nil }
        let mark = l("副本 ", "Copy ") + "\(copy.code) \(copy.reader[l]) \(copy.at.minuteText)"
        let title = copy.code
        do {
            return try await Press.pictures.make {
                try PicturePaper().pdf(pages, dotsPerInch: Double(PDFPictures.dotsPerInch), mark: mark, title: title)
            }
        } catch PrintError.overloaded {
            throw PrintError.overloaded
        } catch {
            return nil
        }
    }
}
