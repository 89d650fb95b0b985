// Package models says what exists and what is legal: the nouns of Flowbench as
// structs, the enums of ZITADEL's actions and flows with their wire names and
// numbers, the rules about one value, and the error kinds.
//
// It imports the standard library only, does no I/O, knows no clock and no
// context. A row of the database is the same struct as the domain value; the
// GORM tags are plain strings.
package models
