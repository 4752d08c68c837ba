import Dispatch
import Synchronization

/// The records of one part, gathered by value.
struct ValueGroups {
    let records: [SharedRecord]
    /// For each record its group.
    private(set) var groups: [Int32]
    /// For each group whether it holds what a part looks for: two customers, or a holder who is no applicant.
    private(set) var count = 0
    private var firsts: [Int32] = []
    private var shared: [Bool] = []

    init(_ records: [SharedRecord]) {
        self.records = records
        groups = [Int32](repeating: 0, count: records.count)
        var size = 16
        while size < records.count * 2 { size <<= 1 }
        let mask = size - 1
        records.withUnsafeBufferPointer { records in
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: size) { table in
                table.initialize(repeating: -1)
                for index in 0..<records.count {
                    let record = records[index]
                    var slot = Int(truncatingIfNeeded: record.hash >> 20) & mask
                    while table[slot] >= 0, !records[Int(firsts[Int(table[slot])])].meets(record) { slot = (slot + 1) & mask }
                    if table[slot] < 0 {
                        table[slot] = Int32(firsts.count)
                        firsts.append(Int32(index))
                        shared.append(false)
                    } else if record.key != records[Int(firsts[Int(table[slot])])].key {
                        shared[Int(table[slot])] = true
                    }
                    groups[index] = table[slot]
                }
            }
        }
        count = firsts.count
    }

    /// Whether two different keys stand in the record's group.
    func isShared(_ index: Int) -> Bool { shared[Int(groups[index])] }

    var hasShared: Bool { shared.contains(true) }
}

/// Works through all parts of the runs on as many threads as there are processors, and hands over each part's result, in no order.
func forEachPart<Value: Sendable>(
    of runs: RecordRuns, _ work: @escaping @Sendable (ValueGroups) -> Value, _ take: (Value) -> Void
) throws {
    let outcomes = Mutex<[Result<Value, any Error>]>([])
    DispatchQueue.concurrentPerform(iterations: RecordRuns.parts) { part in
        let outcome = Result { work(ValueGroups(try runs.part(part))) }
        outcomes.withLock { $0.append(outcome) }
    }
    for outcome in outcomes.withLock({ $0 }) { take(try outcome.get()) }
}
