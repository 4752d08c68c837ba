/// Where a property lies in its document, or in its line, and how it is read and filled there. Walking a key path costs ten times as much,
/// and a step reads every field.
///
/// The pointers are those of the document that holds the property: `Field` and `Form` alone make them.
struct FieldAccessor: Sendable {
    let read: @Sendable (UnsafeRawPointer) -> JSONValue
    /// False when the value is not one of the property's type.
    let fill: @Sendable (UnsafeMutableRawPointer, JSONValue) -> Bool

    init<V: FieldValue>(_ type: V.Type, at offset: Int) {
        read = { ($0 + offset).assumingMemoryBound(to: V.self).pointee.stored }
        fill = { holder, stored in
            guard let value = V(stored: stored) else { return false }
            (holder + offset).assumingMemoryBound(to: V.self).pointee = value
            return true
        }
    }

    /// Of a table inside a form.
    init<L: Line>(_ type: L.Type, _ columns: [FieldDescription], at offset: Int) {
        read = {
            ($0 + offset).assumingMemoryBound(to: [L].self).pointee.withUnsafeBytes { Self.read($0, MemoryLayout<L>.stride, columns) }
        }
        fill = { holder, stored in
            var lines: [L] = []
            switch stored {
            case .null: break
            case .list(let list):
                for element in list {
                    var line = L()
                    guard withUnsafeMutableBytes(of: &line, { Self.fill($0.baseAddress!, element, columns) }) else { return false }
                    lines.append(line)
                }
            default: return false
            }
            (holder + offset).assumingMemoryBound(to: [L].self).pointee = lines
            return true
        }
    }

    private static func read(_ lines: UnsafeRawBufferPointer, _ stride: Int, _ columns: [FieldDescription]) -> JSONValue {
        guard let start = lines.baseAddress, !lines.isEmpty else { return .null }
        var list: [JSONValue] = []
        list.reserveCapacity(lines.count / stride)
        for offset in Swift.stride(from: 0, to: lines.count, by: stride) {
            var entries: [JSONValue.Entry] = []
            entries.reserveCapacity(columns.count)
            for column in columns {
                let value = column.memory.read(start + offset)
                if !value.isEmpty { entries.append(.init(column.key, value)) }
            }
            list.append(.record(entries))
        }
        return .list(list)
    }

    private static func fill(_ line: UnsafeMutableRawPointer, _ stored: JSONValue, _ columns: [FieldDescription]) -> Bool {
        guard case .record = stored else { return false }
        return columns.allSatisfy { $0.memory.fill(line, stored[$0.key]) }
    }
}
