import Foundation
import Testing

/// Style and structure as tests: each says what to write instead.
@Suite struct TidyTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    struct File: CustomStringConvertible, Sendable {
        let path: String
        let lines: [String]
        var description: String { path }
        var target: String {
            let parts = path.split(separator: "/")
            return String(parts[1] == "Regulations" ? parts[2] : parts[1])
        }
    }

    private static func files(under folder: String, _ ending: String = ".swift") -> [File] {
        let base = root.appending(path: folder)
        guard let walker = FileManager.default.enumerator(atPath: base.path) else { return [] }
        return walker.compactMap { $0 as? String }.filter { $0.hasSuffix(ending) }.sorted().compactMap { name in
            guard let text = try? String(contentsOf: base.appending(path: name), encoding: .utf8) else { return nil }
            return File(path: "\(folder)/\(name)", lines: text.components(separatedBy: "\n"))
        }
    }

    private static let sources = files(under: "Sources")

    @Test func thereAreSources() { #expect(Self.sources.count > 100) }

    @Test func filesAreShort() {
        for file in Self.sources where file.lines.count > 300 { Issue.record("\(file): \(file.lines.count) lines; a file holds one thing, at most 300 lines") }
    }

    @Test func linesFitThePage() {
        for file in Self.sources {
            for (number, line) in file.lines.enumerated() where line.count > 140 && !line.contains("\"") {
                Issue.record("\(file):\(number + 1): \(line.count) characters; break the line at 140")
            }
        }
    }

    @Test func namesSayWhatIsInside() {
        for file in Self.sources {
            let name = file.path.split(separator: "/").last ?? ""
            for word in ["Utils", "Helper", "Manager", "Common", "+"] where name.contains(word) {
                Issue.record("\(file): name the file after what it holds, not “\(word)”")
            }
        }
    }

    /// What is forbidden, what replaces it, and where it is allowed.
    private static let forbidden: [(text: String, instead: String, allowed: [String])] = [
        ("Date()", "act.now, or the clock that was passed in", ["Sources/dianzhang/MachineClock.swift"]),
        ("Date.now", "act.now, or the clock that was passed in", []),
        ("print(", "Terminal.answer, or the logger", []),
        ("import GRDB", "Store; only StoreSQLite imports GRDB", ["Sources/StoreSQLite/"]),
        ("import CPostgres", "Store; only StorePostgres imports libpq", ["Sources/StorePostgres/"]),
        ("import CCurl", "Courier; only it imports libcurl", ["Sources/Courier/"]),
        ("import Hummingbird", "Web; only the edge imports Hummingbird", ["Sources/Web/", "Sources/dianzhang/Serve.swift"]),
        ("fatalError(", "precondition with a sentence, or an error", []),
        ("try!", "try, and an error that says what to do", []),
        ("TODO", "do it, or write it down in docs", []),
    ]

    @Test func nothingForbiddenIsUsed() {
        for file in Self.sources {
            for rule in Self.forbidden where !rule.allowed.contains(where: { file.path.hasPrefix($0) }) {
                for (number, line) in file.lines.enumerated() {
                    let code = line.components(separatedBy: "//").first ?? ""
                    if code.contains(rule.text) { Issue.record("\(file):\(number + 1): `\(rule.text)`; use \(rule.instead)") }
                }
            }
        }
    }

    @Test func noFileHoldsTwoVersions() {
        for file in ["Sources", "Tests", "bench", "bin", "docs", "soak"].flatMap({ Self.files(under: $0, "") }) {
            for (number, line) in file.lines.enumerated() where line.hasPrefix("<<<<" + "<<< ") || line.hasPrefix(">>>>" + ">>> ") {
                Issue.record("\(file):\(number + 1): a merge that nobody ended; choose one version")
            }
        }
    }

    /// Arrows point one way. What a target of ours may import of ours.
    private static let arrows: [String: Set<String>] = [
        "Identifiers": [], "WorkCalendar": [], "Tables": ["CArchive", "CExpat", "CXlsxWriter"],
        "Print": ["CPango", "CQREncode", "Identifiers"], "Store": [], "StoreSQLite": ["Store"],
        "StorePostgres": ["Store", "CPostgres"], "Vault": ["Store"], "Ledger": ["Store"],
        "Courier": ["CCurl", "WorkCalendar"], "Witnessing": ["Kernel", "Ledger", "Store", "WorkCalendar", "Courier"],
        "Kernel": ["Identifiers", "WorkCalendar", "Store", "Vault", "Ledger"],
        "CustomerAuthenticity": ["Kernel", "Identifiers", "WorkCalendar", "Tables", "Store", "Ledger", "Practices"],
        "DrugQuality": ["Kernel", "WorkCalendar", "Print"],
        "CustomerConfidentiality": ["Kernel", "WorkCalendar", "Identifiers", "Tables", "Print", "Practices"],
        "EnterpriseIT": ["Kernel", "WorkCalendar", "Print", "Practices", "Tables", "CExpat"],
        "School": ["Kernel", "WorkCalendar", "Print", "Practices"],
        "Practices": ["Kernel", "WorkCalendar"], "Outbox": ["Kernel", "Store", "WorkCalendar", "Courier"],
        "Web": ["Kernel", "Tables", "Print", "Store", "Ledger", "WorkCalendar", "Witnessing", "Courier"],
        "Copies": ["Kernel", "Store", "Vault", "Ledger", "WorkCalendar"],
        "dianzhang": [
            "Web", "Copies", "CustomerAuthenticity", "CustomerConfidentiality", "EnterpriseIT", "DrugQuality", "School", "Practices", "Outbox", "StoreSQLite", "StorePostgres", "Tables",
            "Kernel", "Store", "Vault", "Ledger", "WorkCalendar", "Identifiers", "Witnessing", "Courier", "Print",
        ],
    ]

    @Test func arrowsPointOneWay() {
        let ours = Set(Self.arrows.keys).union([
            "CArchive", "CExpat", "CXlsxWriter", "CPostgres", "CPango", "CQREncode", "CCurl",
        ])
        for file in Self.sources {
            for line in file.lines where line.hasPrefix("import ") {
                let imported = String(line.dropFirst(7)).trimmingCharacters(in: .whitespaces)
                guard ours.contains(imported) else { continue }
                if Self.arrows[file.target]?.contains(imported) != true { Issue.record("\(file) imports \(imported): that arrow is not in the list") }
            }
        }
    }

    @Test func theProofOfTheFoundationStaysSmall() throws {
        for path in ["Sources/Regulations/CustomerConfidentiality/Loans/Loan.swift", "Sources/Regulations/EnterpriseIT/Network/InternetApplication.swift"] {
            let file = try #require(Self.sources.first { $0.path == path })
            #expect(file.lines.count <= 101, "\(path): an ordinary document is one file of at most 100 lines")
        }
    }
}
