package models

// RunCount says how often an action ran at a trigger, and how often it failed.
type RunCount struct {
	ActionID string
	Trigger  Slug
	Runs     int
	Failed   int
}
