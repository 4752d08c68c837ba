import Foundation
import ScratchFiles

/// A disk in memory with little room on which a database is put while a command runs; what is on it then is put back.
struct SmallDisk {
    let scratch: Scratch
    let database: String

    private static let unshare = "/usr/bin/unshare"

    /// Whether this machine lets a command have a disk of its own.
    static let isPossible: Bool = {
        guard FileManager.default.isExecutableFile(atPath: unshare) else { return false }
        let process = Process()
        process.executableURL = URL(filePath: unshare)
        process.arguments = ["--map-root-user", "--mount", "sh", "-c", "mount -t tmpfs none /mnt"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    /// - Parameter room: as `mount` has it, beyond what the database takes.
    func run(_ arguments: [String], room: String) async throws -> Program.Outcome {
        let script = """
            set -e
            folder=$(dirname "$DATABASE")
            mkdir -p "$SAFE" && cp "$folder"/* "$SAFE"
            size=$(( $(du -sk "$SAFE" | cut -f1) + ${ROOM%m} * 1024 ))
            mount -t tmpfs -o size=${size}k none "$folder"
            cp "$SAFE"/* "$folder"
            status=0
            "$@" || status=$?
            rm -f "$SAFE"/* && cp "$folder"/* "$SAFE"
            umount "$folder"
            cp "$SAFE"/* "$folder"
            exit $status
            """
        let environment = BookPlace.environment.merging(["DATABASE": database, "SAFE": scratch.path("safe"), "ROOM": room]) { $1 }
        return try await Program.run(
            ["--map-root-user", "--mount", "sh", "-c", script, "sh", Program.path] + arguments, environment, by: [Self.unshare])
    }
}
