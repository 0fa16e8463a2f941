-- Every import and every edit is a batch that can be undone as a whole. A row keeps what each
-- import said of it: the newest version stands in its table, earlier ones in the table's past.
-- Rows of `import` with the kind 'edit' stand for somebody at the desk, those with the kind
-- 'earlier' for files that nobody knows any more.

CREATE TABLE batch (
    number INTEGER PRIMARY KEY,
    at_unix_secs INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('import', 'edit')),
    title TEXT NOT NULL,
    undone_at_unix_secs INTEGER
) STRICT;

ALTER TABLE import ADD COLUMN batch INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import ADD COLUMN list_name TEXT NOT NULL DEFAULT '';
-- The list of which this file is an edition; 0 for none.
ALTER TABLE import ADD COLUMN list INTEGER NOT NULL DEFAULT 0;

-- Files of one second were imported together.
UPDATE import SET batch = (
    SELECT min(number) FROM import AS other WHERE other.at_unix_secs = import.at_unix_secs
);
INSERT INTO batch
SELECT batch, min(at_unix_secs), 'import', group_concat(source, '、'), NULL
FROM (SELECT batch, at_unix_secs, source FROM import ORDER BY number)
GROUP BY batch;

-- Where several files were imported, nobody knows which of them a row came from.
INSERT INTO batch
SELECT coalesce((SELECT max(number) FROM import), 0) + 1,
    coalesce((SELECT max(at_unix_secs) FROM import), 0),
    'import', '以前导入 · earlier imports', NULL
WHERE (EXISTS (SELECT 1 FROM household)
        AND (SELECT count(*) FROM import WHERE kind = 'households') <> 1)
    OR (EXISTS (SELECT 1 FROM area)
        AND (SELECT count(*) FROM import WHERE kind = 'areas') <> 1);
INSERT INTO import (number, source, kind, encoding, datum, at_unix_secs, rows_read, rows_stored,
    rows_rejected, batch)
SELECT number, title, 'earlier', '', '', at_unix_secs, 0, 0, 0, number
FROM batch WHERE number NOT IN (SELECT batch FROM import);

-- A problem belongs to its own file, not to the first one of the same import.
UPDATE problem SET import = coalesce(
    (SELECT min(number) FROM import
        WHERE import.source = problem.source AND import.number >= problem.import),
    import);

-- Bits of `stated` and `edited` are the values of a household, in the order of the ledger.
ALTER TABLE household ADD COLUMN position_datum TEXT NOT NULL DEFAULT '';
-- '' where the file gave the position.
ALTER TABLE household ADD COLUMN position_source TEXT NOT NULL DEFAULT '';
ALTER TABLE household ADD COLUMN import INTEGER NOT NULL DEFAULT 0;
ALTER TABLE household ADD COLUMN row INTEGER NOT NULL DEFAULT 0;
ALTER TABLE household ADD COLUMN stated INTEGER NOT NULL DEFAULT 0;
ALTER TABLE household ADD COLUMN edited INTEGER NOT NULL DEFAULT 0;
ALTER TABLE household ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;

UPDATE household SET
    import = CASE WHEN (SELECT count(*) FROM import WHERE kind = 'households') = 1
        THEN (SELECT number FROM import WHERE kind = 'households')
        ELSE (SELECT number FROM import WHERE kind = 'earlier') END,
    stated = 1
        + 2 * (head_name <> '')
        + 4 * (id_number <> '')
        + 8 * (phone <> '')
        + 16 * (address <> '')
        + 32 * (lon IS NOT NULL OR position_text <> '')
        + 64 * (declared_area <> '')
        + 128 * (members IS NOT NULL)
        + 256 * (elderly IS NOT NULL)
        + 512 * (children IS NOT NULL)
        + 1024 * (disabled IS NOT NULL)
        + 2048 * (living_alone IS NOT NULL)
        + 4096 * (monthly_income IS NOT NULL)
        + 8192 * (programmes <> '')
        + 16384 * (needs <> '')
        + 32768 * (last_visit_day IS NOT NULL)
        + 65536 * (tags <> '')
        + 131072 * (notes <> '');

-- Household numbers are given anew by the office; one that is gone does not block its number.
DROP INDEX household_id;
CREATE UNIQUE INDEX household_id ON household (id) WHERE gone = 0;

CREATE TABLE household_past (
    number INTEGER NOT NULL,
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
    notes TEXT NOT NULL,
    position_datum TEXT NOT NULL,
    position_source TEXT NOT NULL,
    import INTEGER NOT NULL,
    row INTEGER NOT NULL,
    stated INTEGER NOT NULL,
    edited INTEGER NOT NULL,
    gone INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX household_past_version ON household_past (number, import);

-- An import that says again what is known leaves one short row here. `kind` is the table
-- (0 household, 1 area, 2 person, 3 receipt, 4 need, 5 visit, 6 resource, 7 list_entry).
CREATE TABLE seen (
    kind INTEGER NOT NULL,
    number INTEGER NOT NULL,
    import INTEGER NOT NULL,
    row INTEGER NOT NULL,
    stated INTEGER NOT NULL,
    PRIMARY KEY (kind, number, import)
) STRICT, WITHOUT ROWID;

ALTER TABLE area RENAME TO area_before;
CREATE TABLE area (
    number INTEGER PRIMARY KEY,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    level TEXT NOT NULL,
    parent TEXT NOT NULL,
    derived INTEGER NOT NULL,
    boundary BLOB NOT NULL,
    import INTEGER NOT NULL,
    row INTEGER NOT NULL,
    gone INTEGER NOT NULL
) STRICT;
INSERT INTO area (code, name, level, parent, derived, boundary, import, row, gone)
SELECT code, name, level, parent, derived, boundary,
    CASE WHEN (SELECT count(*) FROM import WHERE kind = 'areas') = 1
        THEN (SELECT number FROM import WHERE kind = 'areas')
        ELSE (SELECT number FROM import WHERE kind = 'earlier') END,
    0, 0
FROM area_before ORDER BY rowid;
DROP TABLE area_before;
CREATE TABLE area_past (
    number INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    level TEXT NOT NULL,
    parent TEXT NOT NULL,
    derived INTEGER NOT NULL,
    boundary BLOB NOT NULL,
    import INTEGER NOT NULL,
    row INTEGER NOT NULL,
    gone INTEGER NOT NULL
) STRICT;
CREATE INDEX area_past_number ON area_past (number);

CREATE TABLE person (
    number INTEGER PRIMARY KEY,
    household INTEGER NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    id_number TEXT NOT NULL,
    phone TEXT NOT NULL,
    relation TEXT NOT NULL,
    sex TEXT NOT NULL,
    born_day INTEGER,
    disability_certificate TEXT NOT NULL,
    disability_kind INTEGER,
    disability_level INTEGER,
    health TEXT NOT NULL,
    self_care TEXT NOT NULL,
    schooling TEXT NOT NULL,
    work TEXT NOT NULL,
    monthly_income REAL,
    tags TEXT NOT NULL,
    notes TEXT NOT NULL,
    import INTEGER NOT NULL,
    row INTEGER NOT NULL,
    gone INTEGER NOT NULL
) STRICT;
CREATE TABLE person_past (
    number INTEGER NOT NULL,
    household INTEGER NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    id_number TEXT NOT NULL,
    phone TEXT NOT NULL,
    relation TEXT NOT NULL,
    sex TEXT NOT NULL,
    born_day INTEGER,
    disability_certificate TEXT NOT NULL,
    disability_kind INTEGER,
    disability_level INTEGER,
    health TEXT NOT NULL,
    self_care TEXT NOT NULL,
    schooling TEXT NOT NULL,
    work TEXT NOT NULL,
    monthly_income REAL,
    tags TEXT NOT NULL,
    notes TEXT NOT NULL,
    import INTEGER NOT NULL,
    row INTEGER NOT NULL,
    gone INTEGER NOT NULL
) STRICT;
CREATE INDEX person_past_number ON person_past (number);

CREATE TABLE receipt (
    number INTEGER PRIMARY KEY,
    household INTEGER NOT NULL,
    member TEXT NOT NULL,
    programme TEXT NOT NULL,
    start_day INTEGER,
    end_day INTEGER,
    monthly_amount REAL,
    notes TEXT NOT NULL,
    import INTEGER NOT NULL,
    row INTEGER NOT NULL,
    gone INTEGER NOT NULL
) STRICT;
CREATE TABLE receipt_past (
    number INTEGER NOT NULL,
    household INTEGER NOT NULL,
    member TEXT NOT NULL,
    programme TEXT NOT NULL,
    start_day INTEGER,
    end_day INTEGER,
    monthly_amount REAL,
    notes TEXT NOT NULL,
    import INTEGER NOT NULL,
    row INTEGER NOT NULL,
    gone INTEGER NOT NULL
) STRICT;
CREATE INDEX receipt_past_number ON receipt_past (number);

CREATE TABLE need (
    number INTEGER PRIMARY KEY,
    household INTEGER NOT NULL,
    member TEXT NOT NULL,
    category TEXT NOT NULL,
    detail TEXT NOT NULL,
    source TEXT NOT NULL,
    raised_day INTEGER,
    urgency INTEGER,
    status TEXT NOT NULL,
    closed_day INTEGER,
    import INTEGER NOT NULL,
    row INTEGER NOT NULL,
    gone INTEGER NOT NULL
) STRICT;
CREATE TABLE need_past (
    number INTEGER NOT NULL,
    household INTEGER NOT NULL,
    member TEXT NOT NULL,
    category TEXT NOT NULL,
    detail TEXT NOT NULL,
    source TEXT NOT NULL,
    raised_day INTEGER,
    urgency INTEGER,
    status TEXT NOT NULL,
    closed_day INTEGER,
    import INTEGER NOT NULL,
    row INTEGER NOT NULL,
    gone INTEGER NOT NULL
) STRICT;
CREATE INDEX need_past_number ON need_past (number);

CREATE TABLE visit (
    number INTEGER PRIMARY KEY,
    household INTEGER NOT NULL,
    planned_day INTEGER,
    done_day INTEGER,
    worker TEXT NOT NULL,
    seen INTEGER,
    outcome TEXT NOT NULL,
    next_due_day INTEGER,
    notes TEXT NOT NULL,
    import INTEGER NOT NULL,
    row INTEGER NOT NULL,
    gone INTEGER NOT NULL
) STRICT;
CREATE TABLE visit_past (
    number INTEGER NOT NULL,
    household INTEGER NOT NULL,
    planned_day INTEGER,
    done_day INTEGER,
    worker TEXT NOT NULL,
    seen INTEGER,
    outcome TEXT NOT NULL,
    next_due_day INTEGER,
    notes TEXT NOT NULL,
    import INTEGER NOT NULL,
    row INTEGER NOT NULL,
    gone INTEGER NOT NULL
) STRICT;
CREATE INDEX visit_past_number ON visit_past (number);

CREATE TABLE resource (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    category TEXT NOT NULL,
    address TEXT NOT NULL,
    lon REAL,
    lat REAL,
    capacity INTEGER,
    radius_m REAL,
    hours TEXT NOT NULL,
    phone TEXT NOT NULL,
    notes TEXT NOT NULL,
    import INTEGER NOT NULL,
    row INTEGER NOT NULL,
    gone INTEGER NOT NULL
) STRICT;
CREATE TABLE resource_past (
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    category TEXT NOT NULL,
    address TEXT NOT NULL,
    lon REAL,
    lat REAL,
    capacity INTEGER,
    radius_m REAL,
    hours TEXT NOT NULL,
    phone TEXT NOT NULL,
    notes TEXT NOT NULL,
    import INTEGER NOT NULL,
    row INTEGER NOT NULL,
    gone INTEGER NOT NULL
) STRICT;
CREATE INDEX resource_past_number ON resource_past (number);

-- The lists of other departments; `list_entry.list` is a number of this table. A list holds the
-- entries that its newest edition has: those of its import, or seen by it.
CREATE TABLE list (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE list_entry (
    number INTEGER PRIMARY KEY,
    list INTEGER NOT NULL,
    name TEXT NOT NULL,
    id_number TEXT NOT NULL,
    phone TEXT NOT NULL,
    address TEXT NOT NULL,
    household_id TEXT NOT NULL,
    details TEXT NOT NULL,
    notes TEXT NOT NULL,
    import INTEGER NOT NULL,
    row INTEGER NOT NULL,
    gone INTEGER NOT NULL
) STRICT;
CREATE TABLE list_entry_past (
    number INTEGER NOT NULL,
    list INTEGER NOT NULL,
    name TEXT NOT NULL,
    id_number TEXT NOT NULL,
    phone TEXT NOT NULL,
    address TEXT NOT NULL,
    household_id TEXT NOT NULL,
    details TEXT NOT NULL,
    notes TEXT NOT NULL,
    import INTEGER NOT NULL,
    row INTEGER NOT NULL,
    gone INTEGER NOT NULL
) STRICT;
CREATE INDEX list_entry_past_number ON list_entry_past (number);
