/// How much of a file is believed. All sizes in bytes; the defaults hold every honest table and keep memory bounded.
package struct TableLimits: Sendable {
    /// Columns in a row.
    package var columns = 1_000
    /// One field, quotes included.
    package var field = 1 << 20
    /// One row; also how far an unclosed quote is looked for.
    package var row = 8 << 20
    /// About how much of a file is handled at once.
    package var chunk = 2 << 20

    /// A part of a workbook, unpacked.
    package var part = 4 << 30
    /// How many times larger than the whole file a part may unpack, once it is beyond `freePart`.
    package var ratio = 200
    package var freePart = 64 << 20
    /// The texts that the cells of a workbook share are held in memory, and no more than this.
    package var sharedTexts = 256 << 20
    /// Rows of a sheet that stand out of order are held in memory, and no more than this.
    package var unsortedRows = 256 << 20
    /// Parts in a workbook.
    package var parts = 10_000
    /// Large parts are read as plain XML as far as they are; without it expat reads all of them, which says the same and takes longer.
    var readsPlainXML = true

    package init() {}
}
