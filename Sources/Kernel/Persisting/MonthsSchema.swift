import Store

extension Migration {
    /// Work that goes on for months: clocks know by how many working days they were counted, and follow when those change; they remind
    /// more than once, and keep who had the document when they ran out. A task knows when somebody was last reminded of it.
    static let months = Migration(
        name: "0011-months",
        sql: """
            -- By how many working days it was counted; NULL where it was not, or by a program that did not keep it.
            ALTER TABLE deadline ADD COLUMN working_days BIGINT;
            -- 1: it began on a day off that belongs to the next working day.
            ALTER TABLE deadline ADD COLUMN belated BIGINT NOT NULL DEFAULT 0;
            -- When it was due before the working days changed.
            ALTER TABLE deadline ADD COLUMN first_due BIGINT;
            ALTER TABLE deadline ADD COLUMN remind_at BIGINT;
            -- Who had the document when the clock ran out, in both languages.
            ALTER TABLE deadline ADD COLUMN held_by TEXT;
            UPDATE deadline SET remind_at = due - (due - started) / 5 WHERE reminded IS NULL AND met IS NULL AND breached IS NULL;
            CREATE INDEX deadline_remind ON deadline (remind_at) WHERE remind_at IS NOT NULL;
            -- The day of the last reminder, as a day's number.
            ALTER TABLE task ADD COLUMN reminded BIGINT NOT NULL DEFAULT 0;
            """)
}
