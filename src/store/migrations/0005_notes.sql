-- What somebody at the desk wrote down about a household: rows of their own, because the notes of
-- the household are a value that the next ledger replaces. Number 8 in the table `seen`.
CREATE TABLE note (
    number INTEGER PRIMARY KEY,
    household INTEGER NOT NULL,
    day INTEGER,
    text TEXT NOT NULL,
    author TEXT NOT NULL,
    import INTEGER NOT NULL,
    row INTEGER NOT NULL,
    gone INTEGER NOT NULL
) STRICT;
CREATE TABLE note_past (
    number INTEGER NOT NULL,
    household INTEGER NOT NULL,
    day INTEGER,
    text TEXT NOT NULL,
    author TEXT NOT NULL,
    import INTEGER NOT NULL,
    row INTEGER NOT NULL,
    gone INTEGER NOT NULL
) STRICT;
CREATE INDEX note_past_number ON note_past (number);

-- In the past of a need or a visit, `gone` 2 marks what a file said while the word of somebody at
-- the desk stood against it: it comes back only where nothing else is left.
