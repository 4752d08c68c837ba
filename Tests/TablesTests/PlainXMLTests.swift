import Foundation
import ScratchFiles
import Testing

@testable import Tables

/// What is read as plain XML says what expat says of it, and what is not plain is read by expat from its beginning.
@Suite struct PlainXMLTests {
    let scratch = Scratch()

    /// All that a listener is told, text in one piece.
    final class Told: XMLListener {
        var events: [String] = []
        var error: PaperError?
        private var text: [UInt8] = []
        private var stream: PartStream<Told>?

        init(_ path: String, plain: Bool, every pause: Int = .max) throws {
            var limits = TableLimits()
            limits.readsPlainXML = plain
            self.pause = pause
            stream = try PartStream("p.xml", in: path, limits: limits, to: self)
            do { while try stream?.advance() == true {} } catch { self.error = error }
            close()
            stream = nil
        }

        private let pause: Int

        private func close() {
            if !text.isEmpty { events.append("'" + String(decoding: text, as: UTF8.self) + "'") }
            text = []
        }

        private func close(_ name: XMLName) -> String {
            close()
            return name == "c" ? "c" : name == "v" ? "v" : name == "t" ? "t" : name == "row" ? "row" : name == "x" ? "x" : "?"
        }

        func began(_ name: XMLName, _ attributes: XMLAttributes) {
            events.append(
                "<" + close(name)
                    + [attributes["r"], attributes["t"], attributes["s"], attributes["q"]].map { $0.map { "[\($0)]" } ?? "-" }.joined())
        }

        func ended(_ name: XMLName) {
            events.append("/" + close(name))
            if events.count % pause == 0 { stream?.suspend() }
        }

        func text(_ bytes: UnsafeBufferPointer<UInt8>) { text += bytes }
    }

    private func compare(_ xml: [UInt8], _ note: @autoclosure () -> String = "", every pause: Int = .max) throws {
        let path = try scratch.package([("p.xml", xml)], "p.zip")
        let (plain, expat) = (try Told(path, plain: true, every: pause), try Told(path, plain: false, every: pause))
        #expect(plain.error == expat.error, "\(note()) \(String(decoding: xml.prefix(300), as: UTF8.self))")
        #expect(plain.events == expat.events, "\(note()) \(String(decoding: xml.prefix(300), as: UTF8.self))")
    }

    struct Dice {
        var state: UInt64
        mutating func next(_ n: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % n
        }
    }

    @Test(arguments: [
        "<row/>", "\u{FEFF}<row/>", "\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-8\"?><row/>", "<?xml version=\"1.0\"?>\r\n<row/>\n",
        "<?xml version='1.0' encoding='utf-8' standalone='yes'?><x:row xmlns:x='y'/>",
        "<?xml version=\"1.0' encoding='UTF-8\"?><row/>", "<?xml version=\"1.1\"?><row/>", "<?xml version=\"1.0\" encoding=\"GBK\"?><row/>",
        " <row/>", " <?xml version=\"1.0\"?><row/>", "<row/><row/>", "<row/>x", "x<row/>", "<row>", "</row>", "<row></c>", "<row></row >",
        "<row></row\n>", "<row>< c/></row>", "<row r=\"1\"s=\"2\"/>", "<row r=\"1\" r=\"2\"/>", "<row x:r=\"1\" y:r=\"2\"/>",
        "<row r = '1'/>",
        "<row r=\"a\tb\r\nc\"/>", "<row r=\"&lt;&#65;&#x4e2d;&amp;&quot;&apos;&gt;\" t='\"'/>", "<row r=\"<\"/>", "<row r=\">]]>\"/>",
        "<row r=\"1\"/ >", "<row r=1/>", "<row r/>", "<row 1=\"\"/>", "<row>]]></row>", "<row>]]&gt;]] ></row>", "<row>&#0;</row>",
        "<row>&#xD800;</row>", "<row>&#xFFFF;&#1;</row>", "<row>&#65536;&#x10FFFF;</row>", "<row>&#x110000;</row>",
        "<row>&#9;&#10;&#13;</row>",
        "<row>&#-65;</row>", "<row>&#+65;</row>", "<row>&#;</row>", "<row>&;</row>", "<row>&amp</row>", "<row>&unknown;</row>",
        "<row>&#X41;</row>",
        "<row>&#x000000000041;</row>", "<row>a\r\nb\rc\r\r\nd</row>", "<row>a\u{1}b</row>", "<row>\u{7F}\u{85}\u{FFFD}\u{FFFE}</row>",
        "<row><![CDATA[a<b]]></row>", "<row>t<!-- c -->u</row>", "<row>t<?p i?>u<c/></row>", "<!DOCTYPE row><row/>", "<row/><!-- c -->",
        "<a:b:c/>", "<:a/>", "<a:/>", "<x.-y_1/>", "<中/>", "<row 中=\"1\"/>", "", "<", "<row", "<row r", "<row r=", "<row r=\"", "<row>a",
        "<row>a<",
        "<row><c>\u{FFFF}</c></row>", "<row r=\"\u{FFFF}\"/>", "<row r=\"张三\">李四</row>",
    ])
    func agreesWithExpat(xml: String) throws { try compare(Array(xml.utf8)) }

    @Test(
        arguments: [
            [0xC0, 0x80], [0xE4, 0xB8], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xF4, 0x90, 0x80, 0x80], [0x80],
        ] as [[UInt8]])
    func badTextAgreesWithExpat(bytes: [UInt8]) throws {
        try compare(Array("<row>a".utf8) + bytes + Array("b</row>".utf8))
        try compare(Array("<row r=\"".utf8) + bytes + Array("\"/>".utf8))
        try compare(Array("<row><".utf8) + bytes + Array("/></row>".utf8))
    }

    @Test func longAndDeepPartsAgreeWithExpat() throws {
        func times(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
        for xml in [
            "<row>\(times("x", 300_000))</row>", "<row r=\"\(times("y", 200_000))\"/>", "<row \(times(" ", 200_000))/>",
            times("<c>", 100) + times("</c>", 100), times("<c>", 300) + times("</c>", 300),
            "<row \((0..<100).map { "a\($0)=\"\"" }.joined(separator: " "))/>", "<\(times("n", 100))/>",
            "<row>" + times("<c r=\"A1\" t=\"s\"><v>12</v></c>\r\n", 9_000) + "</row>", "<row>" + times("<c>中&lt;文</c>", 30_000) + "</ro>",
            "<row>" + times("<c r=\"&amp;\"/>a\r", 30_000) + "<!-- --></row>",
            "<row>\(times("\r\n", 60_000))<c/></row>" + times(" ", 300_000),
        ] {
            try compare(Array(xml.utf8))
            try compare(Array(xml.utf8), every: 7)
        }
    }

    /// Sound XML of random pieces, then with one byte changed, taken out or put in, and cut.
    @Test(arguments: UInt64(1)...12)
    func randomPartsAgreeWithExpat(seed: UInt64) throws {
        var dice = Dice(state: seed)
        let texts = ["", "1", "张三", "a&amp;b", "\r\n", "]]", "&#20013;", "_x000D_", "  ", "x>y", "'\""]
        let attributes = [
            "", " r=\"A1\"", " r='B2' t=\"s\"", " t=\"inlineStr\" s=\"3\"", " xml:q=\"preserve\"", "\n q=\"&lt;中\" ", " a:s='1'",
        ]
        func element(_ depth: Int) -> String {
            let name = ["c", "v", "t", "row", "x", "y:c"][dice.next(6)], head = name + attributes[dice.next(attributes.count)]
            if depth == 0 || dice.next(4) == 0 {
                return dice.next(2) == 0 ? "<\(head)/>" : "<\(head)>\(texts[dice.next(texts.count)])</\(name)>"
            }
            return "<\(head)>" + (0..<dice.next(4) + 1).map { _ in texts[dice.next(texts.count)] + element(depth - 1) }.joined()
                + "</\(name)>"
        }
        for _ in 0..<12 {
            let sound = Array(((dice.next(2) == 0 ? "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" : "") + element(4)).utf8)
            try compare(sound, every: dice.next(5) + 1)
            for _ in 0..<25 {
                var changed = sound
                let at = dice.next(changed.count)
                switch dice.next(4) {
                case 0: changed[at] = Array("<>&/\"'=;]![?-: \r\n\t\u{0}a1x".utf8)[dice.next(22)]
                case 1: changed[at] ^= 1 << UInt8(dice.next(8))
                case 2: changed.remove(at: at)
                default: changed = Array(changed[..<at])
                }
                try compare(changed, "seed \(seed)", every: dice.next(9) + 1)
            }
        }
    }
}
