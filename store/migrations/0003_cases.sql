-- +goose Up
CREATE TABLE cases (
    id         TEXT NOT NULL PRIMARY KEY,
    org_id     TEXT NOT NULL REFERENCES orgs (id) ON DELETE CASCADE,
    action_id  TEXT NOT NULL DEFAULT '',
    journey    TEXT NOT NULL DEFAULT '',
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL,
    "trigger"  TEXT NOT NULL DEFAULT '',
    context    TEXT NOT NULL,
    http       TEXT NOT NULL,
    expect     TEXT NOT NULL,
    sequence   BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    by_name    TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX cases_name ON cases (org_id, action_id, journey, name_key);

CREATE TABLE samples (
    id         TEXT NOT NULL PRIMARY KEY,
    org_id     TEXT NOT NULL REFERENCES orgs (id) ON DELETE CASCADE,
    "trigger"  TEXT NOT NULL,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL,
    context    TEXT NOT NULL,
    sequence   BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    by_name    TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX samples_name ON samples (org_id, "trigger", name_key);

CREATE TABLE org_settings (
    org_id TEXT NOT NULL PRIMARY KEY REFERENCES orgs (id) ON DELETE CASCADE,
    value  TEXT NOT NULL
);
