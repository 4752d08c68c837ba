import ArgumentParser
import Kernel
import Web

/// Makes a token for a program that calls the API in a person's name. It is shown once.
struct MakeToken: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "token", abstract: "生成接口令牌 / Make an API token")
    @Argument(help: "The person's log-in name") var login: String
    @Option(help: "What it is for") var label = "command line"
    @Option(help: "Days until it ends") var days = 90
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await Failure.run {
            let desk = try await database.openDesk(try await database.settings())
            let people = try await desk.organisation().people.values
            guard let person = people.first(where: { $0.login == login }) else {
                throw ValidationError("没有登录名为 \(login) 的人员；nobody has the log-in name \(login)")
            }
            Terminal.answer(
                try await APITokens(store: desk.store, clock: MachineClock.clock).make(for: person.id, label: label, days: days).text)
            await desk.store.close()
        }
    }
}
