import Hummingbird
import Kernel

/// 接口令牌: everybody's, for administrators: whose, what for, what they may do, until when; each can be revoked.
enum TokensPage {
    static func add(to routes: Routes) {
        AdministrationForm.add(
            "/admin/tokens", to: routes, show: { call, _, faults in try await show(call, faults) },
            take: [
                "revoke": { call, form in
                    try await call.edge.apiTokens.revoke(call.named("token", in: form, .token), of: nil, by: call.principal)
                    call.context.note(.tokenEnded, call.person, call.place)
                }
            ])
    }

    private static func show(_ call: Call, _ faults: [Refusal.Fault]) async throws -> Response {
        let l = call.l
        let heads = [
            l("人员", "Person"), l("用途", "What for"), l("允许的操作", "May"), l("创建", "Made"), l("有效期", "Valid"), l("最近使用", "Last used"),
            l("更改", "Change"),
        ]
        let rows = try await call.edge.apiTokens.list(of: nil).map { token -> HTML in
            let by = token.maker.isNone ? l("服务器命令行", "the server's command line") : call.organisation.name(token.maker)[l]
            let made: HTML = token.maker == token.person ? "" : " <span class=\"quiet\">\(l("由\(by)", "by \(by)"))</span>"
            return """
                <tr><td data-label="\(heads[0])">\(call.organisation.name(token.person)[l])</td>\
                <td data-label="\(heads[1])"><span>\(UserText.html(token.label, l))</span></td>\
                <td data-label="\(heads[2])">\(TokenWords.scopes(token.scopes, l))</td>\
                <td data-label="\(heads[3])"><span>\(l.day(token.created.day))\(made)</span></td>\
                <td data-label="\(heads[4])">\(TokenWords.ends(token, call))</td>\
                <td data-label="\(heads[5])">\(token.used.map { l.day($0) } ?? l("从未使用", "never"))</td>\
                <td data-label="\(heads[6])"><form method="post" action="/admin/tokens/revoke">\(call.csrf)\
                <button class="plain" name="token" value="\(call.ids.word(token.id, .token))" aria-label="\(l("作废：\(token.label)", "Revoke: \(token.label)"))">\
                \(l("作废", "Revoke"))</button></form></td></tr>
                """
        }
        let none: HTML = rows.isEmpty ? "<p class=\"pad quiet\">\(l("目前没有接口令牌", "There are no API tokens"))</p>" : ""
        return try await AdministrationForm.page(
            call, l("接口令牌", "API tokens"), here: "/admin/tokens", faults,
            """
            <section class="sheet"><div class="scroll"><table class="stack"><thead>\
            <tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead><tbody>\(rows)</tbody></table></div>\(none)</section>
            """)
    }
}
