import Kernel
import WorkCalendar

extension QualityItem {
    /// （1）: where an item concerns goods, it names drug, batch, maker, supplier and quantity, in forms that can be found again.
    mutating func checkGoods(_ act: Act) throws {
        let all = [drug, approvalNo, batchNo, traceCode, expiry, quantity]
        if !isAboutGoods, all.allSatisfy(\.isEmpty) { return try requireSupplier(act) }
        isAboutGoods = true
        if category == .unknown { category = .medicine }
        var (faults, notes) = (missing(), [Words]())
        if !approvalNo.isEmpty { Self.sort(ApprovalNumber.check(approvalNo), "approvalNo", &faults, &notes) }
        if !traceCode.isEmpty { Self.sort(TraceCode.check(traceCode), "traceCode", &faults, &notes) }
        lastGoodDay = Expiry.lastGoodDay(expiry)
        if !expiry.isEmpty, lastGoodDay == nil {
            faults.append(
                .init(
                    field: "expiry",
                    Words(
                        "有效期“\(expiry)”不是日历上的日期或月份，请照包装写成 2026.02 或 2026-02-28",
                        "“\(expiry)” is no day or month of the calendar; write it like 2026.02 or 2026-02-28"),
                    under: drugQuality[1]))
        }
        try act.refuse(faults)
        approvalNo = ApprovalNumber.normalForm(approvalNo)
        batchKey = GoodsBatch.key(approvalNo: approvalNo, drug: drug, maker: maker, batchNo: batchNo)
        notes += try seenElsewhere(act)
        warnings = notes.map { "\($0.zh)（\($0.en)）" }.joined(separator: "\n")
    }

    /// （3）②: a supplier's capability is that of a supplier.
    private func requireSupplier(_ act: Act) throws {
        guard kind == .supplier, supplier.isEmpty else { return }
        try act.refuse([.init(field: "supplier", Words("请填写供货单位", "Enter the supplier"), under: drugQuality[3])])
    }

    private func missing() -> [Refusal.Fault] {
        let required: [(String, String, Words, Bool)] = [
            ("drug", drug, Words("通用名称", "drug"), true), ("batchNo", batchNo, Words("批号", "batch number"), category.hasBatch),
            ("maker", maker, Words("标示生产企业", "maker"), category.hasBatch), ("supplier", supplier, Words("供货单位", "supplier"), true),
            ("quantity", quantity, Words("数量", "quantity"), true),
            ("approvalNo", approvalNo, Words("批准文号", "approval number"), category.hasApprovalNumber),
        ]
        return required.filter { $0.3 && $0.1.isEmpty }.map {
            .init(field: $0.0, Words("涉及药品的，请填写\($0.2.zh)", "Where goods are concerned, enter the \($0.2.en)"), under: drugQuality[1])
        }
    }

    private static func sort(
        _ finding: ApprovalNumber.Finding, _ field: String, _ faults: inout [Refusal.Fault], _ notes: inout [Words]
    ) {
        switch finding {
        case .good: break
        case .doubtful(let words): notes.append(words)
        case .bad(let words): faults.append(.init(field: field, words, under: drugQuality[1]))
        }
    }

    /// What stands beside it: a clue, and never a refusal.
    private func seenElsewhere(_ act: Act) throws -> [Words] {
        var notes: [Words] = []
        if !traceCode.isEmpty, let other = try act.find(\QualityItem.traceCode, is: traceCode, limit: 1).first {
            let number = other.record.number ?? ""
            notes.append(Words("同一追溯码见于 \(number)，可能是回流药品", "The same traceability code stands in \(number): perhaps recycled goods"))
        }
        if category.hasBatch, try act.find(\GoodsBatch.batchKey, is: batchKey, limit: 1).isEmpty {
            let near = try act.find(\GoodsBatch.nearKey, is: GoodsBatch.near(batchKey), limit: 1).first?.value.batchNo
            let hint = near.map { "，相近批号 \($0)" } ?? "", english = near.map { "; there is \($0)" } ?? ""
            notes.append(
                Words(
                    "批次台账中没有该企业的批号 \(batchNo)\(hint)，请核对 O 与 0、I 与 1",
                    "No batch \(batchNo) of this maker is on the books\(english); check O and 0, I and 1"))
        }
        return notes
    }
}
