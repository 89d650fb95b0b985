package models

import "time"

// Token is a personal access token. Only the SHA-256 of its secret is stored.
type Token struct {
	ID         string `gorm:"primaryKey"`
	UserID     string
	OrgID      string
	Hash       string // hex SHA-256 of the secret, unique
	Last4      string // for lists
	CreatedAt  time.Time
	ExpiresAt  *time.Time
	LastUsedAt *time.Time // written at most once a minute
	RevokedAt  *time.Time
}

// Usable reports whether the token is neither revoked nor expired at now.
func (t Token) Usable(now time.Time) bool {
	return t.RevokedAt == nil && (t.ExpiresAt == nil || now.Before(*t.ExpiresAt))
}
