import Testing

@testable import Identifiers

@Suite struct FiguresTests {
    private func number(_ text: String) -> UInt64? { Array(text.utf8).withUnsafeBufferPointer { Figures.number($0) } }

    @Test func readsWhatAnIntegerReads() {
        var text = ""
        for place in 0..<19 {
            text += String((place * 7 + 9) % 10)
            #expect(number(text) == UInt64(text))
            #expect(number(String(repeating: "9", count: place + 1)) == UInt64(String(repeating: "9", count: place + 1)))
            #expect(number(String(repeating: "0", count: place + 1)) == 0)
        }
        #expect(number("") == nil && number(text + "1") == nil)
    }

    @Test func nothingElseMayStandAmongThem() {
        for length in 1...19 {
            for place in 0..<length {
                for byte: UInt8 in [0, 32, 47, 58, 64, 97, 0x80, 0xB0, 0xFF] {
                    var bytes = [UInt8](repeating: 49, count: length)
                    bytes[place] = byte
                    #expect(bytes.withUnsafeBufferPointer { Figures.number($0) } == nil)
                }
            }
        }
    }
}
