import WorkCalendar

/// The working hours of a service desk: clocks run within them alone, on working days, make-up Saturdays and Sundays included.
package struct ServiceHours: Sendable {
    /// Minutes of the day, in their order.
    package let spans: [Range<Int>]
    let calendar: WorkCalendar

    /// 08:00-12:00 and 13:30-17:30.
    package static let usual = [8 * 60..<12 * 60, 13 * 60 + 30..<17 * 60 + 30]

    package init(_ calendar: WorkCalendar, spans: [Range<Int>] = usual) { (self.calendar, self.spans) = (calendar, spans) }

    private func moments(of day: Day) -> [(Moment, Moment)] {
        guard calendar.isWorkingDay(day) else { return [] }
        let start = Moment.startOfDay(day)
        return spans.map { (start.adding(seconds: $0.lowerBound * 60), start.adding(seconds: $0.upperBound * 60)) }
    }

    /// Milliseconds of working time between two moments.
    package func worked(from start: Moment, to end: Moment) -> Int64 {
        guard start < end else { return 0 }
        var sum: Int64 = 0, day = start.day
        while day <= end.day {
            for (from, to) in moments(of: day) { sum += max(0, max(from, start).distance(to: min(to, end))) }
            day = day.adding(days: 1)
        }
        return sum
    }

    /// When so much working time has passed. What begins out of hours begins to count with the next hour that is worked.
    package func end(of milliseconds: Int64, from start: Moment) -> Moment {
        var left = milliseconds, day = start.day
        // Five years of days off is no calendar.
        for _ in 0..<1830 {
            for (from, to) in moments(of: day) where to > start {
                let begin = max(from, start), room = begin.distance(to: to)
                if left <= room { return begin.adding(milliseconds: left) }
                left -= room
            }
            day = day.adding(days: 1)
        }
        return .startOfDay(day)
    }
}

/// The clock of one matter, reckoned anew from its log each time: nothing is counted along.
package struct ServiceClock: Sendable {
    package enum Event: Sendable { case pause, resume }
    package let opened: Moment
    package let log: [(at: Moment, event: Event)]

    package init(opened: Moment, log: [(at: Moment, event: Event)] = []) { (self.opened, self.log) = (opened, log) }

    /// Since when it runs without a break; `nil` while it stands.
    private var running: (since: Moment?, stretches: [(Moment, Moment)]) {
        var since: Moment? = opened, stretches: [(Moment, Moment)] = []
        for entry in log {
            switch entry.event {
            case .pause:
                if let start = since { stretches.append((start, entry.at)) }
                since = nil
            case .resume: since = since ?? entry.at
            }
        }
        return (since, stretches)
    }

    package var isPaused: Bool { running.since == nil }

    /// Milliseconds of working time used up to a moment.
    package func spent(at moment: Moment, _ hours: ServiceHours) -> Int64 {
        let (since, stretches) = running
        let before = stretches.reduce(0) { $0 + hours.worked(from: $1.0, to: $1.1) }
        return before + (since.map { hours.worked(from: $0, to: moment) } ?? 0)
    }

    /// When the allowance is used up: what is left of it, from the last resumption. `nil` while it stands.
    package func target(hours allowance: Int, _ hours: ServiceHours) -> Moment? {
        let (since, stretches) = running
        guard let since else { return nil }
        var left = Int64(allowance) * 3_600_000
        for (start, end) in stretches {
            let used = hours.worked(from: start, to: end)
            // It was used up before it was paused.
            if used >= left { return hours.end(of: left, from: start) }
            left -= used
        }
        return hours.end(of: left, from: since)
    }
}
