// Package e2e holds the tests that drive the whole product: a real browser and
// real API clients against the server as it ships. They have the build tag e2e;
// "go run ./e2e/setup" installs what they need.
package e2e
