import Store

extension Migration {
    /// Tokens with scopes, log-ins that know when the password was given, failures and known networks shared by all servers, and what two
    /// administrators decide together.
    static let doors = Migration(
        name: "0007-doors",
        sql: """
            ALTER TABLE api_token ADD COLUMN id BIGINT NOT NULL DEFAULT 0;
            ALTER TABLE api_token ADD COLUMN scopes TEXT NOT NULL DEFAULT 'read reveal act sign';
            ALTER TABLE api_token ADD COLUMN maker BIGINT NOT NULL DEFAULT 0;
            -- The last day on which it was used, as a day's number; 0 before the first use.
            ALTER TABLE api_token ADD COLUMN used BIGINT NOT NULL DEFAULT 0;
            -- No token outlives a year, those neither that were made for longer.
            UPDATE api_token SET maker = person,
                ends = CASE WHEN ends > created + 31536000000 THEN created + 31536000000 ELSE ends END;
            UPDATE api_token SET id = (created - 1577836800000) * 1048576 + (
                SELECT count(*) FROM api_token AS other WHERE other.created = api_token.created AND other.token < api_token.token);
            CREATE UNIQUE INDEX api_token_id ON api_token (id);
            CREATE INDEX api_token_person ON api_token (person);

            -- When the password was given last, and how the person came in; nothing in a log-in of an earlier state.
            ALTER TABLE login ADD COLUMN authenticated BIGINT NOT NULL DEFAULT 0;
            ALTER TABLE login ADD COLUMN method TEXT NOT NULL DEFAULT '';
            CREATE INDEX login_person ON login (person);

            -- Until when the secret is a one-time word, by which the person sets the own password; 0: it is the own password.
            ALTER TABLE person ADD COLUMN once_until BIGINT NOT NULL DEFAULT 0;
            CREATE TABLE account_request (
                id BIGINT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('password', 'administrator', 'removal')),
                person BIGINT NOT NULL REFERENCES person (id), asker BIGINT NOT NULL, asked BIGINT NOT NULL, reason TEXT NOT NULL,
                leaves BIGINT NOT NULL CHECK (leaves IN (0, 1)), decider BIGINT, decided BIGINT, outcome TEXT);
            CREATE INDEX account_request_open ON account_request (person) WHERE decided IS NULL;

            -- Tries that failed or wait for their outcome, by the keyed digest of the name that was typed and the network they came from.
            CREATE TABLE login_failure (
                name BIGINT NOT NULL, network TEXT NOT NULL, person BIGINT NOT NULL, address TEXT NOT NULL, tries BIGINT NOT NULL,
                failed BIGINT NOT NULL, last BIGINT NOT NULL, told BIGINT NOT NULL, untold BIGINT NOT NULL, held BIGINT NOT NULL,
                PRIMARY KEY (name, network));
            CREATE INDEX login_failure_network ON login_failure (network, last);
            CREATE INDEX login_failure_last ON login_failure (last);
            CREATE TABLE login_network (name BIGINT NOT NULL, network TEXT NOT NULL, last BIGINT NOT NULL, PRIMARY KEY (name, network));

            -- Which entries of the ledger tell of log-ins, tokens and passwords, and of whose; 0: of nobody who is known.
            CREATE TABLE account_entry (entry BIGINT PRIMARY KEY, person BIGINT NOT NULL);
            CREATE INDEX account_entry_person ON account_entry (person, entry);

            """)
}
