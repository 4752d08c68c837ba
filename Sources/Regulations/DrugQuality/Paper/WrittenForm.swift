import Kernel
import Print
import WorkCalendar

/// 药品质量信息反馈单: an item as it goes on one A4 page, with its number and signatures (（7）（8）). What does not fit goes on in a numbered annex.
package struct WrittenForm {
    let view: DocumentView
    let organisation: Organisation
    let l: Language

    package init(_ view: DocumentView, _ organisation: Organisation, _ l: Language) {
        (self.view, self.organisation, self.l) = (view, organisation, l)
    }

    private func words(_ zh: String, _ en: String) -> String { l == .zh ? zh : en }
    private func text(_ key: String) -> String { view.row.values[key]?.text ?? "" }
    private func choice<C: Choosable>(_ type: C.Type, _ key: String) -> String {
        C(stored: view.row.values[key] ?? .null)?.words[l] ?? ""
    }
    private func moment(_ key: String) -> String { Moment(iso: text(key)).map(Self.minute) ?? "" }
    private func person(_ key: String) -> String {
        guard let id = view.row.values[key]?.whole, id != 0 else { return "" }
        return organisation.name(PersonID(id))[l]
    }

    private static func minute(_ moment: Moment) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(moment.day) \(two(moment.hour)):\(two(moment.minute))"
    }

    /// - Parameter printer: who prints it, when.
    package func paper(printedBy printer: PersonID, at now: Moment) -> PaperForm {
        PaperForm(
            organisation: organisation.name(view.scope)[l], title: words("药品质量信息反馈单", "Feedback form of drug quality information"),
            number: view.row.number ?? "", marks: [choice(Urgency.self, "urgency")].filter { !$0.isEmpty },
            cells: cells.filter(Self.isFilled),
            signatures: signatures, foot: words("打印：", "Printed: ") + organisation.name(printer)[l] + " " + Self.minute(now),
            isOnePage: true, words: l == .zh ? .zh : .en)
    }

    private static func isFilled(_ cell: PaperForm.Cell) -> Bool {
        switch cell.content {
        case .text(let text): !text.isEmpty
        case .table(_, let rows): !rows.isEmpty
        }
    }

    private var cells: [PaperForm.Cell] {
        let reporter = view.row.creator.isNone ? words("系统转入", "brought in by the system") : organisation.name(view.row.creator)[l]
        return [
            .init(words("报告部门", "Department"), organisation.name(view.row.unit)[l]), .init(words("报告人", "Reporter"), reporter),
            .init(words("知悉时间", "Known since"), moment("knownAt")), .init(words("上报时间", "Reported"), Self.minute(view.row.created)),
            .init(words("信息类别", "Class"), choice(InformationClass.self, "kind")), .init(words("环节", "Stage"), choice(Stage.self, "stage")),
            .init(words("收集方法", "Way"), choice(Collecting.self, "way")), .init(words("知悉人", "Who knew"), person("knower")),
            .init(words("事由", "Subject"), text("subject"), isWide: true), .init(words("药品", "Goods"), goods, isWide: true),
            .init(words("情况", "What is known"), text("facts"), isWide: true),
            .init(
                words("质管部分析", "Analysis"), [text("analysis"), text("proposal")].filter { !$0.isEmpty }.joined(separator: words("　", " ")),
                isWide: true),
            .init(words("决策意见", "Decision"), text("decision"), isWide: true),
            .init(words("措施", "Measures"), heads: [words("措施", "Measure"), words("责任人", "Owner"), words("期限", "Due")], rows: measures),
            .init(words("反馈意见", "Feedback"), text("feedback"), isWide: true),
        ]
    }

    private var goods: String {
        let parts = [
            text("drug"), text("approvalNo"), text("batchNo").isEmpty ? "" : words("批号 ", "batch ") + text("batchNo"),
            text("maker"), text("expiry").isEmpty ? "" : words("有效期至 ", "expiry ") + text("expiry"),
            text("supplier").isEmpty ? "" : words("供货 ", "from ") + text("supplier"), text("quantity"),
        ]
        return parts.filter { !$0.isEmpty }.joined(separator: words("，", ", "))
    }

    private var measures: [[String]] {
        (view.row.values["measures"]?.list ?? []).map { row in
            let owner = row["owner"].whole.map { organisation.name(PersonID($0))[l] } ?? ""
            return [row["what"].text ?? "", owner, row["due"].text ?? ""]
        }
    }

    /// Who did it, or for whom: from the trail, which nobody changes.
    private var signatures: [PaperForm.Signature] {
        let isUrgent = Urgency(stored: view.row.values["urgency"] ?? .null) ?? .ordinary != .ordinary
        let steps: [(Words, String)] =
            [(QualityItem.report.title, "")] + (isUrgent ? [(QualityItem.receive.title, receipt)] : [])
            + [(QualityItem.analyse.title, ""), (QualityItem.decide.title, "")] + (isUrgent ? [] : [(QualityItem.acknowledge.title, "")])
        return steps.map { title, opinion in
            let also = title == QualityItem.receive.title ? [QualityItem.receiveAsDeputy.title, QualityItem.handOver.title] : []
            guard let entry = view.trail.first(where: { $0.kind == .act && ([title] + also).contains($0.title) }) else {
                return .init(title: title[l], opinion: opinion)
            }
            let name = entry.behalf.map { words("\(entry.who.zh) 代 \($0.zh)", "\(entry.who.en) for \($0.en)") } ?? entry.who[l]
            return .init(title: title[l], opinion: opinion, name: name, moment: Self.minute(entry.at))
        }
    }

    private var receipt: String {
        guard let receipt = Receipt(stored: view.row.values["receipt"] ?? .null), receipt != .none else { return "" }
        let witness = person("witness")
        let by = "\(receipt.words[l])：\(person("receivedBy")) \(moment("receivedAt"))"
        return witness.isEmpty ? by : by + words("，见证 ", ", witness ") + witness
    }
}
