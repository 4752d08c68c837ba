/// Where a table's rows come from, a chunk at a time.
protocol TableSource: AnyObject {
    /// Fills the (empty) chunk with the next rows; false when there are none left. A fault at the beginning of the chunk is thrown, one
    /// within it is left to the chunk.
    func fill(_ chunk: TableChunk) throws(PaperError) -> Bool
}
