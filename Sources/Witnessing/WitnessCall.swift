import Courier
import Foundation
import Kernel
import Ledger
import Store

/// The log's side of C2SP tlog-witness.
struct WitnessCall: Sendable {
    let store: any Store
    let courier: Courier
    let url: String
    let key: WitnessKey

    /// - Parameter last: the size that this witness cosigned last, as far as it is known here.
    /// - Returns: the note with the witness's cosignature, checked.
    func ask(_ note: CheckpointNote, _ last: Int64) async throws -> String {
        var note = note, old = min(last, note.size)
        // The witness tells what it saw last, where this side did not know; what it tells then, it holds to.
        for _ in 0..<3 {
            let reply = try await post(note, old)
            guard reply.status == 409 else { return try await cosigned(note, reply) }
            guard reply.type == "text/x.tlog.size", let seen = Self.size(reply.body), seen != old else { throw conflict(note) }
            if seen > note.size {
                // Another server of this house may have been there meanwhile with a newer one.
                guard let newest = try await newest(), newest.size >= seen else { throw shrunk(to: note.size, seen) }
                note = newest
            }
            old = seen
        }
        throw DeliveryFault("见证方 \(key.name) 前后说法不一，请联系见证方。", "The witness \(key.name) contradicts itself; ask its operator.")
    }

    private func post(_ note: CheckpointNote, _ old: Int64) async throws -> HTTPReply {
        let size = note.size
        let proof = try await store.read { try Ledger.consistencyProof(from: old, to: size, in: $0) }
        let body = Array(AddCheckpoint(old: old, proof: proof.path, note: note).text.utf8)
        return try await courier.post(
            HTTPRequest(url: url + "/add-checkpoint", headers: [(name: "Content-Type", value: "text/plain; charset=utf-8")], body: body))
    }

    private func newest() async throws -> CheckpointNote? { try await store.read { try Ledger.lastCheckpoint(in: $0) } }

    private static func size(_ body: [UInt8]) -> Int64? {
        let text = String(decoding: body, as: UTF8.self)
        guard text.hasSuffix("\n"), let size = Int64(text.dropLast()), size >= 0, "\(size)\n" == text else { return nil }
        return size
    }

    private func cosigned(_ note: CheckpointNote, _ reply: HTTPReply) async throws -> String {
        switch reply.status {
        case 200: return try note.cosigned(by: key, answer: String(decoding: reply.body, as: UTF8.self)).note
        case 422:
            throw DeliveryFault(
                "见证方 \(key.name) 指出：现在的存证接不上它以前见过的检查点，历史被改写，或者换回了旧库。请保全数据库和备份，立即查明。",
                "The witness \(key.name) says that the ledger does not continue the checkpoint that it saw: history was rewritten, or an older database was put back. Keep database and backups as they are and find out at once.",
                isAlarm: true)
        case 404:
            throw DeliveryFault(
                "见证方 \(key.name) 不认识本系统。请把 dianzhang checkpoint --key 显示的公钥交给见证方。",
                "The witness \(key.name) does not know this ledger. Give it the key that dianzhang checkpoint --key shows.")
        case 403:
            throw DeliveryFault(
                "见证方 \(key.name) 不承认本系统的签名：它记下的公钥是另一个。请核对 dianzhang checkpoint --key。",
                "The witness \(key.name) knows another key of this ledger. Compare with dianzhang checkpoint --key.", isAlarm: true)
        default: throw CourierError.refused(code: reply.status, reply.said)
        }
    }

    private func shrunk(to size: Int64, _ seen: Int64) -> DeliveryFault {
        DeliveryFault(
            "见证方 \(key.name) 见过 \(seen) 条记录，现在只有 \(size) 条：存证被截短，或者换回了旧库。请保全数据库和备份，立即查明。",
            "The witness \(key.name) has seen \(seen) entries, and there are \(size): the ledger was cut short, or an older database was put back. Keep database and backups as they are and find out at once.",
            isAlarm: true)
    }

    private func conflict(_ note: CheckpointNote) -> DeliveryFault {
        DeliveryFault(
            "见证方 \(key.name) 见过另一个同样大小（\(note.size)）的检查点：存证有两个版本。请保全数据库和备份，立即查明。",
            "The witness \(key.name) has seen another checkpoint of the same size (\(note.size)): there are two histories. Keep database and backups as they are and find out at once.",
            isAlarm: true)
    }
}
