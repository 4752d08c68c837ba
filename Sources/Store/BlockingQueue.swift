import Foundation

/// A bounded first-come line between tasks, which enter, and threads, which take.
package final class BlockingQueue<Element: Sendable>: @unchecked Sendable {
    private let condition = NSCondition()
    private let limit: Int
    private var elements: [Element] = []
    private var head = 0
    private var closed = false

    /// - Parameter limit: how many may wait; one more is refused.
    package init(limit: Int) { self.limit = limit }

    /// - Throws: `StoreError.overloaded` when the line is full, `StoreError.gone` when it is closed.
    package func enter(_ element: Element) throws(StoreError) {
        condition.lock()
        let refusal: StoreError? = closed ? .gone("The store was closed.") : elements.count - head >= limit ? .overloaded : nil
        if refusal == nil { elements.append(element) }
        condition.unlock()
        if let refusal { throw refusal }
        // Whoever wakes takes the lock at once: it has to be free.
        condition.signal()
    }

    /// The next one; waits for it. `nil` once the line is closed and empty.
    package func next() -> Element? {
        condition.lock()
        defer { condition.unlock() }
        while head == elements.count {
            if closed { return nil }
            condition.wait()
        }
        return takeFirst()
    }

    /// The next one if it is there already, and wanted.
    package func nextIfAny(where isWanted: (Element) -> Bool = { _ in true }) -> Element? {
        condition.lock()
        defer { condition.unlock() }
        return head == elements.count || !isWanted(elements[head]) ? nil : takeFirst()
    }

    package var isEmpty: Bool { count == 0 }

    /// How many wait.
    package var count: Int {
        condition.lock()
        defer { condition.unlock() }
        return elements.count - head
    }

    /// Nobody enters any more; those who wait are still served.
    package func close() {
        condition.lock()
        defer { condition.unlock() }
        closed = true
        condition.broadcast()
    }

    private func takeFirst() -> Element {
        let element = elements[head]
        head += 1
        if head == elements.count {
            elements.removeAll(keepingCapacity: head <= 1024)
            head = 0
        } else if head >= 1024 {
            elements.removeFirst(head)
            head = 0
        }
        return element
    }
}
