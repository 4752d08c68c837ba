/// What is known of a sheet only when all of it has been read: where cells are merged, and whether its rows stand in order. A reading
/// that learns more than it began with is to be done once more with it.
package struct SheetFacts: Sendable, Equatable {
    /// Cells that are merged over several rows.
    struct Merge: Sendable, Equatable {
        let column: Int
        /// Rows as a spreadsheet numbers them.
        let top, bottom: Int

        /// - Parameter range: such as `A2:A3`. Nothing for one that is no range, or within one row.
        init?(_ range: String) {
            let ends = range.filter { $0 != "$" }.split(separator: ":").map(String.init)
            guard ends.count == 2, let column = Array(ends[0].utf8).withUnsafeBufferPointer({ CellPlace.column($0) }) else { return nil }
            let rows = ends.map { Int($0.drop { !$0.isNumber }) }
            guard let first = rows[0], let last = rows[1], first < last else { return nil }
            (self.column, top, bottom) = (column, first, last)
        }
    }

    var merges: [Merge] = []
    var isOutOfOrder = false

    package init() {}
}

/// Brings the value of merged cells down to the rows that they cover.
struct MergedCells {
    private struct Open {
        let merge: SheetFacts.Merge
        var value: [UInt8] = []
        var damage = CellDamage.none
    }

    private var waiting: ArraySlice<SheetFacts.Merge>
    private var open: [Open] = []

    /// - Parameter first: the first row of data; what begins above it belongs to the header.
    init(_ merges: [SheetFacts.Merge], from first: Int) {
        waiting = merges.filter { $0.top >= first }.sorted { $0.top < $1.top }[...]
    }

    var isDone: Bool { waiting.isEmpty && open.isEmpty }

    /// Goes to a row and answers what is to be filled in there, for cells that it leaves empty.
    mutating func advance(to row: Int) -> [(column: Int, value: [UInt8], damage: CellDamage)] {
        open.removeAll { $0.merge.bottom < row }
        while let next = waiting.first, next.top <= row {
            waiting.removeFirst()
            if next.bottom >= row { open.append(Open(merge: next)) }
        }
        return open.filter { $0.merge.top < row && !$0.value.isEmpty }.map { ($0.merge.column, $0.value, $0.damage) }
    }

    /// Keeps the values of the row in which merged cells begin.
    mutating func keep(_ row: Int, _ value: (_ column: Int) -> ([UInt8], CellDamage)) {
        for index in open.indices where open[index].merge.top == row {
            (open[index].value, open[index].damage) = value(open[index].merge.column)
        }
    }
}
