/// What a text separated by commas says, read a character at a time: slowly, and plain to see.
struct PlainReading {
    /// Up to the fault, if there is one.
    private(set) var rows: [[String]] = []
    private(set) var fault: Fault?

    enum Fault { case unclosedQuote, nul }

    private enum Place { case start, plain, quoted, behindQuotes }

    init(_ text: String) {
        var scalars = Array(text.unicodeScalars)[...]
        var (row, field, place): ([String], String, Place) = ([], "", .start)
        while let c = scalars.popFirst() {
            if c == "\0" {
                fault = .nul
                return
            }
            switch (place, c) {
            case (.quoted, "\"") where scalars.first == "\"": field.unicodeScalars.append(scalars.removeFirst())
            case (.quoted, "\""): place = .behindQuotes
            case (.start, "\""): place = .quoted
            case (.start, ","), (.plain, ","), (.behindQuotes, ","):
                row.append(field)
                (field, place) = ("", .start)
            case (.start, "\n"), (.start, "\r"), (.plain, "\n"), (.plain, "\r"), (.behindQuotes, "\n"), (.behindQuotes, "\r"):
                if c == "\r", scalars.first == "\n" { scalars.removeFirst() }
                if !row.isEmpty || place != .start { rows.append(row + [field]) }
                (row, field, place) = ([], "", .start)
            default:
                field.unicodeScalars.append(c)
                if place == .start { place = .plain }
            }
        }
        if place == .quoted { fault = .unclosedQuote } else if !row.isEmpty || place != .start { rows.append(row + [field]) }
    }
}
