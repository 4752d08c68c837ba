import Kernel
import Ledger
import Store
import WorkCalendar

/// What a backup says of itself in clear. Every piece of it is bound to this text, so nothing in it can be changed.
package struct CopyHeader: Sendable, Equatable {
    static let magic = Array("dianzhang-backup\n".utf8)
    static let format = 1

    /// The engine that it was taken from; it goes back into either.
    package let engine: Engine
    package let at: Moment
    /// The schema's migrations, by name.
    package let migrations: [String]
    /// The newest checkpoint then; empty where there was none.
    package let checkpoint: String
    /// How many entries the ledger had, placed or waiting.
    package let entries: Int64
    /// How many documents had keys of their own, which are in the file of keys.
    package let contentKeys: Int64
    let salt: [UInt8]
    let check: [UInt8]

    var bytes: [UInt8] {
        let fields: [(String, JSONValue)] = [
            ("format", .whole(Int64(Self.format))), ("engine", .text(engine.rawValue)), ("at", .whole(at.milliseconds)),
            ("entries", .whole(entries)), ("migrations", .list(migrations.map { .text($0) })), ("checkpoint", .text(checkpoint)),
            ("contentKeys", .whole(contentKeys)), ("salt", .text(Self.hexadecimal(salt))), ("check", .text(Self.hexadecimal(check))),
        ]
        return Array(JSONText.text(.record(fields.map { .init($0.0, $0.1) })).utf8)
    }

    init(
        engine: Engine, at: Moment, migrations: [String], checkpoint: String, entries: Int64, contentKeys: Int64, salt: [UInt8],
            check: [UInt8]
    ) {
        (self.engine, self.at, self.migrations, self.checkpoint) = (engine, at, migrations, checkpoint)
        (self.entries, self.contentKeys, self.salt, self.check) = (entries, contentKeys, salt, check)
    }

    init(_ bytes: [UInt8], from path: String) throws {
        guard let text = String(validating: bytes, as: UTF8.self), let found = try? JSONReader.read(text),
            let format = found["format"].whole
        else { throw CopyError.damaged(path: path) }
        guard format <= Self.format else { throw CopyError.newerFormat(Int(format)) }
        guard let engine = found["engine"].text.flatMap(Engine.init(rawValue:)), let at = found["at"].whole,
            let checkpoint = found["checkpoint"].text, let entries = found["entries"].whole,
            let salt = found["salt"].text.flatMap(Self.bytes), let check = found["check"].text.flatMap(Self.bytes), salt.count == 32
        else { throw CopyError.damaged(path: path) }
        self.init(
            engine: engine, at: Moment(milliseconds: at), migrations: found["migrations"].list.compactMap(\.text),
            checkpoint: checkpoint, entries: entries, contentKeys: found["contentKeys"].whole ?? 0, salt: salt, check: check)
    }

    static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == text.count, digits.count % 2 == 0 else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
