import Courier
import Foundation
import Ledger
import WorkCalendar

/// A checkpoint as a letter: to be kept, printed, or read aloud.
package enum CheckpointMail {
    static func message(_ note: CheckpointNote, to address: String, from sender: String, at now: Moment) -> MailMessage {
        MailMessage(
            sender: sender, recipients: [address], subject: "典章存证检查点 / Dianzhang checkpoint: \(grouped(note.size))",
            text: text(note, at: now), date: now, id: "checkpoint-\(note.size)-\(now.milliseconds)")
    }

    /// For a letter or a sheet of paper.
    package static func text(_ note: CheckpointNote, at now: Moment) -> String {
        let root = note.root.bytes.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }
        let groups = stride(from: 0, to: root.count, by: 2).map { root[$0] + root[$0 + 1] }
        let lines = stride(from: 0, to: groups.count, by: 4).map { "    " + groups[$0..<($0 + 4)].joined(separator: " ") }
        return """
            典章存证检查点
            这是全部存证记录的签名摘要。请把它保存或打印在系统之外：凭它可以查出历史是否被改写、截短，或者整个旧库是否被换回。
            核对：dianzhang verify --against 保存的文件

            Dianzhang checkpoint
            The signed digest of all ledger entries. Keep it or print it, away from the system: with it a history that was rewritten or cut
            short, or an older database put back, is found. To check: dianzhang verify --against FILE

            记录数 / entries:   \(grouped(note.size))
            时刻 / moment:      \(now)
            根（供口头核对）/ root, for reading aloud:
            \(lines.joined(separator: "\n"))

            原文 / the note:

            \(note.note)
            """
    }

    /// 1234567 as `1 234 567`.
    private static func grouped(_ number: Int64) -> String {
        var digits = Array(String(number)), groups: [String] = []
        while !digits.isEmpty {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(min(3, digits.count))
        }
        return groups.joined(separator: " ")
    }
}
