import Kernel
import WorkCalendar

extension QualityItem {
    /// （1）: where an item concerns goods, it names drug, batch, maker, supplier and quantity, in forms that can be found again.
    func checkGoods(_ check: Checking<QualityItem>) {
        let rule = drugQuality[1]
        guard concernsGoods else { return checkSupplier(check) }
        checkNamed(check)
        if !approvalNo.isEmpty, case .bad(let words) = ApprovalNumber.check(approvalNo) {
            check.require(false, words.zh, words.en, at: \.approvalNo, under: rule)
        }
        if !traceCode.isEmpty, case .bad(let words) = TraceCode.check(traceCode) {
            check.require(false, words.zh, words.en, at: \.traceCode, under: rule)
        }
        check.require(
            expiry.isEmpty || Expiry.lastGoodDay(expiry) != nil, "有效期“\(expiry)”不是日历上的日期或月份，请照包装写成 2026.02 或 2026-02-28",
            "“\(expiry)” is no day or month of the calendar; write it like 2026.02 or 2026-02-28", at: \.expiry, under: rule)
    }

    private var concernsGoods: Bool { isAboutGoods || ![drug, approvalNo, batchNo, traceCode, expiry, quantity].allSatisfy(\.isEmpty) }
    private var kindOfGoods: GoodsCategory { category == .unknown ? .medicine : category }

    /// In the form by which it is found, with what is to be looked at again.
    mutating func takeGoods(_ act: Act) throws {
        guard concernsGoods else { return }
        (isAboutGoods, category) = (true, kindOfGoods)
        var notes: [Words] = []
        if !approvalNo.isEmpty, case .doubtful(let words) = ApprovalNumber.check(approvalNo) { notes.append(words) }
        if !traceCode.isEmpty, case .doubtful(let words) = TraceCode.check(traceCode) { notes.append(words) }
        lastGoodDay = Expiry.lastGoodDay(expiry)
        approvalNo = ApprovalNumber.normalForm(approvalNo)
        batchKey = GoodsBatch.key(approvalNo: approvalNo, drug: drug, maker: maker, batchNo: batchNo)
        notes += try seenElsewhere(act)
        warnings = notes.map { "\($0.zh)（\($0.en)）" }.joined(separator: "\n")
    }

    /// （3）②: a supplier's capability is that of a supplier.
    private func checkSupplier(_ check: Checking<QualityItem>) {
        check.require(
            kind != .supplier || !supplier.isEmpty, "请填写供货单位", "Enter the supplier", at: \.supplier, \.kind, under: drugQuality[3])
    }

    private func checkNamed(_ check: Checking<QualityItem>) {
        func need(_ value: String, _ zh: String, _ en: String, at path: PartialKeyPath<QualityItem>, if isNeeded: Bool = true) {
            check.require(
                !isNeeded || !value.isEmpty, "涉及药品的，请填写\(zh)", "Where goods are concerned, enter the \(en)", at: path, \.category,
                under: drugQuality[1])
        }
        need(drug, "通用名称", "drug", at: \.drug)
        need(batchNo, "批号", "batch number", at: \.batchNo, if: kindOfGoods.hasBatch)
        need(maker, "标示生产企业", "maker", at: \.maker, if: kindOfGoods.hasBatch)
        need(supplier, "供货单位", "supplier", at: \.supplier)
        need(quantity, "数量", "quantity", at: \.quantity)
        need(approvalNo, "批准文号", "approval number", at: \.approvalNo, if: kindOfGoods.hasApprovalNumber)
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
