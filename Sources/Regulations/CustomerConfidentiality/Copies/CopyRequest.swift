import Kernel
import WorkCalendar

/// 复制摘抄申请: print, export, download and extract of records need the general manager's or the supervisor's approval (第23条). Whoever asks
/// may read them already; that implies none of these.
package struct CopyRequest: Document {
    package enum State: String, CaseIterable, Sendable { case requested, granted, ended, refused, revoked }
    package static let name = "copy-request"

    package var files: [ID<CustomerFile>] = []
    package var ways = "", reason = "", answer = "", revocation = ""
    package var withdrawn: [ID<CustomerFile>] = []
    package var reader = PersonID.none
    package var ends: Moment?
    package init() {}

    package static let ways = [Verb.print, .export, .copy].map { FieldKind.Choice(value: $0.rawValue, words: $0.words) }

    package static let form = Form<CopyRequest>(
        "复制摘抄申请", "Request for copies", number: "复制申请",
        states: [
            .requested: .open("待批准", "To be approved"), .granted: .open("已批准", "Approved"), .ended: .done("已结束", "Ended"),
            .refused: .no("不予复制", "Refused"), .revoked: .no("授权已收回", "Revoked"),
        ],
        readers: [.officers, .post(.generalManager), .post(.informationSpecialist)],
        [
            .references(\.files, "档案", "Records").listed()
                .hint("只列出您获准查阅的；没有的请先提交查阅申请", "those that you may read; for others ask for access first"),
            .codes(\.ways, "方式", "How", ways).listed().hint("复制含下载附件、摘抄", "a copy: of attachments, and extracts"),
            .prose(\.reason, "理由", "Reason"), .person(\.reader, "使用人", "For").optional().listed(),
            .moment(\.ends, "授权至", "Until").optional().ends().onceFilled().listed(), .text(\.answer, "不予复制的理由", "Why not").onceFilled(),
            .references(\.withdrawn, "已收回授权的档案", "Records whose grant was revoked").optional().onceFilled(),
            .text(\.revocation, "收回授权的原因", "Why it was revoked").optional().onceFilled(),
        ])

    static let running = Deadline("running", "复制授权期限", "Time of the grant", under: confidentiality[23], takes: expire, reminders: [])
    package static let deadlines = [running]

    package static let request = Step<CopyRequest>(
        "request", "申请复制摘抄", "Request", to: .requested, by: .staff, under: confidentiality[23], fields: [\.files, \.ways, \.reason]
    ) { request, act in
        request.reader = act.person
        try act.require(!request.files.isEmpty, "请选择要复制的档案", "Choose the records")
    }
    package static let approve = Step<CopyRequest>(
        "approve", "批准复制摘抄", "Approve", from: .requested, to: .granted, by: .either(.generalManager, .informationSupervisor),
        notBy: request,
        under: confidentiality[23], signs: true
    ) { request, act in
        try act.requireUndertaking(of: request.reader)
        let until = act.now.adding(hours: try act.parameter(.copyHours))
        // What was readable when it was asked for may not be so any more.
        for file in request.files {
            try act.require(
                act.may(.read, file, request.reader), "申请人已不能查阅其中的档案，不能批准复制", "The requester may not read a record any more")
        }
        let post = act.organisation.holdings(of: request.reader, on: act.today).first.map { Post($0.post, "", "") }
        try act.grant(request.reader, as: post, verbs: request.verbs, on: request.files, until: until, "复制摘抄", "To copy")
        request.ends = until
        act.start(running, due: until)
    }
    package static let refuse = Step<CopyRequest>(
        "refuse", "不予复制", "Refuse", from: .requested, to: .refused, by: .either(.generalManager, .informationSupervisor),
        under: confidentiality[23], fields: [\.answer], isOptional: true)
    package static let expire = Step<CopyRequest>(
        "expire", "授权到期", "Ends by itself", from: .granted, to: .ended, by: .system, under: confidentiality[23], isOptional: true)
    /// With what took back its grants.
    package static let revoke = Step<CopyRequest>(
        "revoke", "收回授权", "Revoked", from: .granted, to: .revoked, by: .system, under: confidentiality[23], isOptional: true
    ) { request, act in
        act.meet(running)
        act.notify([request.reader], "您的复制授权已收回：\(request.revocation)", "Your grant to copy was revoked")
    }
    package static let withdraw = Step<CopyRequest>(
        "withdraw", "收回部分授权", "Partly revoked", from: .granted, to: nil, by: .system, under: confidentiality[23], isOptional: true
    ) { request, act in
        act.notify([request.reader], "部分档案的复制授权已收回：\(request.revocation)", "A part of your grant to copy was revoked")
    }
    /// 摘抄: made by the archive, checked and stamped; it is a copy with a number too.
    package static let extract = Step<CopyRequest>(
        "extract", "制作摘抄、复印件", "Make an extract", from: .granted, to: nil, by: .post(.informationSpecialist), notBy: request,
        under: confidentiality[23], isOptional: true
    ) { request, act in
        try act.require(request.ways.contains(Verb.copy.rawValue), "批准的方式不含复制摘抄", "Copies were not approved")
        for file in request.files {
            try act.require(
                try act.may(.copy, file, request.reader), "使用人的复制授权已终止，或档案已冻结，不能制作",
                "The grant to copy has ended, or the record is frozen")
            try act.create(ControlledCopy(of: [file.raw], for: .copy, by: request.reader), by: ControlledCopy.issue, heldBy: request.reader)
        }
    }
    package static let steps = [request, approve, refuse, revoke, withdraw, expire, extract]
}
