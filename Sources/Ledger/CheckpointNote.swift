import Crypto
import Foundation

/// A signed head of the tree: C2SP tlog-checkpoint, which is a C2SP signed note. Small enough to be printed; kept elsewhere, it is enough
/// to catch a history that was rewritten or shortened.
///
///     origin
///     size
///     base64 of the root
///
///     — name base64 of (key hash, signature)
package struct CheckpointNote: Sendable, Hashable {
    /// Which log it is; by custom the name of its key.
    package let origin: String
    package let size: Int64
    package let root: TreeHash
    /// The whole note, as it was read or made.
    package let note: String
    /// What is signed: the lines before the empty one, with the last newline.
    let text: String
    let signatures: [Signature]

    struct Signature: Sendable, Hashable {
        let name: String
        let keyID: UInt32
        let bytes: [UInt8]
    }

    /// Greatest length of a note, in bytes; signatures of several witnesses fit.
    private static let limit = 100_000

    /// Reads a note. Says nothing about its signatures: ask `verify`.
    /// - Throws: `LedgerError.noteMalformed`.
    package init(parsing note: String) throws(LedgerError) {
        // A note from paper or a mail may have lost its last newline or got the newlines of another system.
        let plain = note.replacing("\r\n", with: "\n")
        let note = plain.hasSuffix("\n") ? plain : plain + "\n"
        guard note.utf8.count <= Self.limit, !note.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" }),
            let gap = note.range(of: "\n\n", options: [.backwards, .literal])
        else { throw .noteMalformed }
        text = String(note[..<gap.lowerBound]) + "\n"
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
        guard lines.count >= 3, !lines.contains(""), let size = Int64(lines[1]), size >= 0, String(size) == lines[1],
            let bytes = Self.base64(lines[2]), let root = TreeHash(bytes)
        else { throw .noteMalformed }
        origin = lines[0]
        self.size = size
        self.root = root
        self.note = note
        var signatures: [Signature] = []
        for line in note[gap.upperBound...].split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            signatures.append(try Self.signature(String(line)))
        }
        guard !signatures.isEmpty else { throw .noteMalformed }
        self.signatures = signatures
    }

    /// All notes of a text, one below the other, as they are gathered in a file.
    /// - Throws: `LedgerError.noteMalformed` where something in it is no note, or there is none.
    package static func all(in text: String) throws(LedgerError) -> [CheckpointNote] {
        var notes: [CheckpointNote] = [], lines: [Substring] = [], isSigned = false
        func end() throws(LedgerError) {
            notes.append(try CheckpointNote(parsing: lines.joined(separator: "\n") + "\n"))
            (lines, isSigned) = ([], false)
        }
        for line in text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false) {
            let isSignature = line.hasPrefix("\u{2014} ")
            // A note ends with its last signature.
            if isSigned, !isSignature { try end() }
            isSigned = isSignature
            if !line.isEmpty || !lines.isEmpty { lines.append(line) }
        }
        if !lines.isEmpty { try end() }
        guard !notes.isEmpty else { throw .noteMalformed }
        return notes
    }

    private static func signature(_ line: String) throws(LedgerError) -> Signature {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts[0] == "\u{2014}", VerifierKey.isName(parts[1]), let bytes = base64(parts[2]), bytes.count > 4 else {
            throw .noteMalformed
        }
        return Signature(name: parts[1], keyID: bytes[0..<4].reduce(0) { $0 << 8 | UInt32($1) }, bytes: Array(bytes[4...]))
    }

    /// Makes and signs a note.
    package init(origin: String, size: Int64, root: TreeHash, signer: Signer) throws {
        let text = "\(origin)\n\(size)\n\(Data(root.bytes).base64EncodedString())\n"
        let key = signer.verifierKey
        let signature = try signer.sign(Array(text.utf8))
        let bytes = withUnsafeBytes(of: key.id.bigEndian) { Data($0) } + signature
        try self.init(parsing: "\(text)\n\u{2014} \(key.name) \(bytes.base64EncodedString())\n")
    }

    /// Checks the signatures by this key. Signatures by other keys (witnesses) are passed over.
    /// - Throws: `LedgerError.noteUnsigned` when there is none by this key, `.noteForged` when one of them is false.
    package func verify(by key: VerifierKey) throws(LedgerError) {
        let claimed = signatures.filter { $0.name == key.name && $0.keyID == key.id }
        guard !claimed.isEmpty else { throw .noteUnsigned }
        guard claimed.allSatisfy({ key.isValid($0.bytes, for: Array(text.utf8)) }) else { throw .noteForged }
    }

    /// Strict: one text for one value.
    static func base64(_ text: String) -> [UInt8]? {
        guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else { return nil }
        return Array(data)
    }
}

/// Whose signature a checkpoint must bear. Its text form is the `vkey` of signed notes: `name+hash in hexadecimal+base64 of (1, key)`.
package struct VerifierKey: Sendable, Hashable {
    package let name: String
    /// The first four bytes of SHA-256 of name, newline, 1, public key.
    package let id: UInt32
    private let publicKey: [UInt8]
    private static let ed25519: UInt8 = 1

    /// - Parameter publicKey: the 32 bytes of RFC 8032.
    /// - Throws: `LedgerError.keyMalformed`.
    package init(name: String, publicKey: [UInt8]) throws(LedgerError) {
        guard Self.isName(name), publicKey.count == 32 else { throw .keyMalformed }
        self.name = name
        self.publicKey = publicKey
        id = SHA256.hash(data: Array(name.utf8) + [0x0a, Self.ed25519] + publicKey).prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    package init(parsing text: String) throws(LedgerError) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let bytes = CheckpointNote.base64(parts[2]), bytes.first == Self.ed25519 else { throw .keyMalformed }
        try self.init(name: parts[0], publicKey: Array(bytes.dropFirst()))
        guard text == self.text else { throw .keyMalformed }
    }

    package var text: String {
        let hexadecimal = String(id, radix: 16)
        let hash = String(repeating: "0", count: 8 - hexadecimal.count) + hexadecimal
        return "\(name)+\(hash)+\(Data([Self.ed25519] + publicKey).base64EncodedString())"
    }

    func isValid(_ signature: [UInt8], for text: [UInt8]) -> Bool {
        guard signature.count == 64, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
        return key.isValidSignature(signature, for: text)
    }

    /// Key names are not empty and hold neither spaces nor a plus.
    static func isName(_ name: String) -> Bool {
        !name.isEmpty && !name.unicodeScalars.contains { $0.properties.isWhitespace || $0 == "+" || $0.value < 0x20 }
    }
}

/// The log's own key.
package struct Signer: Sendable {
    private let key: Curve25519.Signing.PrivateKey
    package let verifierKey: VerifierKey

    /// - Parameters:
    ///   - name: the log's name, such as `example.com/dianzhang`: no spaces, no plus.
    ///   - secret: 32 random bytes, the private key of RFC 8032. Kept by the caller, sealed.
    /// - Throws: `LedgerError.keyMalformed`.
    package init(name: String, secret: [UInt8]) throws {
        guard secret.count == 32 else { throw LedgerError.keyMalformed }
        key = try Curve25519.Signing.PrivateKey(rawRepresentation: secret)
        verifierKey = try VerifierKey(name: name, publicKey: Array(key.publicKey.rawRepresentation))
    }

    func sign(_ text: [UInt8]) throws -> Data { try key.signature(for: text) }
}
