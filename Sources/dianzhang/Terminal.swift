import Foundation
import Tables

/// What goes to the person at the terminal; answers go to standard output, the rest to standard error.
enum Terminal {
    static func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
    static func answer(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }
    /// What was read of a file, and what was not.
    static func say(_ notes: TableNotes) { for told in notes.sentences { say("\(told.zh)\n\(told.en)") } }
    static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }

    /// A table whose columns line up, a Chinese character counting for two. On a terminal the last column goes on below itself.
    static func table(_ rows: [[String]]) -> String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in rows.map { $0.indices.contains(column) ? width($0[column]) : 0 }.max() ?? 0 }
        let before = widths.dropLast().reduce(0) { $0 + $1 + 2 }
        return rows.map { row in
            row.enumerated().map { index, cell in
                index == row.count - 1
                    ? folded(cell, after: before) : cell + String(repeating: " ", count: widths[index] - width(cell) + 2)
            }.joined()
        }.joined(separator: "\n")
    }

    /// Broken after the signs that stand between the parts of a list.
    private static func folded(_ text: String, after before: Int) -> String {
        guard let room = columns.map({ $0 - before }), room >= 20 else { return text }
        var (lines, line) = ([String](), "")
        for part in text.split(after: { $0 == "；" || $0 == ";" }) {
            if !line.isEmpty, width(line) + width(String(part)) > room {
                lines.append(line)
                line = String(part.drop { $0 == " " })
            } else {
                line += part
            }
        }
        return (lines + [line]).joined(separator: "\n" + String(repeating: " ", count: before))
    }

    /// How wide the terminal is that answers go to; `nil` where they go elsewhere.
    private static var columns: Int? {
        var size = winsize()
        return isatty(STDOUT_FILENO) == 1 && ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : nil
    }

    private static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 && $1.value < 0x1_0000 ? 2 : 1) }
    }
}

/// A progress bar on a terminal: rows, rows a second, time left. Silent elsewhere.
struct ProgressLine {
    private let started = ContinuousClock.now
    private var shown = ContinuousClock.now
    private let isShown = Terminal.isInteractive

    mutating func show(rows: Int, done: Int, total: Int) {
        guard isShown, shown.duration(to: .now) > .milliseconds(200) else { return }
        shown = .now
        let seconds = Double(started.duration(to: .now).components.seconds) + 0.001
        let share = total > 0 ? min(1, Double(done) / Double(total)) : 0
        let bar = String(repeating: "█", count: Int(share * 24)).padding(toLength: 24, withPad: "░", startingAt: 0)
        let left = share > 0.01 ? "\(Int(seconds / share - seconds)) s" : "…"
        FileHandle.standardError.write(Data("\r\(bar) \(Int(share * 100))%  \(rows)  \(Int(Double(rows) / seconds))/s  \(left)   ".utf8))
    }

    func end() {
        if isShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    }
}

extension String {
    /// In parts, each of which ends with the sign that it is divided by.
    fileprivate func split(after isEnd: (Character) -> Bool) -> [Substring] {
        var (parts, start) = ([Substring](), startIndex)
        for index in indices where isEnd(self[index]) {
            let next = self.index(after: index)
            parts.append(self[start..<next])
            start = next
        }
        return start == endIndex ? parts : parts + [self[start...]]
    }
}
