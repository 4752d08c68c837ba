import Testing

@testable import Identifiers

/// Whatever bytes come, every check answers, and the answer for what is no value at all is a block.
@Suite struct HostileInputTests {
    static let hostile: [[UInt8]] = [
        [], [0], [0xFF], [0xC0, 0x80], [0xE4], [0xE4, 0xB8], [0xF0, 0x9F, 0x98], [0xED, 0xA0, 0x80], [0xEF, 0xBC], [0xC2],
        [UInt8](repeating: 0, count: 18), [UInt8](repeating: 0xFF, count: 18), [UInt8](repeating: 0x80, count: 11),
        [UInt8](repeating: 0xE4, count: 12),
        [UInt8](repeating: 32, count: 100_000), [UInt8](repeating: 57, count: 1_000_000), [UInt8](repeating: 0xEF, count: 100_001),
        Array("11010519491231002\u{0}".utf8), Array("1101051949\u{0}31002X".utf8), Array(String(repeating: "一千", count: 400).utf8),
        Array(String(repeating: "A.", count: 500).utf8), Array(String(repeating: "九", count: 500).utf8), Array("+86".utf8),
        Array("--------".utf8),
    ]

    @Test(arguments: hostile)
    func everyCheckAnswers(bytes: [UInt8]) {
        with(bytes) { bytes in
            for kind in DocumentKind.allCases {
                // Of military numbers nothing is known by which to refuse one.
                #expect(kind == .military || kind.check(bytes, today: 20_261_124).faults.hasBlock)
                _ = kind.matchKey(bytes)
            }
            #expect(Mobile.check(bytes).faults.hasBlock && Landline.check(bytes).faults.hasBlock && Email.check(bytes).hasBlock)
            #expect(BankAccount.check(bytes).hasBlock && CreditCode.check(bytes) != nil)
            _ = PersonName.check(bytes)
            _ = Address.check(bytes)
            PersonName.withNormalForm(bytes) { #expect($0.count <= bytes.count * 2) }
            Address.withNormalForm(bytes) { #expect($0.count <= 4004) }
            _ = (DocumentKind(bytes), isBlank(bytes), BankAccount.matchKey(bytes))
            let text = String(decoding: bytes.prefix(2_000), as: UTF8.self)
            _ = (
                Mask.name(text), Mask.documentNumber(text), Mask.mobile(text), Mask.account(text), Mask.address(text), Mask.email(text),
                Mask.landline(text)
            )
        }
    }

    @Test func randomBytesNeitherTrapNorPass() {
        var draw = Draw(seed: 0xBAD)
        for _ in 0..<5_000 {
            let bytes = (0..<draw.next(40)).map { _ in UInt8(draw.next(256)) }
            everyAnswer(bytes)
            everyAnswer(bytes.map { "0123456789-+86X转号省市一十百千·. ".utf8.map { $0 }[Int($0) % 40] })
        }
    }

    private func everyAnswer(_ bytes: [UInt8]) {
        with(bytes) { bytes in
            for kind in DocumentKind.allCases { _ = (kind.check(bytes, today: 20_261_124), kind.matchKey(bytes)) }
            _ = (Mobile.check(bytes), Landline.check(bytes), Email.check(bytes), BankAccount.check(bytes), CreditCode.check(bytes))
            _ = (PersonName.check(bytes), Address.check(bytes), DocumentKind(bytes), isBlank(bytes))
            PersonName.withNormalForm(bytes) { #expect($0.count <= bytes.count * 2) }
            Address.withNormalForm(bytes) { #expect($0.count <= bytes.count * 4) }
        }
    }

    @Test func blankIsSpacesOfAnyWidth() {
        for blank in ["", " ", "\t\r\n", "\u{3000}\u{A0}", "\u{FEFF}\u{200B}"] { #expect(with(Array(blank.utf8)) { isBlank($0) }) }
        for filled in ["0", "\0", " 无", "-", "\u{3001}"] { #expect(!with(Array(filled.utf8)) { isBlank($0) }) }
    }
}
