/// What a form does with a column of lines.
package enum ColumnAsking: Sendable {
    case asked
    /// Stands beside what is asked for. Lines with such a column are the system's: no row is added or left out by hand.
    case shown
    /// Is neither asked for nor shown: the system's own.
    case kept
}

extension [FieldDescription] {
    /// Of columns: those that a person fills in, those that a person reads, and whether the rows are the system's.
    package var asked: [FieldDescription] { filter { $0.asking == .asked } }
    package var readable: [FieldDescription] { filter { $0.asking != .kept } }
    package var areSystems: Bool { contains { $0.asking != .asked } }
}
