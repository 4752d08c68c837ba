/// How much of the database each connection keeps in memory. A cache grows to its size with use and does not shrink again.
package struct PageCaches: Sendable, Hashable {
    /// In megabytes.
    package let writer: Int
    /// Of each reader, in megabytes; also of the one beside the writer.
    package let reader: Int

    /// As an import needs them, whose transactions change many pages of many indexes.
    package init(writer: Int = 64, reader: Int = 16) { (self.writer, self.reader) = (writer, reader) }

    /// Of a server, which runs for months: its acts change few pages each, and what it reads again the system keeps of the file.
    package static let server = PageCaches(writer: 16, reader: 8)

    static func pragma(megabytes: Int) -> String { "PRAGMA cache_size = -\(megabytes * 1024)" }
}
