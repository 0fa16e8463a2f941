-- The office's own catalogue of programmes, needs, rules and thresholds, as its text, version by
-- version. The newest whose batch is not undone holds; batch 0 is what the workspace began with.

CREATE TABLE catalogue (
    number INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL,
    text TEXT NOT NULL
) STRICT;
