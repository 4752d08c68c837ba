import Crypto
import Testing

@testable import Vault

struct BlindIndexTests {
    /// What the library's plain hash says of the documented bytes.
    @Test func isTheDocumentedHash() {
        let secret = [UInt8](0..<32)
        let index = BlindIndex(key: SymmetricKey(data: secret))
        let lengths: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 11, 5]
        let message = secret + [UInt8](repeating: 0, count: 32) + lengths + Array("phone".utf8) + Array("13800138000".utf8)
        let expected = SHA256.hash(data: message).prefix(8).reduce(0) { $0 << 8 | Int64($1) }
        #expect(index.blind("13800138000", domain: "phone") == expected)
        let domain = ["pho", "ne"].joined()
        #expect(index.blind("13800138000", domain: domain) == index.blind("13800138000", domain: "phone"))
    }

    @Test func keepsDomainsAndKeysApart() throws {
        let ring = try KeyRing.fleeting()
        let index = ring.blindIndex
        let blinds: Set<Int64> = [
            index.blind("1", domain: "phone"), index.blind("1", domain: "account"), index.blind("e1", domain: "phon"),
            index.blind("", domain: "phone1"), index.blind("2", domain: "phone"), index.blind("", domain: "phone"),
            try KeyRing.fleeting().blindIndex.blind("1", domain: "phone"),
        ]
        #expect(blinds.count == 7)
        #expect(index.blind("1", domain: "phone") == ring.blindIndex.blind("1", domain: "phone"))
    }
}
