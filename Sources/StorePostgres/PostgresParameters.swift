import CPostgres
import Store

/// The arguments of one statement as libpq takes them. Its buffers are kept from one statement to the next.
struct PostgresParameters {
    /// What the key of a prepared statement needs to know of an argument.
    struct TypeOfArgument {
        /// 0 where the server infers the type: text, and null.
        var oid: Oid
        var isNull: Bool
    }

    struct Pointers {
        var count: CInt
        var types: UnsafePointer<Oid>?
        var values: UnsafePointer<UnsafePointer<CChar>?>?
        var lengths: UnsafePointer<CInt>?
        var formats: UnsafePointer<CInt>?
    }

    private(set) var types: [TypeOfArgument] = []
    private var oids: [Oid] = []
    private var formats: [CInt] = []
    private var lengths: [CInt] = []
    /// Where each value starts in `bytes`; -1 for null.
    private var starts: [Int] = []
    private var bytes: [UInt8] = []

    static func type(_ value: Value) -> TypeOfArgument {
        switch value {
        case .null: TypeOfArgument(oid: 0, isNull: true)
        case .int: TypeOfArgument(oid: 20, isNull: false)
        case .double: TypeOfArgument(oid: 701, isNull: false)
        case .text: TypeOfArgument(oid: 0, isNull: false)
        case .blob: TypeOfArgument(oid: 17, isNull: false)
        }
    }

    mutating func set(_ arguments: [Value]) throws(PostgresFailure) {
        clear()
        for argument in arguments {
            let type = Self.type(argument), start = bytes.count
            try append(argument)
            if case .text = argument {
                bytes.append(0)
                try end(type, start, format: 0)
            } else {
                try end(type, start, format: 1)
            }
        }
    }

    /// Each column of the rows as one array.
    /// - Parameter elements: the types of the columns.
    mutating func set(columnsOf rows: ArraySlice<[Value]>, _ elements: [Oid]) throws(PostgresFailure) {
        clear()
        for (column, element) in elements.enumerated() {
            let start = bytes.count
            // How an array travels: its dimensions, whether there are nulls, its type; how long it is, and where it begins to count.
            for number in [1, 1, Int(element), rows.count, 1] { appendNumber(Int32(truncatingIfNeeded: number)) }
            for row in rows {
                if case .null = row[column] {
                    appendNumber(-1)
                    continue
                }
                let place = bytes.count
                appendNumber(0)
                try append(row[column])
                let length = Int32(truncatingIfNeeded: bytes.count - place - 4)
                withUnsafeBytes(of: length.bigEndian) { bytes.replaceSubrange(place..<(place + 4), with: $0) }
            }
            try end(TypeOfArgument(oid: ArrayInsertion.array(of: element), isNull: false), start, format: 1)
        }
    }

    private mutating func clear() {
        types.removeAll(keepingCapacity: true)
        oids.removeAll(keepingCapacity: true)
        formats.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: bytes.capacity <= 1 << 22)
    }

    private mutating func appendNumber(_ number: Int32) { withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) } }

    private mutating func append(_ value: Value) throws(PostgresFailure) {
        switch value {
        case .null: break
        case .int(let value): withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
        case .double(let value): withUnsafeBytes(of: value.bitPattern.bigEndian) { bytes.append(contentsOf: $0) }
        case .blob(let blob): bytes.append(contentsOf: blob)
        case .text(let text):
            let start = bytes.count
            bytes.append(contentsOf: text.utf8)
            // In a C string all after a NUL would be lost without a word.
            if bytes[start...].contains(0) { throw PostgresFailure(.unstorable("Text with a NUL character cannot be stored.")) }
        }
    }

    private mutating func end(_ type: TypeOfArgument, _ start: Int, format: CInt) throws(PostgresFailure) {
        guard let length = CInt(exactly: bytes.count - start) else {
            throw PostgresFailure(.unstorable("A value is longer than PostgreSQL takes."))
        }
        types.append(type)
        oids.append(type.oid)
        starts.append(type.isNull ? -1 : start)
        lengths.append(length)
        formats.append(format)
    }

    func withPointers<T>(_ body: (Pointers) -> T) -> T {
        // An empty blob must still have an address: none at all is null.
        let spare: [UInt8] = [0]
        return (bytes.isEmpty ? spare : bytes).withUnsafeBytes { bytes in
            let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            let values = starts.map { start in start < 0 ? nil : base.map { $0 + start } }
            return values.withUnsafeBufferPointer { values in
                oids.withUnsafeBufferPointer { oids in
                    lengths.withUnsafeBufferPointer { lengths in
                        formats.withUnsafeBufferPointer { formats in
                            body(
                                Pointers(
                                    count: CInt(values.count), types: oids.baseAddress, values: values.baseAddress,
                                    lengths: lengths.baseAddress, formats: formats.baseAddress))
                        }
                    }
                }
            }
        }
    }
}
