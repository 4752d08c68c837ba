/// The pages of a PDF as pictures, drawn by poppler's `pdftoppm`: what is marked page by page is marked on these.
package enum PDFPictures {
    package static let dotsPerInch = 144
    /// What has more pages is not drawn while somebody waits.
    package static let mostPages = 200

    /// PNG, page by page; `nil` where the programs are not there, or the file is no PDF that they draw.
    package static func pages(of content: [UInt8]) -> [[UInt8]]? {
        guard let count = count(of: content), (1...mostPages).contains(count) else { return nil }
        var pages: [[UInt8]] = []
        for page in 1...count {
            var program = OutsideProgram(
                "pdftoppm", "-q", "-png", "-r", "\(dotsPerInch)", "-f", "\(page)", "-l", "\(page)", "-singlefile", "-")
            program.mostBytes = 64 << 20
            guard let picture = program.run(on: content), !picture.isEmpty else { return nil }
            pages.append(picture)
        }
        return pages
    }

    private static func count(of content: [UInt8]) -> Int? {
        guard let told = OutsideProgram("pdfinfo", "-").run(on: content) else { return nil }
        let line = String(decoding: told, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("Pages:") }
        return line.flatMap { Int($0.dropFirst(6).filter(\.isNumber)) }
    }
}
