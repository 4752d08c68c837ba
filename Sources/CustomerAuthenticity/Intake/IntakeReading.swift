import Dispatch
import Papers

/// Reads a file of applications on a thread of its own, a few transactions' worth ahead of the book.
struct IntakeReading: Sendable {
    struct Part: Sendable {
        let applications: [ApplicationRows]
        /// Bytes of the file that are done with it.
        let position: Int
    }

    /// The columns that are handed back: all but an earlier reason.
    let header: [String]
    let size: Int?
    private let path: String
    private let batch: Int
    private static let ahead = 4

    init(path: String, batch: Int) throws {
        let table = try TableReader(path: path)
        _ = try IntakeReading.columns(table)
        header = IntakeReading.kept(table.columns).map { table.columns[$0] }
        (size, self.path, self.batch) = (table.size, path, batch)
    }

    private static func columns(_ table: TableReader) throws -> IntakeColumns {
        let header = try Header(of: table, columns: IntakeColumns.known)
        guard header["application_no"] != nil else {
            throw PaperError.missingColumns(["application_no/投保单号"], line: table.columnsLine)
        }
        return IntakeColumns(header)
    }

    private static func kept(_ names: [String]) -> [Int] {
        names.indices.filter { !RejectedRows.reasonColumns.contains(names[$0]) }
    }

    /// The applications in the order of the file.
    func parts() -> AsyncThrowingStream<Part, any Error> {
        let (path, batch) = (path, batch)
        // A semaphore may not end below the value that it began with.
        let room = DispatchSemaphore(value: 0)
        for _ in 0..<IntakeReading.ahead { room.signal() }
        let (stream, line) = AsyncThrowingStream<Part, any Error>.makeStream()
        // Whoever takes no more parts lets the reader go.
        line.onTermination = { _ in room.signal() }
        DispatchQueue.global().async {
            do {
                try IntakeReading.read(path, batch) { part in
                    room.wait()
                    if case .terminated = line.yield(part) { throw CancellationError() }
                }
                line.finish()
            } catch {
                line.finish(throwing: error)
            }
        }
        return AsyncThrowingStream(unfolding: PartTaker(stream, room).next)
    }

    private static func read(_ path: String, _ batch: Int, hand: (Part) throws -> Void) throws {
        let table = try TableReader(path: path)
        var gathering = ApplicationGathering(try columns(table), kept: kept(table.columns))
        try table.forEachChunk { chunk in
            try chunk.forEachRow { row in
                gathering.add(row)
                if gathering.done.count >= batch { try hand(Part(applications: gathering.takeDone(), position: chunk.position)) }
            }
        }
        gathering.finish()
        if !gathering.done.isEmpty { try hand(Part(applications: gathering.takeDone(), position: table.size ?? 0)) }
    }
}

/// Makes room for the next part whenever one is taken.
private actor PartTaker {
    private var iterator: AsyncThrowingStream<IntakeReading.Part, any Error>.AsyncIterator
    private let room: DispatchSemaphore

    init(_ stream: AsyncThrowingStream<IntakeReading.Part, any Error>, _ room: DispatchSemaphore) {
        (iterator, self.room) = (stream.makeAsyncIterator(), room)
    }

    @Sendable func next() async throws -> IntakeReading.Part? {
        var iterator = iterator
        let part = try await iterator.next()
        self.iterator = iterator
        room.signal()
        return part
    }
}
