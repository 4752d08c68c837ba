/// Counts the entries of each run of a program as they come in the order of their places. Each says how many of its run were on disk before
/// it: where fewer have come, some are missing, unless they come later with smaller ids, having waited while it was placed at once.
struct RunCounts: Sendable {
    fileprivate struct Run {
        var count: Int64 = 0
        var owed: [Debt] = []
    }

    fileprivate struct Debt {
        let before: Int64
        var count: Int64
    }

    private var runs: [Int64: Run] = [:]

    mutating func take(_ body: UnsafeRawBufferPointer, id: Int64) {
        guard let source = Entry.Source(body) else { return }
        runs[source.run, default: Run()].take(id, known: source.known)
    }

    func finish(_ report: inout VerificationReport) {
        let owed = runs.values.flatMap(\.owed).sorted { $0.before < $1.before }
        for debt in owed { report.note(.entriesMissing(before: debt.before, count: debt.count)) }
    }
}

extension RunCounts.Run {
    fileprivate mutating func take(_ id: Int64, known: Int64) {
        if let index = owed.firstIndex(where: { id < $0.before }) {
            // Counted already, when it was missed.
            owed[index].count -= 1
            if owed[index].count == 0 { owed.remove(at: index) }
            return
        }
        if known > count {
            owed.append(.init(before: id, count: known - count))
            count = known
        }
        count += 1
    }
}
