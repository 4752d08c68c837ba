import Foundation
import Store

/// The database's write-ahead log, brought to disk by us and not by SQLite (`synchronous = NORMAL`), so that the writer can go on with the
/// next group of acts meanwhile. No act is answered before the log that holds it is on disk.
///
/// SQLite itself brings the log to disk before it copies pages of it into the database, and its header before it begins the log again, so
/// whatever state the file is in, what was answered is in the log or in the database.
final class WriteAheadLog: @unchecked Sendable {
    /// What became of an act, once the log is on disk.
    typealias Outcome = (visit: Visit, failure: (any Error)?)

    private let path: String
    private let waiting = WaitingLine<[Outcome]>(limit: .max)
    private let threads = DriverThreads()
    private let lock = NSLock()
    private var descriptor: CInt = -1
    private var lasting: StoreError?

    init(of database: String) {
        path = database + "-wal"
        threads.start("sqlite log") { [waiting, self] in
            while let first = waiting.next() {
                var outcomes = first
                while let more = waiting.nextIfAny() { outcomes += more }
                answer(outcomes)
            }
        }
    }

    /// Answers acts that were committed, from this thread.
    func answer(_ outcomes: [Outcome]) {
        let failure = outcomes.contains { $0.failure == nil } ? sync() : nil
        for (visit, own) in outcomes { visit.answer(own ?? failure) }
    }

    /// Answers them from another thread.
    func answerBeside(_ outcomes: [Outcome]) {
        do { try waiting.enter(outcomes) } catch { answer(outcomes) }
    }

    /// - Returns: why what was committed may not be on disk. From then on nothing is: the system does not say twice what it has lost.
    func sync() -> StoreError? {
        do throws(StoreError) {
            guard fdatasync(try opened()) == 0 else { throw Self.failure("brought to disk", path) }
            return failure
        } catch {
            return lock.withLock {
                lasting = lasting ?? error
                return lasting
            }
        }
    }

    /// Why nothing may be written any more.
    var failure: StoreError? { lock.withLock { lasting } }

    private func opened() throws(StoreError) -> CInt {
        lock.lock()
        defer { lock.unlock() }
        if descriptor < 0 {
            descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw Self.failure("opened", path) }
        }
        return descriptor
    }

    private static func failure(_ deed: String, _ path: String) -> StoreError {
        errno == ENOSPC ? .diskFull : .gone("\(path) could not be \(deed): \(String(cString: strerror(errno))).")
    }

    /// Waits until everybody is answered.
    func close() {
        waiting.close()
        threads.wait()
        if descriptor >= 0 { _ = Foundation.close(descriptor) }
    }
}
