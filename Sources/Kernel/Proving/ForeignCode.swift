import Ledger
import Store

/// 外来代码: triggers, views, rules, policies and computed columns that somebody has put into the database. The program has none. One of them
/// could change a row in the very act that sets it, and the act would state what it found there as its own.
enum ForeignCode {
    private static let onSQLite = """
        SELECT DISTINCT tbl_name FROM sqlite_master WHERE type IN ('trigger', 'view') OR sql LIKE 'CREATE VIRTUAL%' ORDER BY tbl_name
        """
    private static let onPostgres = """
        SELECT c.relname::text FROM pg_class c
        WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
            AND (c.relkind <> 'r' OR c.relrowsecurity OR EXISTS (SELECT 1 FROM pg_rewrite r WHERE r.ev_class = c.oid)
                OR EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)
                OR EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attgenerated <> ''))
        ORDER BY 1
        """

    /// The tables that have some.
    static func names(_ session: any Session) throws -> [String] {
        try session.all(session.engine == .sqlite ? onSQLite : onPostgres, []) { $0.text(0) }
    }

    /// - Throws: `DeskError.conflict` where there is any. Asked after rows are changed: whoever changes them keeps others from taking a
    ///   trigger away until the end.
    static func requireNone(_ session: any Session) throws {
        let tables = try names(session)
        if !tables.isEmpty { throw DeskError.conflict(words(tables)) }
    }

    static func words(_ tables: [String]) -> Words {
        let listed = tables.prefix(5).map { "“\($0.prefix(40))”" }
        return Words(
            "数据库的表\(listed.joined(separator: "、"))带有并非本系统所建的触发器、视图或规则，不能办理。请保全数据库，查明谁连接着它，并告知系统管理员",
            "Tables of the database (\(listed.joined(separator: ", "))) have triggers, views or rules that are none of the system's, and cannot "
                + "be acted on. Keep the database as it is, find out who is connected to it, and tell the administrators")
    }

    static func verify(_ session: any Session, _ report: inout VerificationReport) throws {
        for table in try names(session) {
            report.note(.row(RowName(table: table, "表 \(table) 的触发器、视图或规则", "A trigger, view or rule of the table \(table)"), .unrecorded))
        }
    }
}
