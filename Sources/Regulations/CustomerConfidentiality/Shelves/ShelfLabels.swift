import Kernel
import Print

/// 档案标签: code, slot and level mark, beside a square code that holds a word of no meaning. No customer is named on what is classified, nor
/// on what is a person's (第7条, 第22条).
package enum ShelfLabels {
    /// - Parameters:
    ///   - files: those of a shelf that the reader may see, in the order in which they stand.
    ///   - address: of a document's page; what the square code holds.
    package static func labels(_ files: [DocumentRow], _ l: Language, address: (Int64) -> String) -> [LabelSheet.Label] {
        files.map { row in
            let level = SecrecyLevel.allCases.first { $0.level == row.level } ?? .internal
            let code = row.values["referenceCode"]?.text ?? ""
            // Its title is its code where its name is not to be seen.
            let name = row.title == code ? "" : row.title
            let lines = [row.values["shelf"]?.text ?? "", level.mark[l], name].filter { !$0.isEmpty }
            return LabelSheet.Label(code: address(row.id), heading: code, lines: lines)
        }
    }

    package static func sheet(_ files: [DocumentRow], _ l: Language, address: (Int64) -> String) async throws -> [UInt8] {
        let labels = labels(files, l, address: address)
        return try await Press.shared.make { try LabelSheet.a4x24.pdf(labels) }
    }
}
