import Crypto
import Foundation

/// Whose cosignatures on checkpoints count: a witness that has seen every checkpoint continue the one before (C2SP tlog-cosignature,
/// Ed25519). Its text form is a `vkey` of type 4: `name+hash in hexadecimal+base64 of (4, key)`.
package struct WitnessKey: Sendable, Hashable {
    package let name: String
    /// The first four bytes of SHA-256 of name, newline, 4, public key.
    package let id: UInt32
    private let publicKey: [UInt8]
    private static let cosignature: UInt8 = 4

    /// - Throws: `WitnessError.keyMalformed`.
    package init(name: String, publicKey: [UInt8]) throws(WitnessError) {
        guard VerifierKey.isName(name), publicKey.count == 32 else { throw .keyMalformed }
        self.name = name
        self.publicKey = publicKey
        id = SHA256.hash(data: Array(name.utf8) + [0x0a, Self.cosignature] + publicKey).prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    package init(parsing text: String) throws(WitnessError) {
        // A key in base64 may hold a plus; the name may not.
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let bytes = CheckpointNote.base64(parts[2]), bytes.first == Self.cosignature else { throw .keyMalformed }
        try self.init(name: parts[0], publicKey: Array(bytes.dropFirst()))
        guard text == self.text else { throw .keyMalformed }
    }

    package var text: String {
        let hexadecimal = String(id, radix: 16)
        let hash = String(repeating: "0", count: 8 - hexadecimal.count) + hexadecimal
        return "\(name)+\(hash)+\(Data([Self.cosignature] + publicKey).base64EncodedString())"
    }

    /// When this witness last cosigned the note, in seconds since 1970. Signatures of others are passed over.
    /// - Throws: `WitnessError.notCosigned` when there is none by this witness, `.forged` when one of them is false.
    package func cosigned(_ note: CheckpointNote) throws(WitnessError) -> Int64 {
        var newest: Int64?
        for signature in note.signatures where signature.name == name && signature.keyID == id {
            guard signature.bytes.count == 8 + 64, let seconds = Int64(exactly: signature.bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) }),
                let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey),
                key.isValidSignature(signature.bytes[8...], for: Self.statement(note, seconds))
            else { throw .forged(witness: name) }
            newest = max(newest ?? 0, seconds)
        }
        guard let newest else { throw .notCosigned(witness: name) }
        return newest
    }

    /// What is signed: that of all trees of this log that the witness saw up to this second, this is the largest, and continues the rest.
    fileprivate static func statement(_ note: CheckpointNote, _ seconds: Int64) -> [UInt8] {
        Array("cosignature/v1\ntime \(seconds)\n\(note.text)".utf8)
    }
}

/// A witness's own key.
package struct Cosigner: Sendable {
    private let key: Curve25519.Signing.PrivateKey
    package let witnessKey: WitnessKey

    /// - Parameter secret: 32 random bytes, the private key of RFC 8032, used for nothing else.
    package init(name: String, secret: [UInt8]) throws(WitnessError) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: secret) else { throw .keyMalformed }
        self.key = key
        witnessKey = try WitnessKey(name: name, publicKey: Array(key.publicKey.rawRepresentation))
    }

    /// The line that is added to the note, with its newline.
    package func line(on note: CheckpointNote, atSeconds seconds: Int64) throws -> String {
        let signature = try key.signature(for: WitnessKey.statement(note, seconds))
        let id = withUnsafeBytes(of: witnessKey.id.bigEndian) { Data($0) }
        let bytes = id + withUnsafeBytes(of: UInt64(seconds).bigEndian) { Data($0) } + signature
        return "\u{2014} \(witnessKey.name) \(bytes.base64EncodedString())\n"
    }
}

extension CheckpointNote {
    /// The note with further signature lines.
    /// - Throws: `LedgerError.noteMalformed` when these are none.
    package func adding(_ lines: String) throws(LedgerError) -> CheckpointNote {
        let cosigned = try CheckpointNote(parsing: note + lines)
        guard cosigned.text == text else { throw .noteMalformed }
        return cosigned
    }

    /// Whether it bears a signature that claims to be by this witness.
    package func isCosigned(by witness: WitnessKey) -> Bool { signatures.contains { $0.name == witness.name && $0.keyID == witness.id } }

    /// The note with those of the lines that are by one witness: an answer may bring along lines of anybody.
    /// - Throws: `WitnessError.notCosigned` when there is none, `.forged` when one is false; `LedgerError.noteMalformed`.
    package func cosigned(by witness: WitnessKey, answer: String) throws -> CheckpointNote {
        let own = answer.split(separator: "\n").filter { $0.hasPrefix("\u{2014} \(witness.name) ") }
        let cosigned = own.isEmpty ? self : try adding(own.map { $0 + "\n" }.joined())
        _ = try witness.cosigned(cosigned)
        return cosigned
    }
}

/// What a witness, or its key, can answer instead of a cosignature.
package enum WitnessError: Error, Sendable, Equatable {
    /// The text is no witness's key.
    case keyMalformed
    /// The note bears no signature of this witness.
    case notCosigned(witness: String)
    /// A signature that claims to be of this witness is not.
    case forged(witness: String)

    package var zh: String {
        switch self {
        case .keyMalformed: "这段文字不是见证公钥。请原样使用见证方启动时显示的“名称+摘要+base64”。"
        case .notCosigned(let witness): "检查点上没有 \(witness) 的见证签名。请核对见证公钥和文件。"
        case .forged(let witness): "检查点上 \(witness) 的见证签名是假的，或者检查点被改动过。请查明其来源。"
        }
    }

    package var en: String {
        switch self {
        case .keyMalformed: "This text is no witness's key. Use name+hash+base64 as the witness shows it at its start."
        case .notCosigned(let witness): "The checkpoint is not cosigned by \(witness). Check the key and the file."
        case .forged(let witness): "The cosignature of \(witness) is false or the checkpoint was altered. Find out where it came from."
        }
    }
}
