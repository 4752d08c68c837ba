/// An official document as GB/T 9704-2012 sets it: what stands where, in words; `OfficialPrinter` sets it.
package struct OfficialPaper: Sendable {
    package enum Style: Sendable {
        /// 上行文: number at the left, signer at the right.
        case up
        /// 下行文, 平行文.
        case down
        /// 函: two red rules, the number at the top right, no number on the first page, no line of the printing office.
        case letter
        /// 纪要: bears no seal; below the text stands who was there, who was excused and who attended.
        case minutes
    }

    package var style = Style.down
    /// 发文机关标志, in red.
    package var mark = ""
    package var number = "", signer = ""
    /// 份号, 密级, 紧急程度: at the top left, a line each.
    package var corner: [String] = []
    package var title = "", recipients = ""
    /// Paragraphs; each is indented by two characters.
    package var body: [String] = []
    package var attachments: [String] = []
    /// 出席, 请假, 列席 of minutes: each label with its names.
    package var attendance: [(label: String, names: String)] = []
    /// Who issues it, and 成文日期 in Arabic digits without padding zeros.
    package var issuer = "", day = ""
    package var isSealed = true
    /// 抄送, 印发机关, 印发日期.
    package var copies = "", printer = "", printedOn = ""

    package init() {}
}

/// 版心: 156 by 225 millimetres, 22 lines of 28 characters of 三号. Twenty-eight times 16 pt would be wider than that: the pitch is 15.79.
package enum OfficialMeasure {
    package static let lines = 22
    package static let columns = 28
    package static let top = 37.0, left = 28.0, width = 156.0, height = 225.0
    /// Points.
    static let size = width * 72 / 25.4 / Double(columns)
    static let linePitch: Millimetres = height / Double(lines)
}

/// Breaks a text into lines of so many full-width characters: none begins with a mark that closes, none ends with one that opens.
package enum OfficialLines {
    private static let closing: Set<Character> = [
        "，", "。", "、", "；", "：", "！", "？", "）", "》", "〉", "〕", "】", "”", "’", "…", "％", "%", ")", ",", ".",
    ]
    private static let opening: Set<Character> = ["（", "《", "〈", "〔", "【", "“", "‘", "("]

    /// In halves of a full-width character.
    private static func width(_ character: Character) -> Int { character.isASCII ? 1 : 2 }

    package static func broken(_ text: String, indent: Int = 2, columns: Int = OfficialMeasure.columns) -> [String] {
        var lines: [String] = [], line = String(repeating: "　", count: indent), used = indent * 2
        func end(_ next: String) {
            lines.append(line)
            (line, used) = (next, next.reduce(0) { $0 + width($1) })
        }
        for character in text where !character.isNewline {
            if used + width(character) > columns * 2 {
                var carried = ""
                // What may not begin a line takes the character before it along; what may not end one goes along too.
                if closing.contains(character), let last = line.last, !closing.contains(last) { carried = String(line.removeLast()) }
                while let last = line.last, opening.contains(last) { carried = String(line.removeLast()) + carried }
                end(carried)
            }
            line.append(character)
            used += width(character)
        }
        if !line.allSatisfy(\.isWhitespace) { lines.append(line) }
        return lines
    }

    /// The title in lines of a trapezium: no line much shorter than the one before, none of a single character.
    package static func title(_ text: String, most: Int = 20) -> [String] {
        let count = max(1, (text.count + most - 1) / most), each = (text.count + count - 1) / count
        var rest = Substring(text), lines: [String] = []
        while !rest.isEmpty {
            lines.append(String(rest.prefix(each)))
            rest = rest.dropFirst(each)
        }
        return lines
    }
}
