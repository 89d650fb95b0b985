// Package settings draws the page of an organization's settings.
package settings
