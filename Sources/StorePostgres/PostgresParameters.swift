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
        types.removeAll(keepingCapacity: true)
        oids.removeAll(keepingCapacity: true)
        formats.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: bytes.capacity <= 1 << 20)
        for argument in arguments { try append(argument) }
    }

    private mutating func append(_ value: Value) throws(PostgresFailure) {
        let type = Self.type(value)
        types.append(type)
        oids.append(type.oid)
        starts.append(type.isNull ? -1 : bytes.count)
        let start = bytes.count
        switch value {
        case .null: break
        case .int(let value): withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
        case .double(let value): withUnsafeBytes(of: value.bitPattern.bigEndian) { bytes.append(contentsOf: $0) }
        case .blob(let blob): bytes.append(contentsOf: blob)
        case .text(let text):
            bytes.append(contentsOf: text.utf8)
            // In a C string all after a NUL would be lost without a word.
            if bytes[start...].contains(0) { throw PostgresFailure(.unstorable("Text with a NUL character cannot be stored.")) }
            bytes.append(0)
        }
        guard let length = CInt(exactly: bytes.count - start) else {
            throw PostgresFailure(.unstorable("A value is longer than PostgreSQL takes."))
        }
        lengths.append(length)
        if case .text = value { formats.append(0) } else { formats.append(1) }
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

extension [PostgresParameters.TypeOfArgument] {
    /// Whether arguments of these types can be bound to a statement prepared for `prepared`.
    func fit(_ prepared: [Oid]) -> Bool {
        guard count == prepared.count else { return false }
        for index in indices where !self[index].isNull && self[index].oid != prepared[index] { return false }
        return true
    }
}
