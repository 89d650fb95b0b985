package handlers_test

import (
	"os"
	"testing"

	"flowbench/script/worker"
)

func TestMain(m *testing.M) {
	worker.Enter()
	os.Exit(m.Run())
}
