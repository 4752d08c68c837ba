/// Dates as identity numbers hold them: whole numbers yyyymmdd.
enum CalendarDate {
    /// Whether there is such a day in the Gregorian calendar. `century` and `year` are the first and the last two digits of the year.
    @inline(__always)
    static func exists(century: Int32, year: Int32, month: Int32, day: Int32) -> Bool {
        // Without branches, which real dates would have mispredicted: two bits a month say how many days beyond 28 it has.
        let isLeap: Int32 = (year != 0 ? year : century) & 3 == 0 ? 1 : 0
        let beyond = Int32(truncatingIfNeeded: (0x3BBEECC as UInt32) >> UInt32(truncatingIfNeeded: month &* 2)) & 3
        let length = 28 &+ beyond &+ (month == 2 ? isLeap : 0)
        return UInt32(bitPattern: month &- 1) < 12 && UInt32(bitPattern: day &- 1) < UInt32(bitPattern: length)
    }

    static func exists(_ date: Int32) -> Bool {
        exists(century: date / 1_000_000, year: date / 10_000 % 100, month: date / 100 % 100, day: date % 100)
    }
}
