import Kernel
import WorkCalendar

/// 培训课程: what sellers learn, with its material by edition (第九条). An edition that was approved stays beside those after it.
package struct SellerCourse: Document {
    package enum State: String, CaseIterable, Sendable { case drafted, inUse, revised, withdrawn }

    package var courseTitle = ""
    package var subject = CourseSubject.unknown
    package var hours = 0
    package var files: [FileReference] = []
    package var changes = ""
    package var editions: [MaterialEdition] = []
    package var reason = ""
    package init() {}

    package static let name = "seller-course"
    package var title: String { courseTitle }

    package static let form = Form<SellerCourse>(
        "培训课程", "Course", number: "课程",
        states: [
            .drafted: .open("待审核", "To be approved"), .inUse: .done("使用中", "In use"),
            .revised: .open("新版待审核", "New edition to be approved"),
            .withdrawn: .no("停用", "Withdrawn"),
        ],
        // Whoever learns reads the material.
        readers: [.either(.trainer, .customerService, .compliance, .backOffice, .teamLeader, .seller)],
        [
            .text(\.courseTitle, "课程名称", "Title").listed(), .choice(\.subject, "类别", "Subject").listed(),
            .whole(\.hours, "课时", "Class hours", in: 1...99).listed(),
            .files(\.files, "教材课件", "Material").hint("审核后成为新的版次", "once approved, the next edition"),
            .text(\.changes, "版次说明", "What is new").optional(),
            .lines(\.editions, "教材版次", "Editions").onceFilled(), .text(\.reason, "停用理由", "Why withdrawn").onceFilled(),
        ])

    package static let draft = Step<SellerCourse>(
        "draft", "编写课程", "Draft", to: .drafted, by: .post(.trainer), under: authenticity[9],
        fields: [\.courseTitle, \.subject, \.hours, \.files, \.changes]
    ) { course, act in
        let least = try act.parameter(.minimumTrainingHours)
        try act.require(
            course.subject != .applications || course.hours >= least, "投保单规范填写课程不少于 \(least) 个课时",
            "A course on filling in applications has \(least) class hours at least")
        course.addEdition(act)
    }
    package static let revise = Step<SellerCourse>(
        "revise", "更新教材", "Revise the material", from: .inUse, to: .revised, by: .post(.trainer), under: authenticity[9],
        fields: [\.files, \.changes], isOptional: true
    ) { course, act in
        try act.require(!course.changes.isEmpty, "请说明新版改了什么", "Say what is new in this edition")
        course.addEdition(act)
    }
    // 第九条: customer service assists: it has seen what goes wrong in applications.
    package static let approve = Step<SellerCourse>(
        "approve", "审核教材", "Approve", from: .drafted, .revised, to: .inUse, by: .post(.customerService), notBy: draft, revise,
        under: authenticity[9], fields: []
    ) { course, act in course.editions[course.editions.count - 1].approvedOn = act.today }
    package static let retire = Step<SellerCourse>(
        "retire", "停用", "Take out of use", from: .inUse, .revised, to: .withdrawn, by: .post(.trainer), under: authenticity[9],
        fields: [\.reason], isOptional: true)
    package static let steps = [draft, revise, approve, retire]

    private mutating func addEdition(_ act: Act) {
        var edition = MaterialEdition()
        (edition.edition, edition.files, edition.changes) = ((editions.last?.edition ?? 0) + 1, files, changes)
        (edition.by, edition.day) = (act.person, act.today)
        editions.append(edition)
    }

    /// The edition that classes are given by: the latest that was approved.
    var edition: Int { editions.last { $0.approvedOn != nil }?.edition ?? 0 }
}

/// 教材版次: what was taught from a day on.
package struct MaterialEdition: Line {
    package var edition = 0
    package var files: [FileReference] = []
    package var changes = ""
    package var by = PersonID.none
    package var day: Day?
    package var approvedOn: Day?
    package init() {}

    package static let fields: [Field<MaterialEdition>] = [
        .whole(\.edition, "版次", "Edition", in: 1...999), .files(\.files, "教材课件", "Material"),
        .text(\.changes, "说明", "What is new").optional(),
        .person(\.by, "编写人", "By"), .day(\.day, "日期", "Day"), .day(\.approvedOn, "审核日期", "Approved on").optional(),
    ]
}
