import Glibc

/// The rows of a table on several threads at once, some megabytes each, with the results in the order of the table.
///
/// Memory is bounded: each thread has one chunk, and none runs far ahead of the results that have been taken.
package struct ParallelTable {
    private let reader: TableReader
    private let workers: Int

    /// - Parameter workers: Threads; by default as many as there are processors.
    package init(_ reader: TableReader, workers: Int = sysconf(Int32(_SC_NPROCESSORS_ONLN))) {
        self.reader = reader
        self.workers = max(1, workers)
    }

    /// Runs `work` on each chunk, on this thread and on others, and gives its result with the chunk's extent to `deliver`, in order, on
    /// this thread.
    ///
    /// This thread is kept meanwhile: asynchronous tasks of a server are not to call it. When a chunk ends early (its `failure`), the
    /// result for the rows before is delivered, and the failure is then thrown.
    /// - Throws: `PaperError`; and what `work` or `deliver` throw, which ends all.
    package func run<Result: Sendable>(
        _ work: @escaping @Sendable (TableChunk) throws -> Result, inOrder deliver: (Result, ChunkExtent) throws -> Void
    ) throws {
        let line = AssemblyLine<Result>(reader, ahead: workers * 4)
        let helpers = (1..<workers).compactMap { _ in OwnThread { line.serve(work) } }
        defer {
            line.stop()
            for helper in helpers { helper.join() }
        }
        var rowsBefore = 0
        var chunk: TableChunk?
        while let outcome = line.nextOutcome(helping: work, &chunk) {
            let (result, rows, position, failure, notes) = try outcome.get()
            reader.take(notes)
            try deliver(result, ChunkExtent(rowsBefore: rowsBefore, rows: rows, position: position))
            if let failure { throw failure }
            rowsBefore += rows
        }
    }
}

/// Where a chunk lies in its table.
package struct ChunkExtent: Sendable {
    /// Rows behind the header that came before it.
    package let rowsBefore: Int
    /// Rows in it.
    package let rows: Int
    /// How much of the file is used up behind it, in bytes of the file.
    package let position: Int
}

/// Takes chunks from the reader one by one, and keeps outcomes until their turn comes.
private final class AssemblyLine<Value: Sendable>: @unchecked Sendable {
    typealias Outcome = Result<(Value, rows: Int, position: Int, failure: PaperError?, notes: RowNotes), any Error>

    private let reader: TableReader
    private let ahead: Int
    private let filling = Lock()
    private let state = Lock()
    private var taken = 0
    private var delivered = 0
    private var isOver = false
    private var outcomes: [Int: Outcome] = [:]

    init(_ reader: TableReader, ahead: Int) {
        self.reader = reader
        self.ahead = ahead
    }

    func serve(_ work: (TableChunk) throws -> Value) {
        var chunk: TableChunk?
        while serveOnce(work, &chunk, waits: true) {}
    }

    /// Works on one more chunk; false when there is none to be taken.
    /// - Parameter waits: for room, as long as the results that have not been taken are too many.
    private func serveOnce(_ work: (TableChunk) throws -> Value, _ chunk: inout TableChunk?, waits: Bool) -> Bool {
        guard let (turn, filled) = take(reusing: chunk, waits: waits) else { return false }
        chunk = filled
        guard let filled else { return false }
        let outcome = Outcome {
            let value = try work(filled)
            return (value, filled.rows, filled.position, filled.failure, filled.notes)
        }
        state.locked {
            outcomes[turn] = outcome
            state.wakeAll()
        }
        return true
    }

    /// The next chunk and its turn; a turn without a chunk when its outcome is an error.
    private func take(reusing spare: TableChunk?, waits: Bool) -> (Int, TableChunk?)? {
        repeat {
            if let taken = takeIfThereIsRoom(reusing: spare) { return taken }
        } while waits && waitForRoom()
        return nil
    }

    /// False when there is nothing more to be taken. Nobody waits for room while he keeps others from filling theirs.
    private func waitForRoom() -> Bool {
        state.locked {
            while !isOver && isFarAhead { state.wait() }
            return !isOver
        }
    }

    private var isFarAhead: Bool { taken - delivered >= ahead }

    private func takeIfThereIsRoom(reusing spare: TableChunk?) -> (Int, TableChunk?)? {
        filling.locked {
            let turn: Int? = state.locked { isOver || isFarAhead ? nil : taken }
            guard let turn else { return nil }
            let filled = Result { () throws(PaperError) in try reader.next(reusing: spare) }
            return state.locked {
                defer { state.wakeAll() }
                switch filled {
                case .success(let chunk?):
                    taken += 1
                    return (turn, chunk)
                case .success(nil):
                    isOver = true
                    return nil
                case .failure(let error):
                    isOver = true
                    taken += 1
                    outcomes[turn] = .failure(error)
                    return (turn, nil)
                }
            }
        }
    }

    /// The outcome whose turn it is; nothing when all have been had. Works on chunks as long as it has to be waited for.
    func nextOutcome(helping work: (TableChunk) throws -> Value, _ chunk: inout TableChunk?) -> Outcome? {
        while true {
            if let outcome = outcome(waits: false) { return outcome }
            if !serveOnce(work, &chunk, waits: false) { return outcome(waits: true) }
        }
    }

    private func outcome(waits: Bool) -> Outcome? {
        state.locked {
            while true {
                if let outcome = outcomes.removeValue(forKey: delivered) {
                    delivered += 1
                    state.wakeAll()
                    return outcome
                }
                if !waits || isOver && delivered == taken { return nil }
                state.wait()
            }
        }
    }

    func stop() {
        state.locked {
            isOver = true
            state.wakeAll()
        }
    }
}
