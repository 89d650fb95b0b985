package models

import "time"

// UserType tells people from programs.
type UserType string

// The two types.
const (
	UserHuman   UserType = "human"
	UserMachine UserType = "machine"
)

// User is a person or a program that may sign in.
type User struct {
	ID           string `gorm:"primaryKey"`
	OrgID        string
	Name         string // sign-in name, unique in the instance ignoring case
	NameKey      string
	Type         UserType
	Email        string // people only
	DisplayName  string
	PasswordHash string // argon2id in PHC form; "" = cannot sign in with a password
	Language     string // BCP 47 or "" for what the browser asks
	Theme        string // "", "light", "dark"
	Sequence     uint64
	CreatedAt    time.Time
	ChangedAt    time.Time
}

// Membership gives a user roles in one organization, or with an empty OrgID on
// the instance.
type Membership struct {
	UserID    string   `gorm:"primaryKey"`
	OrgID     string   `gorm:"primaryKey"`
	Roles     []string `gorm:"serializer:json"`
	ChangedAt time.Time
}

// Session is a signed-in browser. ID is the SHA-256 of the cookie's secret.
type Session struct {
	ID        string `gorm:"primaryKey"`
	UserID    string
	CreatedAt time.Time
	SeenAt    time.Time
	ExpiresAt time.Time
	UserAgent string
	Address   string
}
