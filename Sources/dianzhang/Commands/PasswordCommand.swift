import ArgumentParser
import Kernel
import Web

/// Gives a person a one-time word where there are not two administrators to do it. It is entered in the ledger, and the person is told.
struct ResetPassword: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password", abstract: "发放一次性口令，由本人登录后设置密码 / Give a one-time word, by which the person sets the password")
    @Argument(help: "The person's log-in name") var login: String
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await Failure.run {
            let desk = try await database.openDesk(try await database.settings())
            let person = try await desk.person(named: login)
            let word = OneTimeWord()
            try await desk.administer(.giveWord(person.id, hash: PasswordHash().make(word.text)), by: .system)
            await desk.store.close()
            Terminal.say(
                "\(person.words.zh)的一次性口令（\(AccountRequest.days) 天内有效，登录后须设置自己的密码）：\n"
                    + "The one-time word of \(person.words.en), good for \(AccountRequest.days) days; the person then sets the own password:"
            )
            Terminal.answer(word.text)
        }
    }
}

/// What administrators have asked for and nobody can confirm on the pages: lists it, and confirms it on the server.
struct AccountRequests: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "requests", abstract: "待确认的账户申请 / Account requests that wait, and their confirmation on the server")
    @Option(help: "The number of a request to confirm") var confirm: Int64?
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await Failure.run {
            let desk = try await database.openDesk(try await database.settings())
            let waiting = try await desk.accountRequests()
            guard let confirm else {
                let organisation = try await desk.organisation()
                let rows = waiting.map { request in
                    [
                        String(request.id), request.kind.words.zh, request.kind.words.en, organisation.name(request.person).zh,
                        organisation.name(request.asker).zh,
                    ]
                }
                await desk.store.close()
                return Terminal.answer(rows.isEmpty ? "没有待确认的申请 / Nothing waits" : Terminal.table(rows))
            }
            guard let request = waiting.first(where: { $0.id == confirm }) else {
                throw DeskError.conflict(Words("此申请已处理或已过期", "This request is decided already, or too old"))
            }
            let word = OneTimeWord()
            let hash = try await request.kind == .password ? PasswordHash().make(word.text) : nil
            try await desk.administer(.confirmRequest(request.id, hash: hash), by: .system)
            await desk.store.close()
            Terminal.answer(request.kind == .password ? word.text : "已确认 / Confirmed")
        }
    }
}
