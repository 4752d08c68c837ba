import ArgumentParser
import Kernel
import Web

/// Makes a token for a program that calls the API in a person's name. It is shown once.
struct MakeToken: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "token", abstract: "生成接口令牌 / Make an API token")
    @Argument(help: "The person's log-in name") var login: String
    @Option(help: "What it is for") var label = "command line"
    @Option(help: "Days until it ends, 1 to \(APITokens.mostDays)") var days = 90
    @Option(help: "What it may do: read, reveal, act, sign, with commas between") var scopes = "read"
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await Failure.run {
            let wanted = try scopes.split(separator: ",").map { word -> TokenScope in
                if let scope = TokenScope(rawValue: String(word)) { return scope }
                let known = TokenScope.allCases.map(\.rawValue).joined(separator: ", ")
                throw DeskError.conflict(
                    Words("没有“\(word)”这种权限；可选：\(known)", "There is no scope “\(word)”; choose among \(known)"))
            }
            let desk = try await database.openDesk(try await database.settings())
            let person = try await desk.person(named: login)
            let tokens = APITokens(desk: desk, clock: MachineClock.clock)
            Terminal.answer(
                try await tokens.make(for: person.id, label: label, days: days, scopes: Set(wanted), by: .system).text)
            await desk.store.close()
        }
    }
}

extension Desk {
    /// A person by log-in name, for commands.
    func person(named login: String) async throws -> Person {
        if let person = try await organisation().people.values.first(where: { $0.login == login }) { return person }
        throw DeskError.conflict(Words("没有登录名为 \(login) 的人员", "Nobody has the log-in name \(login)"))
    }
}
