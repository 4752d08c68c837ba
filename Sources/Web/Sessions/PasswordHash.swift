import Crypto
import CryptoExtras
import Kernel
import Store

/// Passwords as they are kept: scrypt with N = 2^15, r = 8, p = 1 (OWASP's measure; 32 MB and a tenth of a second each), written as
/// `scrypt$15$8$1$salt$hash` in hexadecimal.
package struct PasswordHash: Sendable {
    private static let costLog = 15
    private static let blockSize = 8
    private static let parallelism = 1
    /// At most so many at once: each takes 32 MB.
    private static let mostAtOnce = 4
    /// So many wait: a few seconds' work for two cores.
    private static let mostWaiting = 120
    private let turnstile = ConcurrencyLimiter(limit: mostAtOnce, waiting: mostWaiting)

    package init() {}

    /// What is kept of a password.
    package func make(_ password: String) async throws -> String {
        let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
        let key = try await derive(password, salt: salt, costLog: Self.costLog, blockSize: Self.blockSize, parallelism: Self.parallelism)
        return "scrypt$\(Self.costLog)$\(Self.blockSize)$\(Self.parallelism)$\(Token.hexadecimal(salt))$\(Token.hexadecimal(key))"
    }

    /// Whether the password is the one that is kept. Without one it takes as long and is wrong, so that nobody learns who exists.
    func verify(_ password: String, against kept: String?) async throws -> Bool {
        guard let kept, let parts = Parts(kept) else {
            _ = try await derive(
                password, salt: Array(repeating: 0, count: 16), costLog: Self.costLog, blockSize: Self.blockSize, parallelism: 1)
            return false
        }
        let key = try await derive(
            password, salt: parts.salt, costLog: parts.costLog, blockSize: parts.blockSize, parallelism: parts.parallelism)
        return Token.same(Token.hexadecimal(key), parts.hash)
    }

    private struct Parts {
        let costLog: Int
        let blockSize: Int
        let parallelism: Int
        let salt: [UInt8]
        let hash: String

        init?(_ kept: String) {
            let parts = kept.split(separator: "$", omittingEmptySubsequences: false)
            guard parts.count == 6, parts[0] == "scrypt", let costLog = Int(parts[1]), (10...20).contains(costLog),
                let blockSize = Int(parts[2]), (1...16).contains(blockSize), let parallelism = Int(parts[3]), (1...4).contains(parallelism),
                parts[4].utf8.count % 2 == 0
            else { return nil }
            var salt: [UInt8] = []
            var rest = parts[4]
            while !rest.isEmpty {
                guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
                salt.append(byte)
                rest = rest.dropFirst(2)
            }
            (self.costLog, self.blockSize, self.parallelism, self.salt, hash) = (costLog, blockSize, parallelism, salt, String(parts[5]))
        }
    }

    /// On a thread of its own, since it takes a tenth of a second.
    private func derive(_ password: String, salt: [UInt8], costLog: Int, blockSize: Int, parallelism: Int) async throws -> [UInt8] {
        try await turnstile.pass {
            try await DriverThreads.run("scrypt") {
                try KDF.Scrypt.deriveKey(
                    from: Array(password.utf8), salt: salt, outputByteCount: 32, rounds: 1 << costLog, blockSize: blockSize,
                    parallelism: parallelism
                ).withUnsafeBytes { Array($0) }
            }
        }
    }
}
