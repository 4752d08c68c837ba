import Kernel
import Tables

/// 附件文本: what was read out of a scan or an attachment, so that its file is found by it (第6条). It has the level and the readers of its
/// file; who finds it, finds that.
package struct AttachmentText: Document {
    package enum State: String, CaseIterable, Sendable { case kept, dropped, destroyed }
    package static let name = "attachment-text"
    package var file = ID<CustomerFile>.none
    package var referenceCode = "", part = "", digest = "", note = "", text = ""
    package var secrecy = SecrecyLevel.internal
    package var custodian = PersonID.none
    package init() {}
    package var title: String { referenceCode }

    package static let form = Form<AttachmentText>(
        "附件文本", "Text of an attachment",
        states: [
            .kept: .done("可检索", "Found by"), .dropped: .no("已撤下", "Taken out"),
            .destroyed: .done("已销毁", "Destroyed"),
        ],
        readers: [.archive, .named(\AttachmentText.custodian)],
        reserved: .verbs(
            .print, .export, .copy, from: .secret, under: confidentiality[23],
            keepers: [.informationSupervisor, .serviceManager, .custodian], stated: .ofCustomers),
        destructible: true,
        [
            .reference(\.file, "客户档案", "File").subject().listed(), .text(\.referenceCode, "档号", "Reference code").code(),
            .text(\.part, "材料", "Part").listed(), .text(\.digest, "附件校验值", "Digest").indexed(),
            .text(\.note, "提取说明", "Note").optional().listed(), .prose(\.text, "文本", "Text").optional().searched(),
            .choice(\.secrecy, "密级", "Level").optional(), .person(\.custodian, "专管人", "Custodian").optional().onceFilled(),
        ])

    package static let keep = Step<AttachmentText>(
        "keep", "提取文本", "Take the text out", to: .kept, by: .system, under: confidentiality[6]
    ) { text, act in act.raise(to: text.secrecy.level) }
    package static let drop = Step<AttachmentText>(
        "drop", "撤下", "Take out", from: .kept, to: .dropped, by: .system, under: confidentiality[6], isOptional: true
    ) { text, _ in text.text = "" }
    package static let changeLevel = Step<AttachmentText>(
        "changeLevel", "变更密级", "Change the level", from: .kept, .dropped, to: nil, by: .system, under: confidentiality[22], isOptional: true
    ) { text, act in act.raise(to: text.secrecy.level) }
    /// 文字识别: what a program reads on a picture. It helps to find the file, and is no evidence of what the picture says.
    package static let recognise = Step<AttachmentText>(
        "recognise", "识别图片文字", "Read the picture", from: .kept, to: nil, by: .either(.informationSpecialist, .archivist),
        under: confidentiality[6], fields: [\.text], isOptional: true
    ) { text, act in try text.takeRecognised(act) }
    /// With its file (第25条).
    package static let destroy = Step<AttachmentText>(
        "destroy", "销毁", "Destroy", from: .kept, .dropped, to: .destroyed, by: .system, under: confidentiality[25], isOptional: true)
    package static let steps = [keep, drop, changeLevel, recognise, destroy]

    /// What is read on a picture stands in the place of nothing, never of a text that was there.
    private mutating func takeRecognised(_ act: Act) throws {
        let before = try act.load(ID<AttachmentText>(act.record.id))?.value.text ?? ""
        try act.require(before.isEmpty, "该附件已有可检索的文本，不再识别", "The attachment has a text already; it is not read again")
        try requireOurs(text, part, act)
        text = String(text.prefix(Self.longest))
        note = Self.hint
    }

    static let hint = "图片文字由程序识别，仅供检索，不作为依据"

    private func requireOurs(_ text: String, _ name: String, _ act: Act) throws {
        try act.require(
            !StateSecret.isMarked(text), "附件“\(name)”带有国家秘密标志，不得存入本系统，请立即报告保密负责人并按国家秘密管理",
            "The attachment “\(name)” bears the mark of a state secret, which must not be kept here; report it at once",
            under: confidentiality[22])
    }

    /// Those of files: what is frozen is frozen with its texts.
    static func all(of files: [ID<CustomerFile>], _ act: Act) throws -> [ID<AttachmentText>] {
        try files.flatMap { try act.find(\AttachmentText.file, is: $0, limit: 10_000).map(\.id) }
    }

    /// What is longer is cut, and says so: a document holds one megabyte.
    static let longest = 200_000

    /// Keeps the texts of a file in step with its attachments.
    /// - Throws: a refusal where an attachment bears the mark of a state secret, which does not belong here.
    static func follow(_ file: CustomerFile, _ act: Act) throws {
        let id = ID<CustomerFile>(act.record.id)
        let known = try act.find(\AttachmentText.file, is: id, in: .kept, limit: 1000)
        let named = Set(file.parts.flatMap(\.files).map(\.digest))
        for text in known where !named.contains(text.value.digest) { try act.take(drop, on: text.id) }
        var taken = Set(known.map(\.value.digest))
        for part in file.parts {
            for attachment in part.files where taken.insert(attachment.digest).inserted {
                guard let content = try act.content(of: attachment) else { continue }
                let read = FileText.read(content, name: attachment.name)
                try act.require(
                    !StateSecret.isMarked(read.text) && !StateSecret.isMarked(attachment.name),
                    "附件“\(part.name.zh)”带有国家秘密标志，不得存入本系统，请立即报告保密负责人并按国家秘密管理",
                    "The attachment “\(part.name.en)” bears the mark of a state secret, which must not be kept here; report it at once",
                    under: confidentiality[22])
                var text = AttachmentText()
                (text.file, text.referenceCode, text.part) = (id, file.referenceCode, part.name.zh)
                (text.digest, text.secrecy, text.custodian) = (attachment.digest, file.secrecy, file.custodian)
                text.text = String(read.text.prefix(longest))
                text.note = (read.notes.map(\.zh) + (read.text.count > longest ? ["仅前 \(longest) 字可检索"] : [])).joined(separator: "；")
                try act.create(text, by: keep)
            }
        }
    }
}

/// 国家秘密标志: `绝密★30年`. The house's own marks never look so.
package enum StateSecret {
    package static func isMarked(_ text: String) -> Bool {
        let plain = text.filter { !$0.isWhitespace }
        return ["绝密★", "机密★", "秘密★", "绝密☆", "机密☆", "秘密☆"].contains { plain.contains($0) }
    }
}
