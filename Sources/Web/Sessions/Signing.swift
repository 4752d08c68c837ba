import Kernel

/// 签署: a step that signs asks for the password, unless it was given within the last minutes. The question stands in the form of the step
/// itself, so that nothing that was typed is lost.
enum Signing {
    /// Under which the password is sent; no field of a document has such a name.
    static let field = "~password"

    /// Makes sure that it is the person.
    /// - Parameter form: where the answer is: the form's id before `-password`.
    /// - Throws: `DeskError.invalid`, with the fault at the password's field.
    static func sign(_ call: inout Call, _ form: FormData, in place: String) async throws -> Signature {
        if call.edge.configuration.opensWithoutPassword(call.login) { return .demonstration }
        if call.login.maySign(at: call.edge.configuration.wallClock.now()) { return .password }
        func fault(_ zh: String, _ en: String) -> DeskError { .invalid([.init(field: id(place), Words(zh, en))]) }
        guard !form[field].isEmpty else {
            throw fault("此步骤须签署，请输入您的登录密码", "This step is a signature; give your password")
        }
        switch try await call.edge.tryPassword(form[field], of: call.me.login, call.request, call.context) {
        case .wait(let seconds):
            throw fault("密码错误次数过多，请 \(seconds) 秒后再试", "Too many wrong passwords; try again in \(seconds) seconds")
        case .wrong: throw fault("密码不对，没有签署，请重新输入", "The password is not right and nothing was signed; type it again")
        case .right(let attempt):
            try await call.edge.logins.authenticated(call.login, by: attempt)
            call.login = call.login.authenticated(at: call.edge.configuration.wallClock.now())
            return .password
        }
    }

    private static func id(_ place: String) -> String { "\(place)-password" }

    /// The question, or why there is none.
    /// - Parameter label: what the question is called where it is not about a step.
    static func control(_ call: Call, _ faults: [Refusal.Fault], in place: String, label: String? = nil) -> HTML {
        let l = call.l
        if call.edge.configuration.opensWithoutPassword(call.login) {
            return "<p class=\"hint\">\(l("签署步骤（演示环境不验证密码）", "A signature (the demonstration asks for no password)"))</p>"
        }
        let minutes = Login.signing / 60
        if call.login.maySign(at: call.edge.configuration.wallClock.now()) {
            return """
                <p class="hint">\(l("签署步骤：\(minutes) 分钟内已验证密码，无需再输", "A signature: the password was given within the last \(minutes) minutes"))</p>
                """
        }
        let id = id(place)
        return PlainField.frame(id, HTML(label ?? l("登录密码（签署）", "Your password (to sign)")), faults, l) { attributes in
            """
            <input id="\(id)" name="\(field)" type="password" autocomplete="current-password"\(attributes)>
            """
        }
    }
}
