import CPango
import Foundation

/// Where papers are printed: one after the other, on a thread of its own.
///
/// For each paper cairo reads the whole table of a font, some 25 MB, and what was read stays in the heap of the thread that printed. On
/// whichever thread is free there would soon be a heap of that size for each of them, and they are wanted for pages.
package final class Press: Sendable {
    /// Forms, tables, reports and labels.
    package static let shared = Press()
    /// Pictures of pages: hundreds of them take a minute, in which nobody waits for a form.
    package static let pictures = Press()

    private let line: Line

    /// - Parameter waiting: how many papers may wait for the one that is printed; one more is refused.
    package init(waiting: Int = 64) { line = Line(longest: waiting) }

    deinit { line.close() }

    /// What `body` makes on the press's thread when its turn comes. Whoever stops waiting stops no paper.
    /// - Throws: `PrintError.overloaded` when too many wait; otherwise what `body` throws.
    package func make<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let isTaken = line.enter { continuation.resume(with: Result { try body() }) }
            if !isTaken { continuation.resume(throwing: PrintError.overloaded) }
        }
    }
}

/// The papers that wait, and the thread that takes them, which begins with the first.
private final class Line: @unchecked Sendable {
    typealias Paper = @Sendable () -> Void

    /// How many seconds nobody comes before memory is returned: in a run of papers the next would take it again.
    private static let rest = 5.0

    private let condition = NSCondition()
    private let longest: Int
    private var papers: [Paper] = []
    private var isServed = false
    private var isClosed = false

    init(longest: Int) { self.longest = longest }

    /// - Returns: false where the line is full.
    func enter(_ paper: @escaping Paper) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        guard papers.count < longest else { return false }
        papers.append(paper)
        if isServed { condition.signal() } else { begin() }
        return true
    }

    /// Nobody enters any more; those who wait are still served.
    func close() {
        condition.lock()
        defer { condition.unlock() }
        isClosed = true
        condition.signal()
    }

    private func begin() {
        isServed = true
        let thread = Thread {
            while let paper = self.next() { paper() }
        }
        thread.name = "press"
        thread.start()
    }

    /// The next one; waits for it. `nil` once the line is closed and empty.
    private func next() -> Paper? {
        condition.lock()
        defer { condition.unlock() }
        let end = Date(timeIntervalSinceNow: Self.rest)
        var isResting = false
        while papers.isEmpty {
            if isClosed { return nil }
            if isResting {
                condition.wait()
            } else if !condition.wait(until: end) {
                isResting = true
                // Whoever comes meanwhile enters.
                condition.unlock()
                dianzhang_return_memory()
                condition.lock()
            }
        }
        return papers.removeFirst()
    }
}
