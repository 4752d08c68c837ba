import Foundation
import Testing

@testable import Vault

struct SealedValueTests {
    private let ring: KeyRing
    private let context = KeyRing.context(document: 42, field: "phone")

    init() throws { ring = try KeyRing.fleeting() }

    @Test(arguments: ["", "13800138000", "广东省深圳市福田区福中三路", "e\u{301}\u{0}\u{10FFFF}", String(repeating: "长", count: 100_000)])
    func opensWhatItSealed(text: String) throws {
        for level in KeyRing.levels {
            let sealed = try ring.seal(text, level: level, context: context)
            #expect(sealed.count == 33 + text.utf8.count)
            // Byte by byte: String's own equality takes canonically equivalent texts for the same.
            #expect(Array(try ring.open(sealed, context: context).utf8) == Array(text.utf8))
        }
    }

    @Test func hasTheDocumentedForm() throws {
        let sealed = try ring.seal("13800138000", level: 2, context: context)
        #expect(sealed[0] == 1)
        let id = try ring.currentKey(level: 2)
        #expect(Array(sealed[1..<5]) == withUnsafeBytes(of: id.bigEndian) { Array($0) })
        #expect(try KeyRing.keyID(of: sealed) == id)
        #expect(Set(try KeyRing.levels.map { try ring.currentKey(level: $0) }).count == 4)
    }

    @Test func opensNowhereElse() throws {
        let sealed = try ring.seal("13800138000", level: 0, context: context)
        for other in [KeyRing.context(document: 43, field: "phone"), KeyRing.context(document: 42, field: "phone2"), []] {
            #expect(throws: VaultError.valueDamaged) { try ring.open(sealed, context: other) }
        }
    }

    @Test func everyAlteredByteIsSeen() throws {
        let sealed = try ring.seal("13800138000", level: 1, context: context)
        for index in sealed.indices {
            for bit in 0..<8 {
                var altered = sealed
                altered[index] ^= 1 << UInt8(bit)
                #expect(throws: VaultError.self) { try ring.open(altered, context: context) }
            }
        }
        for count in 0..<sealed.count {
            #expect(throws: VaultError.self) { try ring.open(Array(sealed.prefix(count)), context: context) }
        }
        #expect(throws: VaultError.valueDamaged) { try ring.open(sealed + [0], context: context) }
    }

    @Test func refusesTextThatIsNoSealedValue() throws {
        let form = try ring.seal("13800138000", level: 1, context: context).withUnsafeBytes(Base64URL.encode)
        #expect(form.utf8.allSatisfy { $0.isLetterDigitDashOrLine })
        for text in ["", "A", "=", form + "=", form + "A", form + " ", "号码", String(form.dropLast())] {
            #expect(Base64URL.decode(text.utf8).flatMap { try? ring.open($0, context: context) } == nil)
        }
    }

    @Test func refusesALevelThatIsNone() {
        #expect(throws: VaultError.levelUnknown(4)) { try ring.seal("", level: 4, context: context) }
        #expect(throws: VaultError.levelUnknown(-1)) { try ring.seal("", level: -1, context: context) }
    }

    @Test func isNotOpenedByAnotherRing() throws {
        let sealed = try ring.seal("13800138000", level: 0, context: context)
        let other = try KeyRing.fleeting()
        #expect(throws: VaultError.valueDamaged) { try other.open(sealed, context: context) }
    }

    @Test func noncesNeverRepeatAcrossThreads() throws {
        let nonces = Nonces()
        let count = 50_000
        let drawn = LockedSets()
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            var mine: Set<[UInt8]> = []
            for _ in 0..<count { mine.insert(Array(nonces.next())) }
            drawn.add(mine)
        }
        #expect(drawn.all.count == 4 * count)
        #expect(!drawn.all.contains([UInt8](repeating: 0, count: 12)))
    }

    @Test(arguments: 0..<70) func base64AgreesWithFoundation(count: Int) {
        let bytes = (0..<count).map { _ in UInt8.random(in: 0...255) }
        let expected = Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        #expect(bytes.withUnsafeBytes(Base64URL.encode) == expected)
        #expect(Base64URL.decode(expected.utf8) == bytes)
    }

    @Test func base64HasOneTextForOneValue() {
        #expect(Base64URL.decode("AA".utf8) == [0])
        #expect(Base64URL.decode("AB".utf8) == nil)
        #expect(Base64URL.decode("AAA".utf8) == [0, 0])
        #expect(Base64URL.decode("AAB".utf8) == nil)
        #expect(Base64URL.decode("A".utf8) == nil)
    }
}

private final class LockedSets: @unchecked Sendable {
    private let lock = NSLock()
    private(set) var all: Set<[UInt8]> = []
    func add(_ set: Set<[UInt8]>) { lock.withLock { all.formUnion(set) } }
}

extension UInt8 {
    fileprivate var isLetterDigitDashOrLine: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
        }
    }
}
