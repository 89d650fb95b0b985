package script

import (
	"strings"
	"testing"
)

func TestCrashesAreToldApart(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"runtime: goroutine stack exceeds 268435456-byte limit\nfatal error: stack overflow":      "recursion",
		"runtime: out of memory: cannot allocate\nfatal error: out of memory\nruntime.newstack()": "recursion",
		"fatal error: runtime: out of memory\nruntime.mallocgc()":                                 "memory",
		"runtime: failed to create new OS thread (have 9 already; errno=11)":                      "memory",
		"panic: runtime error: makeslice: len out of range":                                       "memory",
		"panic: runtime error: index out of range [1] with length 1":                              "crash",
		"": "crash",
	} {
		got := "crash"
		switch {
		case isRecursion(text):
			got = "recursion"
		case isMemory(text):
			got = "memory"
		}
		if got != want {
			t.Errorf("%q is taken for %s, want %s", text, got, want)
		}
	}
}

func TestTailKeepsBeginningAndEnd(t *testing.T) {
	t.Parallel()
	var kept tail
	for _, part := range []string{"first", strings.Repeat("x", 3*tailSize), "last"} {
		if n, err := kept.Write([]byte(part)); n != len(part) || err != nil {
			t.Fatalf("wrote %d, %v", n, err)
		}
	}
	text := kept.String()
	if !strings.HasPrefix(text, "first") || !strings.HasSuffix(text, "last") || len(text) != 2*tailSize {
		t.Errorf("%d bytes kept: %.10s … %s", len(text), text, text[len(text)-10:])
	}
}
