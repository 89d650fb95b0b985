// Package account draws the pages around the person: sign-in, the first
// administrator, one's own settings.
package account
