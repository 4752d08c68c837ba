import Kernel
import WorkCalendar

extension OutgoingDocument {
    private static var asked: [PartialKeyPath<OutgoingDocument>] {
        [
            \.subject, \.kind, \.direction, \.code, \.issuer, \.secrecy, \.urgency, \.recipients, \.cosigners, \.present, \.excused,
            \.attending,
            \.text, \.files,
        ]
    }
    private static var changed: [PartialKeyPath<OutgoingDocument>] { asked + [\OutgoingDocument.note] }

    package static let draft = Step<OutgoingDocument>(
        "draft", "拟稿", "Draft", to: .checking, by: .staff, under: school[16], school[21], fields: asked
    ) { document, act in document.takeDraft(act) }.checking { document, check in document.examine(check) }
    package static let check = Step<OutgoingDocument>(
        "check", "核稿", "Check", from: .checking, to: .checked, by: .any([.office, .post(.administrativeSpecialist)]), notBy: draft,
        under: school[16], fields: [])
    package static let cosign = Step<OutgoingDocument>(
        "cosign", "会签", "Cosign", from: .checked, to: .cosigned, by: .each(\OutgoingDocument.cosigners),
        when: { !$0.value.cosigners.isEmpty }, under: school[16], fields: [], signs: true)
    /// Needs a name, an opinion and a full date; the latter two stand in the ledger with it.
    package static let sign = Step<OutgoingDocument>(
        "sign", "签发", "Sign", from: .checked, .cosigned, to: .signed, by: .management, notBy: draft, check,
        when: { $0.state == .cosigned || $0.value.cosigners.isEmpty }, under: school[16], fields: [\.opinion, \.documentDay], signs: true
    ) { document, act in
        if document.opinion.isEmpty { document.opinion = "同意" }
        try act.require(
            document.documentDay.map { $0 <= act.today } ?? true, "成文日期不能晚于签发之日", "The document cannot bear a day after the signature")
        document.documentDay = document.documentDay ?? act.today
        (document.signer, document.signedDigest) = (act.person, document.digest)
    }
    /// A change of substance goes back to the signer.
    package static let amend = Step<OutgoingDocument>(
        "amend", "修改文稿", "Amend", from: .checking, .checked, .cosigned, .signed, to: .checking,
        by: .any([.requester, .office, .post(.administrativeSpecialist)]), under: school[16], fields: changed,
        isOptional: true
    ) { document, act in
        document.takeDraft(act)
        (document.signedDigest, document.signer, document.documentDay, document.opinion) = ("", .none, nil, "")
    }.checking { document, check in document.examine(check) }
    /// The number is of the year of the day that the document bears; once its book is closed there is none to be had.
    package static let number = Step<OutgoingDocument>(
        "number", "复核、登记编号", "Check again and number", from: .signed, to: .numbered, by: .office, notBy: draft, under: school[16],
        fields: [], isIrrevocable: true
    ) { document, act in
        try act.require(
            document.digest == document.signedDigest, "文稿与签发稿不一致，请退回签发人重新签发",
            "The text is not the one that was signed; it goes back to the signer")
        let isRetired = try NumberBook.isRetired(document.code, act)
        try act.require(
            !isRetired, "发文机关代字“\(document.code)”已随单位撤并停用，不能再编号；请改用接收单位的代字，重新签发",
            "The code \(document.code) was retired with its unit; use that of the unit that took over, and have it signed again")
        let year = document.documentDay?.year ?? act.today.year
        let isClosed = try act.count(\NumberBook.series, is: NumberBook.series(document.code, year), in: .closed) > 0
        try act.require(
            !isClosed, "\(document.code)〔\(year)〕文号簿已封簿，不能再编号；请报信息室主任处理，或以新的成文日期重新签发",
            "The number book \(document.code)〔\(year)〕 is closed; ask the head of the office, or have it signed with a new day")
        act.number(document.code, year: year)
    }
    package static let print = Step<OutgoingDocument>(
        "issue", "印制", "Print", from: .numbered, to: .printed, by: .any([.office, .post(.administrativeSpecialist)]), under: school[16],
        fields: [\.copyCount, \.printedOn]
    ) { document, act in
        document.printedOn = document.printedOn ?? act.today
        if document.secrecy.isConfidential {
            document.copies = (1...document.copyCount).map { serial in
                var copy = CopyNumber()
                copy.serial = String(repeating: "0", count: max(0, 6 - String(serial).count)) + String(serial)
                return copy
            }
        }
    }.checking { document, check in
        check.require(document.copyCount > 0, "请填写印制份数", "Say how many copies", at: \.copyCount)
        let printed = document.printedOn ?? check.act.today
        check.require(
            document.documentDay.map { $0 <= printed } ?? false, "印发日期不能早于成文日期", "It is not printed before the day that it bears",
            at: \.printedOn)
    }
    /// By the keeper of the seal, on a request for this document.
    package static let seal = Step<OutgoingDocument>("seal", "用印", "Seal", from: .printed, to: .sealed, by: .system, under: school[16])
    package static let distribute = Step<OutgoingDocument>(
        "distribute", "核发分发", "Send out", from: .printed, .sealed, to: .distributed,
        by: .any([.office, .post(.administrativeSpecialist)]), when: { $0.state == .sealed || !$0.value.kind.isSealed }, under: school[16],
        fields: [\.copies], isIrrevocable: true
    ) { document, act in
        try act.require(
            document.copies.count == (document.secrecy.isConfidential ? document.copyCount : 0) || !document.secrecy.isConfidential,
            "受控、核心文件每份都须有份号", "Each copy of a confidential document has its number")
        try act.require(
            !document.secrecy.isConfidential || document.copies.allSatisfy { !$0.holder.isEmpty }, "受控、核心文件每份都须写明持有人",
            "Say who has each copy of a confidential document")
    }
    /// What the recipients sent back; what stands there stays.
    package static let acknowledge = Step<OutgoingDocument>(
        "acknowledge", "登记签收回执", "Enter receipts", from: .distributed, .filed, to: nil,
        by: .any([.office, .post(.administrativeSpecialist)]), under: school[16], fields: [\.receipts], isOptional: true
    ) { document, act in
        let known = try act.load(ID<OutgoingDocument>(act.record.id))?.value.receipts.map(\.said) ?? []
        let issued = document.printedOn ?? act.today
        try act.require(
            document.receipts.prefix(known.count).map(\.said) == known && document.receipts.count > known.count,
            "已登记的回执不能改动，请在其后补登本次回执", "What stands there stays; add the new receipts below")
        try act.require(
            document.receipts.allSatisfy { $0.day.map { issued <= $0 && $0 <= act.today } ?? false },
            "签收日期须在印发之后，且不晚于今天", "It is signed for after it was printed, and not after today")
    }
    /// Numbered copies come back one by one.
    package static let collect = Step<OutgoingDocument>(
        "collect", "收回份数", "Take copies back", from: .distributed, .filed, .void, to: nil,
        by: .any([.office, .post(.administrativeSpecialist)]), when: { !$0.value.copies.isEmpty }, under: school[16], fields: [\.copies],
        isOptional: true
    ) { document, act in
        let known = try act.load(ID<OutgoingDocument>(act.record.id))?.value.copies ?? []
        try act.require(
            document.copies.map(\.said) == known.map(\.said), "份号和持有人不能改动，只登记是否收回", "Copies and holders stay; say which came back")
        try act.require(
            zip(document.copies, known).allSatisfy { $0.isReturned || !$1.isReturned }, "已收回的份数不能改为未收回", "What came back has come back")
        try act.require(
            zip(document.copies, known).contains { $0.isReturned && !$1.isReturned }, "请勾选本次收回的份号", "Say which copies came back")
    }
    package static let file = Step<OutgoingDocument>(
        "archive", "归档", "File", from: .distributed, to: .filed, by: .office, under: school[16], fields: []
    ) { document, act in
        let title = document.secrecy.isConfidential ? "[发文]" : document.subject
        try ArchiveEntry.enter(title, document.secrecy, number: act.record.number ?? "", author: document.issuer, act)
    }
    /// Its number is burnt and stays in the series.
    package static let cancel = Step<OutgoingDocument>(
        "void", "作废", "Make void", from: .signed, .numbered, .printed, .sealed, .distributed, to: .void,
        by: .any([.management, .post(.informationOffice)]), under: school[16], fields: [\.reason], isOptional: true
    ) { document, act in try act.require(!document.reason.isEmpty, "请写明作废理由，文号保留", "Say why; the number stays") }

    package static let steps = [
        draft, check, cosign, sign, amend, number, print, seal, distribute, acknowledge, collect, file, cancel,
    ]
}

extension Receipt {
    fileprivate var said: String { "\(name)\n\(by)\n\(day?.description ?? "")\n\(copies)" }
}

extension CopyNumber {
    fileprivate var said: String { "\(serial)\n\(holder)" }
}
