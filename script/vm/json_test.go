package vm

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"
)

// FuzzJSON compares the compact form with encoding/json: what one reads the
// other does, and what comes back is written byte by byte the same.
func FuzzJSON(f *testing.F) {
	for _, seed := range []string{`{"b":[1,-0,2.5,1e21,1e-7,12345678901234567890],"a":{"x":null,"w":true}}`, `"a<b>&\u2028\ud83d\ude00\ud800\n\u0001"`,
		`[[],{},"",0,false]`, `{"a":1,"a":2}`, `01`, `1.`, `"\x"`, `{"a" : [ 1 , 2 ] }`, "\"\xff\"", `-`, `1e999`, `tru`, `[1,]`, `{"":{"":""}}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var want any
		err := json.Unmarshal(text, &want)
		n, got := encodeJSON(text)
		if (err == nil) != (got == nil) {
			if got == errDepth {
				return
			}
			t.Fatalf("%q: encoding/json says %v, we say %v", text, err, got)
		}
		if err != nil {
			return
		}
		canonical, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		if ours := appendSorted(nil, n); !bytes.Equal(ours, canonical) {
			t.Errorf("%q is written as %q, want %q", text, ours, canonical)
		}
		if plain := appendJSON(nil, n); !json.Valid(plain) {
			t.Errorf("%q is written as %q", text, plain)
		}
	})
}

func TestProgramsKeptAreBounded(t *testing.T) {
	t.Parallel()
	r := NewRunner(Options{Programs: 3, ProgramBytes: 300})
	for i := range 10 {
		if _, err := r.program(fmt.Sprintf("function t() { return %d }", i)); err != nil {
			t.Fatal(err)
		}
	}
	if r.order.Len() != 3 || len(r.programs) != 3 {
		t.Errorf("%d programs kept, want 3", r.order.Len())
	}
	again, _ := r.program("function t() { return 9 }")
	same, _ := r.program("function t() { return 9 }")
	if again != same {
		t.Error("a kept program was compiled again")
	}
	long := "function t() {}" + string(bytes.Repeat([]byte(" "), 290))
	if _, err := r.program(long); err != nil {
		t.Fatal(err)
	}
	if r.order.Len() != 1 || r.bytes != len(long) {
		t.Errorf("%d programs of %d bytes kept, want one of %d", r.order.Len(), r.bytes, len(long))
	}
}

func TestTypesFitTheirEncoding(t *testing.T) {
	t.Parallel()
	seen := map[*Type]bool{}
	var visit func(*Type)
	visit = func(typ *Type) {
		if typ == nil || seen[typ] {
			return
		}
		seen[typ] = true
		if n := len(typ.Members); n > 200 || typ.Kind == KindObject && n > 64 {
			t.Errorf("%s has %d members", typ.Name, n)
		}
		for i, m := range typ.Members {
			if typ.index[m.Name] != i || m.Doc == "" && !m.Optional {
				t.Errorf("%s.%s is listed twice or has no description", typ.Name, m.Name)
			}
			visit(m.Type)
		}
		for _, a := range typ.Alternatives {
			visit(a)
		}
		visit(typ.Elem)
		visit(typ.Returns)
	}
	for _, table := range tables {
		visit(table.Ctx)
		visit(table.API)
	}
	for _, m := range modules {
		visit(m)
	}
}
