/// Which styles of a workbook show a number as a day, or as a share in a hundred (ECMA-376 part 1, 18.8.30, with the formats of Chinese
/// editions).
final class CellStyles: XMLListener {
    private var formats: [Int: Bool] = [:]
    private var percentFormats: Set<Int> = [9, 10]
    private var isDay: [Bool] = []
    private var isPercent: [Bool] = []
    private var isWithinCells = false

    /// Nothing is a day in a workbook that has no styles.
    init(_ workbook: Workbook) throws(PaperError) {
        var limits = workbook.limits
        limits.part = min(limits.part, 64 << 20)
        guard let part = workbook.stylesPart, let zip = try ZipPart(part, in: workbook.path, limits: limits) else { return }
        try XMLStream(zip, to: self).finish()
    }

    func showsDay(_ style: Int) -> Bool { isDay.indices.contains(style) && isDay[style] }

    /// 0.125 is seen as 12.5%.
    func showsPercent(_ style: Int) -> Bool { isPercent.indices.contains(style) && isPercent[style] }

    func began(_ name: XMLName, _ attributes: XMLAttributes) {
        if name == "numFmt", let id = attributes["numFmtId"].flatMap({ Int($0) }), let code = attributes["formatCode"] {
            formats[id] = Self.showsDay(code)
            if code.contains("%") { percentFormats.insert(id) }
        } else if name == "cellXfs" {
            isWithinCells = true
        } else if name == "xf", isWithinCells {
            let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
            isDay.append(formats[id] ?? Self.isBuiltIn(id))
            isPercent.append(percentFormats.contains(id))
        }
    }

    func ended(_ name: XMLName) { if name == "cellXfs" { isWithinCells = false } }
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

    private static func isBuiltIn(_ id: Int) -> Bool {
        switch id {
        case 14...17, 22, 27...36, 50...58: true
        default: false
        }
    }

    /// Whether a format of one's own has a day, month, year or weekday in it, besides its quoted words and its conditions.
    static func showsDay(_ code: String) -> Bool {
        var (letters, rest) = ([Character](), Substring(code.lowercased()))
        while let next = rest.popFirst() {
            switch next {
            case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
            case "[": rest = rest.drop { $0 != "]" }.dropFirst()
            case "\\", "_", "*": rest = rest.dropFirst()
            case ";": rest = ""
            default: letters.append(next)
            }
        }
        let text = String(letters)
        if text.contains("general") { return false }
        if text.contains(where: { "yd年日".contains($0) }) || text.contains("aaa") { return true }
        return text.contains("m") && !text.contains(where: { "hs0#".contains($0) })
    }
}
