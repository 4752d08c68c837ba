extension TableReader {
    /// Reads a table that was handed in and stands in memory.
    /// - Parameter name: what the person who handed it in calls it.
    package static func reading<Result>(
        content: [UInt8], name: String? = nil, form: TableForm, _ body: (TableReader) throws -> Result
    ) throws -> Result {
        try ScratchFile.with(content) { path in try reading(path: path, name: name, form: form, body) }
    }
}
