import CQREncode

/// A code of dark and light modules: a QR code, or the bars of Code 128.
package struct Symbol: Sendable, Hashable {
    package let columns: Int, rows: Int
    /// Row by row.
    package let isDark: [Bool]

    /// A QR code of level M. ASCII goes in as it is; anything else is marked as UTF-8 (ECI 26), which bare is read as other characters.
    /// - Throws: `PrintError.codeTooLong`.
    package static func qr(_ text: String) throws(PrintError) -> Symbol {
        guard let input = QRinput_new2(0, QR_ECLEVEL_M) else { throw .library("QRinput_new2") }
        defer { QRinput_free(input) }
        let bytes = Array(text.utf8)
        if bytes.contains(where: { $0 >= 0x80 }) { QRinput_appendECIheader(input, 26) }
        let added = bytes.withUnsafeBufferPointer { QRinput_append(input, QR_MODE_8, CInt(bytes.count), $0.baseAddress) }
        guard added == 0, let code = QRcode_encodeInput(input) else { throw .codeTooLong(characters: text.count) }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        return Symbol(columns: width, rows: width, isDark: (0..<width * width).map { code.pointee.data[$0] & 1 == 1 })
    }

    /// As a picture for a page, dark on white whatever the page's colours are.
    /// - Parameters:
    ///   - side: in pixels.
    ///   - title: what is read out in its place; not shown.
    package func svg(side: Int, title: String) -> String {
        let edge = columns + 2 * Self.quietZone
        var path = ""
        for row in 0..<rows {
            for column in 0..<columns where isDark[row * columns + column] {
                path += "M\(column + Self.quietZone) \(row + Self.quietZone)h1v1h-1z"
            }
        }
        let label = title.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
        return """
            <svg role="img" aria-label="\(label)" width="\(side)" height="\(side)" viewBox="0 0 \(edge) \(edge)" \
            shape-rendering="crispEdges"><path fill="#fff" d="M0 0h\(edge)v\(edge)h-\(edge)z"/><path fill="#000" d="\(path)"/></svg>
            """
    }

    /// Light modules that must lie around a code.
    static let quietZone = 4

    func draw(on ink: Ink, x: Millimetres, y: Millimetres, side: Millimetres) {
        let module = side / Double(columns + 2 * Self.quietZone)
        for row in 0..<rows {
            var column = 0
            while column < columns {
                guard isDark[row * columns + column] else {
                    column += 1
                    continue
                }
                let start = column
                while column < columns, isDark[row * columns + column] { column += 1 }
                ink.fill(
                    x: x + Double(start + Self.quietZone) * module, y: y + Double(row + Self.quietZone) * module,
                    width: Double(column - start) * module, height: module * 1.01)
            }
        }
    }
}
