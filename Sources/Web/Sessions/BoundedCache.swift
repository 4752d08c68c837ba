import Synchronization

/// Remembers what was looked up last, never more than a fixed number of things. What was not asked for during a whole filling is forgotten.
final class BoundedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Shelves {
        var young: [Key: Value] = [:]
        var old: [Key: Value] = [:]
    }

    private let shelves: Mutex<Shelves>
    private let half: Int

    init(limit: Int) {
        half = max(limit / 2, 1)
        shelves = Mutex(Shelves())
    }

    subscript(_ key: Key) -> Value? {
        get {
            shelves.withLock { shelves in
                if let value = shelves.young[key] { return value }
                guard let value = shelves.old.removeValue(forKey: key) else { return nil }
                keep(value, under: key, on: &shelves)
                return value
            }
        }
        set {
            shelves.withLock { shelves in
                shelves.old.removeValue(forKey: key)
                if let newValue { keep(newValue, under: key, on: &shelves) } else { shelves.young.removeValue(forKey: key) }
            }
        }
    }

    /// Forgets all values of which this holds.
    func forget(where holds: (Value) -> Bool) {
        shelves.withLock { shelves in
            shelves.young = shelves.young.filter { !holds($0.value) }
            shelves.old = shelves.old.filter { !holds($0.value) }
        }
    }

    /// Changes the value under the key, under one lock.
    func change<T>(_ key: Key, _ body: (inout Value?) -> T) -> T {
        shelves.withLock { shelves in
            var value = shelves.young[key] ?? shelves.old.removeValue(forKey: key)
            let answer = body(&value)
            if let value { keep(value, under: key, on: &shelves) } else { shelves.young.removeValue(forKey: key) }
            return answer
        }
    }

    private func keep(_ value: Value, under key: Key, on shelves: inout Shelves) {
        if shelves.young.count >= half, shelves.young[key] == nil {
            shelves.old = shelves.young
            shelves.young = [:]
        }
        shelves.young[key] = value
    }
}
