/// Which column of a table holds what, by the names in its header: in any order, by any of their names as people write them, unknown
/// columns kept.
package struct Header: Sendable {
    /// What the values of a column are, as far as a spreadsheet can spoil them: numbers are figures alone, codes may have letters, decimals
    /// are reckoned with.
    package enum Content: Sendable { case text, code, number, decimal, day }

    /// A column that is looked for.
    package struct Column: Sendable {
        /// What the program calls it; also the first of its names.
        package let key: String
        /// Other names that it goes by, in any language.
        package let names: [String]
        package let isRequired: Bool
        package let content: Content

        package init(_ key: String, _ names: String..., isRequired: Bool = false, content: Content = .text) {
            (self.key, self.names, self.isRequired, self.content) = (key, names, isRequired, content)
        }
    }

    /// All names of the header as they stand, in order.
    package let names: [String]
    /// The columns that nobody looked for.
    package let unknown: [Int]
    private let indexes: [String: Int]

    /// - Throws: `PaperError.missingColumns` with all that are missing, `.doubledColumn` if two columns mean the same.
    package init(_ names: [String], line: Int = 1, columns: [Column]) throws(PaperError) {
        let header = try Header(names, line: line, among: columns)
        let missing = TableForm(columns).missing(in: header)
        guard missing.isEmpty else { throw .missingColumns(missing, line: line) }
        self = header
    }

    /// Whatever of the columns there is.
    /// - Throws: `.doubledColumn` if two columns mean the same.
    init(_ names: [String], line: Int, among columns: [Column]) throws(PaperError) {
        let keys = Header.keys(of: columns)
        var indexes: [String: Int] = [:]
        // A name as it should be comes before one that only resembles it: 姓名 before 姓名（必填）.
        for read in [HeaderName.plain, { HeaderName.withoutRemarks($0) ?? "" }, { Header.twice($0, keys) }] {
            var found: [String: Int] = [:]
            for (index, name) in names.enumerated() {
                guard let key = keys[read(name)], indexes[key] == nil, !indexes.values.contains(index) else { continue }
                if let first = found[key] {
                    throw .doubledColumn(first: names[first], firstIndex: first, second: name, secondIndex: index, line: line)
                }
                found[key] = index
            }
            indexes.merge(found) { first, _ in first }
        }
        let known = Set(indexes.values)
        (self.names, self.indexes) = (names, indexes)
        unknown = names.indices.filter { !known.contains($0) }
    }

    /// The header of a table that has been opened.
    package init(of table: TableReader, columns: [Column]) throws(PaperError) {
        try self.init(table.columns, line: table.columnsLine, columns: columns)
    }

    /// Where the column of this key is. A row gives an empty field for -1, so that `header[key] ?? -1` needs no further care.
    package subscript(key: String) -> Int? { indexes[key] }

    /// How many of the columns are there.
    var count: Int { indexes.count }
    /// What a column is, by its place.
    func key(at index: Int) -> String? { indexes.first { $0.value == index }?.key }

    /// Whether this is one of the names of a column.
    static func isName(_ text: String, of columns: [Column]) -> Bool {
        let keys = keys(of: columns)
        return [HeaderName.plain(text), HeaderName.withoutRemarks(text) ?? "", twice(text, keys)].contains { keys[$0] != nil }
    }

    private static func keys(of columns: [Column]) -> [String: String] {
        var keys: [String: String] = [:]
        for column in columns {
            for name in [column.key] + column.names { keys[HeaderName.plain(name)] = column.key }
        }
        return keys
    }

    /// A name that says the same in two ways; empty for any other.
    private static func twice(_ name: String, _ keys: [String: String]) -> String {
        let parts = HeaderName.parts(name)
        guard parts.count == 2, let key = keys[parts[0]], key == keys[parts[1]] else { return "" }
        return parts[0]
    }
}
