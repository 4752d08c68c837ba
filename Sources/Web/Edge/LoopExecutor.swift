import NIOCore

/// Runs the handlers of requests on the event loop that read them. A request that goes from the loop to a pool of threads and back waits
/// twice for a thread to wake, which costs as much as its work. What takes long does not run here: statements run on the store's threads,
/// password hashes and imports on their own.
final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
