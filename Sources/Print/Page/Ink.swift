import CPango

/// Lengths on paper are in millimetres; type is in points.
package typealias Millimetres = Double

extension Millimetres {
    var points: Double { self * 72 / 25.4 }
}

/// A PDF being drawn, page by page. Fonts are embedded, and the text can be found and copied.
///
/// Used by one thread at a time.
final class Ink {
    let surface: OpaquePointer
    let cairo: OpaquePointer
    private let context: OpaquePointer
    private let sink: Unmanaged<Sink>
    private let fonts: Fonts

    /// Receives the bytes.
    private final class Sink { var bytes: [UInt8] = [] }

    init(_ size: PaperSize, _ fonts: Fonts, title: String) {
        self.fonts = fonts
        sink = Unmanaged.passRetained(Sink())
        surface = cairo_pdf_surface_create_for_stream(
            { closure, data, length in
                let sink = Unmanaged<Sink>.fromOpaque(closure!).takeUnretainedValue()
                sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
                return CAIRO_STATUS_SUCCESS
            }, sink.toOpaque(), size.width.points, size.height.points)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title)
        cairo = cairo_create(surface)
        context = pango_cairo_create_context(cairo)
        // Points are points: at the usual 96 dots an inch, 16 pt would print as 21.33.
        pango_cairo_context_set_resolution(context, 72)
        // Where it rounds, each character is a whole number of points wide, and 28 of 15.79 pt run over the margin.
        pango_context_set_round_glyph_positions(context, 0)
    }

    deinit {
        dianzhang_unref(UnsafeMutableRawPointer(context))
        cairo_destroy(cairo)
        cairo_surface_destroy(surface)
        sink.release()
    }

    func endPage() { cairo_show_page(cairo) }

    /// Ends the file.
    /// - Throws: `PrintError.outOfPaper` where the library could not finish.
    func bytes() throws(PrintError) -> [UInt8] {
        cairo_surface_finish(surface)
        let status = cairo_surface_status(surface)
        guard status == CAIRO_STATUS_SUCCESS else { throw .library(String(cString: cairo_status_to_string(status))) }
        return sink.takeUnretainedValue().bytes
    }

    // MARK: Text

    /// A piece of text set in a width; draw it, or ask how high it is.
    func set(_ text: String, _ type: Typeface, width: Millimetres? = nil, align: Alignment = .left) -> Paragraph {
        Paragraph(text, type, width: width, align: align, context, fonts)
    }

    func draw(_ paragraph: Paragraph, x: Millimetres, y: Millimetres) {
        cairo_move_to(cairo, x.points, y.points)
        pango_cairo_show_layout(cairo, paragraph.layout)
    }

    // MARK: Rules and boxes

    typealias Point = (x: Millimetres, y: Millimetres)

    func line(from: Point, to: Point, weight: Millimetres = 0.2, _ colour: Colour = .black) {
        use(colour)
        cairo_set_line_width(cairo, weight.points)
        cairo_move_to(cairo, from.x.points, from.y.points)
        cairo_line_to(cairo, to.x.points, to.y.points)
        cairo_stroke(cairo)
        use(.black)
    }

    func box(x: Millimetres, y: Millimetres, width: Millimetres, height: Millimetres, weight: Millimetres = 0.2) {
        use(.black)
        cairo_set_line_width(cairo, weight.points)
        cairo_rectangle(cairo, x.points, y.points, width.points, height.points)
        cairo_stroke(cairo)
    }

    func fill(x: Millimetres, y: Millimetres, width: Millimetres, height: Millimetres, _ colour: Colour = .black) {
        use(colour)
        cairo_rectangle(cairo, x.points, y.points, width.points, height.points)
        cairo_fill(cairo)
        use(.black)
    }

    func use(_ colour: Colour) { cairo_set_source_rgba(cairo, colour.red, colour.green, colour.blue, colour.opacity) }

    /// Draws turned around a point, for a watermark or the spine of a folder.
    func turned(by degrees: Double, around x: Millimetres, _ y: Millimetres, _ draw: () -> Void) {
        cairo_save(cairo)
        cairo_translate(cairo, x.points, y.points)
        cairo_rotate(cairo, degrees * .pi / 180)
        draw()
        cairo_restore(cairo)
    }
}

package struct PaperSize: Sendable, Hashable {
    package let width: Millimetres, height: Millimetres

    package init(width: Millimetres, height: Millimetres) { (self.width, self.height) = (width, height) }

    package static let a4 = PaperSize(width: 210, height: 297)
    package static let a4Landscape = PaperSize(width: 297, height: 210)
}

struct Colour: Sendable, Hashable {
    var red: Double, green: Double, blue: Double
    var opacity = 1.0

    static let black = Colour(red: 0, green: 0, blue: 0)
    static let grey = Colour(red: 0.4, green: 0.4, blue: 0.4)
    /// Of an office's head and rule.
    static let red = Colour(red: 0.8, green: 0, blue: 0)
    static let watermark = Colour(red: 0.5, green: 0.5, blue: 0.5, opacity: 0.22)
}

/// Why a paper cannot be printed.
package enum PrintError: Error, Hashable, Sendable {
    /// No font has these characters; printed, they would all be the same empty box.
    case unprintable(characters: String)
    /// What a code cannot hold.
    case codeTooLong(characters: Int)
    /// What the label's size leaves no room for.
    case labelTooSmall(needed: Millimetres)
    case library(String)
    /// Too many papers wait already; try again in a moment.
    case overloaded

    package var words: (zh: String, en: String) {
        switch self {
        case .unprintable(let characters):
            (
                "这些字没有字体可以印出：\(characters)。请安装含有这些字的字体，或改用通用字后再打印。",
                "No font has these characters: \(characters). Install one that has them, or write them otherwise, and print again."
            )
        case .codeTooLong(let characters):
            ("条码内容过长（\(characters) 个字符），请缩短。", "The code would hold \(characters) characters; shorten it.")
        case .labelTooSmall(let needed):
            (
                "标签太小，条码至少需要 \(Int(needed.rounded(.up))) 毫米宽，请换用更大的标签。",
                "The label is too small: its code needs \(Int(needed.rounded(.up))) mm; use a larger one."
            )
        case .library(let reason): ("无法生成打印文件：\(reason)", "The paper could not be made: \(reason)")
        case .overloaded:
            (
                "等待打印的文件太多，这次没有打印，请几秒后再试。",
                "Too many papers wait to be printed; this one was not. Try again in a few seconds."
            )
        }
    }
}
