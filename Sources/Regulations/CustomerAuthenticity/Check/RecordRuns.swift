import Glibc
import Tables
import Synchronization

/// The records of a whole file, parted by hash so that those that can meet lie in one part. In memory as far as allowed, the rest in a
/// nameless temporary file: ten million rows take no more memory than one.
package final class RecordRuns: Sendable {
    package static let parts = 256

    private enum Place {
        case memory([SharedRecord])
        /// From this offset of the temporary file, in bytes.
        case file(Int)
    }

    private struct Run {
        /// Where each part begins; one more for the end.
        let starts: [Int32]
        let place: Place
    }

    private struct State: ~Copyable {
        var runs: [Run] = []
        var inMemory = 0
        var inFile = 0
        var descriptor: Int32 = -1
    }

    private let state = Mutex(State())
    private let scratch: String
    private let memory: Int

    /// - Parameters:
    ///   - scratch: the folder for the temporary file.
    ///   - memory: how many bytes may stay in memory.
    package init(scratch: String, memory: Int = 24 << 20) {
        (self.scratch, self.memory) = (scratch, memory)
    }

    deinit { state.withLock { if $0.descriptor >= 0 { close($0.descriptor) } } }

    /// Takes over the records of a chunk. Threads may do so at once.
    package func add(_ records: [SharedRecord]) throws {
        if records.isEmpty { return }
        let (sorted, starts) = RecordRuns.sort(records)
        let size = sorted.count * MemoryLayout<SharedRecord>.stride
        let target: (descriptor: Int32, offset: Int)? = try state.withLock { state in
            if state.inMemory + size <= memory {
                state.inMemory += size
                state.runs.append(Run(starts: starts, place: .memory(sorted)))
                return nil
            }
            if state.descriptor < 0 { state.descriptor = try openScratch() }
            defer { state.inFile += size }
            state.runs.append(Run(starts: starts, place: .file(state.inFile)))
            return (state.descriptor, state.inFile)
        }
        if let target { try write(sorted, target.descriptor, at: target.offset) }
    }

    /// All records of a part, in the order in which their chunks were added.
    package func part(_ part: Int) throws -> [SharedRecord] {
        let (runs, descriptor) = state.withLock { ($0.runs, $0.descriptor) }
        let total = runs.reduce(0) { $0 + Int($1.starts[part + 1] - $1.starts[part]) }
        var all: [SharedRecord] = []
        all.reserveCapacity(total)
        for run in runs {
            let range = Int(run.starts[part])..<Int(run.starts[part + 1])
            switch run.place {
            case .memory(let records): all.append(contentsOf: records[range])
            case .file(let offset): try read(range, descriptor, from: offset, into: &all)
            }
        }
        return all
    }

    private static func sort(_ records: [SharedRecord]) -> ([SharedRecord], [Int32]) {
        var starts = [Int32](repeating: 0, count: parts + 1)
        for record in records { starts[Int(record.hash >> 56) + 1] += 1 }
        for part in 1...parts { starts[part] += starts[part - 1] }
        var next = starts
        let sorted = [SharedRecord](unsafeUninitializedCapacity: records.count) { sorted, count in
            for record in records {
                let part = Int(record.hash >> 56)
                (sorted.baseAddress! + Int(next[part])).initialize(to: record)
                next[part] += 1
            }
            count = records.count
        }
        return (sorted, starts)
    }

    private func openScratch() throws -> Int32 {
        var template = Array("\(scratch)/dianzhang-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw PaperError.cannotWrite(path: scratch, cause: SystemCause(errno)) }
        unlink(template)
        return descriptor
    }

    private func write(_ records: [SharedRecord], _ descriptor: Int32, at offset: Int) throws {
        try records.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let n = pwrite(descriptor, bytes.baseAddress! + done, bytes.count - done, off_t(offset + done))
                if n < 0, errno == EINTR { continue }
                guard n > 0 else {
                    throw errno == ENOSPC || errno == EDQUOT
                        ? PaperError.diskFull(path: scratch) : PaperError.cannotWrite(path: scratch, cause: SystemCause(errno))
                }
                done += n
            }
        }
    }

    private func read(_ range: Range<Int>, _ descriptor: Int32, from offset: Int, into all: inout [SharedRecord]) throws {
        if range.isEmpty { return }
        let stride = MemoryLayout<SharedRecord>.stride
        let records = try [SharedRecord](unsafeUninitializedCapacity: range.count) { buffer, count in
            var done = 0
            while done < range.count * stride {
                let n = pread(
                    descriptor, UnsafeMutableRawPointer(buffer.baseAddress!) + done, range.count * stride - done,
                    off_t(offset + range.lowerBound * stride + done))
                if n < 0, errno == EINTR { continue }
                guard n > 0 else { throw PaperError.cannotOpen(path: scratch, cause: SystemCause(errno)) }
                done += n
            }
            count = range.count
        }
        all.append(contentsOf: records)
    }
}
