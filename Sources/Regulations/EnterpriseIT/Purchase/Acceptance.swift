import Kernel

/// 验收单: one delivery of one line of the contract, against its configuration list (第二章23). What failed goes back and enters no ledger.
package struct Acceptance: Document {
    package enum State: String, CaseIterable, Sendable { case inspected, entered, failed }
    package var purchase = ID<ITPurchase>.none
    package var line = 0, ordered = 0, delivered = 0, passed = 0, failed = 0, surplus = 0, entered = 0
    package var item = "", serials = "", reason = ""
    package var checks: [ConfigurationCheck] = []
    package var action = GoodsReturn.Action.none
    package init() {}

    package static let name = "purchase-acceptance"
    package var title: String { item }

    private static let many = 0...100_000
    package static let form = Form<Acceptance>(
        "验收单", "Acceptance", number: "验收",
        states: [
            .inspected: .open("待入库或转固", "To be entered"), .entered: .done("已入库或转固", "Entered"), .failed: .no("不合格", "Failed"),
        ],
        readers: [.centre, .post(factoryLeader), .post(.finance), .post(.storeKeeper)],
        [
            .reference(\.purchase, "采购", "Purchase").listed(), .whole(\.line, "合同行号", "Line of the contract", in: 1...1000).listed(),
            .text(\.item, "名称", "Item").code().optional().listed(), .whole(\.ordered, "合同数量", "Ordered", in: many).optional(),
            .whole(\.delivered, "到货", "Delivered", in: 1...100_000).listed(), .whole(\.passed, "合格", "Passed", in: many).listed(),
            .whole(\.failed, "不合格", "Failed", in: many).listed(), .whole(\.surplus, "多到", "Surplus", in: many).listed(),
            .lines(\.checks, "配置核对", "Configuration").optional(),
            .prose(\.serials, "合格品序列号", "Serial numbers of what passed").optional().hint("每行一个", "one a line"),
            .prose(\.reason, "不合格原因", "Why it failed").optional().onceFilled(),
            .choice(\.action, "不合格处理", "What is done with it").optional().onceFilled(),
            .whole(\.entered, "已入库或转固", "Entered", in: many).optional(),
        ])

    package static let inspect = Step<Acceptance>(
        "inspect", "验收", "Inspect", to: .inspected, by: .post(.assetStaff), under: enterpriseIT["第二章23"], enterpriseIT["第二章7"],
        fields: [\.purchase, \.line, \.delivered, \.passed, \.failed, \.surplus, \.checks, \.serials, \.reason, \.action],
        isIrrevocable: true, signs: true
    ) { acceptance, act in
        guard let purchase = try act.load(acceptance.purchase) else { return }
        try act.require(
            purchase.state == .contracted, "该采购尚未订立合同或已办结，不能验收", "The purchase has no contract yet, or is complete")
        guard purchase.value.lines.indices.contains(acceptance.line - 1) else {
            return try act.require(false, "合同没有第\(acceptance.line)行", "The contract has no line \(acceptance.line)")
        }
        let line = purchase.value.lines[acceptance.line - 1]
        (acceptance.item, acceptance.ordered, acceptance.entered) = (line.item, line.quantity, 0)
        try acceptance.requireRoom(line, act)
        try acceptance.requireConfiguration(line, act)
        try acceptance.requireSerials(purchase.value.kind, act)
        try acceptance.leadOn(act)
    }.checking { acceptance, check in acceptance.checkSums(check) }
    /// Some of what passed has entered stock or the ledger.
    package static let enter = Step<Acceptance>(
        "enter", "计入入库或转固", "Count what entered", from: .inspected, to: nil, by: .system, under: enterpriseIT["第二章23"], isOptional: true)
    package static let close = Step<Acceptance>(
        "close", "全部入账", "All entered", from: .inspected, to: .entered, by: .system, under: enterpriseIT["第二章23"], isOptional: true)
    package static let fail = Step<Acceptance>(
        "fail", "全部不合格", "All failed", from: .inspected, to: .failed, by: .system, under: enterpriseIT["第二章23"], isOptional: true)
    package static let steps = [inspect, enter, close, fail]

    private func checkSums(_ check: Checking<Acceptance>) {
        check.require(
            passed + failed + surplus == delivered, "合格、不合格与多到之和应等于到货数量 \(delivered)",
            "Passed, failed and surplus together are the \(delivered) delivered", at: \.delivered, \.passed, \.failed, \.surplus)
        guard failed > 0 else { return }
        check.require(!reason.isEmpty, "请写明不合格原因", "Say why it failed", at: \.reason, \.failed)
        check.require(action != .none, "请选择退货或换货", "Choose return or exchange", at: \.action, \.failed)
    }

    private func requireRoom(_ line: ContractLine, _ act: Act) throws {
        let open = line.quantity - line.passed
        try act.require(
            passed <= open, "该行还可验收 \(open) 件，超出部分请计入“多到”，不得计为合格",
            "This line has \(open) open; what is beyond is surplus and did not pass")
    }

    private func requireConfiguration(_ line: ContractLine, _ act: Act) throws {
        for expected in line.expected {
            guard let check = checks.first(where: { PlainText.key($0.item) == PlainText.key(expected.item) }) else {
                return try act.require(
                    false, "配置核对缺少“\(expected.item)”（合同为 \(expected.value)）",
                    "“\(expected.item)” is not checked; the contract says \(expected.value)")
            }
            let isMet = PlainText.key(check.found) == PlainText.key(expected.value)
            try act.require(
                isMet || (passed == 0 && failed > 0), "“\(expected.item)”应为 \(expected.value)，实为 \(check.found)：该批不能计为合格",
                "“\(expected.item)” should be \(expected.value) and is \(check.found): none of it passes")
        }
    }

    var serialNumbers: [String] {
        serials.split(whereSeparator: { $0.isNewline || $0 == "," || $0 == "，" || $0 == ";" }).map { PlainText.code(String($0)) }.filter {
            !$0.isEmpty
        }
    }

    private func requireSerials(_ kind: PurchaseKind, _ act: Act) throws {
        guard kind == .hardware else { return }
        let numbers = serialNumbers
        try act.require(
            Set(numbers).count == passed && numbers.count == passed, "合格 \(passed) 件须有 \(passed) 个互不相同的序列号，现有 \(Set(numbers).count) 个",
            "\(passed) passed and \(Set(numbers).count) different serial numbers are given")
        for number in numbers {
            let isNew = try act.find(\ITAsset.serial, is: number, limit: 1).isEmpty
            try act.require(isNew, "序列号 \(number) 已在资产台账中", "The serial number \(number) is in the ledger already")
        }
    }

    private func leadOn(_ act: Act) throws {
        let (line, own) = (line - 1, self)
        try act.take(ITPurchase.follow, on: purchase) {
            $0.lines[line].passed += own.passed
            $0.lines[line].failed += own.failed
        }
        guard failed > 0 else { return }
        try GoodsReturn.begin(from: self, ID(act.record.id), act)
    }

    /// Counts what entered stock or the ledger; never more than passed.
    static func count(_ quantity: Int, of id: ID<Acceptance>, _ act: Act) throws {
        guard let found = try act.load(id) else { return }
        let left = found.value.passed - found.value.entered
        try act.require(
            quantity <= left, "该验收单合格而未入账的只有 \(left) 件，不合格品不得入账",
            "Only \(left) passed and have not entered; what failed enters no ledger", under: enterpriseIT["第二章23"])
        try act.take(enter, on: id) { $0.entered += quantity }
        if quantity == left { try act.take(close, on: id) }
        let line = found.value.line - 1
        var isInWhole = false
        try act.take(ITPurchase.follow, on: found.value.purchase) {
            $0.lines[line].entered += quantity
            isInWhole = $0.isInWhole
        }
        if isInWhole { try act.take(ITPurchase.complete, on: found.value.purchase) }
    }
}

package struct ConfigurationCheck: Line {
    package var item = "", found = ""
    package init() {}

    package static let fields: [Field<ConfigurationCheck>] = [.text(\.item, "配置项", "Item"), .text(\.found, "实际", "Found")]
}
