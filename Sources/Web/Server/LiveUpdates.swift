import Hummingbird
import Kernel
import Synchronization

/// Pages that follow what happens: each listens with one answer that stays open for less than a minute (server-sent events) and is told
/// that something has changed, and not what. The hub does nothing while nothing is committed.
final class LiveUpdates: Sendable {
    /// So many pages of one person, and so many in all; further ones are not told and lose nothing.
    private static let mostOfOne = 4, mostInAll = 2000

    private struct Listeners {
        var byPerson: [PersonID: [Int: AsyncStream<Void>.Continuation]] = [:]
        var last = 0
        var count = 0
        var isEnded = false
    }
    private let listeners = Mutex(Listeners())

    func stir(_ people: Set<PersonID>) {
        listeners.withLock { listeners in
            for person in people { for one in listeners.byPerson[person]?.values ?? [:].values { one.yield() } }
        }
    }

    /// The server stops: no page keeps it waiting.
    func end() {
        listeners.withLock { listeners in
            listeners.isEnded = true
            for ones in listeners.byPerson.values { for one in ones.values { one.finish() } }
        }
    }

    func listen(_ person: PersonID) -> (events: AsyncStream<Void>, number: Int)? {
        let (events, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        return listeners.withLock { listeners in
            let own = listeners.byPerson[person]?.count ?? 0
            guard !listeners.isEnded, own < Self.mostOfOne, listeners.count < Self.mostInAll else { return nil }
            listeners.last += 1
            listeners.count += 1
            listeners.byPerson[person, default: [:]][listeners.last] = continuation
            return (events, listeners.last)
        }
    }

    private func leave(_ person: PersonID, _ number: Int) {
        listeners.withLock { listeners in
            guard let continuation = listeners.byPerson[person]?.removeValue(forKey: number) else { return }
            listeners.count -= 1
            if listeners.byPerson[person]?.isEmpty == true { listeners.byPerson[person] = nil }
            continuation.finish()
        }
    }

    static func add(to routes: Routes) {
        let edge = routes.edge
        routes.page("/todo/events") { call in
            let person = call.person, seconds = edge.configuration.liveSeconds
            let body = ResponseBody { writer in
                let place = seconds > 0 ? edge.liveUpdates.listen(person) : nil
                defer { if let place { edge.liveUpdates.leave(person, place.number) } }
                // A page for which there is no room asks again in a minute, and not every few seconds.
                try await writer.write(ByteBuffer(string: "retry: \(place == nil ? 60_000 : 5000)\n\n"))
                if let (events, number) = place {
                    let end = Task {
                        try await Task.sleep(for: .seconds(seconds))
                        edge.liveUpdates.leave(person, number)
                    }
                    defer { end.cancel() }
                    for await _ in events { try await writer.write(ByteBuffer(string: "data: changed\n\n")) }
                }
                try await writer.finish(nil)
            }
            return Response(status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"], body: body)
        }
    }
}
