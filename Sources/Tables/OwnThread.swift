import Glibc

/// A thread of the system's own. Dispatch has only as many as there are processors, and one that waits counts among them: of two
/// processors, work that an asynchronous command waits for would have one.
struct OwnThread {
    private let thread: pthread_t

    /// Nothing if the system has no thread left.
    init?(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let own = Unmanaged.passRetained(Body(run: body))
        let status = pthread_create(
            &thread, nil,
            { own in
                own.map { Unmanaged<Body>.fromOpaque($0).takeRetainedValue().run() }
                return nil
            }, own.toOpaque())
        guard status == 0 else {
            own.release()
            return nil
        }
        self.thread = thread
    }

    /// Waits until it has ended. Of these two, one is to be called.
    func join() { pthread_join(thread, nil) }

    /// Lets it end by itself.
    func detach() { pthread_detach(thread) }

    private final class Body {
        let run: @Sendable () -> Void

        init(run: @escaping @Sendable () -> Void) { self.run = run }
    }
}
