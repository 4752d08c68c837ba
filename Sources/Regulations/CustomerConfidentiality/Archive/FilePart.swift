import Kernel
import WorkCalendar

/// 档案材料: one paper, disc or picture in a customer's file, with what it is made of (第4条, 第8条).
package struct FilePart: Line {
    package var kind = PartKind.unknown
    package var title = ""
    /// 文号、责任者.
    package var number = "", author = ""
    package var dated: Day?
    package var pages = 0
    package var medium = Medium.unknown
    package var ink = Ink.unknown
    package var files: [FileReference] = []
    package var remark = ""
    package init() {}

    package static let fields: [Field<FilePart>] = [
        .choice(\.kind, "材料种类", "Kind"), .text(\.title, "题名", "Title").optional().searched(),
        .text(\.number, "文号", "Document number").optional(), .text(\.author, "责任者", "Author").optional(),
        .day(\.dated, "日期", "Date").optional(),
        .whole(\.pages, "页数", "Pages", in: 1...9999).optional(), .choice(\.medium, "载体", "Medium").optional(),
        .choice(\.ink, "书写材料", "Ink").optional(), .text(\.remark, "备注", "Remark").optional(),
        .files(\.files, "扫描件、附件", "Scans and attachments").optional(),
    ]

    /// What it is called in a list.
    var name: Words { title.isEmpty ? kind.words : Words(title, title) }
}

/// 材料种类.
package enum PartKind: String, Choosable {
    case unknown = "", card, licence, identity, creditReport = "credit-report", contract, licenceOfPractice = "practice-licence"
    case engagement, secrecy, account, policy, correspondence, other

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .card: Words("客户基本信息表", "Customer card")
        case .licence: Words("营业执照", "Business licence")
        case .identity: Words("身份证明", "Proof of identity")
        case .creditReport: Words("资信调查", "Credit report")
        case .contract: Words("合同", "Contract")
        case .licenceOfPractice: Words("执业证书", "Licence of practice")
        case .engagement: Words("委托或服务协议", "Engagement agreement")
        case .secrecy: Words("保密协议", "Secrecy agreement")
        case .account: Words("账户资料", "Account papers")
        case .policy: Words("保险单证", "Insurance papers")
        case .correspondence: Words("往来函件", "Correspondence")
        case .other: Words("其他", "Other")
        }
    }
}

/// 载体.
package enum Medium: String, Choosable {
    case unknown = "", paper, photograph, tape, disc, electronic

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .paper: Words("纸质", "Paper")
        case .photograph: Words("照片", "Photograph")
        case .tape: Words("磁带", "Tape")
        case .disc: Words("光盘", "Disc")
        case .electronic: Words("电子文件", "Electronic file")
        }
    }
}

/// 书写材料 (第8条). What fades asks for a re-copy: ball-point, pencil, and pure blue ink, which DA/T 22 bans as well.
package enum Ink: String, Choosable {
    case unknown = "", carbon, print, blueBlack = "blue-black", ballPoint = "ball-point", pencil, pureBlue = "pure-blue"

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .carbon: Words("碳素墨水", "Carbon ink")
        case .print: Words("激光打印、印刷", "Laser print")
        case .blueBlack: Words("蓝黑墨水", "Blue-black ink")
        case .ballPoint: Words("圆珠笔", "Ball-point")
        case .pencil: Words("铅笔", "Pencil")
        case .pureBlue: Words("纯蓝墨水", "Pure blue ink")
        }
    }

    package var isLasting: Bool { ![.ballPoint, .pencil, .pureBlue].contains(self) }
}

/// 档案标准: which parts a file of each kind must have (第4条).
package enum FileStandard {
    package static func required(_ kind: CustomerKind) -> [PartKind] {
        switch kind {
        case .unknown: []
        case .dealer: [.card, .licence, .contract, .creditReport]
        case .individual: [.card, .identity, .contract]
        case .lawyer, .adviser: [.card, .licenceOfPractice, .engagement, .secrecy]
        case .advertising, .publicRelations, .other: [.card, .licence, .engagement, .secrecy]
        case .bank: [.card, .licence, .account, .secrecy]
        case .insurer: [.card, .licence, .policy, .secrecy]
        }
    }

    /// What a file lacks; parts without title, date or a medium count as lacking what they do not say.
    package static func lacking(_ file: CustomerFile) -> [Words] {
        let missing = required(file.subclass).filter { kind in !file.parts.contains { $0.kind == kind } }.map(\.words)
        let unsaid = file.parts.filter { $0.medium == .unknown }.map {
            Words("“\($0.name.zh)”未著录载体", "“\($0.name.en)” names no medium")
        }
        return missing + unsaid
    }
}
