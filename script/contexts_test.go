package script

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"flowbench/models"
	"flowbench/script/vm"
)

func TestContextsAreEncodedOnce(t *testing.T) {
	t.Parallel()
	c := newContexts()
	defer c.close()
	sample := vm.Sample(models.PreUserinfo)
	first, err := c.encode(models.PreUserinfo, sample)
	if err != nil {
		t.Fatal(err)
	}
	again, err := c.encode(models.PreUserinfo, append([]byte(nil), sample...))
	if err != nil || &first[0] != &again[0] {
		t.Errorf("it was encoded twice, error %v", err)
	}
	other, err := c.encode(models.PreAccessToken, sample)
	if err != nil || string(other) == string(first) {
		t.Errorf("another trigger got the same context, error %v", err)
	}
	if _, err := c.encode(models.PreUserinfo, []byte("{")); err == nil {
		t.Error("a context that is none was taken")
	}
}

func TestContextsAreForgotten(t *testing.T) {
	t.Parallel()
	c := newContexts()
	defer c.close()
	for n := range 3 * keptContexts {
		text := fmt.Sprintf(`{"note":"%d%s"}`, n, strings.Repeat("x", 1<<10))
		if _, err := c.encode(models.PreUserinfo, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if len(c.kept) > keptContexts || c.bytes > keptContextBytes {
			t.Fatalf("%d contexts of %d bytes are kept", len(c.kept), c.bytes)
		}
	}
	c.forget(0, time.Now().Add(2*keptContextFor))
	if len(c.kept) != 0 || c.bytes != 0 {
		t.Errorf("%d contexts of %d bytes are kept for ever", len(c.kept), c.bytes)
	}
}
