import Identifiers
import Kernel
import WorkCalendar

/// 客户档案: the file of one customer in the archive (第3条, 第4条). Its code, its place and what it lacks are the system's to say.
package struct CustomerFile: Document {
    package enum State: String, CaseIterable, Sendable { case open, closed, restricted, destroyed }
    package static let name = "customer-file"

    package var subclass = CustomerKind.unknown, customerClass = CustomerClass.unknown
    package var customer = ""
    package var person = ""
    package var creditCode = "", withoutCode = ""
    package var region = "", keywords = "", remark = ""
    package var owner = PersonID.none
    package var secrecy = SecrecyLevel.internal
    package var custodian = PersonID.none
    package var retention = RetentionTerm.unset
    package var contact = ID<FirstContact>.none
    package var copies = 1
    package var parts: [FilePart] = []

    package var referenceCode = "", lacking = "", warnings = ""
    /// 架-排-位, as the system gave it.
    package var shelf = ""
    package var discShelf = ""
    package var closedOn: Day?
    /// What an appraisal decided.
    package var keptUntil: Day?

    package init() {}

    /// The name stands on no label, list or tab where it is personal or classified: the code does.
    package var title: String { secrecy.isClassified || subclass == .individual ? referenceCode : customer }

    package static let form = Form<CustomerFile>(
        "客户档案", "Customer file", number: "客档",
        states: [
            .open: .done("已建档", "On file"), .closed: .done("已结档", "Closed"),
            .restricted: .done("限制处理", "Restricted"), .destroyed: .done("已销毁", "Destroyed"),
        ],
        readers: [.archive, .named(\CustomerFile.custodian)],
        reserved: .verbs(
            .print, .export, .copy, .lend, from: .secret, under: confidentiality[23],
            keepers: [.informationSupervisor, .serviceManager, .custodian],
            copies: ControlledCopy.self, stated: .ofCustomers),
        destructible: true, described + ofTheSystem)

    private static let described: [Field<CustomerFile>] = [
        .choice(\.subclass, "客户子类", "Kind of customer").indexed().listed(),
        .text(\.customer, "客户名称", "Customer").optional().onceFilled().searched().listed().hint(
            "个人客户请填“客户姓名”", "for an individual, fill in the name below"),
        .name(\.person, "客户姓名", "Name of the individual").optional().onceFilled().hint("仅个人客户填写", "for an individual only"),
        .text(\.creditCode, "统一社会信用代码", "Credit code").optional().onceFilled().code().indexed { CreditCode.normalForm($0) ?? $0 },
        .text(\.withoutCode, "无统一社会信用代码的原因", "Why there is no credit code").optional().onceFilled()
            .hint("例如境外机构", "for example an organisation abroad"),
        .text(\.region, "地区", "Region").optional().indexed().searched().listed(),
        .person(\.owner, "业务负责人", "Owner").optional().listed(),
        .text(\.keywords, "主题词", "Keywords").optional().searched(),
        .choice(\.secrecy, "密级", "Level").optional().indexed().hint("不选为内部", "none chosen: internal"),
        .person(\.custodian, "专管人", "Custodian").optional().onceFilled().hint("机密、绝密档案须指定", "for classified files"),
        .choice(\.retention, "保管期限", "Retention").optional().indexed()
            .hint("不选：公开档案10年，其他30年", "none chosen: 10 years for public files, 30 for others"),
        .reference(\.contact, "首次接触登记", "First contact").optional().onceFilled(),
        .whole(\.copies, "份数", "Copies", in: 0...99),
        .lines(\.parts, "档案材料", "Parts").optional(),
    ]

    private static let ofTheSystem: [Field<CustomerFile>] = [
        .choice(\.customerClass, "客户类别", "Class").optional().indexed(),
        .text(\.referenceCode, "档号", "Reference code").optional().indexed(by: ReferenceCode.normalForm).searched().listed(),
        .text(\.shelf, "存放位置", "Shelf").optional().indexed().listed(),
        .text(\.discShelf, "盘带位置", "Place of discs and tapes").optional().indexed().onceFilled(),
        .text(\.remark, "备注", "Remark").optional().listed(),
        .text(\.lacking, "尚缺材料", "What it lacks").optional().onceFilled(),
        .text(\.warnings, "核对提示", "To be checked").optional().onceFilled(),
        .day(\.closedOn, "结档日期", "Closed on").optional().onceFilled(),
        .day(\.keptUntil, "延长保管至", "Kept until").optional().onceFilled(),
    ]

    /// 第4条: a file that is not up to its standard shows until it is.
    static let incomplete = Finding(
        "file-incomplete", "客户档案材料不齐", "A customer file is not complete", under: confidentiality[4], in: CustomerFile.State.open,
        by: .post(.informationSpecialist)
    ) { (file: CustomerFile, _) in !file.lacking.isEmpty }

    /// 第7条: what the system found no slot for.
    static let unshelved = Finding(
        "file-unshelved", "客户档案尚未上架", "A customer file has no place", under: confidentiality[7],
        in: CustomerFile.State.open, .closed, by: .post(.archivist)
    ) { (file: CustomerFile, _) in file.shelf.isEmpty }

    /// 第22条: what is classified is kept by somebody who is there, and cleared for it.
    static let unkept = Finding(
        "file-unkept", "密级档案没有在岗的专管人", "A classified file has no custodian in service", under: confidentiality[22],
        in: CustomerFile.State.open, .closed, by: .post(.informationSupervisor)
    ) { (file: Found<CustomerFile>, book) in try file.value.secrecy.isClassified && !file.value.isKept(book) }

    package static let openFile = Step<CustomerFile>(
        "open", "建档", "Open a file", to: .open, by: .post(.informationSpecialist), under: confidentiality[4], confidentiality[3],
        confidentiality[5], confidentiality[6],
        fields: [
            \.subclass, \.customer, \.person, \.creditCode, \.withoutCode, \.region, \.owner, \.keywords, \.secrecy, \.custodian,
            \.retention, \.contact, \.copies, \.parts,
        ]
    ) { file, act in try file.open(act) }.checking { file, check in file.checkOpening(check) }

    package static let supplement = Step<CustomerFile>(
        "supplement", "补充材料", "Add parts", from: .open, to: nil, by: .either(.informationSpecialist, .archivist),
        under: confidentiality[4], confidentiality[8], fields: [\.parts], isOptional: true
    ) { file, act in
        try file.follow(act)
        try Placing.place(&file, act)
    }

    package static let amend = Step<CustomerFile>(
        "amend", "更正份数、著录", "Correct copies or description", from: .open, to: nil, by: .post(.informationSpecialist),
        under: confidentiality[4], fields: [\.copies, \.region, \.owner, \.keywords], isOptional: true
    ) { file, act in
        let out = try Loan.out(of: ID(act.record.id), act).reduce(0) { $0 + $1.value.copies }
        try act.require(file.copies >= out, "现有 \(out) 份借出，份数不能少于此数", "\(out) copies are on loan; there cannot be fewer")
    }
    package static let lose = Step<CustomerFile>(
        "lose", "遗失核减", "Copies lost", from: .open, to: nil, by: .system, under: confidentiality[20], isOptional: true, evenHeld: true)
    /// The system puts it where it belongs (第7条).
    package static let shelve = Step<CustomerFile>(
        "shelve", "上架", "Shelve", from: .open, .closed, to: nil, by: .system, under: confidentiality[7], isOptional: true, evenHeld: true)
    /// A part that was copied anew, or repaired, with what it is written with now (第8条, 第15条).
    package static let renewPart = Step<CustomerFile>(
        "renewPart", "材料重抄、修复", "Part renewed", from: .open, .closed, to: nil, by: .system, under: confidentiality[8], isOptional: true)
    /// Another level, once it is approved (第22条): its texts go with it.
    package static let changeLevel = Step<CustomerFile>(
        "changeLevel", "变更密级", "Change the level", from: .open, .closed, to: nil, by: .system, under: confidentiality[22], isOptional: true,
        evenHeld: true
    ) { file, act in try file.changeLevel(act) }

    /// 结档: the customer has gone; the term of keeping runs from the year after.
    /// 上架: once there is room.
    package static let findPlace = Step<CustomerFile>(
        "findPlace", "安排架位", "Give it a place", from: .open, .closed, to: nil, by: .either(.archivist, .informationSpecialist),
        under: confidentiality[7], isOptional: true, evenHeld: true
    ) { file, act in
        try Placing.place(&file, act)
        try act.require(
            !file.shelf.isEmpty, "没有可放此类档案的空位，请先登记档案架或编制倒架计划",
            "No shelf that takes such files has a free slot; enter a shelf first, or plan a re-shelving run")
    }
    package static let close = Step<CustomerFile>(
        "close", "结档", "Close", from: .open, to: .closed, by: .post(.informationSpecialist), under: confidentiality[25],
        fields: [\.closedOn], isOptional: true
    ) { file, act in
        let day = file.closedOn ?? act.today
        try act.require(day <= act.today, "结档日期不能晚于今天", "It cannot have been closed after today")
        file.closedOn = day
    }
    package static let reopen = Step<CustomerFile>(
        "reopen", "恢复使用", "Reopen", from: .closed, to: .open, by: .post(.informationSpecialist), under: confidentiality[25],
        isOptional: true
    ) { file, _ in file.closedOn = nil }

    /// 专人管理: another custodian, where the one who was named has left or is away.
    package static let appoint = Step<CustomerFile>(
        "appoint", "另行指定专管人", "Name another custodian", from: .open, .closed, to: nil, by: .post(.informationSupervisor),
        when: { $0.value.secrecy.isClassified }, under: confidentiality[22], fields: [\.custodian], isOptional: true, evenHeld: true
    ) { file, act in try file.appoint(act) }

    package static let steps =
        [openFile, supplement, amend, lose, shelve, renewPart, changeLevel, findPlace, appoint, close, reopen] + ends
}
