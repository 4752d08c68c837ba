/// Figures over periods, as lines or columns: an SVG for a page that prints as well, without a script.
package struct Chart: Sendable {
    package struct Series: Sendable {
        package let name: String
        /// In the order of `periods`; nothing where there is no figure.
        package let values: [Double?]

        package init(_ name: String, _ values: [Double?]) { (self.name, self.values) = (name, values) }
    }

    package enum Kind: Sendable { case lines, columns }

    package let title: String
    package let periods: [String]
    package let series: [Series]
    package let kind: Kind
    /// Behind each figure: `%`, ` 件`.
    package let unit: String

    package init(_ title: String, periods: [String], series: [Series], kind: Kind = .lines, unit: String = "") {
        (self.title, self.periods, self.series, self.kind, self.unit) = (title, periods, series, kind, unit)
    }

    private static let width = 640.0, height = 260.0
    private static let left = 56.0, right = 16.0, top = 14.0, bottom = 46.0

    /// Colours and fonts come from the page's style sheet (`.chart`); patterns tell the series apart without colour.
    package var svg: String {
        let greatest = series.flatMap { $0.values.compactMap(\.self) }.max() ?? 0
        let (step, end) = Self.scale(greatest)
        var parts: [String] = []
        for line in stride(from: 0, through: end + step / 1000, by: step) {
            let y = Self.y(line, of: end)
            parts.append("<line class=\"rule\" x1=\"\(Self.left)\" y1=\"\(n(y))\" x2=\"\(Self.width - Self.right)\" y2=\"\(n(y))\"/>")
            parts.append("<text class=\"scale\" x=\"\(Self.left - 6)\" y=\"\(n(y + 4))\" text-anchor=\"end\">\(figure(line))</text>")
        }
        // No more names of periods than fit beside each other.
        let every = max(1, Int((Double(periods.count) / 12).rounded(.up)))
        for (index, period) in periods.enumerated() where index % every == 0 {
            parts.append("<text class=\"scale\" x=\"\(n(x(index)))\" y=\"\(Self.height - Self.bottom + 18)\" text-anchor=\"middle\">\(Self.escaped(period))</text>")
        }
        for (number, one) in series.enumerated() { parts += drawn(one, number, end) }
        parts += legend
        let said = Self.escaped(title + "：" + series.map { "\($0.name) \($0.values.last.flatMap(\.self).map(figure) ?? "-")" }.joined(separator: "，"))
        return """
            <svg class="chart" viewBox="0 0 \(Int(Self.width)) \(Int(Self.height))" role="img" aria-label="\(said)">\(parts.joined())</svg>
            """
    }

    private func drawn(_ one: Series, _ number: Int, _ end: Double) -> [String] {
        let points = one.values.enumerated().compactMap { index, value in value.map { (index, $0) } }
        switch kind {
        case .columns:
            let room = (Self.width - Self.left - Self.right) / Double(max(1, periods.count)) * 0.7
            let each = room / Double(max(1, series.count))
            return points.map { index, value in
                let y = Self.y(value, of: end), x = x(index) - room / 2 + each * Double(number)
                return """
                    <rect class="s\(number)" x="\(n(x))" y="\(n(y))" width="\(n(max(1, each - 2)))" height="\(n(Self.height - Self.bottom - y))">\
                    <title>\(Self.escaped("\(periods[index]) \(one.name) \(figure(value))"))</title></rect>
                    """
            }
        case .lines:
            var path = "", last: Int?
            for (index, value) in points {
                // A period without a figure breaks the line.
                path += (last.map { $0 == index - 1 } ?? false ? "L" : "M") + "\(n(x(index))) \(n(Self.y(value, of: end)))"
                last = index
            }
            let dots = points.map { index, value in
                """
                <circle class="s\(number)" cx="\(n(x(index)))" cy="\(n(Self.y(value, of: end)))" r="3">\
                <title>\(Self.escaped("\(periods[index]) \(one.name) \(figure(value))"))</title></circle>
                """
            }
            return ["<path class=\"s\(number)\" fill=\"none\" d=\"\(path)\"/>"] + dots
        }
    }

    private var legend: [String] {
        guard series.count > 1 else { return [] }
        let each = (Self.width - Self.left - Self.right) / Double(series.count), y = Self.height - 10
        return series.enumerated().map { number, one in
            let x = Self.left + each * Double(number)
            return "<rect class=\"s\(number)\" x=\"\(n(x))\" y=\"\(n(y - 9))\" width=\"10\" height=\"10\"/><text x=\"\(n(x + 15))\" y=\"\(n(y))\">\(Self.escaped(one.name))</text>"
        }
    }

    // MARK: Scales

    private func x(_ index: Int) -> Double {
        let each = (Self.width - Self.left - Self.right) / Double(max(1, periods.count))
        return Self.left + each * (Double(index) + 0.5)
    }

    private static func y(_ value: Double, of end: Double) -> Double { height - bottom - value / end * (height - bottom - top) }

    /// A step of 1, 2 or 5 times a power of ten, and the end of the scale.
    static func scale(_ greatest: Double) -> (step: Double, end: Double) {
        guard greatest > 0 else { return (1, 1) }
        var unit = 1.0
        while unit * 10 <= greatest { unit *= 10 }
        while unit > greatest { unit /= 10 }
        let step = [0.2, 0.5, 1, 2].map { $0 * unit }.first { greatest / $0 <= 5 } ?? unit * 2
        return (step, (greatest / step).rounded(.up) * step)
    }

    private func figure(_ value: Double) -> String { n(value) + unit }

    private func n(_ value: Double) -> String {
        let rounded = (value * 100).rounded() / 100
        return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}
