-- +goose Up
CREATE TABLE instance (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- The last id given to an event; one row, locked for the end of a write only.
CREATE TABLE event_counter (
    id    BIGINT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO event_counter (id, value) VALUES (1, 0);

CREATE TABLE orgs (
    id           TEXT NOT NULL PRIMARY KEY,
    name         TEXT NOT NULL,
    name_key     TEXT NOT NULL,
    label        TEXT NOT NULL DEFAULT '',
    sequence     BIGINT NOT NULL,
    created_at   TIMESTAMP NOT NULL,
    changed_at   TIMESTAMP NOT NULL,
    action_count BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX orgs_name ON orgs (name_key);

CREATE TABLE users (
    id            TEXT NOT NULL PRIMARY KEY,
    org_id        TEXT NOT NULL REFERENCES orgs (id) ON DELETE CASCADE,
    name          TEXT NOT NULL,
    name_key      TEXT NOT NULL,
    type          TEXT NOT NULL,
    email         TEXT NOT NULL DEFAULT '',
    display_name  TEXT NOT NULL DEFAULT '',
    password_hash TEXT NOT NULL DEFAULT '',
    language      TEXT NOT NULL DEFAULT '',
    theme         TEXT NOT NULL DEFAULT '',
    sequence      BIGINT NOT NULL,
    created_at    TIMESTAMP NOT NULL,
    changed_at    TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX users_name ON users (name_key);
CREATE INDEX users_org ON users (org_id, created_at, id);

CREATE TABLE memberships (
    user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    org_id     TEXT NOT NULL,
    roles      TEXT NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (user_id, org_id)
);
CREATE INDEX memberships_org ON memberships (org_id);

CREATE TABLE tokens (
    id           TEXT NOT NULL PRIMARY KEY,
    user_id      TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    org_id       TEXT NOT NULL,
    hash         TEXT NOT NULL,
    last4        TEXT NOT NULL,
    created_at   TIMESTAMP NOT NULL,
    expires_at   TIMESTAMP,
    last_used_at TIMESTAMP,
    revoked_at   TIMESTAMP
);
CREATE UNIQUE INDEX tokens_hash ON tokens (hash);
CREATE INDEX tokens_user ON tokens (user_id, created_at);

CREATE TABLE sessions (
    id         TEXT NOT NULL PRIMARY KEY,
    user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    seen_at    TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    user_agent TEXT NOT NULL DEFAULT '',
    address    TEXT NOT NULL DEFAULT ''
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_expires ON sessions (expires_at);

CREATE TABLE actions (
    id              TEXT NOT NULL PRIMARY KEY,
    org_id          TEXT NOT NULL REFERENCES orgs (id) ON DELETE CASCADE,
    name            TEXT NOT NULL,
    name_key        TEXT NOT NULL,
    script          TEXT NOT NULL,
    timeout         BIGINT NOT NULL,
    allowed_to_fail BOOLEAN NOT NULL,
    state           BIGINT NOT NULL,
    sequence        BIGINT NOT NULL,
    version         BIGINT NOT NULL,
    created_at      TIMESTAMP NOT NULL,
    changed_at      TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX actions_name ON actions (org_id, name_key);
CREATE INDEX actions_created ON actions (org_id, created_at, id);
CREATE INDEX actions_state ON actions (org_id, state, created_at, id);

-- Versions outlive their action, so there is no reference to it.
CREATE TABLE action_versions (
    action_id       TEXT NOT NULL,
    number          BIGINT NOT NULL,
    org_id          TEXT NOT NULL REFERENCES orgs (id) ON DELETE CASCADE,
    name            TEXT NOT NULL,
    script          TEXT NOT NULL,
    timeout         BIGINT NOT NULL,
    allowed_to_fail BOOLEAN NOT NULL,
    state           BIGINT NOT NULL,
    sequence        BIGINT NOT NULL,
    event_type      TEXT NOT NULL,
    at              TIMESTAMP NOT NULL,
    by_id           TEXT NOT NULL DEFAULT '',
    by_name         TEXT NOT NULL DEFAULT '',
    source          TEXT NOT NULL DEFAULT '',
    note            TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (action_id, number)
);
CREATE INDEX action_versions_org ON action_versions (org_id);

CREATE TABLE bindings (
    org_id    TEXT NOT NULL REFERENCES orgs (id) ON DELETE CASCADE,
    flow      BIGINT NOT NULL,
    "trigger" BIGINT NOT NULL,
    position  BIGINT NOT NULL,
    action_id TEXT NOT NULL REFERENCES actions (id),
    PRIMARY KEY (org_id, flow, "trigger", position)
);
CREATE UNIQUE INDEX bindings_action ON bindings (action_id, flow, "trigger");

CREATE TABLE lane_heads (
    org_id     TEXT NOT NULL REFERENCES orgs (id) ON DELETE CASCADE,
    flow       BIGINT NOT NULL,
    "trigger"  BIGINT NOT NULL,
    sequence   BIGINT NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    by_id      TEXT NOT NULL DEFAULT '',
    by_name    TEXT NOT NULL DEFAULT '',
    source     TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (org_id, flow, "trigger")
);

CREATE TABLE events (
    id           BIGINT NOT NULL PRIMARY KEY,
    org_id       TEXT NOT NULL,
    aggregate    TEXT NOT NULL,
    aggregate_id TEXT NOT NULL,
    sequence     BIGINT NOT NULL,
    type         TEXT NOT NULL,
    at           TIMESTAMP NOT NULL,
    by_id        TEXT NOT NULL DEFAULT '',
    by_name      TEXT NOT NULL DEFAULT '',
    source       TEXT NOT NULL DEFAULT '',
    request_id   TEXT NOT NULL DEFAULT '',
    before       TEXT NOT NULL DEFAULT '',
    after        TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX events_sequence ON events (aggregate, aggregate_id, sequence);
CREATE INDEX events_org ON events (org_id, id);

CREATE TABLE runs (
    id             TEXT NOT NULL PRIMARY KEY,
    org_id         TEXT NOT NULL REFERENCES orgs (id) ON DELETE CASCADE,
    chain_id       TEXT NOT NULL DEFAULT '',
    position       BIGINT NOT NULL,
    action_id      TEXT NOT NULL DEFAULT '',
    action_name    TEXT NOT NULL DEFAULT '',
    action_version BIGINT NOT NULL,
    "trigger"      TEXT NOT NULL DEFAULT '',
    source         TEXT NOT NULL,
    outcome        TEXT NOT NULL,
    tolerated      BOOLEAN NOT NULL,
    started_at     TIMESTAMP NOT NULL,
    duration       BIGINT NOT NULL,
    by_id          TEXT NOT NULL DEFAULT '',
    by_name        TEXT NOT NULL DEFAULT '',
    script         TEXT NOT NULL,
    input          TEXT NOT NULL,
    result         TEXT NOT NULL
);
CREATE INDEX runs_org ON runs (org_id, id);
CREATE INDEX runs_action ON runs (org_id, action_id, id);
CREATE INDEX runs_started ON runs (started_at);
