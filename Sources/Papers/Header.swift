/// Which column of a table holds what, by the names in its header: in any order, by any of their names, unknown columns kept.
package struct Header: Sendable {
    /// A column that is looked for.
    package struct Column: Sendable {
        /// What the program calls it; also the first of its names.
        package let key: String
        /// Other names that it goes by, in any language.
        package let names: [String]
        package let isRequired: Bool

        package init(_ key: String, _ names: String..., isRequired: Bool = false) {
            (self.key, self.names, self.isRequired) = (key, names, isRequired)
        }
    }

    /// All names of the header as they stand, in order.
    package let names: [String]
    /// The columns that nobody looked for.
    package let unknown: [Int]
    private let indexes: [String: Int]

    /// - Throws: `PaperError.missingColumns` with all that are missing, `.doubledColumn` if two columns mean the same.
    package init(_ names: [String], line: Int = 1, columns: [Column]) throws(PaperError) {
        var keys: [String: String] = [:]
        for column in columns {
            for name in [column.key] + column.names { keys[Self.normal(name)] = column.key }
        }
        var indexes: [String: Int] = [:]
        var unknown: [Int] = []
        for (index, name) in names.enumerated() {
            guard let key = keys[Self.normal(name)] else {
                unknown.append(index)
                continue
            }
            if let first = indexes[key] {
                throw .doubledColumn(first: names[first], firstIndex: first, second: name, secondIndex: index, line: line)
            }
            indexes[key] = index
        }
        let missing = columns.filter { $0.isRequired && indexes[$0.key] == nil }
        guard missing.isEmpty else {
            throw .missingColumns(missing.map { ([$0.key] + $0.names.prefix(1)).joined(separator: "/") }, line: line)
        }
        (self.names, self.unknown, self.indexes) = (names, unknown, indexes)
    }

    /// The header of a table that has been opened.
    package init(of table: TableReader, columns: [Column]) throws(PaperError) {
        try self.init(table.columns, line: table.columnsLine, columns: columns)
    }

    /// Where the column of this key is. A row gives an empty field for -1, so that `header[key] ?? -1` needs no further care.
    package subscript(key: String) -> Int? { indexes[key] }

    /// A name as it is compared: without spaces around it, full-width letters as plain ones, without regard to case.
    static func normal(_ name: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: scalars.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
            case 0x3000, 0xA0, 0xFEFF: scalars.append(" ")
            default: scalars.append(scalar)
            }
        }
        let isSpace = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
        let trimmed = scalars.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
        var text = String.UnicodeScalarView()
        text.append(contentsOf: trimmed)
        return String(text).lowercased()
    }
}
