import Kernel
import Tables
import WorkCalendar

/// The spellings of mail: encoded words (RFC 2047), parameters (RFC 2231), addresses, dates and transfer encodings.
enum MailWords {
    // MARK: Words

    /// `=?gb2312?B?…?=`; words that follow each other are one, also where a character was cut in two between them.
    static func decoded(_ text: String) -> String {
        let pieces = pieces(ofWords: text)
        var out = "", held: (charset: String, bytes: [UInt8])?
        func flush() {
            if let held { out += CharsetText.text(held.bytes, charset: held.charset) }
            held = nil
        }
        for (index, piece) in pieces.enumerated() {
            switch piece {
            case .plain(let text):
                // Blanks between two encoded words say nothing.
                if held != nil, index + 1 < pieces.count, text.allSatisfy(\.isWhitespace) { continue }
                flush()
                out += text
            case .word(let charset, let bytes):
                if held?.charset != charset { flush() }
                held = (charset, (held?.bytes ?? []) + bytes)
            }
        }
        flush()
        return out
    }

    private enum Piece {
        case plain(String)
        case word(charset: String, bytes: [UInt8])
    }

    private static func pieces(ofWords text: String) -> [Piece] {
        var pieces: [Piece] = [], plain = "", rest = text[...]
        while let start = rest.firstRange(of: "=?") {
            plain += rest[..<start.lowerBound]
            let inner = rest[start.upperBound...]
            let parts = inner.split(separator: "?", maxSplits: 3, omittingEmptySubsequences: false)
            guard parts.count == 4, parts[1].count == 1, parts[3].hasPrefix("=") else {
                plain += "=?"
                rest = inner
                continue
            }
            if !plain.isEmpty { pieces.append(.plain(plain)) }
            plain = ""
            let bytes = parts[1].lowercased() == "b" ? base64(Array(parts[2].utf8)[...]) : quoted(parts[2])
            pieces.append(.word(charset: parts[0].split(separator: "*").first.map { $0.lowercased() } ?? "", bytes: bytes))
            rest = parts[3].dropFirst()
        }
        plain += rest
        return plain.isEmpty ? pieces : pieces + [.plain(plain)]
    }

    /// In words, `_` is a blank.
    private static func quoted(_ text: Substring) -> [UInt8] {
        quotedPrintable(Array(text.utf8.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 })[...])
    }

    // MARK: Addresses

    /// The address in `"名字" <a@b.cn>`, or alone.
    static func address(_ text: String) -> String? {
        let inner = text.lastIndex(of: "<").map { text[text.index(after: $0)...].prefix { $0 != ">" } } ?? text[...]
        let address = inner.trimmingBlanks.lowercased()
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty && !address.contains(where: \.isWhitespace) ? address : nil
    }

    static func name(_ text: String) -> String {
        guard let end = text.lastIndex(of: "<") else { return "" }
        return text[..<end].trimmingBlanks.filter { $0 != "\"" }.trimmingBlanks
    }

    // MARK: Parameters

    /// `name=value`, quoted or not, and `name*=gb18030''%B7%A2` and its pieces `name*0=`, `name*1*=`.
    static func parameter(_ name: String, of field: String) -> String? {
        let pairs = pieces(field).dropFirst().compactMap { piece -> (String, String)? in
            guard let equals = piece.firstIndex(of: "=") else { return nil }
            let value = piece[piece.index(after: equals)...].trimmingBlanks
            let bare = value.hasPrefix("\"") && value.count > 1 ? String(value.dropFirst().dropLast(value.hasSuffix("\"") ? 1 : 0)) : value
            return (piece[..<equals].lowercased().trimmingBlanks, bare)
        }
        if let plain = pairs.first(where: { $0.0 == name }) { return decoded(plain.1) }
        let extended = pairs.filter { $0.0.hasPrefix(name + "*") }.sorted { $0.0 < $1.0 }
        guard let first = extended.first else { return nil }
        var charset = "utf-8", bytes: [UInt8] = []
        for (index, piece) in extended.enumerated() {
            var value = piece.1[...]
            if index == 0, first.0.hasSuffix("*") {
                let quoted = value.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
                if quoted.count == 3 { (charset, value) = (String(quoted[0]), quoted[2]) }
            }
            bytes += piece.0.hasSuffix("*") ? percent(value) : Array(value.utf8)
        }
        return CharsetText.text(bytes, charset: charset)
    }

    /// Between semicolons that stand in no quotes.
    private static func pieces(_ field: String) -> [Substring] {
        var pieces: [Substring] = [], start = field.startIndex, isQuoted = false
        for place in field.indices {
            if field[place] == "\"" { isQuoted.toggle() }
            if field[place] == ";", !isQuoted {
                pieces.append(field[start..<place])
                start = field.index(after: place)
            }
        }
        return pieces + [field[start...]]
    }

    private static func percent(_ text: Substring) -> [UInt8] { escaped(Array(text.utf8), by: UInt8(ascii: "%")) }

    // MARK: Transfer

    static func base64(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = [], bits = 0, held: UInt32 = 0
        for byte in bytes {
            guard let value = sixBits(byte) else { continue }
            held = held << 6 | value
            bits += 6
            if bits >= 8 {
                bits -= 8
                out.append(UInt8(truncatingIfNeeded: held >> UInt32(bits)))
            }
        }
        return out
    }

    private static func sixBits(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - 65)
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - 71)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte + 4)
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }

    /// `=E5`, and a line that ends in `=` goes on.
    static func quotedPrintable(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var joined: [UInt8] = [], place = bytes.startIndex
        while place < bytes.endIndex {
            if bytes[place] == UInt8(ascii: "=") {
                let rest = bytes[(place + 1)...].prefix(2)
                if rest.first == 0x0A { place += 2; continue }
                if rest.elementsEqual([0x0D, 0x0A]) { place += 3; continue }
            }
            joined.append(bytes[place])
            place += 1
        }
        return escaped(joined, by: UInt8(ascii: "="))
    }

    private static func escaped(_ bytes: [UInt8], by mark: UInt8) -> [UInt8] {
        func digit(_ place: Int) -> UInt8? {
            place < bytes.count ? Character(UnicodeScalar(bytes[place])).hexDigitValue.map(UInt8.init) : nil
        }
        var out: [UInt8] = [], place = 0
        while place < bytes.count {
            if bytes[place] == mark, let high = digit(place + 1), let low = digit(place + 2) {
                out.append(high << 4 | low)
                place += 3
            } else {
                out.append(bytes[place])
                place += 1
            }
        }
        return out
    }

    // MARK: Dates and markup

    /// `Thu, 15 Jan 2026 09:12:00 +0800 (CST)`.
    static func date(_ text: String) -> Moment? {
        let words = text.split { $0.isWhitespace || $0 == "," }
        guard let place = words.firstIndex(where: { Int($0) != nil }), words.count >= place + 4, let day = Int(words[place]),
            let month = months.firstIndex(of: words[place + 1].prefix(3).lowercased()), let year = Int(words[place + 2])
        else { return nil }
        let time = words[place + 3].split(separator: ":").compactMap { Int($0) }
        guard time.count >= 2, let date = Day(year: year, month: month + 1, day: day) else { return nil }
        let zone = words.count > place + 4 ? offset(words[place + 4]) : 0
        let seconds = time[0] * 3600 + time[1] * 60 + (time.count > 2 ? time[2] : 0)
        return Moment.startOfDay(date).adding(seconds: seconds + 8 * 3600 - zone)
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    private static func offset(_ zone: Substring) -> Int {
        guard let sign = zone.first, sign == "+" || sign == "-", let digits = Int(zone.dropFirst()) else { return 0 }
        return (digits / 100 * 3600 + digits % 100 * 60) * (sign == "-" ? -1 : 1)
    }

    /// The text of HTML, roughly: marks are dropped, and blocks end lines.
    static func withoutMarkup(_ html: String) -> String {
        var out = "", tag: String?, isHidden = false
        for character in html {
            if character == "<" {
                tag = ""
            } else if character == ">", let ended = tag {
                let name = ended.lowercased().prefix { $0.isLetter || $0 == "/" }
                if name == "style" || name == "script" { isHidden = true }
                if name == "/style" || name == "/script" { isHidden = false }
                if ["br", "/p", "/div", "/tr", "/li"].contains(name) { out += "\n" }
                tag = nil
            } else if tag != nil {
                tag?.append(character)
            } else if !isHidden {
                out.append(character)
            }
        }
        return ["&nbsp;": " ", "&lt;": "<", "&gt;": ">", "&quot;": "\"", "&amp;": "&"].sorted { $0.key > $1.key }
            .reduce(out) { $0.replacing($1.key, with: $1.value) }
    }
}
