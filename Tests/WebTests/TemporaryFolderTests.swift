import Foundation
import Testing

@testable import Web

/// Uploaded files lie in clear for a moment; nothing of them stays.
struct TemporaryFolderTests {
    @Test func whatADeadProcessLeftIsRemovedAndNothingElse() throws {
        let files = FileManager.default
        let parent = files.temporaryDirectory.appending(path: "sweep-" + UUID().uuidString)
        try files.createDirectory(at: parent, withIntermediateDirectories: true)
        defer { try? files.removeItem(at: parent) }
        func folder(_ name: String, isOld: Bool) throws -> String {
            let folder = parent.appending(path: name)
            try files.createDirectory(at: folder, withIntermediateDirectories: false)
            try Data("张三".utf8).write(to: folder.appending(path: "upload"))
            if isOld { try files.setAttributes([.modificationDate: Date(timeIntervalSinceNow: -3600)], ofItemAtPath: folder.path) }
            return folder.path
        }
        _ = try folder(TemporaryFolder.prefix + "dead", isOld: true)
        let living = try folder(TemporaryFolder.prefix + "living", isOld: true)
        _ = try folder(TemporaryFolder.prefix + "killed-just-now", isOld: false)
        _ = try folder("another-programs", isOld: true)
        let descriptor = try #require(TemporaryFolder.lock(living))
        defer { close(descriptor) }
        TemporaryFolder.sweep(parent.path)
        let left = try files.contentsOfDirectory(atPath: parent.path).sorted()
        #expect(left == ["another-programs", TemporaryFolder.prefix + "living"])
    }

    @Test func noneOfALivingProcessIsTakenForADeadOnes() async throws {
        let parent = FileManager.default.temporaryDirectory.appending(path: "sweep-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: parent) }
        let made = await withTaskGroup(of: [String].self) { group in
            for _ in 0..<4 {
                group.addTask { (0..<100).compactMap { _ in TemporaryFolder.makeOne(parent.path) } }
                group.addTask {
                    for _ in 0..<100 { TemporaryFolder.sweep(parent.path) }
                    return []
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(made.count > 100)
        for folder in made { #expect(FileManager.default.fileExists(atPath: folder)) }
        TemporaryFolder.sweep(parent.path)
        #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path).count == made.count, "and nothing else is left")
    }

    @Test func aFileIsGoneWithWhoeverHeldIt() throws {
        var path = ""
        do {
            let file = try TemporaryFile()
            path = file.path
            let folder = try #require(TemporaryFolder.path)
            #expect(FileManager.default.fileExists(atPath: path) && path.hasPrefix(folder))
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func aFolderThatWasClearedIsMadeAnew() throws {
        let before = try #require(TemporaryFolder.path)
        // Nobody else's file may be in it now: only the name is taken away.
        try FileManager.default.moveItem(atPath: before, toPath: before + ".cleared")
        defer { try? FileManager.default.removeItem(atPath: before + ".cleared") }
        let file = try TemporaryFile()
        #expect(FileManager.default.fileExists(atPath: file.path) && !file.path.hasPrefix(before + "/"))
    }
}
