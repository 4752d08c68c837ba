import Kernel
import WorkCalendar

extension Stocktake {
    private static let counted: [ITAsset.State] = [.inStock, .inUse, .lent, .repair]

    /// The ledger of this moment, in this place.
    mutating func freeze(_ act: Act) throws {
        (baseDay, baseAt) = (act.today, act.now)
        var found: [Found<ITAsset>] = []
        for state in Self.counted {
            found +=
                place.isEmpty
                ? try act.all(ITAsset.self, in: state, createdBy: act.today)
                : try act.find(\ITAsset.place, is: place, in: state, limit: 5000)
        }
        try act.require(
            found.count <= 5000, "一次最多盘点 5000 件，请按地点分次盘点", "A stocktake takes 5000 things at most; do it place by place")
        try act.require(
            place.isEmpty || !found.isEmpty, "台账中没有存放在“\(place)”的资产，请核对地点名称；不填地点则盘点全部",
            "The ledger has nothing at “\(place)”; check the name, or leave it empty to count all places")
        books = found.map { asset in
            var line = BookLine()
            (line.asset, line.number, line.what) = (asset.id, asset.value.number, asset.value.what)
            (line.place, line.keeper) = (asset.value.place, asset.value.keeper)
            return line
        }
    }

    /// Takes in what a telephone or a file has gathered, also while there was no connection. What has no place changes nothing and is
    /// refused.
    mutating func take(_ act: Act) throws {
        var lines = more
        for (number, row) in batch.split(whereSeparator: \.isNewline).enumerated() where !row.allSatisfy(\.isWhitespace) {
            let cells = PlainText.halfWidth(String(row)).split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmingBlanks }
            try act.require(
                cells.count >= 3, "第\(number + 1)行应为“时间,地点,编号”", "Line \(number + 1) should be time,place,number")
            var line = ScanLine()
            (line.at, line.place, line.number) = (Moment(stored: .text(cells[0])), cells[1], cells[2])
            try act.require(line.at != nil, "第\(number + 1)行的时间“\(cells[0])”读不出", "Line \(number + 1): “\(cells[0])” is no time")
            line.isConfigurationWrong = cells.dropFirst(3).contains { $0.contains("配置") || $0 == "configuration" }
            line.isSealBroken = cells.dropFirst(3).contains { $0.contains("封条") || $0 == "seal" }
            lines.append(line)
        }
        for (number, line) in lines.enumerated() {
            try act.require(
                !line.place.isEmpty, "第\(number + 1)条扫描没有地点，请先选择地点再扫描", "Scan \(number + 1) has no place; choose the place first")
            try act.require(!line.number.isEmpty, "第\(number + 1)条扫描没有编号", "Scan \(number + 1) has no number")
            lines[number].at = line.at ?? act.now
            let isOfCount = (lines[number].at ?? act.now) <= act.now && (baseAt.map { $0 <= (lines[number].at ?? act.now) } ?? true)
            try act.require(isOfCount, "第\(number + 1)条扫描不在盘点期间", "Scan \(number + 1) was not made during the count")
        }
        scans += lines
        (more, batch) = ([], "")
    }

    /// What the two come to; each difference is a document that waits for its decision.
    mutating func compare(_ act: Act) throws {
        let byNumber = Dictionary(books.map { (PlainText.code($0.number), $0) }) { first, _ in first }
        var inLedger: [StocktakeComparison.Book] = [], others: [StocktakeComparison.Book] = [], ids: [String: ID<ITAsset>] = [:]
        for line in books {
            ids[line.number] = line.asset
            inLedger.append(try book(line.asset, line.number, line.place, line.keeper, act))
        }
        for number in Set(scans.map { PlainText.code($0.number) }).sorted() where byNumber[number] == nil {
            guard let asset = try act.find(\ITAsset.number, is: number, limit: 1).first, asset.state != .scrapped else { continue }
            ids[asset.value.number] = asset.id
            others.append(try book(asset.id, asset.value.number, asset.value.place, asset.value.keeper, act))
        }
        let seen = scans.map {
            StocktakeComparison.Scan(
                at: $0.at ?? act.now, number: $0.number, place: $0.place, keeper: $0.keeper.raw,
                isConfigurationWrong: $0.isConfigurationWrong,
                isSealBroken: $0.isSealBroken)
        }
        let result = StocktakeComparison(inLedger, others: others, scans: seen, scope: place)
        (inScope, agreeing, surplus, open) = (result.inScope, result.agreeing, result.surplus, result.differences.count)
        agreement = DecimalNumber(loose: "\(result.agreement / 10).\(result.agreement % 10)")
        lawful = result.lawful.map { "\($0.number)：\($0.bookPlace) → \($0.places.joined(separator: "、"))" }.joined(separator: "\n")
        for difference in result.differences {
            try StocktakeDifference.open(difference, ids[difference.number] ?? .none, ID(act.record.id), act)
        }
    }

    /// What moved after the base date, by its moves; its place on that date is where it came from first.
    private func book(
        _ id: ID<ITAsset>, _ number: String, _ place: String, _ keeper: PersonID, _ act: Act
    ) throws -> StocktakeComparison.Book {
        let moves = try act.load(id)?.value.moves.filter { line in line.at.map { $0 > baseAt ?? act.now } ?? false } ?? []
        return StocktakeComparison.Book(
            number: number, place: moves.first?.fromPlace ?? place, keeper: keeper.raw,
            moves: moves.compactMap { move in move.at.map { ($0, move.place) } })
    }
}
