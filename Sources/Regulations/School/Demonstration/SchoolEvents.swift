import Kernel
import Practices
import WorkCalendar

/// What happens once or now and then in the invented school.
extension SchoolDemonstration {
    private func letter(_ subject: String, _ text: String) -> [String: JSONValue] {
        [
            "subject": .text(subject), "kind": .text("notice"), "direction": .text("down"), "code": .text("育才校发"), "issuer": .text("育才学校"),
            "secrecy": .text("internal"), "recipients": .list([record([("name", .text("各工作点")), ("relation", .text("down"))])]),
            "text": .text(text),
        ]
    }

    private func signed(_ subject: String, _ text: String) async throws -> Int64 {
        let id = try await desk.take(OutgoingDocument.draft, input: letter(subject, text), by: office.administrativeSpecialist).id
        try await desk.take(OutgoingDocument.check, on: id, by: office.clerk)
        try await desk.take(OutgoingDocument.sign, on: id, input: ["opinion": .text("同意")], by: office.manager)
        return id
    }

    func besides(_ number: Int, at now: Moment) async throws {
        let today = now.day
        switch number {
        case 0:
            if try await desk.all(Seal.self).isEmpty { try await keepSeal() }
            try await desk.take(
                OfficeEquipment.register,
                input: [
                    "kind": .text("copier"), "label": .text("数码复印机"), "serial": .text("YC-0001"), "place": .text("行政楼一层"),
                    "keeper": person(office.keeper),
                ], by: office.administrativeSpecialist)
            try await desk.take(
                DoorKey.give,
                input: ["label": .text("教务部资料柜"), "place": .text("教学楼二层"), "pieces": .whole(2), "keeper": person(office.teacher)],
                by: office.administrativeSpecialist)
        case 1: try await issue("关于做好开学工作的通知")
        case 2: _ = try await signed("关于调整作息时间的通知", "自下周一起执行新的作息时间。")
        case 3:
            let id = try await signed("关于开展教学竞赛的通知", "竞赛办法见附件。")
            try await desk.take(OutgoingDocument.number, on: id, by: office.clerk)
            try await desk.take(OutgoingDocument.cancel, on: id, input: ["reason": .text("印制错误，重新行文")], by: office.officeHead)
        case 4: try await receive("关于开展安全检查的通知", today)
        case 5:
            let point = record([
                ("what", .text("修订档案管理细则")), ("owner", person(office.administrativeSpecialist)),
                ("due", .text(today.adding(days: 20).description)),
            ])
            let meeting = try await desk.take(
                ManagementMeeting.minute,
                input: [
                    "day": .text(today.description), "chair": person(office.manager), "present": .text("各部门负责人"),
                    "discussion": .text("会议听取了信息室工作汇报。"), "points": .list([point]),
                ], by: office.clerk
            ).id
            try await desk.take(ManagementMeeting.sign, on: meeting, by: office.manager)
        case 6:
            let id = try await desk.take(
                IntroductionLetter.request,
                input: [
                    "addressee": .text("区教育局"), "bearer": .text("薛鹏"), "bearerPost": .text("教师"), "persons": .whole(2),
                    "matter": .text("联系教研活动"),
                    "validUntil": .text(today.adding(days: 7).description),
                ], by: office.secondTeacher
            ).id
            try await desk.take(IntroductionLetter.issue, on: id, by: office.dean)
        case 7:
            let id = try await desk.take(
                SupervisionVisit.plan,
                input: ["visited": .whole(office.east.raw), "day": .text(today.description), "purpose": .text("检查信息登记")],
                by: office.administrativeSpecialist
            ).id
            let line = record([("what", .text("收文未逐件登记")), ("due", .text(today.adding(days: 10).description))])
            try await desk.take(
                SupervisionVisit.carryOut, on: id, input: ["record": .text("查看登记簿"), "observations": .list([line])],
                by: office.administrativeSpecialist)
        default: break
        }
        try await keepRota(now)
        if number % 5 == 2 { try await duty(number, now) }
        if number % 6 == 4 { try await copy(number) }
    }

    /// From the draft to the seal and the archive.
    func issue(_ subject: String) async throws {
        let id = try await signed(subject, "现将有关事项通知如下。\n一、按时报到。\n二、做好登记。")
        try await desk.take(OutgoingDocument.number, on: id, by: office.clerk)
        try await desk.take(OutgoingDocument.print, on: id, input: ["copyCount": .whole(4)], by: office.clerk)
        guard let seal = try await desk.all(Seal.self).first else { return }
        let request = try await desk.take(
            SealRequest.request,
            input: [
                "seal": .whole(seal.id.raw), "document": .whole(id), "subject": .text(subject), "purpose": .text("印发"), "copies": .whole(4),
            ], by: office.administrativeSpecialist
        ).id
        try await desk.take(SealRequest.approve, on: request, by: office.manager)
        try await desk.take(SealRequest.stamp, on: request, input: ["count": .whole(4), "present": .text("肖芸")], by: office.keeper)
        try await desk.take(OutgoingDocument.distribute, on: id, by: office.clerk)
        try await desk.take(OutgoingDocument.file, on: id, by: office.clerk)
    }

    func keepSeal() async throws {
        try await desk.take(
            Seal.register, input: ["label": .text("育才学校公章"), "issuer": .text("育才学校"), "custodian": person(office.keeper)],
            by: office.officeHead)
    }

    func receive(_ subject: String, _ today: Day) async throws {
        let id = try await desk.take(
            IncomingDocument.receive,
            input: [
                "sender": .text("区教育局（演示）"), "theirNumber": .text("区教发〔\(today.year)〕\(today.month + today.day)号"),
                "subject": .text(subject), "kind": .text("notice"), "direction": .text("down"), "secrecy": .text("internal"),
                "copies": .whole(1),
            ], by: office.clerk
        ).id
        for step in [IncomingDocument.register, IncomingDocument.vet] { try await desk.take(step, on: id, by: office.clerk) }
        try await desk.take(IncomingDocument.propose, on: id, input: ["proposal": .text("拟请教务部办理")], by: office.clerk)
        try await desk.take(
            IncomingDocument.decide, on: id,
            input: [
                "decision": .text("同意"), "lead": .whole(office.teaching.raw), "limit": .text(today.adding(days: 5).description),
                "readers": people(office.eastHead, office.westHead),
            ], by: office.manager)
    }

    func copy(_ number: Int) async throws {
        let subjects = ["期中试卷", "家长会通知", "教研资料"]
        let input: [String: JSONValue] = [
            "subject": .text(subjects[number / 6 % subjects.count]), "secrecy": .text("internal"), "pages": .whole(6), "copies": .whole(40),
        ]
        let id = try await desk.take(PrintJob.request, input: input, by: office.teacher).id
        if number % 12 == 4 { try await desk.take(PrintJob.finish, on: id, by: office.administrativeSpecialist) }
    }

    /// Whoever was on duty hands over in the morning.
    private func keepRota(_ now: Moment) async throws {
        for row in try await rows(DutyShift.name, ["planned"], by: office.officeHead) {
            guard let from = row.values["from"]?.text.flatMap({ Moment(iso: $0) }), from < now,
                let onDuty = row.values["person"]?.whole.map({ Principal(PersonID($0)) })
            else { continue }
            try await desk.take(DutyShift.begin, on: row.id, by: onDuty)
            try await desk.take(
                DutyShift.handOver, on: row.id, input: ["property": .text("钥匙两把、手电一支"), "next": person(office.clerk)], by: onDuty)
            try await desk.take(DutyShift.takeOver, on: row.id, by: office.clerk)
        }
    }

    private func duty(_ number: Int, _ now: Moment) async throws {
        let from = Moment.startOfDay(now.day.adding(days: 1)).adding(hours: 18)
        let planned: [String: JSONValue] = [
            "from": .text(from.description), "until": .text(from.adding(hours: 12).description), "leader": person(office.dean),
        ]
        let shift = try await desk.take(
            DutyShift.plan, input: planned.merging(["person": person(office.teacher)]) { $1 }, by: office.clerk
        ).id
        let swap = try await desk.take(
            ShiftSwap.propose,
            input: ["shift": .whole(shift), "colleague": person(office.secondTeacher), "reason": .text("外出教研")], by: office.teacher
        ).id
        if number % 10 == 2 { return _ = try await desk.take(ShiftSwap.agree, on: swap, by: office.secondTeacher) }
        if number % 20 == 7 {
            try await desk.take(ShiftSwap.decline, on: swap, input: ["answer": .text("当晚已有安排")], by: office.secondTeacher)
        }
    }

    // MARK: People

    func people(_ number: Int, at now: Moment) async throws {
        switch number {
        case 3:
            let id = try await desk.take(
                Publication.request, input: ["heading": .text("秋季招生公告"), "channel": .text("学校网站"), "text": .text("秋季班九月一日开课，即日起报名。")],
                by: office.marketSpecialist
            ).id
            try await desk.take(Publication.approve, on: id, by: office.director)
            try await desk.take(Publication.publish, on: id, by: office.marketSpecialist)
        case 4:
            let file = try await desk.take(
                StudentFile.enter,
                input: [
                    "student": .text("覃晓（演示）"), "birthday": .text("2008-03-02"), "telephone": .text("13712340022"), "course": .text("英语"),
                    "email": .text("qinxiao@example.org"),
                ],
                by: office.marketSpecialist
            ).id
            let id = try await desk.take(
                CustomerLetter.draft,
                input: ["student": .whole(file), "heading": .text("课程安排说明"), "text": .text("您好，秋季课程安排如下。"), "way": .text("mail")],
                by: office.marketSpecialist
            ).id
            try await desk.take(CustomerLetter.approve, on: id, by: office.director)
        case 5:
            try await desk.take(
                IndustryEntry.enter,
                input: [
                    "subject": .text("competitor"), "about": .text("启明培训（演示）"), "source": .text("其公开网页"), "day": .text(now.day.description),
                    "reliability": .text("probable"), "content": .text("新开两处教学点。"),
                ], by: office.marketSpecialist)
        case 6:
            try await desk.take(
                BreachReport.report,
                input: ["matter": .text("secrecy"), "accused": person(office.eastTeacher), "facts": .text("把学员名单发到私人邮箱。")],
                by: office.eastHead)
        case 7:
            try await desk.take(
                StaffHandover.open,
                input: [
                    "leaver": person(office.secondTeacher), "successor": person(office.teacher), "supervisor": person(office.dean),
                    "lastDay": .text(now.day.adding(days: 20).description), "grounds": .text("调往东城工作点"),
                ], by: office.dean)
        case 8:
            try await desk.take(
                ImprovementProposal.file, input: ["subject": .text("统一收文登记"), "text": .text("建议各工作点用同一登记格式。")], by: office.eastTeacher)
            try await desk.take(
                Commendation.propose, input: ["person": person(office.clerk), "deed": .text("坚持逐件登记"), "reward": .text("通报表扬")],
                by: office.officeHead)
        case 9:
            let from = Moment.startOfDay(now.day.adding(days: 3)).adding(hours: 14)
            try await desk.take(
                TrainingSession.plan,
                input: [
                    "subject": .text("信息保密与公文处理"), "place": .text("多功能厅"), "teacher": .text("谭威"), "from": .text(from.description),
                    "until": .text(from.adding(hours: 2).description),
                    "invited": people(office.teacher, office.eastTeacher, office.westReporter),
                ], by: office.administrativeSpecialist)
            try await desk.take(
                AssignedTask.assign,
                input: [
                    "what": .text("整理荣誉档案"), "owner": person(office.administrativeSpecialist),
                    "due": .text(now.day.adding(days: 3).description),
                ],
                by: office.manager)
            try await desk.take(
                WrittenDraft.write,
                input: ["subject": .text("信息工作年度总结"), "text": .text("一、基本情况。"), "reviewer": person(office.officeHead)],
                by: office.administrativeSpecialist)
        case 10: try await undertake()
        case 11:
            // About the general manager: it goes to whoever stands above the school.
            try await desk.take(
                BreachReport.report,
                input: ["matter": .text("obstruction"), "accused": person(office.manager), "facts": .text("要求信息人员越过登记直接传送材料。")],
                by: office.westReporter)
        default: break
        }
    }

    /// The rules for information staff: drafted by the head of the office, approved by the general manager, signed by most.
    private func undertake() async throws {
        let texts = ["逐件登记，按时传送，当日签收。", "按年度归档；借阅登记，按期归还。", "设备专人使用，下班关机断电。", "不私自传送、带走机密信息；调离前办清交接。"]
        for (rule, text) in zip(try await rows(SignedRule.name, ["draft"], by: office.manager), texts) {
            try await desk.take(
                SignedRule.draft, on: rule.id,
                input: ["heading": .text(rule.values["heading"]?.text ?? ""), "signingDays": .whole(7), "text": .text(text)],
                by: office.officeHead)
            try await desk.take(SignedRule.approve, on: rule.id, by: office.manager)
        }
        for paper in try await rows(Undertaking.name, ["open"], by: office.manager).dropLast(3) {
            guard let person = paper.values["person"]?.whole else { continue }
            try await desk.take(Undertaking.sign, on: paper.id, by: Principal(PersonID(person)))
        }
    }
}
