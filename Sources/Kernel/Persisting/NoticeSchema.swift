import Store

extension Migration {
    /// For whom a notice is that names no document: see `NoticeCircle`. Notices of before are for whom they were sent to.
    static let notices = Migration(
        name: "0014-notices",
        sql: """
            ALTER TABLE notice ADD COLUMN level BIGINT NOT NULL DEFAULT 0;
            ALTER TABLE notice ADD COLUMN post TEXT;
            ALTER TABLE notice ADD COLUMN unit BIGINT;
            """)
    /// Of what a notice speaks, where what it names does not say it: see `NoticeTopic`.
    static let noticeKinds = Migration(name: "0032-notice-kinds", sql: "ALTER TABLE notice ADD COLUMN kind TEXT;")
}
