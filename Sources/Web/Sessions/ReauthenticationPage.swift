import Hummingbird
import Kernel

/// A form was sent after its log-in had ended: everything typed stays in the page, to be sent again after the next log-in.
enum ReauthenticationPage {
    static func answer(_ request: Request, _ context: WebContext, within limits: FormLimits) async throws -> Response {
        var limits = limits
        limits.dropsFiles = true
        let form = try await FormData.read(request, within: limits)
        let l = context.language
        let own = ["csrf", "password", Signing.field, FormData.once, FormInput.again, FormData.dropped]
        let typed = form.names.filter { !own.contains($0) }.sorted().flatMap { name in
            form.all(name).map { "<input type=\"hidden\" name=\"\(name)\" value=\"\($0)\">" as HTML }
        }
        let files: HTML =
            form.all(FormData.dropped).isEmpty
            ? ""
            : "<p>\(l("所选的文件没有保留，请登录后重新选择。", "The files that you chose were not kept; choose them again after the log-in."))</p>"
        let title = l("登录已结束", "Your log-in has ended")
        let body: HTML = """
            <div class="narrow"><div class="head"><h1>\(title)</h1></div>
            <div class="note refusal" role="alert" tabindex="-1">\
            <p><b>\(l("尚未办理，您填写的内容还在本页。", "Nothing was done yet, and what you filled in is still in this page."))</b></p>\(files)</div>
            <ol><li><a href="/login" target="_blank">\(l("在新窗口登录", "Log in in a new window"))</a></li>
            <li>\(l("回到本页，点“继续”，核对后再提交", "Come back to this page, go on, look at it once more and send it"))</li></ol>
            <form method="post" action="\(request.uri.path)" enctype="multipart/form-data">\(typed)\
            <button class="act" data-main>\(l("继续", "Go on"))</button></form></div>
            """
        return BarePage(title: title, body: body, back: nil).response(.unauthorized, l)
    }
}
