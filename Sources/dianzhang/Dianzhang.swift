import ArgumentParser

/// 典章: one program with a web page, an HTTP API and a command line.
@main
struct Dianzhang: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dianzhang",
        abstract: "典章 - an organisation's information-management regulations, carried out article by article",
        version: "0.1.0",
        subcommands: [
            Serve.self, Check.self, SelfCheckCommand.self, Screen.self, Import.self, FileScans.self, Workdays.self, Articles.self,
            Verify.self, Checkpoint.self,
            WitnessCommand.self, Config.self, MakeToken.self, ResetPassword.self, AccountRequests.self, PublicIDCommand.self, Keys.self,
            Backup.self, Restore.self, Bench.self,
        ])
}
