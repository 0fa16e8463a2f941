-- The later file that most of what a file said was said again by; 0 for none. Its problems are not
-- open any more, as long as that file is not undone.

ALTER TABLE import ADD COLUMN replaced_by INTEGER NOT NULL DEFAULT 0;
