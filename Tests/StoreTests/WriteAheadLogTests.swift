import Foundation
import Store
import Testing

@testable import StoreSQLite

/// An act is answered when the log that holds it is on disk, and not before.
@Suite struct WriteAheadLogTests {
    /// There is no log to bring to disk: the act that was committed is refused, and so is every one after it.
    @Test func whatIsNotOnDiskIsNotAcknowledged() async throws {
        let log = WriteAheadLog(of: "/nowhere/book.db")
        let line = WaitingLine<Visit>(limit: 2)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<2 {
                group.addTask { await #expect(throws: StoreError.self) { try await Visit.wait(in: line) { _ in 1 } } }
            }
            group.addTask {
                try? await DriverThreads.run("test") {
                    for isBeside in [false, true] {
                        guard let visit = line.next() else { return }
                        if isBeside { log.answerBeside([(visit, nil)]) } else { log.answer([(visit, nil)]) }
                    }
                    log.close()
                }
            }
        }
        #expect(log.failure != nil)
    }
}
