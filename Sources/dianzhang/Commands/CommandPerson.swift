import Kernel

/// In whose name a command acts.
enum CommandPerson {
    /// - Parameter login: as `--as` says it.
    static func named(_ login: String?, _ desk: Desk) async throws -> Principal {
        guard let login else {
            throw DeskError.conflict(Words("请用 --as 指明由谁办理（登录名）", "Say in whose name by --as LOGIN"))
        }
        guard let person = try await desk.organisation().people.values.first(where: { $0.login == login && $0.isActive }) else {
            throw DeskError.conflict(Words("没有登录名为 \(login) 的在职人员", "Nobody here has the log-in name \(login)"))
        }
        return Principal(person.id)
    }
}
