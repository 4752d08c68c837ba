import Kernel
import Print
import WorkCalendar

/// 总览 on paper: what the page shows, in figures alone, to be downloaded or to go by mail.
package struct OverviewPaper {
    let overview: Overview
    let catalogue: Catalogue
    let organisation: Organisation
    let person: PersonID
    let now: Moment
    /// Leaves the house: nothing classified was counted.
    let isMailed: Bool
    let l: Language

    /// The overview that is due to a person by mail. Its last month is that of the day before: on the first of a month the one that ended.
    /// - Returns: `nil` where the person has left or has nothing to sum up.
    package static func outgoing(of person: PersonID, dueOn day: Day, _ l: Language, _ desk: Desk) async throws -> OutgoingReport? {
        let organisation = try await desk.organisation(), now = desk.clock.now()
        let types = desk.catalogue.types.filter { OfferedTypes.mayRead($0, person, organisation, on: now.day) }
        if types.isEmpty { return nil }
        let overview = try await desk.overview(of: types.map(\.name), by: person, upTo: day.adding(days: -1), below: .secret)
        if overview.isEmpty { return nil }
        let paper = OverviewPaper(
            overview: overview, catalogue: desk.catalogue, organisation: organisation, person: person, now: now, isMailed: true, l: l)
        let report = paper.report
        let pdf = try await Press.shared.make { try ReportPrinter().pdf(report) }
        return OutgoingReport(name: "dianzhang-overview-\(day).pdf", pdf: pdf, texts: report.texts)
    }

    var name: String { "\(l("总览", "Overview")) \(now.day).pdf" }

    var report: PaperReport {
        let home = organisation.home(of: person, on: now.day).flatMap { organisation.lineage($0).last }
        let whose = organisation.name(person)[l]
        let counted =
            isMailed
            ? l("只计\(whose)可以查看的，不含涉密单据", "Only what \(whose) may read is counted, and nothing classified")
            : l("只计\(whose)可以查看的", "Only what \(whose) may read is counted")
        return PaperReport(
            organisation: home.map { organisation.name($0)[l] } ?? "", title: l("总览", "Overview"), left: counted,
            right: l("截至 \(l.day(now.day))", "As of \(l.day(now.day))"),
            parts: [totals] + OverviewSection.all(overview, catalogue.contents).flatMap(parts),
            foot: l("\(whose) \(l.moment(now)) 生成", "Made for \(whose), \(l.moment(now))"), words: l == .zh ? .zh : .en)
    }

    private var month: String { overview.months.last ?? "" }

    private var totals: PaperReport.Part {
        let totals = OverviewTotals(overview)
        let columns = [
            l("未结", "Open"), l("已逾期", "Overdue"), l("\(month) 登记", "Entered, \(month)"), l("\(month) 按时办结", "In time, \(month)"),
        ]
        let row = [
            l.count(totals.open), l.count(totals.overdue), l.count(totals.entered), l.share(totals.ended.inTime, of: totals.ended.all),
        ]
        return .table(title: l("合计", "In all"), columns: columns.map { .init($0) }, rows: [row])
    }

    private func parts(_ section: OverviewSection) -> [PaperReport.Part] {
        let title = section.contents.regulation.title[l]
        var parts: [PaperReport.Part] = []
        if !section.registers.isEmpty { parts.append(registers(section, title)) }
        if !section.matters.isEmpty { parts.append(matters(section)) }
        if section.entered.contains(where: { $0 > 0 }) || section.ended.contains(where: { $0.all > 0 }) { parts += trends(section) }
        return parts
    }

    private func registers(_ section: OverviewSection, _ title: String) -> PaperReport.Part {
        let columns: [PaperTable.Column] = [
            .init(l("登记簿", "Register"), share: 3), .init(l("未结", "Open")), .init(l("已逾期", "Overdue")),
            .init(l("逾期最多的单位", "Units with most overdue"), share: 3), .init(l("\(month) 登记", "Entered, \(month)"), share: 1.4),
            .init(l("按时办结（近一年）", "In time, one year"), share: 1.6),
        ]
        let rows = section.sorted.map { register -> [String] in
            let units = register.units.prefix(3).map { "\(organisation.name($0.unit)[l]) \(l.count($0.count))" }
            let many = l("一万以上", "more than 10,000"), uncounted = l("未计", "not counted"), year = register.year
            return [
                register.type.title[l], register.open.map(l.count) ?? uncounted, l.count(register.overdue),
                units.joined(separator: l("、", ", ")),
                register.months.map { l.count($0[month] ?? 0) } ?? many, l.share(year.inTime, of: year.all),
            ]
        }
        return .table(title: title, columns: columns, rows: rows)
    }

    private func matters(_ section: OverviewSection) -> PaperReport.Part {
        let shares: [Double] = [1.6, 3.4, 1.3, 1.3, 1, 1.4]
        let columns = zip(OverviewMatters.heads(month: month, l), shares).map { PaperTable.Column($0, share: $1) }
        let rows = section.matters.map { matter -> [String] in
            let head = [ArticleName.ref(matter.article.ref, l), matter.title[l]]
            switch matter.kind {
            case .step(_, let year, let month): return head + [l.count(year), l.count(month), "", ""]
            case .clock(_, let overdue, let ended): return head + ["", "", l.count(overdue), l.share(ended.inTime, of: ended.all)]
            }
        }
        return .table(title: section.contents.regulation.short[l] + l("：按条文", ": by article"), columns: columns, rows: rows)
    }

    private func trends(_ section: OverviewSection) -> [PaperReport.Part] {
        let short = section.months.map { String($0.dropFirst(2)) }, name = section.contents.regulation.short[l]
        let entered = zip(short, section.entered).map { (period: $0, value: Optional(Double($1)), shown: l.count($1)) }
        let kept = zip(short, zip(section.shares, section.ended)).map { period, ended in
            (period: period, value: ended.0, shown: l.share(ended.1.inTime, of: ended.1.all))
        }
        return [
            .columns(title: name + l("：每月登记", ": entered each month"), entered),
            .columns(title: name + l("：每月按时办结率", ": in time each month"), kept),
        ]
    }
}
