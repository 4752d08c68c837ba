import Kernel
import WorkCalendar

/// The months before the weeks that are told morning by morning.
extension FactoryDemonstration {
    /// A part of a week: its first morning and afternoon, then its second.
    package func remember(_ week: Int, _ part: Int, at now: Moment) async throws {
        switch part {
        case 0:
            if week == 0 { try await beginLedger(now) }
            for number in 0..<(1 + week % 3) { try await ask(week * 2 + number) }
            for ticket in try await rows(ServiceTicket.name, ["open"]) { try await take(ticket, week) }
            if week % 3 == 0 { try await goOnline(week, now) }
            if week % 4 == 1 { try await changePage(week) }
        case 1:
            for ticket in try await rows(ServiceTicket.name, ["assigned"]) {
                guard let helper = ticket.values["assignee"]?.whole else { continue }
                try await take(
                    ServiceTicket.solve, on: ticket.id, ["solution": .text("检查线路并更新驱动，恢复正常。")], by: Principal(PersonID(helper)))
            }
        case 2:
            for ticket in try await rows(ServiceTicket.name, ["solved"]) {
                let asker = Principal(PersonID(ticket.values["asker"]?.whole ?? ticket.creator.raw))
                try await take(ServiceTicket.confirm, on: ticket.id, ["satisfaction": .text(week % 6 == 4 ? "fair" : "good")], by: asker)
            }
            try await study(week, now)
            try await settleYear()
        default: break
        }
    }

    // MARK: The service desk

    func ask(_ number: Int) async throws {
        let matters = [("打印机脱机", "fault"), ("报表打不开", "question"), ("申请共享目录", "wish"), ("电脑运行慢", "fault"), ("网络时断时续", "fault")]
        let (subject, kind) = matters[number % matters.count]
        try await take(
            ServiceTicket.ask,
            [
                "subject": .text(subject), "what": .text("上班后出现，影响工作。"), "kind": .text(kind),
                "urgency": .text(["medium", "low", "high"][number % 3]),
            ],
            by: office.askers[number % office.askers.count])
    }

    private func take(_ ticket: DocumentRow, _ week: Int) async throws {
        let helper = week % 2 == 0 ? office.network : office.desk
        try await take(
            ServiceTicket.take, on: ticket.id, ["impact": .text(week % 7 == 3 ? "medium" : "low"), "assignee": person(helper)],
            by: office.desk)
    }

    // MARK: What is asked for

    private func goOnline(_ week: Int, _ now: Moment) async throws {
        let grant = try await take(
            InternetApplication.request,
            [
                "use": .text(["browse", "mail", "publish"][week / 3 % 3]), "purpose": .text(["查询供应商资料", "收发图纸", "发布产品信息"][week / 3 % 3]),
                "computer": .text("DJ24000\(1 + week % 3)"), "from": day(now, 0), "until": day(now, 28),
            ], by: office.askers[week / 3 % 3])
        if week % 9 == 6 {
            try await take(InternetApplication.refuse, on: grant, ["reason": .text("内网已有该资料")], by: office.director)
        } else {
            try await take(InternetApplication.approve, on: grant, by: office.director)
        }
    }

    private func changePage(_ week: Int) async throws {
        let pages = ["产品介绍", "招聘信息", "企业新闻"]
        let change = try await take(
            WebPageChange.request, ["page": .text(pages[week / 4 % 3]), "change": .text("更新本月内容")], by: office.clerk)
        try await take(WebPageChange.approve, on: change, ["isSecretChecked": .flag(true)], by: office.director)
        try await take(
            WebPageChange.publish, on: change, ["address": .text("http://www.dongjiang.example/\(week)")], by: office.network)
        try await take(WebPageChange.check, on: change, by: office.clerk)
        let exception = try await take(
            ITException.request,
            [
                "kind": .text("outsidePlan"), "subject": .text(["更换交换机电源", "补购网线", "维修投影仪"][week / 4 % 3]), "reason": .text("设备故障"),
                "amount": .text("\(800 + week * 20)"),
            ], by: office.director)
        try await take(ITException.approve, on: exception, by: office.leader)
    }

    // MARK: Study, and what falls due with a year

    private func study(_ week: Int, _ now: Moment) async throws {
        guard week % 3 == 2 else { return }
        let topics = ["数据备份与恢复", "交换机配置", "工业控制网络安全", "资产台账管理"]
        try await take(
            StudyRecord.enter,
            [
                "day": day(now, -1), "topic": .text(topics[week / 3 % 4]), "source": .text("厂商培训材料"), "hours": .whole(Int64(2 + week % 4)),
                "gain": .text("能独立操作"),
            ], by: [office.network, office.desk, office.assets][week / 3 % 3])
        try await take(
            CoachingRecord.write,
            [
                "day": day(now, 0), "department": .whole(office.workshop.raw), "system": .text("生产管理系统"),
                "topic": .text("报工操作"),
                "people": .list([person(office.worker)]),
            ], by: office.desk)
    }

    /// A few computers that were there before.
    private func beginLedger(_ now: Moment) async throws {
        for number in 1...3 {
            let asset = try await take(
                ITAsset.takeOver,
                [
                    "number": .text("DJ24000\(number)"), "what": .text("台式电脑"), "serial": .text("SN\(6000 + number)"),
                    "place": .text("物资仓库"),
                    "sealNo": .text("F\(900 + number)"), "note": .text("建账前已有"),
                ], by: office.director)
            let who = office.askers[number - 1]
            let move = try await take(
                AssetMove.order, ["kind": .text("allocate"), "asset": .whole(asset), "receiver": person(who), "toPlace": .text("一车间")],
                by: office.assets)
            try await take(AssetMove.accept, on: move, by: who)
        }
        for (number, check) in try await rows(AssetCheck.name, ["due"]).enumerated() {
            try await take(AssetCheck.pass, on: check.id, ["sealNo": .text("F\(901 + number)")], by: office.assets)
        }
    }

    private func settleYear() async throws {
        for summary in try await rows(StudySummary.name, ["due"]) {
            guard let who = summary.values["person"]?.whole else { continue }
            try await take(StudySummary.write, on: summary.id, ["summary": .text("全年学习按计划完成，已用于日常维护。")], by: Principal(PersonID(who)))
            try await take(StudySummary.read, on: summary.id, ["remark": .text("同意")], by: office.director)
        }
        for record in try await rows(CoachingRecord.name, ["written"], by: office.workshopHead) {
            try await take(CoachingRecord.confirm, on: record.id, ["outcome": .text("已会操作")], by: office.workshopHead)
        }
        for count in try await rows(Stocktake.name, ["planned"]) {
            try await take(Stocktake.start, on: count.id, by: office.assets)
            let books = try await desk.document(count.id, by: office.assets.person).row.values["books"]?.list ?? []
            let scans = books.map { Self.record(["number": $0["number"], "place": $0["place"]]) }
            try await take(Stocktake.scan, on: count.id, ["more": .list(scans)], by: office.assets)
            try await take(Stocktake.close, on: count.id, by: office.assets)
            try await take(Stocktake.finish, on: count.id, by: office.director)
        }
    }
}
