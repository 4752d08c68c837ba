import CustomerConfidentiality
import Kernel
import Print
import Web
import WorkCalendar

/// 温湿度曲线: the last readings of each store that a person may know of (第16条).
enum ClimatePage {
    static let title = Words("温湿度曲线", "Climate of the stores")
    private static let most = 60

    static func show(_ request: RegulationRequest) async throws -> HTML {
        let l = request.language
        var query = RegisterQuery()
        (query.limit, query.isCounted, query.states) = (50, false, ["in-use"])
        let stores = try await request.desk.register(ArchiveStore.name, query, by: request.person).rows
        let head = ArchivePages.head(title[l], [request.link(confidentiality[16])])
        guard !stores.isEmpty else {
            return "\(head)<section class=\"sheet pad\"><p>\(l("没有您可以查看的库房。", "There is no store that you may see."))</p></section>"
        }
        var sheets: [HTML] = []
        for store in stores { sheets.append(try await sheet(store, request)) }
        return "\(head)\(sheets)"
    }

    private static func sheet(_ store: DocumentRow, _ request: RegulationRequest) async throws -> HTML {
        let l = request.language
        var query = RegisterQuery()
        (query.limit, query.isCounted, query.states, query.equal["store"]) = (most, false, ["kept"], String(store.id))
        let readings = try await request.desk.register(ClimateReading.name, query, by: request.person).rows
            .compactMap { row in row.values["at"]?.text.flatMap { Moment(iso: $0) }.map { (at: $0, values: row.values) } }
            .sorted { $0.at < $1.at }
        let limits = ["coldest", "warmest", "driest", "dampest"].map { store.values[$0]?.text ?? "-" }
        let periods = readings.map { "\($0.at.day.month)-\($0.at.day.day) \($0.at.hour):00" }
        func chart(_ name: String, _ key: String, _ unit: String) -> HTML {
            let values = readings.map { $0.values[key]?.text.flatMap(Double.init) }
            return HTML(stringLiteral: Chart(name, periods: periods, series: [.init(name, values)], unit: unit).svg)
        }
        let body: HTML =
            readings.isEmpty
            ? "<p>\(l("还没有读数。", "No reading yet."))</p>"
            : """
            <h3>\(l("温度", "Temperature"))</h3>\(chart(l("温度", "Temperature"), "temperature", "℃"))\
            <h3>\(l("相对湿度", "Relative humidity"))</h3>\(chart(l("相对湿度", "Relative humidity"), "humidity", "%"))
            """
        return """
            <section class="sheet"><header><h2><a href="\(request.address(store.id))">\(UserText.html(store.title, l))</a></h2><span class="quiet">\
            \(limits[0])–\(limits[1]) ℃，\(limits[2])–\(limits[3]) %</span></header><div class="pad">\(body)</div></section>
            """
    }
}
