import ArgumentParser
import Kernel
import Web

/// Translates between ids as addresses, forms and the API have them and those of the database and the ledger, for whoever looks after the
/// server: each as a line of the public id, what it is an id of, and the database's number.
struct PublicIDCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "id", abstract: "换算网页和接口中的编号与数据库编号 / Ids of pages and the API, and the database's")
    @Argument(help: "Ids as an address has them; with --of, numbers of the database") var ids: [String]
    @Option(help: "What the numbers are of: \(PublicIDs.Kind.allCases.map(\.name).joined(separator: ", "))") var of: String?
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await Failure.run {
            let kind = try of.map(Self.kind)
            let desk = try await database.openDesk(try await database.settings())
            let known = PublicIDs(key: desk.keys.publicIDKey)
            await desk.store.close()
            for id in ids { Terminal.answer(try kind.map { try Self.outward(id, $0, known) } ?? Self.inward(id, known)) }
        }
    }

    private static func kind(_ name: String) throws -> PublicIDs.Kind {
        if let kind = PublicIDs.Kind.allCases.first(where: { $0.name == name }) { return kind }
        let names = PublicIDs.Kind.allCases.map(\.name).joined(separator: ", ")
        throw DeskError.conflict(Words("没有“\(name)”这一类；可选：\(names)", "There is no kind “\(name)”; choose among \(names)"))
    }

    private static func outward(_ typed: String, _ kind: PublicIDs.Kind, _ known: PublicIDs) throws -> String {
        guard let id = Int64(typed), id > 0 else {
            throw DeskError.conflict(Words("“\(typed)”不是数据库编号，应为正整数", "“\(typed)” is no number of the database"))
        }
        return "\(known.word(id, kind)) \(kind.name) \(id)"
    }

    private static func inward(_ word: String, _ known: PublicIDs) throws -> String {
        guard let (id, kind) = known.open(word) else {
            throw DeskError.conflict(
                Words(
                    "“\(word)”不是本数据库给出的编号，请核对是否抄错、是否选对了数据库",
                    "This database gave no id “\(word)”; look for a slip in it, and whether it is the right database"))
        }
        return "\(word) \(kind.name) \(id)"
    }
}
