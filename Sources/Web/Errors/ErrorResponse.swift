import Hummingbird
import Kernel
import Print
import Store
import WorkCalendar

/// What went wrong, as people and programs are told it. The only place where an error becomes an HTTP status.
struct ErrorResponse {
    let status: HTTPResponse.Status
    /// Its name for programs.
    let code: String
    let title: Words
    let words: Words
    var article: Article?
    var faults: [Refusal.Fault] = []
    /// For the log alone.
    var detail: String?
    /// Seconds after which to try again.
    var retryAfter: Int?
    /// The methods of the address, where another was used.
    var allow: String?

    init(_ error: any Error) {
        switch error {
        case let refusal as Refusal:
            self.init(.unprocessableContent, "refused", Words("未能办理", "Not done"), refusal.words)
            article = refusal.article
            faults = refusal.faults
        case let error as DeskError: self.init(desk: error)
        case let fault as WebFault: self.init(web: fault)
        case let error as StoreError: self.init(store: error)
        case let fault as JSONReader.Fault: self.init(.badRequest, "unreadable", Words("无法读取", "Not readable"), fault.words)
        case let error as HolidayTableError:
            self.init(.unprocessableContent, "invalid", Words("请更正", "Please correct"), Words(error.zh, error.en))
        case let error as PrintError where error == .overloaded:
            self.init(.serviceUnavailable, "overloaded", Words("系统繁忙", "Busy"), Words(error.words.zh, error.words.en))
            retryAfter = 2
        case let error as PrintError:
            self.init(.unprocessableContent, "unprintable", Words("无法打印", "Not printable"), Words(error.words.zh, error.words.en))
        case let error as HTTPError: self.init(http: error)
        default: self.init(broken: String(reflecting: error))
        }
    }

    /// Whether a form whose step was not taken for this is shown again with everything that was typed.
    static func keepsForm(_ error: any Error) -> Bool {
        switch error {
        case DeskError.conflict, DeskError.forbidden: true
        case StoreError.overloaded, StoreError.diskFull, StoreError.gone, StoreError.unknown, StoreError.unstorable: true
        default: false
        }
    }

    private init(_ status: HTTPResponse.Status, _ code: String, _ title: Words, _ words: Words) {
        (self.status, self.code, self.title, self.words) = (status, code, title, words)
    }

    private init(broken detail: String) {
        self.init(
            .internalServerError, "broken", Words("系统出错", "Something broke"),
            Words(
                "这次没有办成，也没有留下任何改动。请稍后再试；仍然出错的，请告知系统管理员出错的时间。",
                "Nothing was done and nothing was changed. Try again in a moment; if it goes on, tell the administrator when it happened."))
        self.detail = detail
    }

    private init(desk error: DeskError) {
        switch error {
        case .invalid(let faults):
            self.init(
                .unprocessableContent, "invalid", Words("请更正", "Please correct"),
                faults.isEmpty
                    ? Words("填写的内容有误，请检查", "What was filled in is not right; please check")
                    : Words("有 \(faults.count) 处需要更正", faults.count == 1 ? "One thing to correct" : "\(faults.count) things to correct"))
            self.faults = faults
        case .forbidden(let words): self.init(.forbidden, "forbidden", Words("不能办理", "Not yours to do"), words)
        case .absent:
            self.init(
                .notFound, "absent", Words("没有找到", "Not found"),
                Words(
                    "没有这一页或这件单据，或者您无权查看。请从待办或登记簿进入。",
                    "There is no such page or document, or none that you may see. Go there from the to-do list or a register."))
        case .conflict(let words): self.init(.conflict, "conflict", Words("已有变化", "It has changed"), words)
        }
    }

    private init(web fault: WebFault) {
        switch fault {
        case .loggedOut:
            self.init(
                .unauthorized, "logged-out", Words("请登录", "Please log in"),
                Words("尚未登录或登录已结束，请登录", "You are not logged in, or no longer; log in"))
        case .passwordDue:
            self.init(
                .forbidden, "password-due", Words("请先设置密码", "Set your password first"),
                Words("您用一次性口令登录，请先设置自己的密码", "You came in by a one-time word; set your own password first"))
        case .foreignForm:
            self.init(
                .forbidden, "foreign-form", Words("表单已失效", "The form has expired"),
                Words(
                    "这张表单不是从本次登录的页面提交的。请返回原页面，刷新后重新提交。",
                    "This form was not sent from a page of this log-in. Go back, reload the page and send it again."))
        case .tooManyAttempts(let seconds):
            self.init(
                .tooManyRequests, "too-many-attempts", Words("操作过于频繁", "Please wait"),
                Words("登录失败次数过多，请 \(seconds) 秒后再试", "Too many failed log-ins; try again in \(seconds) seconds"))
            retryAfter = seconds
        case .tooLarge(let limit):
            let (zh, en) = (Language.zh.size(limit), Language.en.size(limit))
            self.init(
                .contentTooLarge, "too-large", Words("内容或附件过大", "Too large"),
                Words("提交的内容超过 \(zh)，请压缩或分次提交", "What was sent is larger than \(en); make it smaller or send it in parts"))
        case .unknownFormat:
            self.init(
                .unsupportedMediaType, "unknown-format", Words("格式不对", "Unknown format"),
                Words("只接受网页表单；接口只接受 JSON", "Pages take forms, and the API takes JSON, nothing else"))
        case .unreadable(let words): self.init(.badRequest, "unreadable", Words("无法读取", "Not readable"), words)
        case .wrongMethod(let allowed):
            let methods = allowed.joined(separator: ", ")
            self.init(
                .methodNotAllowed, "wrong-method", Words("方法不对", "Wrong method"),
                Words("此地址只接受 \(methods)", "This address takes \(methods) only"))
            allow = methods
        case .tooSlow:
            self.init(
                .requestTimeout, "too-slow", Words("上传过慢", "Too slow"),
                Words("内容传得过慢，已停止接收；请检查网络后重新提交", "What was sent came too slowly and was given up; check the network and send it again"))
        case .brokenOff:
            self.init(
                .badRequest, "broken-off", Words("传输中断", "Broken off"),
                Words("内容没有传完，请重新提交", "What was sent did not come to its end; send it again"))
        case .noRoom: self.init(full: ())
        }
    }

    private init(store error: StoreError) {
        switch error {
        case .overloaded:
            self.init(
                .serviceUnavailable, "overloaded", Words("系统繁忙", "Busy"),
                Words("排队的人太多，这次没有办理，请几秒后再试", "Too many are waiting; nothing was done, try again in a few seconds"))
            retryAfter = 2
        case .diskFull: self.init(full: ())
        case .gone(let detail):
            self.init(
                .serviceUnavailable, "overloaded", Words("数据库连接不上", "The database is away"),
                Words("数据库连接不上，这次没有办理，请稍后再试", "The database cannot be reached; nothing was done, try again in a moment"))
            (self.detail, retryAfter) = (detail, 10)
        case .unknown(let detail):
            self.init(
                .serviceUnavailable, "unknown", Words("结果未知", "The outcome is unknown"),
                Words(
                    "与数据库的连接在提交时中断，不能确定是否已办理，请查看后再试",
                    "The connection to the database was lost while it was being done; it may stand or not. Look before you try again"))
            self.detail = detail
        case .unstorable:
            self.init(
                .unprocessableContent, "invalid", Words("请更正", "Please correct"),
                Words("文字中有不能保存的控制字符，请删去后再提交", "The text has a control character that cannot be kept; delete it and send again"))
        default: self.init(broken: String(reflecting: error))
        }
    }

    private init(full: Void) {
        self.init(
            .serviceUnavailable, "full", Words("磁盘已满", "The disk is full"),
            Words("服务器磁盘已满，这次没有办理，请告知系统管理员", "The server's disk is full; nothing was done. Tell the administrator"))
    }

    private init(http error: HTTPError) {
        switch error.status {
        case .notFound, .methodNotAllowed: self.init(desk: .absent)
        case .contentTooLarge: self.init(web: .tooLarge(limit: 2 << 20))
        case let status where status.code < 500:
            self.init(status, "unreadable", Words("无法读取", "Not readable"), Words("请求不完整，请重新提交", "The request is incomplete; send it again"))
        default: self.init(broken: String(reflecting: error))
        }
    }
}

extension Refusal {
    /// Why a step could not be taken just now, though no article forbids it.
    init(unable error: any Error) { self.init(article: nil, words: ErrorResponse(error).words) }
}

extension Response {
    func with(status: HTTPResponse.Status) -> Response {
        var response = self
        response.status = status
        return response
    }

    /// What an answer says in its head.
    mutating func add(_ answer: ErrorResponse) {
        if let seconds = answer.retryAfter { headers[.retryAfter] = String(seconds) }
        if let methods = answer.allow { headers[.allow] = methods }
    }

    /// The same page with the status of an answer.
    func with(_ answer: ErrorResponse) -> Response {
        var response = self
        response.status = answer.status
        response.add(answer)
        return response
    }
}
