import CPango
import Identifiers

/// The families that text is set in, the first that has a character wins. Noto's Song lacks rare characters, which HanaMin has; named
/// alone, one of them would come from a Japanese sans.
package struct Fonts: Sendable {
    package var song: String
    package var hei: String

    package init(song: String? = nil, hei: String? = nil) {
        let rest = "HanaMinA, HanaMinB"
        self.song = (song.map { $0 + ", " } ?? "") + "Noto Serif CJK SC, Noto Sans CJK SC, \(rest)"
        self.hei = (hei.map { $0 + ", " } ?? "") + "Noto Sans CJK SC, Noto Serif CJK SC, \(rest)"
    }
}

/// How text is set: family, size in points, weight.
struct Typeface: Sendable, Hashable {
    enum Family: Sendable { case song, hei }

    var family = Family.song
    var size: Double
    var isBold = false

    /// 二号, 三号, 四号, 小四, 五号: what offices call their sizes.
    static let title = Typeface(size: 22, isBold: true)
    static let body = Typeface(size: 12)
    static let label = Typeface(family: .hei, size: 10.5)
    static let small = Typeface(size: 9)
}

enum Alignment: Sendable { case left, centre, right }

/// A text set in lines.
final class Paragraph {
    let layout: OpaquePointer
    let text: String

    init(_ text: String, _ type: Typeface, width: Millimetres?, align: Alignment, _ context: OpaquePointer, _ fonts: Fonts) {
        // One Kangxi radical in the place of a character would spoil every later one for readers that search.
        self.text = Ideographs.folded(text)
        layout = pango_layout_new(context)
        let font = pango_font_description_from_string(type.family == .song ? fonts.song : fonts.hei)
        pango_font_description_set_absolute_size(font, type.size * Double(PANGO_SCALE))
        pango_font_description_set_weight(font, type.isBold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL)
        pango_layout_set_font_description(layout, font)
        pango_font_description_free(font)
        pango_layout_set_text(layout, self.text, -1)
        if let width { pango_layout_set_width(layout, CInt(width.points * Double(PANGO_SCALE))) }
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        pango_layout_set_alignment(layout, align.pango)
        pango_layout_set_spacing(layout, CInt(type.size * 0.25 * Double(PANGO_SCALE)))
    }

    deinit { dianzhang_unref(UnsafeMutableRawPointer(layout)) }

    var size: (width: Millimetres, height: Millimetres) {
        var width: CInt = 0, height: CInt = 0
        pango_layout_get_size(layout, &width, &height)
        let unit = Double(PANGO_SCALE) * 72 / 25.4
        return (Double(width) / unit, Double(height) / unit)
    }

    var height: Millimetres { size.height }

    /// Characters that no font has.
    var unprintable: [Character] {
        guard pango_layout_get_unknown_glyphs_count(layout) > 0 else { return [] }
        return text.filter { character in
            let context = pango_layout_get_context(layout)
            let alone = pango_layout_new(context)
            defer { dianzhang_unref(UnsafeMutableRawPointer(alone)) }
            pango_layout_set_font_description(alone, pango_layout_get_font_description(layout))
            pango_layout_set_text(alone, String(character), -1)
            return pango_layout_get_unknown_glyphs_count(alone) > 0
        }
    }

    /// How much of the text stands in the lines that fit a height: the beginning as a text, and the rest.
    func split(at height: Millimetres) -> (fits: String, rest: String) {
        guard self.height > height else { return (text, "") }
        let limit = CInt(height.points * Double(PANGO_SCALE))
        var end = 0
        let iterator = pango_layout_get_iter(layout)
        defer { pango_layout_iter_free(iterator) }
        repeat {
            var box = PangoRectangle()
            pango_layout_iter_get_line_extents(iterator, nil, &box)
            guard box.y + box.height <= limit, let line = pango_layout_iter_get_line_readonly(iterator) else { break }
            end = Int(line.pointee.start_index + line.pointee.length)
        } while pango_layout_iter_next_line(iterator) != 0
        let place = text.utf8.index(text.startIndex, offsetBy: end)
        return (String(text[..<place]), String(text[place...].drop { $0 == "\n" }))
    }
}

extension Alignment {
    var pango: PangoAlignment {
        switch self {
        case .left: PANGO_ALIGN_LEFT
        case .centre: PANGO_ALIGN_CENTER
        case .right: PANGO_ALIGN_RIGHT
        }
    }
}
