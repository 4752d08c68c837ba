import Kernel
import WorkCalendar

/// 发文: 拟稿 核稿 会签 签发 复核 编号 印制 用印 分发 归档 (第十六条). Its number is given when it was signed and checked again, of the year of the
/// day that it bears; a number that is burnt stays, as void.
package struct OutgoingDocument: Document {
    package enum State: String, CaseIterable, Sendable {
        case checking, checked, cosigned, signed, numbered, printed, sealed, distributed, filed, void
    }
    package var kind = OfficialKind.unknown
    package var direction = Direction.unknown
    package var code = "", issuer = "", subject = "", text = "", note = "", opinion = "", warning = "", reason = "", signedDigest = ""
    /// Of 纪要: who was there, who was excused, who attended.
    package var present = "", excused = "", attending = ""
    package var urgency = Urgency.ordinary
    package var secrecy = Secrecy.unknown
    package var recipients: [Recipient] = []
    package var cosigners: [PersonID] = []
    package var files: [FileReference] = []
    package var versions: [TextVersion] = []
    package var copies: [CopyNumber] = []
    package var receipts: [Receipt] = []
    package var copyCount = 0
    package var documentDay: Day?, printedOn: Day?
    package var signer = PersonID.none
    package init() {}

    package static let name = "outgoing-document"
    package var title: String { secrecy.isConfidential ? "" : subject }

    package static let form = Form<OutgoingDocument>(
        "发文", "Outgoing document",
        states: [
            .checking: .open("待核稿", "To be checked"), .checked: .open("待会签、签发", "To be cosigned and signed"),
            .cosigned: .open("待签发", "To be signed"), .signed: .open("待复核编号", "To be checked again and numbered"),
            .numbered: .open("待印制", "To be printed"), .printed: .open("待用印", "To be sealed"), .sealed: .open("待分发", "To be sent"),
            .distributed: .open("待归档", "To be filed"), .filed: .done("已归档", "Filed"), .void: .no("作废", "Void"),
        ],
        readers: [.office, .post(.administrativeSpecialist), .management, .head],
        [
            .text(\.subject, "标题", "Subject").listed(), .choice(\.kind, "文种", "Kind").indexed().listed(),
            .choice(\.direction, "行文方向", "Direction").listed(),
            .text(\.code, "发文机关代字", "Code of the office").code().hint("如：育才校发", "the short name that stands before the year in the number"),
            .text(\.issuer, "发文机关署名", "Issued by").hint("须与所用印章的印文一致", "as on the seal"), .choice(\.secrecy, "密级", "Secrecy").listed(),
            .choice(\.urgency, "紧急程度", "Urgency").optional().onceFilled()
                .hint("不选为普通", "ordinary where nothing is said"),
            .lines(\.recipients, "主送、抄送", "Recipients").optional(), .people(\.cosigners, "会签人", "Cosigners").optional().onceFilled(),
            .text(\.present, "出席", "Present").only(\.kind, .minutes).longest(2_000),
            .text(\.excused, "请假", "Excused").only(\.kind, .minutes).optional(),
            .text(\.attending, "列席", "Attending").only(\.kind, .minutes).optional().longest(2_000),
            .prose(\.text, "正文", "Text").hint("一段一行；主送机关由系统印在正文之前", "a line for each paragraph; whom it goes to is printed before it"),
            .files(\.files, "附件", "Attachments").optional().onceFilled(),
            .text(\.note, "修改说明", "What changed").optional().onceFilled(),
            .text(\.warning, "提示", "Hint").onceFilled(), .text(\.opinion, "签发意见", "Opinion of the signer").optional().onceFilled(),
            .person(\.signer, "签发人", "Signer").onceFilled(),
            .day(\.documentDay, "成文日期", "Day of the document").optional().onceFilled().listed(),
            .text(\.signedDigest, "签发稿校验值", "Digest as signed").code().onceFilled(),
            .whole(\.copyCount, "印制份数", "Copies", in: 0...9999).onceFilled(),
            .day(\.printedOn, "印发日期", "Day of printing").optional().onceFilled(),
            .lines(\.copies, "份号", "Numbered copies").optional().onceFilled(),
            .lines(\.receipts, "签收回执", "Receipts").optional().onceFilled(), .text(\.reason, "作废理由", "Why it is void").onceFilled(),
            .lines(\.versions, "历次文稿", "Versions").longest(200).onceFilled(),
        ])

    var digest: String {
        TextDigest.of(([subject, text] + [present, excused, attending].filter { !$0.isEmpty }).joined(separator: "\n"), files)
    }

    /// What the kind asks of the direction and of whom it goes to.
    func examine(_ check: Checking<OutgoingDocument>) {
        check.require(
            OfficialNumber.isCode(code), "发文机关代字应为两个以上汉字，不含年份、括号和数字，如“育才校发”",
            "The code has no year, brackets or digits", at: \.code)
        check.require(
            kind.directions.contains(direction) || !kind.isStrict, "\(kind.words.zh)不能作\(direction.writing.zh)，请改文种或行文方向",
            "\(kind.words.en) does not go \(direction.writing.en); change the kind or the direction", at: \.direction, \.kind)
        let main = recipients.filter { $0.role != .copy }
        check.require(
            kind == .minutes || kind == .announcement || !main.isEmpty, "请写明主送机关", "Say to whom it goes", at: \.recipients, \.kind)
        check.require(
            main.allSatisfy { $0.relation == direction } || kind == .opinion || kind == .minutes, "主送机关的方向与行文方向不一致，请改其中一处",
            "Whom it goes to does not agree with the direction", at: \.recipients, \.direction, \.kind)
        if kind == .request {
            let names = main.flatMap { $0.name.split { "、，,；;".contains($0) } }
            check.require(names.count == 1, "请示只主送一个机关，请另行行文", "A request goes to one office alone", at: \.recipients, \.kind)
            check.require(
                !main.contains(where: \.isPerson), "请示不主送个人，请主送机关", "A request is not addressed to a person", at: \.recipients, \.kind)
            check.require(
                !recipients.contains { $0.role == .copy && $0.relation == .down }, "请示不得抄送下级机关", "A request is not copied to those below",
                at: \.recipients, \.kind)
        }
        if kind == .report {
            check.require(
                !["请批准", "请批示", "请予审批", "请批复"].contains(where: text.contains), "报告中不得夹带请示事项，请另写请示",
                "A report carries no request; write one besides", at: \.text, \.kind)
        }
    }

    mutating func takeDraft(_ act: Act) {
        let agrees = kind.directions.contains(direction)
        warning = agrees ? "" : "\(kind.words.zh)一般不作\(direction.writing.zh)，请核稿人确认"
        if secrecy.isConfidential { act.raise(to: secrecy.level) }
        TextVersion.append(text, files, note, to: &versions, by: act.person)
        note = ""
    }
}
