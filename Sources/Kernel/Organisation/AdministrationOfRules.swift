import Store
import WorkCalendar

/// What an administrator sets that binds everybody: working days, how much may be read, which regulation and which number is in force.
extension Transaction {
    func addHolidays(_ rows: [HolidayTable.Row]) throws -> Int64 {
        for row in rows {
            let values: [Value] = [.int(Int64(row.day.number)), .text(row.kind.rawValue), .text(row.holiday)]
            try stating(.holiday, values[0]) {
                try $0.execute(
                    "INSERT INTO holiday (day, kind, name) VALUES ($1, $2, $3) ON CONFLICT (day) DO UPDATE SET kind = excluded.kind, name = excluded.name",
                    values)
            }
        }
        try desk.noteChange(of: rows.map(\.day), before: calendar, by: organisation.version, at: now, session)
        return Int64(rows.count)
    }

    func setReadingLimit(_ limit: Int) throws -> Int64 {
        try requireAllowed(.setReadingLimit(limit))
        try stating(.setting, .text("reading-limit")) {
            try $0.execute(
                "INSERT INTO setting (name, value) VALUES ('reading-limit', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                [.text(String(limit))])
        }
        return Int64(limit)
    }

    func adopt(_ regulation: String, _ version: Int, _ unit: UnitID, _ from: Day) throws -> Int64 {
        guard desk.catalogue.regulation(regulation) != nil, regulation != Regulation.practices.id else { throw DeskError.absent }
        try requireAllowed(.adopt(regulation: regulation, version: version, unit: unit, from: from))
        let id = desk.idGenerator.next(now)
        let ended = try session.all(
            "SELECT id FROM adoption WHERE regulation = $1 AND unit = $2 AND (to_day IS NULL OR to_day >= $3)",
            [.text(regulation), .int(unit.raw), .int(Int64(from.number))]
        ) { $0.int(0) }
        for id in ended {
            try stating(.adoption, id) {
                try $0.execute("UPDATE adoption SET to_day = $1 WHERE id = $2", [.int(Int64(from.number) - 1), .int(id)])
            }
        }
        try stating(.adoption, id) {
            try $0.execute(
                "INSERT INTO adoption (id, regulation, version, unit, from_day) VALUES ($1, $2, $3, $4, $5)",
                [.int(id), .text(regulation), .int(Int64(version)), .int(unit.raw), .int(Int64(from.number))])
        }
        return id
    }

    func setParameter(_ regulation: String, _ name: String, _ unit: UnitID, _ value: Int, _ from: Day, _ reason: String) throws
        -> Int64
    {
        try requireAllowed(.setParameter(regulation: regulation, name: name, unit: unit, value: value, from: from, reason: reason))
        let id = desk.idGenerator.next(now)
        try stating(.parameter, id) {
            try $0.execute(
                "INSERT INTO parameter (id, regulation, name, unit, value, from_day, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                [.int(id), .text(regulation), .text(name), .int(unit.raw), .int(Int64(value)), .int(Int64(from.number)), .text(reason)])
        }
        return id
    }
}
