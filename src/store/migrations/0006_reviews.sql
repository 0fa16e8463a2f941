-- Until when a disability certificate counts, and when a receipt was reviewed last, as files say it.
-- NULL in rows that were read before: nobody said.

ALTER TABLE person ADD COLUMN certificate_until_day INTEGER;
ALTER TABLE person_past ADD COLUMN certificate_until_day INTEGER;
ALTER TABLE receipt ADD COLUMN reviewed_day INTEGER;
ALTER TABLE receipt_past ADD COLUMN reviewed_day INTEGER;

-- What somebody at the desk recorded of reviews: rows of their own, because a receipt is replaced by
-- the next file that names it. Number 9 in the table `seen`.
CREATE TABLE review (
    number INTEGER PRIMARY KEY,
    household INTEGER NOT NULL,
    member TEXT NOT NULL,
    programme TEXT NOT NULL,
    day INTEGER,
    author TEXT NOT NULL,
    import INTEGER NOT NULL,
    row INTEGER NOT NULL,
    gone INTEGER NOT NULL
) STRICT;
CREATE TABLE review_past (
    number INTEGER NOT NULL,
    household INTEGER NOT NULL,
    member TEXT NOT NULL,
    programme TEXT NOT NULL,
    day INTEGER,
    author TEXT NOT NULL,
    import INTEGER NOT NULL,
    row INTEGER NOT NULL,
    gone INTEGER NOT NULL
) STRICT;
CREATE INDEX review_past_number ON review_past (number);
