import Kernel
import WorkCalendar

/// Buying, taking in, paying; the ledger of things and its stocktake.
extension FactoryDemonstration {
    private func quote(_ supplier: String, _ leader: String, _ price: String, _ now: Moment) -> JSONValue {
        Self.record([
            "supplier": .text(supplier), "leader": .text(leader), "offer": .text("启明 T500"), "configuration": .text("i5 16G 512G"),
            "price": .text(price), "isTaxed": .flag(true), "validUntil": day(now, 30), "value": .whole(8), "fitness": .whole(8),
            "safety": .whole(7),
            "growth": .whole(7),
        ])
    }

    func askPurchase(_ now: Moment) async throws {
        let items = try await rows("plan-item")
        func ask(_ subject: String, _ item: Int) async throws -> Int64 {
            let line = Self.record(["item": .text("台式电脑"), "configuration": .text("i5 16G 512G"), "quantity": .whole(4)])
            return try await take(
                ITPurchase.ask,
                [
                    "kind": .text("hardware"), "subject": .text(subject), "need": .text("旧机已超年限"), "planItem": .whole(items[item].id),
                    "items": .list([line]),
                ], by: office.workshopHead)
        }
        let purchase = try await ask("一车间台式电脑四台", 0)
        let quotes = [
            quote("恒达电脑（演示）", "章明", "20400", now), quote("宏远科技（演示）", "邵华", "20800", now), quote("联泰信息（演示）", "卢静", "21000", now),
        ]
        try await take(ITPurchase.compare, on: purchase, ["quotes": .list(quotes)], by: office.assets)
        try await take(
            ITPurchase.choose, on: purchase, ["supplier": .text("恒达电脑（演示）"), "choiceReason": .text("同配置价低，质保三年")], by: office.director)
        let line = Self.record([
            "item": .text("台式电脑"), "configuration": .text("处理器=i5-13400；内存=16GB；硬盘=512GB"), "quantity": .whole(4), "price": .text("5100"),
        ])
        try await take(
            ITPurchase.contract, on: purchase,
            ["contractNo": .text("DJ-XX-\(now.day.year)-01"), "contractDay": day(now, 0), "lines": .list([line])], by: office.assets)
        // Two of these are one: it waits for a third.
        let second = try await ask("备用电源", 3)
        let related = [
            quote("安特电源（演示）", "章明", "9800", now), quote("恒达电脑（演示）", "章明", "9900", now), quote("宏远科技（演示）", "邵华", "9950", now),
        ]
        try await take(ITPurchase.compare, on: second, ["quotes": .list(related)], by: office.assets)
    }

    func receive(_ now: Moment) async throws {
        guard let purchase = try await rows("it-purchase", ["contracted"]).first?.id else { return }
        let checks = [("处理器", "i5-13400"), ("内存", "16GB"), ("硬盘", "512GB")].map {
            Self.record(["item": .text($0.0), "found": .text($0.1)])
        }
        let acceptance = try await take(
            Acceptance.inspect,
            [
                "purchase": .whole(purchase), "line": .whole(1), "delivered": .whole(4), "passed": .whole(3), "failed": .whole(1),
                "surplus": .whole(0),
                "checks": .list(checks), "serials": .text("QM5001\nQM5002\nQM5003"), "reason": .text("一台无法开机"), "action": .text("exchange"),
            ], by: office.assets)
        for number in 1...2 {
            let asset = try await take(
                ITAsset.enter,
                [
                    "acceptance": .whole(acceptance), "number": .text("DJ2601\(number)"), "what": .text("台式电脑"),
                    "serial": .text("QM500\(number)"),
                    "place": .text("物资仓库"), "edition": .text("GB/T 14885-2022"),
                ], by: office.assets)
            let move = try await take(
                AssetMove.order,
                ["kind": .text("allocate"), "asset": .whole(asset), "receiver": person(office.worker), "toPlace": .text("一车间")],
                by: office.assets)
            if number == 1 { try await take(AssetMove.accept, on: move, by: office.worker) }
        }
        try await take(
            StockReceipt.enter, ["acceptance": .whole(acceptance), "quantity": .whole(1), "store": .text("物资仓库")], by: office.keeper)
        for back in try await rows("goods-return", ["open"]) { try await take(GoodsReturn.send, on: back.id, by: office.assets) }
    }

    func pay(_ now: Moment) async throws {
        guard let purchase = try await rows("it-purchase", ["contracted"]).first?.id,
            let receipt = try await rows("stock-receipt").first?.id
        else {
            return
        }
        let invoice = try await take(
            VATInvoice.register,
            [
                "scan": .text("01,32,,\(now.day.year % 100)442000000014209621,20400,\(now.day.yyyymmdd),,74AE"),
                "seller": .text("恒达电脑（演示）"),
                "total": .text("20400"),
            ], by: office.finance)
        let allocation = Self.record(["receipt": .whole(receipt), "amount": .text("5100")])
        try await take(VATInvoice.allocate, on: invoice, ["allocations": .list([allocation])], by: office.finance)
        let slip = try await take(
            StockIssue.ask, ["item": .text("台式电脑"), "asked": .whole(1), "purpose": .text("设计组使用")], by: office.draughtsman)
        try await take(
            StockIssue.issue, on: slip, ["receipt": .whole(receipt), "invoice": .whole(invoice), "quantity": .whole(1)], by: office.keeper)
        try await take(StockIssue.ask, ["item": .text("鼠标"), "asked": .whole(2), "purpose": .text("更换")], by: office.clerk)
        // Not all of it is in: a leader lets it be paid in parts.
        let split = try await take(
            ITException.request, ["kind": .text("split"), "subject": .text("电脑分批报账"), "reason": .text("一台换货未到")], by: office.director)
        try await take(ITException.approve, on: split, by: office.leader)
        try await take(ITPurchase.allowParts, on: purchase, ["splitException": .whole(split)], by: office.director)
        let claim = try await take(
            Reimbursement.ask,
            ["purchase": .whole(purchase), "invoices": .list([.whole(invoice)]), "amount": .text("15300")], by: office.assets)
        try await take(Reimbursement.approve, on: claim, by: office.director)
    }

    /// What was there before the ledger.
    func inventory(_ now: Moment) async throws {
        for number in 1...16 {
            let memory = Self.record([
                "kind": .text("memory"), "slot": .text("1"), "serial": .text("M\(4000 + number)"), "size": .whole(8192),
            ])
            let asset = try await take(
                ITAsset.takeOver,
                [
                    "number": .text("DJ2500\(number < 10 ? "0" : "")\(number)"), "what": .text(number % 5 == 0 ? "激光打印机" : "台式电脑"),
                    "serial": .text("SN\(7000 + number)"), "place": .text("物资仓库"), "parts": .list([memory]), "sealNo": .text("F\(number)"),
                    "note": .text("建账前已有"),
                ], by: office.director)
            guard number <= 10 else { continue }
            let who = office.askers[number % office.askers.count], place = ["一车间", "二车间", "设计组"][number % 3]
            let move = try await take(
                AssetMove.order, ["kind": .text("allocate"), "asset": .whole(asset), "receiver": person(who), "toPlace": .text(place)],
                by: office.assets)
            try await take(AssetMove.accept, on: move, by: who)
        }
        let checks = try await rows("asset-check", ["due"])
        for (number, check) in checks.prefix(7).enumerated() {
            try await take(AssetCheck.pass, on: check.id, ["sealNo": .text("F\(number + 1)")], by: office.assets)
        }
        try await take(AssetRequest.request, ["what": .text("扫描仪"), "need": .text("归档图纸"), "place": .text("设计组")], by: office.draughtsman)
        for (kind, name, publisher) in [
            ("allowed", "7-Zip", "Igor Pavlov"), ("allowed", "WPS Office", "Kingsoft"), ("forbidden", "纸牌大师", ""),
        ] {
            let rule = try await take(
                SoftwareRule.propose,
                ["kind": .text(kind), "software": .text(name), "publisher": .text(publisher), "reason": .text("工作需要")], by: office.network)
            try await take(SoftwareRule.approve, on: rule, by: office.director)
        }
        try await take(
            InstallRequest.request, ["number": .text("DJ250001"), "software": .text("中望CAD"), "need": .text("出图")], by: office.draughtsman)
    }

    func count(_ now: Moment) async throws {
        try await reports(now)
        let count = try await take(Stocktake.begin, ["place": .text("一车间")], by: office.assets)
        let books = try await desk.document(count, by: office.assets.person).row.values["books"]?.list ?? []
        let scans = books.dropLast().map { Self.record(["number": $0["number"], "place": .text("一车间")]) }
        let foreign = Self.record(["number": .text("DJ990001"), "place": .text("一车间")])
        try await take(Stocktake.scan, on: count, ["more": .list(scans + [foreign])], by: office.duty)
        try await take(Stocktake.close, on: count, by: office.assets)
        if let first = try await rows("stocktake-difference", ["open"]).first {
            try await take(
                StocktakeDifference.propose, on: first.id, ["cause": .text("借到二车间未办手续"), "proposal": .text("补办调拨")], by: office.assets)
        }
    }

    private func reports(_ now: Moment) async throws {
        for (number, programs) in [
            (1, #"{"name":"7-Zip 23.01 (x64)","publisher":"Igor Pavlov","version":"23.01"}"#), (2, #"{"name":"纸牌大师 3.0","version":"3.0"}"#),
            (3, #"{"name":"某播放器","publisher":"某公司","version":"1.2"}"#),
        ] {
            let content = """
                {"deviceid":"dj-\(number)","content":{"versionclient":"GLPI-Agent_v1.7","bios":{"assettag":"DJ25000\(number)"},\
                "hardware":{"name":"dj-\(number)"},"softwares":[\(programs)],"memories":[{"capacity":8192,"numslots":1,"serialnumber":"M400\(number)"}],\
                "antivirus":[{"name":"火绒","enabled":true,"uptodate":\(number != 3)}]}}
                """
            try await take(InventoryReport.submit, ["content": .text(content)], by: office.network)
        }
    }
}
