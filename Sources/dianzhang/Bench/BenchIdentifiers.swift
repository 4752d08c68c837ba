import ArgumentParser
import Identifiers
import Tables

/// Resident numbers a second on one core, from the document numbers of an intake file.
struct BenchIdentifiers: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "ids")
    @Argument var file: String
    @Option var rounds = 10

    func run() throws {
        let table = try TableReader(path: file)
        let header = try Header(of: table, columns: [.init("document_number", "证件号码", isRequired: true)])
        let column = header["document_number"] ?? 0
        var texts: [String] = []
        try table.forEachRow { row in if row[column].count == 18 { texts.append(row.text(column)) } }
        let today = MachineClock.clock.now().day.yyyymmdd
        var good = 0
        let byString = Bench.seconds {
            for _ in 0..<rounds { for text in texts where ResidentNumber.check(text, today: today).faults.isEmpty { good += 1 } }
        }
        let flat = texts.flatMap { Array($0.utf8) }
        let byBytes = flat.withUnsafeBufferPointer { bytes in
            Bench.seconds {
                for _ in 0..<rounds {
                    for start in stride(from: 0, to: bytes.count, by: 18) {
                        let number = UnsafeBufferPointer(rebasing: bytes[start..<start + 18])
                        if ResidentNumber.check(number, today: today).faults.isEmpty { good -= 1 }
                    }
                }
            }
        }
        precondition(good == 0, "both roads find the same numbers good")
        let count = Double(texts.count * rounds)
        Terminal.answer("string \(Int(count / byString)) 1/s\nbytes \(Int(count / byBytes)) 1/s")
    }
}
