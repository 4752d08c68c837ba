import Kernel
import Practices
import WorkCalendar

/// Rooms, visitors, media and secrets; what the centre teaches and learns.
extension FactoryDemonstration {
    func rooms(_ now: Moment) async throws {
        for (label, leader, duty) in [("一车间电脑室", office.workshopHead, office.duty), ("二车间电脑室", office.secondHead, office.clerk)] {
            try await take(
                ComputerRoom.register,
                [
                    "label": .text(label), "place": .text("二楼"), "leader": person(leader), "onDuty": .list([person(duty)]),
                    "rules": .text("人离断电、关窗锁门；外来人员须经同意并有人陪同。"),
                ], by: office.director)
        }
        let rooms = try await rows("computer-room")
        try await take(ComputerRoom.sign, on: rooms[0].id, by: office.workshopHead)
        try await take(
            ComputerRoom.educate, on: rooms[0].id, ["topic": .text("防盗防火"), "attended": .list([person(office.duty)])],
            by: office.workshopHead)
        func item(_ kind: String, _ defect: String = "") -> JSONValue {
            Self.record(["kind": .text(kind), "isGood": .flag(defect.isEmpty), "defect": .text(defect)])
        }
        try await take(
            ProtectionCheck.check,
            ["room": .whole(rooms[0].id), "items": .list([item("window"), item("door", "锁芯松动"), item("extinguisher")])], by: office.duty)
        let visitor: [String: JSONValue] = [
            "visitor": .text("祁山"), "from": .text("恒达电脑（演示）"), "document": .text("身份证"), "purpose": .text("安装调试"),
            "room": .whole(rooms[0].id), "area": .text("机柜区"),
        ]
        let visit = try await take(RoomVisit.request, visitor, by: office.duty)
        try await take(RoomVisit.consent, on: visit, ["mayOperate": .flag(true)], by: office.workshopHead)
        try await take(RoomVisit.enter, on: visit, ["escort": person(office.worker)], by: office.duty)
        try await take(
            RoomVisit.leave, on: visit,
            ["operated": .flag(true), "operation": .text("安装系统"), "powerOff": .flag(true), "restored": .flag(true)], by: office.duty)
        try await take(RoomVisit.request, visitor.merging(["visitor": .text("毛宁")]) { $1 }, by: office.duty)
        let medium = try await take(
            SoftwareMedium.register,
            [
                "label": .text("DJ-M-01"), "software": .text("中望CAD"), "version": .text("2024"), "copies": .whole(2),
                "keeper": person(office.assets),
            ], by: office.assets)
        for who in [office.draughtsman, office.clerk] {
            let loan = try await take(
                MediumLoan.request,
                [
                    "medium": .whole(medium), "copies": .whole(1), "purpose": .text("安装"), "destination": .text("设计组"), "due": day(now, 5),
                ], by: who)
            if who == office.clerk { continue }
            try await take(MediumLoan.approve, on: loan, by: office.director)
            try await take(MediumLoan.lend, on: loan, by: office.assets)
        }
    }

    func learn(_ now: Moment) async throws {
        let quarter = Period(.quarter, of: now.day).description
        let line = Self.record([
            "topic": .text("防范钓鱼邮件"), "medium": .text("展板"), "owner": person(office.desk), "due": day(now, 9),
        ])
        try await take(
            PublicityPlan.issue, ["period": .text(quarter), "agreedWith": .text("宣传科同意"), "lines": .list([line])], by: office.director)
        let topic: [String: JSONValue] = [
            "year": .text(String(now.day.adding(days: 12).year)), "topic": .text("办公软件应用"), "day": day(now, 12),
            "teacher": person(office.desk),
            "invited": .list([person(office.worker), person(office.clerk)]),
        ]
        let session = try await take(TrainingSession.plan, topic, by: office.director)
        try await take(TrainingSession.prepare, on: session, ["material": .text("自编讲义"), "place": .text("三楼机房")], by: office.desk)
        let article = try await take(
            KnowledgeArticle.write,
            ["subject": .text("打印机脱机怎么办"), "symptom": .text("显示“脱机”"), "answer": .text("重启后台打印服务；仍不行请提服务单。")], by: office.desk)
        try await take(KnowledgeArticle.publish, on: article, by: office.network)
        try await take(
            CoachingRecord.write,
            [
                "day": day(now, 0), "department": .whole(office.workshop.raw), "system": .text("生产管理系统"), "topic": .text("报工操作"),
                "people": .list([person(office.worker)]), "article": .whole(article),
            ], by: office.desk)
        try await take(
            StudyRecord.enter,
            [
                "day": day(now, -1), "topic": .text("IPv6 部署"), "source": .text("标准文本"), "hours": .whole(6), "gain": .text("会划分网段"),
            ], by: office.network)
        let request = try await take(
            DevelopmentRequest.request, ["subject": .text("工时统计系统"), "need": .text("按订单统计工时")], by: office.worker)
        let items = try await rows("plan-item"), systems = try await rows("it-system")
        try await take(
            DevelopmentRequest.analyse, on: request,
            ["planItem": .whole(items[1].id), "systems": .list([.whole(systems[0].id)]), "platform": .text("内网网页")], by: office.network)
    }

    /// The plan by which the rooms are inspected: its first round begins the next day.
    func inspect() async throws {
        guard let plan = try await rows("inspection-plan", ["draft"], by: office.leader).first else { return }
        let places = [("一车间电脑室", office.workshopHead), ("二车间电脑室", office.secondHead)].map {
            Self.record(["place": .text($0.0), "owner": person($0.1)])
        }
        let items = ["电源线路", "门窗锁", "灭火器", "易燃物"].map { Self.record(["item": .text($0)]) }
        try await take(
            InspectionPlan.draft, on: plan.id,
            [
                "heading": .text("电脑部位安全检查"), "rhythm": .text("month"), "inspector": person(office.assets), "removalDays": .whole(5),
                "places": .list(places), "items": .list(items),
            ], by: office.assets)
        try await take(InspectionPlan.approve, on: plan.id, by: office.leader)
    }

    /// The operating rules: one leader drafts, the other approves, most sign.
    func undertake() async throws {
        guard let rule = try await rows("signed-rule", ["draft"], by: office.leader).first else { return }
        try await take(
            SignedRule.draft, on: rule.id,
            [
                "heading": .text("计算机操作规程承诺书"), "signingDays": .whole(7),
                "text": .text("按规程操作设备，不带电插拔；不私拉网线、不私接设备；不删改系统文件和他人文件；发现违规及时报告。"),
            ], by: office.deputy)
        try await take(SignedRule.approve, on: rule.id, by: office.leader)
        for paper in try await rows("undertaking", ["open"], by: office.leader).dropLast(3) {
            guard let person = paper.values["person"]?.whole else { continue }
            try await take(Undertaking.sign, on: paper.id, by: Principal(PersonID(person)))
        }
    }

    func secrets(_ now: Moment) async throws {
        guard let computer = try await rows("it-asset", ["inStock"]).first?.id else { return }
        try await take(
            SecrecyTraining.enter, ["person": person(office.draughtsman), "topic": .text("保密法规"), "day": day(now, -340)],
            by: office.director)
        let secret = try await take(
            SecretComputer.propose,
            [
                "asset": .whole(computer), "grade": .text("secret"), "leader": person(office.workshopHead),
                "custodian": person(office.draughtsman),
                "system": .text("专人专机，口令每月更换"), "isOffline": .flag(true), "hasNoWireless": .flag(true),
            ], by: office.assets)
        try await take(SecretComputer.look, on: secret, ["review": .text("符合要求")], by: office.leader)
        try await take(
            SecretComputer.setPassword, on: secret, ["lock": .text("password"), "length": .whole(12), "passwordSetOn": day(now, 0)],
            by: office.draughtsman)
        try await take(SecretComputer.mark, on: secret, by: office.director)
        try await take(
            OperationReport.report,
            ["kind": .text("cable"), "person": person(office.clerk), "happened": day(now, -1), "what": .text("私拉网线到休息室")],
            by: office.secondHead)
    }
}
