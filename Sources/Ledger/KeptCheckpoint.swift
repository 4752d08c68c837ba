import Foundation

/// Reads checkpoints in whatever form they were kept: a note, many notes one below the other, a mail as it was saved or copied, the body
/// of a webhook, a note with cosignatures, a note with its time stamp.
package struct KeptCheckpoint: Sendable {
    package private(set) var notes: [CheckpointNote] = []
    /// Places that begin like a note and cannot be read as one: cut off, or altered.
    package private(set) var unreadable = 0
    /// What stood below notes as PEM: responses of time stamping authorities.
    package private(set) var timeStamps: [[UInt8]] = []

    package static let timeStampLabel = "TIME STAMP RESPONSE"

    package init(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        if let note = Self.noteOfJSON(bytes) { gather(note) } else { for part in MailText.parts(of: text) { gather(part) } }
    }

    /// - Throws: `LedgerError.noteMalformed` where not one note can be read.
    package static func read(_ bytes: [UInt8]) throws(LedgerError) -> [CheckpointNote] {
        let kept = KeptCheckpoint(bytes)
        guard !kept.notes.isEmpty else { throw .noteMalformed }
        return kept.notes
    }

    private static func noteOfJSON(_ bytes: [UInt8]) -> String? {
        guard bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else { return nil }
        return (try? JSONDecoder().decode(WebhookBody.self, from: Data(bytes)))?.note
    }

    private struct WebhookBody: Decodable { let note: String }

    private mutating func gather(_ text: String) {
        let lines = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false).map(Self.bare)
        var next = 0
        while next < lines.count {
            if lines[next] == "-----BEGIN \(Self.timeStampLabel)-----" {
                next = gatherTimeStamp(lines, from: next + 1)
            } else if next + 2 < lines.count, Self.isNumber(lines[next + 1]), Self.isRoot(lines[next + 2]), !lines[next].isEmpty {
                next = gatherNote(lines, from: next)
            } else {
                next += 1
            }
        }
    }

    /// Without what mail programs put around a line: quotation marks, blanks.
    private static func bare(_ line: Substring) -> String {
        String(line.drop { $0 == ">" || $0 == " " || $0 == "\t" || $0 == "\u{FEFF}" }).trimmingCharacters(in: .whitespaces)
    }

    private static func isNumber(_ line: String) -> Bool { !line.isEmpty && line.utf8.allSatisfy { (48...57).contains($0) } }
    private static func isRoot(_ line: String) -> Bool { line.utf8.count == 44 && CheckpointNote.base64(line)?.count == 32 }

    private mutating func gatherNote(_ lines: [String], from start: Int) -> Int {
        var end = start + 3
        while end < lines.count, !lines[end].isEmpty { end += 1 }
        let gap = end
        end += 1
        while end < lines.count, lines[end].hasPrefix("\u{2014} ") { end += 1 }
        guard gap < lines.count, end > gap + 1,
            let note = try? CheckpointNote(parsing: lines[start..<end].joined(separator: "\n") + "\n")
        else {
            unreadable += 1
            return start + 3
        }
        notes.append(note)
        return end
    }

    private mutating func gatherTimeStamp(_ lines: [String], from start: Int) -> Int {
        let end = lines[start...].firstIndex { $0 == "-----END \(Self.timeStampLabel)-----" } ?? lines.count
        if let data = Data(base64Encoded: lines[start..<end].joined()), end < lines.count {
            timeStamps.append(Array(data))
        } else {
            unreadable += 1
        }
        return end
    }

    /// A time stamp as it stands below its note.
    package static func text(ofTimeStamp response: [UInt8]) -> String {
        let body = Data(response).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
        return "-----BEGIN \(timeStampLabel)-----\n\(body)\n-----END \(timeStampLabel)-----\n"
    }
}
