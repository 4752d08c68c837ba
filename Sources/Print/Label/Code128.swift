/// The bars of Code 128 (ISO/IEC 15417): printable ASCII, digits in pairs where that is shorter.
extension Symbol {
    /// Light modules on each side.
    package static let barQuietZone = 10

    /// - Returns: one row of modules, without the quiet zones.
    /// - Throws: `PrintError.unprintable` for characters outside U+0020 to U+007E, `.codeTooLong` beyond 40.
    package static func code128(_ text: String) throws(PrintError) -> Symbol {
        let characters = Array(text.utf8)
        let foreign = text.filter { !$0.isASCII || $0.asciiValue.map { $0 < 0x20 || $0 > 0x7E } ?? true }
        guard foreign.isEmpty else { throw .unprintable(characters: String(foreign)) }
        guard !characters.isEmpty, characters.count <= 40 else { throw .codeTooLong(characters: characters.count) }
        var codes = codes(of: characters)
        let sum = codes.enumerated().reduce(0) { $0 + $1.element * max(1, $1.offset) }
        codes += [sum % 103, stop]
        var modules: [Bool] = []
        for code in codes {
            for (index, width) in patterns[code].enumerated() { modules += Array(repeating: index % 2 == 0, count: width) }
        }
        return Symbol(columns: modules.count, rows: 1, isDark: modules)
    }

    private static let startB = 104, startC = 105, toB = 100, toC = 99, stop = 106

    /// Set C takes two digits at once; a change of set costs one code.
    private static func codes(of text: [UInt8]) -> [Int] {
        func digits(from place: Int) -> Int { text[place...].prefix { (0x30...0x39).contains($0) }.count }
        var codes: [Int] = [], place = 0, isPairs = false
        let whole = digits(from: 0) == text.count
        isPairs = whole ? text.count >= 2 && text.count % 2 == 0 : digits(from: 0) >= 4
        codes.append(isPairs ? startC : startB)
        while place < text.count {
            let run = digits(from: place)
            if isPairs {
                if run >= 2 {
                    codes.append(Int(text[place] - 0x30) * 10 + Int(text[place + 1] - 0x30))
                    place += 2
                } else {
                    codes.append(toB)
                    isPairs = false
                }
            } else if run >= 4, run % 2 == 0, place + run == text.count || run >= 6 {
                codes.append(toC)
                isPairs = true
            } else {
                codes.append(Int(text[place]) - 0x20)
                place += 1
            }
        }
        return codes
    }

    /// Widths of bar, space, bar, ... by code; the last is the stop.
    private static let patterns: [[Int]] = """
        212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 223211
        221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113
        132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121
        312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211
        221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141
        114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112
        """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { $0.compactMap(\.wholeNumberValue) }
}
