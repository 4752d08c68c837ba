import Glibc

/// A program of the machine's that reads a file from its standard input and writes what it made of it: found when it is asked for, in a
/// process of its own. A file that is made to break its reader breaks that one alone.
package struct OutsideProgram: Sendable {
    private let words: [String]
    /// What takes longer, or writes more, is broken off.
    package var seconds = 10
    package var mostBytes = 4 << 20

    package init(_ words: String...) { self.words = words }

    /// Whether the machine has it.
    package static func isThere(_ name: String) -> Bool {
        let folders = String(cString: getenv("PATH") ?? strdup("")).split(separator: ":")
        return folders.contains { access("\($0)/\(name)", X_OK) == 0 }
    }

    /// What it writes; `nil` where there is no such program, where it fails, or takes too long.
    package func run(on content: [UInt8]) -> [UInt8]? { (try? ScratchFile.with(content) { path in run(onFile: path) }) ?? nil }

    private func run(onFile path: String) -> [UInt8]? {
        guard let copy = Self.descriptor(of: path) else { return nil }
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, copy, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        let spoken: [UnsafeMutablePointer<CChar>?] = words.map { (word: String) in strdup(word) }
        defer { spoken.forEach { free($0) } }
        var process = pid_t()
        let status = posix_spawnp(&process, words[0], &actions, nil, spoken + [nil], environ)
        close(ends[1])
        guard status == 0 else { return nil }
        let bytes = drain(ends[0])
        if bytes == nil { kill(process, SIGKILL) }
        var result: Int32 = 0
        waitpid(process, &result, 0)
        return result == 0 ? bytes : nil
    }

    /// The file's own descriptor, at its beginning.
    private static func descriptor(of path: String) -> Int32? {
        guard let number = path.split(separator: "/").last.flatMap({ Int32($0) }) else { return nil }
        lseek(number, 0, SEEK_SET)
        return number
    }

    /// Reads to the end; `nil` where that takes too long or is too much.
    private func drain(_ descriptor: Int32) -> [UInt8]? {
        var bytes: [UInt8] = [], room = [UInt8](repeating: 0, count: 64 << 10)
        var waits = seconds * 10
        while true {
            var asked = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&asked, 1, 100) > 0 else {
                waits -= 1
                if waits == 0 { return nil }
                continue
            }
            let got = Glibc.read(descriptor, &room, room.count)
            if got <= 0 { return bytes }
            bytes += room[..<got]
            if bytes.count > mostBytes { return nil }
        }
    }
}
