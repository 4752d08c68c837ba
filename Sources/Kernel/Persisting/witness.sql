-- Where checkpoints go: what left last for each place, and what became of it.
CREATE TABLE checkpoint_place (
    place TEXT PRIMARY KEY, size BIGINT NOT NULL, left_at BIGINT, tried_at BIGINT, due_at BIGINT NOT NULL, attempts BIGINT NOT NULL,
    alarm BIGINT NOT NULL CHECK (alarm IN (0, 1)), zh TEXT, en TEXT, told_at BIGINT);
-- What witnesses and time stamping authorities answered, with the note that they answered to.
CREATE TABLE checkpoint_receipt (
    place TEXT NOT NULL, size BIGINT NOT NULL, at BIGINT NOT NULL, kept TEXT NOT NULL, PRIMARY KEY (place, size, at));
