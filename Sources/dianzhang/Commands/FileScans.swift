import ArgumentParser
import CustomerConfidentiality
import Foundation
import Kernel
import Web

/// Files the scans of a folder by their manifest, as the page `/archive/scans` does.
struct FileScans: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "scans", abstract: "按目录清单挂接扫描件 / File scans by their manifest")
    @Argument(help: "CSV or XLSX, a row a part: 档号, 材料种类, 文件名, …") var manifest: String
    @Argument(help: "The folder in which the scans are") var folder: String
    @Option(help: "The log-in name of the person who files them") var `as`: String
    @Flag(help: "Reads the text of pictures with tesseract, to find them by") var read = false
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await Failure.run {
            TemporaryFolder.sweep()
            let lines = try ScanManifest.read(manifest)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".") }.sorted()
            let desk = try await database.openDesk(try await database.settings())
            guard let person = try await desk.organisation().people.values.first(where: { $0.login == `as` && $0.isActive }) else {
                throw DeskError.conflict(Words("没有登录名为 \(`as`) 的在职人员", "Nobody here has the log-in name \(`as`)"))
            }
            let filing = ScanFiling(desk, by: Principal(person.id), recognising: read) { [folder] name in
                // A name is one in this folder, and no way out of it.
                guard names.contains(name) else { return nil }
                return try Array(Data(contentsOf: URL(filePath: folder).appending(path: name)))
            }
            let outcome = try await filing.run(lines, names: names)
            try await desk.settleLedger()
            try await desk.settleSearch()
            await desk.store.close()
            tell(outcome)
        }
    }

    private func tell(_ outcome: ScanFiling.Outcome) {
        for (line, words) in outcome.rejected { Terminal.say("\(line.row)\t\(line.code)\t\(words.zh) / \(words.en)") }
        if !outcome.unnamed.isEmpty {
            Terminal.say("清单未列 / named by no row: \(outcome.unnamed.joined(separator: ", "))")
        }
        Terminal.say(
            "已挂接 \(outcome.filed.count) 件，未挂接 \(outcome.rejected.count) 件 / \(outcome.filed.count) filed, \(outcome.rejected.count) not filed"
        )
    }
}
