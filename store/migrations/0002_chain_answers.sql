-- +goose Up
CREATE TABLE chain_answers (
    org_id          TEXT NOT NULL REFERENCES orgs (id) ON DELETE CASCADE,
    idempotency_key TEXT NOT NULL,
    fingerprint     TEXT NOT NULL,
    answer          TEXT NOT NULL,
    created_at      TIMESTAMP NOT NULL,
    PRIMARY KEY (org_id, idempotency_key)
);
CREATE INDEX chain_answers_created ON chain_answers (created_at);
