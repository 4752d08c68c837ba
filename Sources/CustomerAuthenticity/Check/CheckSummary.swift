import Identifiers
import Kernel

/// How many rows were judged, and how often each fault was found.
package struct CheckSummary: Sendable {
    package private(set) var rows = 0
    package private(set) var refused = 0
    /// Rows with formulas, of which the value kept in the workbook was read.
    package internal(set) var formulas = 0
    private var counts = [Int](repeating: 0, count: Fault.allCases.count)

    package var passed: Int { rows - refused }

    package subscript(fault: Fault) -> Int { counts[Int(fault.rawValue)] }

    /// The faults that were found, in the order of answers.
    package var found: [(fault: Fault, count: Int)] { Fault.allCases.map { ($0, self[$0]) }.filter { $0.1 > 0 } }

    package var formulaWords: Words? { CheckSummary.words(formulas: formulas) }

    /// What is to be said of so many rows with formulas; `nil` where there are none.
    package static func words(formulas: Int) -> Words? {
        if formulas == 0 { return nil }
        return Words(
            "有 \(formulas) 行含公式：读取的是工作簿中保存的结果，没有保存结果的按空白处理。请先把公式粘贴为数值再导入。",
            "\(formulas) rows have formulas: the results kept in the workbook were read, and a formula without one counts as blank. "
                + "Paste the formulas as values before you import.")
    }

    mutating func add(_ faults: FaultSet) {
        rows += 1
        if faults.isEmpty { return }
        if faults.hasBlock { refused += 1 }
        for fault in faults { counts[Int(fault.rawValue)] += 1 }
    }

    mutating func add(_ other: CheckSummary) {
        rows += other.rows
        refused += other.refused
        formulas += other.formulas
        for index in counts.indices { counts[index] += other.counts[index] }
    }
}
