/// What a table must look like to be read: its columns, and which of them cannot be missing.
package struct TableForm: Sendable {
    package let columns: [Header.Column]
    /// Of each group at least one column has to be there.
    package let needs: [[String]]

    /// - Parameter needs: groups of keys; without them every required column is a need of its own.
    package init(_ columns: [Header.Column], needs: [[String]]? = nil) {
        self.columns = columns
        self.needs = needs ?? columns.filter(\.isRequired).map { [$0.key] }
    }

    /// The columns that are lacking, each as `name/姓名`.
    func missing(in header: Header) -> [String] {
        needs.filter { group in group.allSatisfy { header[$0] == nil } }.flatMap { $0 }.map(title)
    }

    /// The columns that a row of data nearly always fills: what is empty there may be no row of data.
    func usual(in header: Header) -> [Int] { needs.compactMap { group in group.lazy.compactMap { header[$0] }.first } }

    private func title(_ key: String) -> String {
        guard let column = columns.first(where: { $0.key == key }) else { return key }
        return ([column.key] + column.names.prefix(1)).joined(separator: "/")
    }
}
