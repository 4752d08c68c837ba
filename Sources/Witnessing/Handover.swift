import Courier
import Foundation
import Kernel
import Ledger
import Store
import WorkCalendar

/// Hands one checkpoint to one place, each in its way.
struct Handover: Sendable {
    let store: any Store
    let courier: Courier
    let now: Moment
    let note: CheckpointNote

    /// - Parameter last: the size of what the place got last; 0 for nothing yet.
    /// - Returns: what came back and is worth keeping: the note with what the other side put to it.
    /// - Throws: `CourierError`, `WitnessError`, `LedgerError`, `DeliveryFault`.
    func carry(to place: CheckpointPlace, last: Int64) async throws -> String? {
        switch place.way {
        case .file(let path):
            try CheckpointFile.append(note.note, to: path)
            return nil
        case .mail(let address, let server, let sender):
            try await courier.send(CheckpointMail.message(note, to: address, from: sender, at: now), by: server)
            return nil
        case .webhook(let url, let secret):
            try await push(to: url, secret)
            return nil
        case .witness(let url, let key): return try await WitnessCall(store: store, courier: courier, url: url, key: key).ask(note, last)
        case .timeStamp(let url): return try await stamp(at: url)
        }
    }

    private struct WebhookBody: Encodable {
        let type = "dianzhang.checkpoint"
        let timestamp: String
        let origin: String
        let size: Int64
        let root: String
        let note: String
    }

    private func push(to url: String, _ secret: [UInt8]?) async throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let root = Data(note.root.bytes).base64EncodedString()
        let body = Array(
            try encoder.encode(
                WebhookBody(timestamp: now.description, origin: note.origin, size: note.size, root: root, note: note.note)))
        let id = "checkpoint-\(note.size)-\(now.milliseconds)"
        let headers = WebhookSigning.headers(id: id, seconds: now.milliseconds / 1000, body: body, secret: secret)
        let reply = try await courier.post(
            HTTPRequest(url: url, headers: [(name: "Content-Type", value: "application/json")] + headers, body: body))
        guard (200..<300).contains(reply.status) else { throw CourierError.refused(code: reply.status, reply.said) }
    }

    private func stamp(at url: String) async throws -> String {
        let query = TimeStampQuery(of: Array(note.note.utf8), nonce: UInt64.random(in: 1...UInt64(Int64.max)))
        let reply = try await courier.post(
            HTTPRequest(url: url, headers: [(name: "Content-Type", value: "application/timestamp-query")], body: try query.bytes()))
        guard reply.status == 200 else { throw CourierError.refused(code: reply.status, reply.said) }
        try query.check(try TimeStampReply(parsing: reply.body))
        return note.note + "\n" + KeptCheckpoint.text(ofTimeStamp: reply.body)
    }
}

extension HTTPReply {
    /// The first line of what the other side said, short enough for a table.
    var said: String {
        let line = String(decoding: body.prefix(400), as: UTF8.self).split(whereSeparator: \.isNewline).first ?? ""
        return String(String.UnicodeScalarView(line.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7f }).prefix(120))
    }
}

/// What is wrong with a place, or what a place found wrong with the ledger.
package struct DeliveryFault: Error, Sendable, Equatable {
    package let words: Words
    /// The ledger is not the one that the place has seen: nothing that goes away by itself.
    package let isAlarm: Bool

    init(_ zh: String, _ en: String, isAlarm: Bool = false) {
        words = Words(zh, en)
        self.isAlarm = isAlarm
    }

    /// Any failure in words.
    init(_ error: any Error) {
        switch error {
        case let fault as DeliveryFault: self = fault
        case let error as CourierError: self.init(error.zh, error.en)
        case let error as WitnessError: self.init(error.zh, error.en)
        case let error as LedgerError: self.init(error.zh, error.en, isAlarm: true)
        case let error as TimeStampError: self.init(error.zh, error.en)
        default: self.init("没有完成（\(error)）。", "It was not finished (\(error)).")
        }
    }
}
