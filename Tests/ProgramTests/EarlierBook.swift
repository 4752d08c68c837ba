import EngineFixture
import Foundation
import Kernel
import Store

/// A book as the program of 0.1.0 left it before texts were sealed: its three migrations, and its rows as they were written.
enum EarlierBook {
    private static let rows = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/book-0.1.0.jsonl")

    /// Of the master key under which it was made.
    static let environment = BookPlace.environment

    static func lay(in place: TestPlace) async throws {
        let store = try place.open()
        do {
            try await store.migrate(Array(Migration.kernel.prefix(3)), at: 0)
            let lines = try String(contentsOf: rows, encoding: .utf8).split(separator: "\n")
            try await store.write { session in
                for line in lines {
                    let read = try JSONReader.read(String(line))
                    let columns = read["columns"].list.compactMap(\.text)
                    let places = columns.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
                    try session.execute(
                        "INSERT INTO \(read["table"].text ?? "") (\(columns.joined(separator: ", "))) VALUES (\(places))",
                        read["row"].list.map(value))
                }
            }
        } catch {
            await store.close()
            throw error
        }
        await store.close()
    }

    private static func value(_ stored: JSONValue) -> Value {
        switch stored {
        case .whole(let number): return .int(number)
        case .text(let text): return .text(text)
        case .record:
            let digits = (stored["hex"].text ?? "").compactMap(\.hexDigitValue)
            return .blob(stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
        default: return .null
        }
    }
}
