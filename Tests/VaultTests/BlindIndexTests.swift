import Crypto
import Testing

@testable import Vault

struct BlindIndexTests {
    /// RFC 4231, test case 2 has the key "Jefe"; the domain's length and the domain go before the value, so the expected value is made
    /// with the library's one-shot HMAC over the documented bytes.
    @Test func isTheDocumentedHMAC() {
        let key = SymmetricKey(data: [UInt8](0..<32))
        let index = BlindIndex(key: key)
        let expected = HMAC<SHA256>.authenticationCode(for: [5] + Array("phone".utf8) + Array("13800138000".utf8), using: key)
        #expect(index.blind("13800138000", domain: "phone") == expected.prefix(8).reduce(0) { $0 << 8 | Int64($1) })
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
