import Identifiers
import Kernel

/// 对外通知: what leaves the house is checked before it is sent; customer data in clear does not leave by private dealings, in public places,
/// by an open telephone or in open mail (第26条).
package struct OutgoingNotice: Document {
    package enum State: String, CaseIterable, Sendable { case sent }
    package static let name = "outgoing-notice"
    package var channel = OutgoingChannel.none
    package var recipient = "", content = ""
    package var files: [ID<CustomerFile>] = []
    package init() {}

    package static let form = Form<OutgoingNotice>(
        "对外通知", "Notice to the outside", number: "外发", states: [.sent: .done("已发出", "Sent")],
        readers: [.officers],
        [
            .choice(\.channel, "渠道", "By").listed(), .text(\.recipient, "收件方", "To").listed(),
            .references(\.files, "涉及的客户档案", "Customer files it is about").optional(), .prose(\.content, "内容", "Text"),
        ])

    package static let send = Step<OutgoingNotice>(
        "send", "发出", "Send", to: .sent, by: .staff, under: confidentiality[26], isIrrevocable: true
    ) { notice, act in
        try act.require(
            !notice.channel.isForbidden, "不得通过\(notice.channel.words.zh)传递客户信息",
            "Customer information does not go by \(notice.channel.words.en)")
        guard notice.channel.isOpen else { return }
        let found = try notice.clear(act)
        try act.require(
            found.isEmpty, "内容含有明文客户信息（\(found.map(\.zh).joined(separator: "、"))），不得通过\(notice.channel.words.zh)发出；请删去，或改用加密渠道",
            "It holds customer data in clear (\(found.map(\.en).joined(separator: ", "))) and does not go by \(notice.channel.words.en); take it out, or encrypt it"
        )
    }
    package static let steps = [send]

    /// What kinds of customer data stand in it; the data itself is said nowhere.
    private func clear(_ act: Act) throws -> [Words] {
        var found = ClearData.kinds(in: content)
        let text = ClearData.plain(content)
        for file in try files.compactMap({ try act.load($0) }) {
            let names = [file.value.customer, file.value.person].filter { $0.count >= 2 }
            if names.contains(where: { text.contains(ClearData.plain($0)) }) { found.append(Words("客户名称", "a customer's name")) }
            if !file.value.referenceCode.isEmpty, text.contains(ClearData.plain(file.value.referenceCode)) {
                found.append(Words("档号", "a reference code"))
            }
        }
        var said: [Words] = []
        for words in found where !said.contains(words) { said.append(words) }
        return said
    }
}

package enum OutgoingChannel: String, Choosable {
    case none = "", encrypted, registered, openMail = "open-mail", openTelephone = "open-telephone", privately, publicPlace = "public-place"

    package var words: Words {
        switch self {
        case .none: Words("", "")
        case .encrypted: Words("加密邮件", "encrypted mail")
        case .registered: Words("密封机要件", "sealed delivery")
        case .openMail: Words("明码邮件、短信", "open mail or message")
        case .openTelephone: Words("普通电话", "an open telephone")
        case .privately: Words("私人交往", "private dealings")
        case .publicPlace: Words("公共场所", "a public place")
        }
    }
    /// 三不准: by these nothing of a customer goes at all.
    var isForbidden: Bool { self == .privately || self == .publicPlace }
    var isOpen: Bool { self == .openMail || self == .openTelephone }
}
