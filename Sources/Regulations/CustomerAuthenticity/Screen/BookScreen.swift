import Kernel
import Tables
import Store

/// 第七条: the clues of the book as a table, in the form of those of a bare file.
package struct BookScreen: Sendable {
    private let desk: Desk
    package init(_ desk: Desk) { self.desk = desk }

    /// Writes every clue that the book holds, the oldest first.
    /// - Returns: how many.
    package func run(to answers: CSVWriter) async throws -> Int {
        try answers.row(FileScreen.header)
        var count = 0
        for item in try await desk.all(Suspicion.self) {
            let value = item.value
            count += 1
            try answers.row([
                item.record.number ?? String(count), value.kind.rawValue, value.maskedValue,
                try await numbers(value.customers) { $0.customerNo },
                try await numbers(value.policies) { $0.policyNo }, try await numbers(value.agents) { $0.agentNo },
                value.day?.description ?? "", "",
            ])
        }
        try answers.flush()
        return count
    }

    private func numbers<D: Document>(_ ids: [ID<D>], _ number: (D) -> String) async throws -> String {
        try await desk.load(ids).map { found in
            let own = number(found.value)
            return own.isEmpty ? found.record.number ?? "" : own
        }.joined(separator: ";")
    }
}
