import CPango

/// Pictures of pages as a PDF, each on paper of its own size, with a mark burnt into every picture: there is nothing of it to take off
/// again.
package struct PicturePaper: Sendable {
    private let fonts: Fonts

    package init(fonts: Fonts = Fonts()) { self.fonts = fonts }

    /// - Parameter pages: PNG.
    package func pdf(_ pages: [[UInt8]], dotsPerInch: Double, mark: String, title: String) throws(PrintError) -> [UInt8] {
        let ink = Ink(.a4, fonts, title: title)
        let text = ink.set(mark, Typeface(family: .hei, size: 15))
        guard text.unprintable.isEmpty else { throw .unprintable(characters: String(text.unprintable)) }
        for page in pages { try ink.page(page, dotsPerInch: dotsPerInch, mark: text) }
        return try ink.bytes()
    }
}

extension Ink {
    /// Gives the bytes of a picture piece by piece.
    private final class Source {
        let bytes: [UInt8]
        var place = 0
        init(_ bytes: [UInt8]) { self.bytes = bytes }
    }

    fileprivate func page(_ picture: [UInt8], dotsPerInch: Double, mark: Paragraph) throws(PrintError) {
        let source = Source(picture), image = Self.image(source)
        defer { cairo_surface_destroy(image) }
        let status = cairo_surface_status(image)
        guard status == CAIRO_STATUS_SUCCESS else { throw .library(String(cString: cairo_status_to_string(status))) }
        let points = 72 / dotsPerInch
        let width = Double(cairo_image_surface_get_width(image)), height = Double(cairo_image_surface_get_height(image))
        burn(mark, into: image, scale: 1 / points, width: width * points, height: height * points)
        cairo_pdf_surface_set_size(surface, width * points, height * points)
        cairo_save(cairo)
        cairo_scale(cairo, points, points)
        cairo_set_source_surface(cairo, image, 0, 0)
        cairo_paint(cairo)
        cairo_restore(cairo)
        endPage()
    }

    private static func image(_ source: Source) -> OpaquePointer? {
        cairo_image_surface_create_from_png_stream(
            { closure, data, length in
                let source = Unmanaged<Source>.fromOpaque(closure!).takeUnretainedValue()
                let wanted = Int(length)
                guard source.place + wanted <= source.bytes.count else { return CAIRO_STATUS_READ_ERROR }
                source.bytes.withUnsafeBufferPointer { bytes in
                    data?.update(from: bytes.baseAddress! + source.place, count: wanted)
                }
                source.place += wanted
                return CAIRO_STATUS_SUCCESS
            }, Unmanaged.passUnretained(source).toOpaque())
    }

    /// Light, turned, and all over the page.
    private func burn(_ mark: Paragraph, into image: OpaquePointer?, scale: Double, width: Double, height: Double) {
        let brush = cairo_create(image)
        cairo_scale(brush, scale, scale)
        let colour = Colour.watermark
        var row = 0
        for y in stride(from: 60.0, to: height + 240, by: 130) {
            for x in stride(from: row % 2 == 0 ? -60.0 : 60.0, to: width, by: 360) {
                cairo_save(brush)
                cairo_translate(brush, x, y)
                cairo_rotate(brush, -30 * .pi / 180)
                cairo_set_source_rgba(brush, colour.red, colour.green, colour.blue, colour.opacity)
                cairo_move_to(brush, 0, 0)
                pango_cairo_show_layout(brush, mark.layout)
                cairo_restore(brush)
            }
            row += 1
        }
        cairo_destroy(brush)
        cairo_surface_flush(image)
    }
}
