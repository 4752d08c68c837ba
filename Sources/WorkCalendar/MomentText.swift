// ISO 8601, the form in which moments stand in files, in the API and in the ledger.

extension Moment: CustomStringConvertible {
    /// `2026-03-04T13:20:00+08:00`; thousandths of a second only where there are some.
    package var description: String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let thousandths = millisecond == 0 ? "" : "." + String(String(1000 + millisecond).dropFirst())
        return "\(day)T\(two(hour)):\(two(minute)):\(two(second))\(thousandths)+08:00"
    }

    /// Reads `2026-03-04T13:20:00+08:00`: seconds and their fraction may be absent, the offset (`Z`, `+08:00`, `+0800`) may not,
    /// because a time without it says nothing about when.
    package init?(iso text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 17, bytes.count <= 40, let day = Day(iso: String(decoding: bytes[..<10], as: UTF8.self)),
            bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " ")
        else { return nil }
        var reader = ClockReader(bytes[11...])
        guard let hour = reader.two(), reader.take(":"), let minute = reader.two() else { return nil }
        var second = 0
        var millisecond = 0
        if reader.take(":") {
            guard let read = reader.two() else { return nil }
            second = read
            if reader.take(".") {
                guard let read = reader.thousandths() else { return nil }
                millisecond = read
            }
        }
        guard let offset = reader.offset(), reader.isAtEnd,
            let local = Moment(day, hour: hour, minute: minute, second: second, millisecond: millisecond)
        else { return nil }
        self = local.adding(seconds: 8 * 3600 - offset)
    }
}

/// The time of day and the offset, a piece at a time.
private struct ClockReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard let byte = rest.first, UInt32(byte) == mark.value else { return false }
        rest.removeFirst()
        return true
    }

    mutating func digit() -> Int? {
        guard let byte = rest.first, (48...57).contains(byte) else { return nil }
        rest.removeFirst()
        return Int(byte - 48)
    }

    mutating func two() -> Int? {
        guard let tens = digit(), let ones = digit() else { return nil }
        return tens * 10 + ones
    }

    /// One digit or more of a fraction, cut to thousandths.
    mutating func thousandths() -> Int? {
        guard var value = digit() else { return nil }
        var count = 1
        while let next = digit() {
            if count < 3 { (value, count) = (value * 10 + next, count + 1) }
        }
        while count < 3 { (value, count) = (value * 10, count + 1) }
        return value
    }

    /// Seconds east of UTC.
    mutating func offset() -> Int? {
        if take("Z") { return 0 }
        let sign = take("+") ? 1 : take("-") ? -1 : 0
        guard sign != 0, let hours = two(), hours <= 18 else { return nil }
        _ = take(":")
        guard let minutes = two(), minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}
