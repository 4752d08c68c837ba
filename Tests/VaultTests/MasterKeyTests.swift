import Foundation
import Testing

@testable import Vault

struct MasterKeyTests {
    private let hexadecimal = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
    private let base64 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path)
    }

    private func bytes(_ master: MasterKey) -> [UInt8] { master.key.withUnsafeBytes { Array($0) } }

    @Test func readsHexadecimalAndBase64() throws {
        let expected = [UInt8](0..<32)
        #expect(bytes(try MasterKey(text: hexadecimal)) == expected)
        #expect(bytes(try MasterKey(text: hexadecimal.uppercased())) == expected)
        #expect(bytes(try MasterKey(text: base64)) == expected)
        #expect(bytes(try MasterKey(text: String(base64.dropLast()))) == expected)
        #expect(bytes(try MasterKey(text: "# 说明\n\n  \(base64)\t\r\n")) == expected)
    }

    @Test(arguments: [
        "", "# only a comment", "abc", String(repeating: "g", count: 64), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=AA",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=",
    ])
    func refusesWhatIsNoKey(text: String) {
        #expect(throws: VaultError.keyUnreadable) { try MasterKey(text: text) }
    }

    @Test func refusesTwoKeysAndKeysThatNobodyDrew() {
        #expect(throws: VaultError.keyUnreadable) { try MasterKey(text: "\(base64)\n\(base64)") }
        #expect(throws: VaultError.keyWeak) { try MasterKey(text: String(repeating: "0", count: 64)) }
        #expect(throws: VaultError.keyWeak) { try MasterKey(text: String(repeating: "deadbeef", count: 8)) }
    }

    @Test func createsAFileThatOnlyItsOwnerReads() throws {
        try withFolder { folder in
            let path = folder + "/master.key"
            let created = try MasterKey.create(file: path)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(bytes(try MasterKey(file: path)) == bytes(created))
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(text.contains("丢失") && text.contains("loses"))
        }
    }

    @Test func neverWritesOverAKey() throws {
        try withFolder { folder in
            let path = folder + "/master.key"
            let created = try MasterKey.create(file: path)
            #expect(throws: VaultError.keyFileExists(path: path)) { try MasterKey.create(file: path) }
            #expect(bytes(try MasterKey(file: path)) == bytes(created))
        }
    }

    @Test(arguments: [0o644, 0o640, 0o660, 0o604, 0o700, 0o622])
    func refusesAFileThatOthersMayRead(mode: Int) throws {
        try withFolder { folder in
            let path = folder + "/master.key"
            _ = try MasterKey.create(file: path)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            #expect(throws: VaultError.keyFileExposed(path: path, mode: UInt32(mode))) { try MasterKey(file: path) }
        }
    }

    @Test func saysWhatIsWrongWithAFile() throws {
        try withFolder { folder in
            #expect(throws: VaultError.keyFileMissing(path: folder + "/none")) { try MasterKey(file: folder + "/none") }
            #expect(throws: VaultError.keyFileUnusable(path: folder, reason: "not a regular file")) { try MasterKey(file: folder) }
            #expect {
                try MasterKey.create(file: folder + "/none/master.key")
            } throws: { error in
                if case .keyFileUnusable = error as? VaultError { true } else { false }
            }
            let long = folder + "/long"
            try String(repeating: "#\n", count: 10_000).write(toFile: long, atomically: false, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: long)
            #expect(throws: VaultError.keyUnreadable) { try MasterKey(file: long) }
        }
    }

    @Test func unwrapsOnlyUnderTheSameLabelAndMaster() throws {
        let master = MasterKey.fleeting()
        let wrapped = try master.wrap([1, 2, 3], label: "one")
        #expect(master.unwrap(wrapped, label: "one") == [1, 2, 3])
        #expect(master.unwrap(wrapped, label: "two") == nil)
        #expect(MasterKey.fleeting().unwrap(wrapped, label: "one") == nil)
        #expect(master.unwrap([], label: "one") == nil)
        for index in wrapped.indices {
            var altered = wrapped
            altered[index] ^= 1
            #expect(master.unwrap(altered, label: "one") == nil)
        }
    }
}
