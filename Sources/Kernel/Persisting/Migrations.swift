import Ledger
import Store
import Vault

extension Migration {
    /// Every form the database has had, in order. Never edited once released: a database pins their digests.
    package static let kernel: [Migration] = [
        Migration(name: "0001-keys", sql: KeyRing.schema),
        Migration(name: "0002-ledger", sql: Ledger.schema),
        Migration(name: "0003-foundation", sql: String(decoding: PackageResources.foundation_sql, as: UTF8.self)),
        .gate,
        Migration(name: "0005-proof", sql: Ledger.keyedSchema),
        .doors,
        .requests,
        Migration(name: "0010-witness", sql: String(decoding: PackageResources.witness_sql, as: UTF8.self)),
        .months,
        Migration(name: "0012-rules", sql: RuleRequest.schema),
        .rows,
        .notices,
        SlipBox.migration,
        .verbs,
        .reaching,
        .contentKeys,
        .articleTexts,
        .walks,
        FileStore.migration,
        .readings,
        .calendarFeeds,
        .office,
        PhraseBook.migration,
        .savedViews,
        .reporting,
        .rounds,
        .states,
        .readingsAlone,
        .noticeKinds,
    ]
}
