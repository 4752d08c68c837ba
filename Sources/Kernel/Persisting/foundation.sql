-- The organisation.
CREATE TABLE unit (
    id BIGINT PRIMARY KEY, parent BIGINT REFERENCES unit (id), path TEXT NOT NULL UNIQUE, zh TEXT NOT NULL, en TEXT NOT NULL,
    closed BIGINT CHECK (closed > 0));
CREATE TABLE person (
    id BIGINT PRIMARY KEY, login TEXT NOT NULL UNIQUE, zh TEXT NOT NULL, en TEXT NOT NULL, secret TEXT, clearance BIGINT NOT NULL,
    active BIGINT NOT NULL CHECK (active IN (0, 1)), administrator BIGINT NOT NULL CHECK (administrator IN (0, 1)));
CREATE TABLE holding (
    id BIGINT PRIMARY KEY, person BIGINT NOT NULL REFERENCES person (id), unit BIGINT NOT NULL REFERENCES unit (id), post TEXT NOT NULL,
    from_day BIGINT NOT NULL, to_day BIGINT);
CREATE INDEX holding_person ON holding (person);
CREATE TABLE adoption (
    id BIGINT PRIMARY KEY, regulation TEXT NOT NULL, version BIGINT NOT NULL, unit BIGINT NOT NULL REFERENCES unit (id),
    from_day BIGINT NOT NULL, to_day BIGINT);
CREATE TABLE delegation (
    id BIGINT PRIMARY KEY, giver BIGINT NOT NULL REFERENCES person (id), receiver BIGINT NOT NULL REFERENCES person (id),
    from_at BIGINT NOT NULL, to_at BIGINT NOT NULL, reason TEXT NOT NULL, CHECK (giver <> receiver), CHECK (from_at < to_at));
CREATE TABLE parameter (
    id BIGINT PRIMARY KEY, regulation TEXT NOT NULL, name TEXT NOT NULL, unit BIGINT NOT NULL REFERENCES unit (id), value BIGINT NOT NULL,
    from_day BIGINT NOT NULL, reason TEXT NOT NULL);
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE holiday (day BIGINT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('holiday', 'workday')), name TEXT NOT NULL);

-- Who is logged in.
CREATE TABLE login (
    token BYTEA PRIMARY KEY, person BIGINT NOT NULL REFERENCES person (id), csrf TEXT NOT NULL, language TEXT NOT NULL,
    created BIGINT NOT NULL, seen BIGINT NOT NULL, ends BIGINT NOT NULL);
CREATE TABLE api_token (
    token BYTEA PRIMARY KEY, person BIGINT NOT NULL REFERENCES person (id), label TEXT NOT NULL, created BIGINT NOT NULL, ends BIGINT NOT NULL);

-- Documents and how they are found.
CREATE TABLE document (
    id BIGINT PRIMARY KEY, type TEXT NOT NULL, state TEXT NOT NULL, number TEXT, title TEXT NOT NULL,
    scope BIGINT NOT NULL REFERENCES unit (id), unit BIGINT NOT NULL REFERENCES unit (id), holder BIGINT NOT NULL, creator BIGINT NOT NULL,
    level BIGINT NOT NULL CHECK (level BETWEEN 0 AND 3), version BIGINT NOT NULL CHECK (version > 0), created BIGINT NOT NULL,
    changed BIGINT NOT NULL, body TEXT NOT NULL, sealed BYTEA NOT NULL,
    digest BYTEA NOT NULL);
CREATE UNIQUE INDEX document_number ON document (type, scope, number) WHERE number IS NOT NULL;
CREATE INDEX document_type ON document (type, id);
CREATE INDEX document_state ON document (type, state, id);
CREATE INDEX document_holder ON document (holder, id) WHERE holder <> 0;
CREATE TABLE serial (
    type TEXT NOT NULL, scope BIGINT NOT NULL, year BIGINT NOT NULL, last BIGINT NOT NULL, PRIMARY KEY (type, scope, year));
-- The type stands in the key: a value may be common to thousands of one type and be looked for among another.
CREATE TABLE lookup (key BIGINT NOT NULL, type TEXT NOT NULL, document BIGINT NOT NULL, PRIMARY KEY (key, type, document));
CREATE TABLE gram (gram BIGINT NOT NULL, document BIGINT NOT NULL, PRIMARY KEY (gram, document));
-- Grams of new documents, until they are put in their places.
CREATE TABLE gram_waiting (document BIGINT PRIMARY KEY, grams TEXT NOT NULL);
CREATE TABLE file (digest TEXT PRIMARY KEY, size BIGINT NOT NULL, content BYTEA NOT NULL, created BIGINT NOT NULL);

-- What waits, what runs, what was told.
CREATE TABLE task (
    id BIGINT PRIMARY KEY, document BIGINT NOT NULL REFERENCES document (id), step TEXT NOT NULL, post TEXT, unit BIGINT, person BIGINT,
    since BIGINT NOT NULL, sender BIGINT NOT NULL, note TEXT NOT NULL, CHECK (post IS NOT NULL OR person IS NOT NULL));
CREATE INDEX task_document ON task (document);
CREATE INDEX task_person ON task (person) WHERE person IS NOT NULL;
CREATE INDEX task_post ON task (post, unit) WHERE post IS NOT NULL;
CREATE TABLE deadline (
    id BIGINT PRIMARY KEY, document BIGINT NOT NULL REFERENCES document (id), name TEXT NOT NULL, article TEXT NOT NULL,
    started BIGINT NOT NULL, due BIGINT NOT NULL, provisional BIGINT NOT NULL CHECK (provisional IN (0, 1)), reminded BIGINT, breached BIGINT,
    met BIGINT);
CREATE INDEX deadline_document ON deadline (document);
CREATE INDEX deadline_due ON deadline (due) WHERE met IS NULL;
CREATE TABLE access_grant (
    id BIGINT PRIMARY KEY, document BIGINT NOT NULL REFERENCES document (id), person BIGINT NOT NULL REFERENCES person (id),
    purpose TEXT NOT NULL, from_at BIGINT NOT NULL, ends BIGINT NOT NULL);
CREATE INDEX access_grant_person ON access_grant (person, document);
CREATE INDEX access_grant_document ON access_grant (document);
CREATE TABLE taken (
    document BIGINT NOT NULL REFERENCES document (id), step TEXT NOT NULL, person BIGINT NOT NULL, behalf BIGINT NOT NULL, at BIGINT NOT NULL,
    PRIMARY KEY (document, step, person, behalf));
CREATE TABLE notice (
    id BIGINT PRIMARY KEY, person BIGINT NOT NULL REFERENCES person (id), document BIGINT, zh TEXT NOT NULL, en TEXT NOT NULL,
    created BIGINT NOT NULL, sent BIGINT, attempts BIGINT NOT NULL, seen BIGINT);
CREATE INDEX notice_person ON notice (person, id);
CREATE INDEX notice_waiting ON notice (id) WHERE sent IS NULL;
CREATE TABLE duty_run (duty TEXT NOT NULL, scope BIGINT NOT NULL, day BIGINT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (duty, scope, day));

-- How often each article acted, drawn from the ledger as it is put in order.
CREATE TABLE tally (
    regulation TEXT NOT NULL, article TEXT NOT NULL, type TEXT NOT NULL, step TEXT NOT NULL, kind TEXT NOT NULL, day BIGINT NOT NULL,
    count BIGINT NOT NULL, PRIMARY KEY (regulation, article, type, step, kind, day));
