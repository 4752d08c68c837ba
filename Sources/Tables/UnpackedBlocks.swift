import Glibc

/// A part of a package as it is unpacked, block by block. Behind the first blocks a thread of its own unpacks ahead of whoever takes
/// them, a few blocks at most; small parts have none.
final class UnpackedBlocks {
    /// How much of the package had been read when the latest block was unpacked, in bytes.
    private(set) var position = 0

    private let part: ZipPart
    private var ahead: UnpackingAhead?
    private var taken = 0

    static let size = 64 << 10
    private static let withoutThread = 4

    init(_ part: ZipPart) { self.part = part }

    deinit { ahead?.stop() }

    /// Writes the next bytes and answers how many, at most `UnpackedBlocks.size`, which has to fit in; 0 at the end.
    func next(into room: UnsafeMutableRawBufferPointer) throws(PaperError) -> Int {
        precondition(room.count >= Self.size, "a block has to fit in")
        taken += 1
        if taken == Self.withoutThread { ahead = UnpackingAhead.begin(part) }
        if let ahead {
            let block = try ahead.next(into: room)
            position = block.position
            return block.count
        }
        let got = try part.read(into: room)
        position = part.position
        return got
    }
}

/// Unpacks on a thread of its own until it is some blocks ahead.
private final class UnpackingAhead: @unchecked Sendable {
    private let part: ZipPart
    private let state = Lock()
    private let rooms: [UnsafeMutableRawBufferPointer]
    private var counts: [(count: Int, position: Int)]
    private var unpacked = 0
    private var taken = 0
    private var isOver = false
    private var fault: PaperError?

    private static let most = 6

    private init(_ part: ZipPart) {
        self.part = part
        rooms = (0..<Self.most).map { _ in .allocate(byteCount: UnpackedBlocks.size, alignment: 16) }
        counts = Array(repeating: (0, 0), count: Self.most)
    }

    deinit { for room in rooms { room.deallocate() } }

    /// Nothing if the system has no thread left. The part is the thread's from now on.
    static func begin(_ part: ZipPart) -> UnpackingAhead? {
        let ahead = UnpackingAhead(part)
        guard let thread = OwnThread({ ahead.run() }) else { return nil }
        thread.detach()
        return ahead
    }

    private func run() {
        while let turn = turn() {
            let outcome = Result { () throws(PaperError) in
                let count = try part.read(into: rooms[turn % Self.most])
                return (count: count, position: part.position)
            }
            state.locked {
                switch outcome {
                case .success(let block):
                    counts[turn % Self.most] = block
                    unpacked += 1
                    if block.count == 0 { isOver = true }
                case .failure(let error): (fault, isOver) = (error, true)
                }
                state.wakeAll()
            }
        }
    }

    /// The number of the block that is to be unpacked, once there is room for it.
    private func turn() -> Int? {
        state.locked {
            while !isOver, unpacked - taken >= Self.most { state.wait() }
            return isOver ? nil : unpacked
        }
    }

    /// Writes the next block, and answers how long it is; 0 at the end.
    func next(into room: UnsafeMutableRawBufferPointer) throws(PaperError) -> (count: Int, position: Int) {
        let found: (block: (count: Int, position: Int)?, fault: PaperError?) = state.locked {
            while !isOver, unpacked == taken { state.wait() }
            return unpacked > taken ? (counts[taken % Self.most], nil) : (nil, fault)
        }
        if let fault = found.fault { throw fault }
        guard let block = found.block else { return (0, part.position) }
        // The thread does not write where it has not been told that the block is taken.
        room.copyMemory(from: UnsafeRawBufferPointer(rebasing: rooms[taken % Self.most].prefix(block.count)))
        state.locked {
            taken += 1
            state.wakeAll()
        }
        return block
    }

    func stop() {
        state.locked {
            isOver = true
            state.wakeAll()
        }
    }
}
