-- The first shape of a workspace. NULL is "not known"; '' is a text that says nothing.
-- Days count from 1970-01-01; positions are WGS-84 degrees.

-- One row. What kind of workspace this is never changes.
CREATE TABLE workspace (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    is_demo INTEGER NOT NULL CHECK (is_demo IN (0, 1)),
    created_at_unix_secs INTEGER NOT NULL
) STRICT;

CREATE TRIGGER workspace_stays BEFORE UPDATE ON workspace
BEGIN
    SELECT RAISE(ABORT, 'a workspace keeps its kind');
END;

CREATE TRIGGER workspace_remains BEFORE DELETE ON workspace
BEGIN
    SELECT RAISE(ABORT, 'a workspace keeps its kind');
END;

CREATE TABLE area (
    code TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    level TEXT NOT NULL,
    parent TEXT NOT NULL,
    derived INTEGER NOT NULL,
    boundary BLOB NOT NULL
) STRICT;

CREATE TABLE household (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    head_name TEXT NOT NULL,
    id_number TEXT NOT NULL,
    phone TEXT NOT NULL,
    address TEXT NOT NULL,
    lon REAL,
    lat REAL,
    position_text TEXT NOT NULL,
    declared_area TEXT NOT NULL,
    members INTEGER,
    elderly INTEGER,
    children INTEGER,
    disabled INTEGER,
    living_alone INTEGER,
    monthly_income REAL,
    programmes TEXT NOT NULL,
    needs TEXT NOT NULL,
    last_visit_day INTEGER,
    tags TEXT NOT NULL,
    notes TEXT NOT NULL
) STRICT;

-- An index of its own, not a constraint of the table: a first import builds it at the end.
CREATE UNIQUE INDEX household_id ON household (id);

CREATE TABLE import (
    number INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    encoding TEXT NOT NULL,
    datum TEXT NOT NULL,
    at_unix_secs INTEGER NOT NULL,
    rows_read INTEGER NOT NULL,
    rows_stored INTEGER NOT NULL,
    rows_rejected INTEGER NOT NULL
) STRICT;

CREATE TABLE problem (
    number INTEGER PRIMARY KEY,
    import INTEGER NOT NULL,
    source TEXT NOT NULL,
    row INTEGER NOT NULL,
    column TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE INDEX problem_import ON problem (import);

CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
