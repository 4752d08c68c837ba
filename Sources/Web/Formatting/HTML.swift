/// A piece of a page. Interpolating a `String` escapes it; interpolating `HTML` does not, so text from people cannot become markup.
package struct HTML: Sendable, Hashable, ExpressibleByStringInterpolation {
    package private(set) var text: String

    package init() { text = "" }
    package init(stringLiteral text: String) { self.text = text }
    package init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    /// Text as a person typed it.
    package init(_ text: String) {
        self.text = ""
        HTML.escape(text, into: &self.text)
    }

    package var isEmpty: Bool { text.isEmpty }
    package static func + (one: HTML, other: HTML) -> HTML { "\(one)\(other)" }
    package static func += (one: inout HTML, other: HTML) { one.text += other.text }

    static func escape(_ text: String, into out: inout String) {
        let isPlain = text.utf8.allSatisfy { byte in
            byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">") && byte != UInt8(ascii: "&") && byte != UInt8(ascii: "\"")
                && byte != UInt8(ascii: "'")
        }
        if isPlain {
            out += text
            return
        }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "&": out += "&amp;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            default: out.unicodeScalars.append(scalar)
            }
        }
    }

    package struct StringInterpolation: StringInterpolationProtocol, Sendable {
        var text: String

        package init(literalCapacity: Int, interpolationCount: Int) {
            text = ""
            text.reserveCapacity(literalCapacity + interpolationCount * 24)
        }

        package mutating func appendLiteral(_ literal: String) { text += literal }
        package mutating func appendInterpolation(_ html: HTML) { text += html.text }
        package mutating func appendInterpolation(_ list: [HTML]) { for html in list { text += html.text } }
        package mutating func appendInterpolation(_ typed: String) { HTML.escape(typed, into: &text) }
        /// A figure. Ids are no figures: they are `Int64`, and stand on a page as `PublicIDs` writes them.
        package mutating func appendInterpolation(_ figure: Int) { text += String(figure) }
        /// The piece where the condition holds, else nothing.
        package mutating func appendInterpolation(_ html: HTML, if holds: Bool) { if holds { text += html.text } }
    }
}

extension [HTML] {
    package func joined(by separator: HTML) -> HTML {
        var whole = HTML()
        for (index, html) in enumerated() { whole += index == 0 ? html : separator + html }
        return whole
    }
}
