package wire_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"flowbench/models"
	"flowbench/script/vm"
	"flowbench/script/wire"
)

func op() vm.Op {
	return vm.Op{Kind: vm.OpMetadata, Pushed: true, Key: "käse", Index: 3, Value: []byte(`{"a":1}`), Line: 7, Column: -1}
}

func chain() wire.ChainMessage {
	return wire.ChainMessage{
		Context: []byte("context"),
		Earlier: []wire.Earlier{{Name: "first", Ops: []vm.Op{op(), {Kind: vm.OpClaim, Key: "x", Value: []byte("1")}}}, {Name: "idle"}},
		Actions: []wire.Action{{Job: vm.Job{Name: "second", Script: "x", Timeout: time.Second, Strict: true}, AllowedToFail: true}},
	}
}

func TestMessagesSurviveTheWay(t *testing.T) {
	t.Parallel()
	t.Run("ready", func(t *testing.T) {
		t.Parallel()
		want := wire.ReadyMessage{AddressSpace: 1 << 40, Layers: []wire.Layer{{Name: "a", On: true}, {Name: "b", Detail: "why"}}}
		got, err := wire.ParseReady(want.Append(nil))
		same(t, got, want, err)
	})
	t.Run("chain", func(t *testing.T) {
		t.Parallel()
		want := chain()
		got, err := wire.ParseChain(want.Append(nil))
		same(t, got, want, err)
	})
	t.Run("op", func(t *testing.T) {
		t.Parallel()
		got, err := wire.ParseOp(wire.AppendOp(nil, op()))
		same(t, got, op(), err)
	})
	t.Run("log", func(t *testing.T) {
		t.Parallel()
		want := models.LogLine{At: models.Seconds(time.Minute), Level: models.LevelWarn, Message: "m"}
		got, err := wire.ParseLog(wire.AppendLog(nil, want.Level, time.Minute, want.Message))
		same(t, got, want, err)
	})
	t.Run("result", func(t *testing.T) {
		t.Parallel()
		want := vm.Result{Outcome: models.Outcome{Kind: models.OutcomeHost, Message: "m", Line: 1, Column: 2, Snippet: "s", Stack: []string{"f", "g"}},
			Compile: 1, Own: 2, HTTP: 3, Total: 4, Spoilt: true}
		got, err := wire.ParseResult(wire.AppendResult(nil, want))
		same(t, got, want, err)
	})
	t.Run("fetch", func(t *testing.T) {
		t.Parallel()
		want := vm.FetchRequest{Method: "GET", URL: "u", Header: map[string][]string{"A": {"1", "2"}}, Body: []byte("b"), HasBody: true, Line: 4, Column: 5}
		got, err := wire.ParseFetch(wire.AppendFetch(nil, want))
		same(t, got, want, err)
	})
	t.Run("fetched", func(t *testing.T) {
		t.Parallel()
		want := vm.FetchResponse{Status: 204, Header: map[string][]string{"A": {"1"}}, Body: []byte("b")}
		got, err := wire.ParseFetched(wire.AppendFetched(nil, want, nil))
		same(t, got, want, err)
	})
	t.Run("refused fetch", func(t *testing.T) {
		t.Parallel()
		_, err := wire.ParseFetched(wire.AppendFetched(nil, vm.FetchResponse{}, errors.New("denied")))
		if err == nil || err.Error() != "denied" {
			t.Errorf("got error %v", err)
		}
	})
	t.Run("check", func(t *testing.T) {
		t.Parallel()
		want := wire.CheckMessage{Name: "n", Script: "s", Trigger: models.PreUserinfo}
		got, err := wire.ParseCheck(want.Append(nil))
		same(t, got, want, err)
	})
}

func same[T any](t *testing.T, got, want T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// duplex joins what is read and what is written.
type duplex struct {
	io.Reader
	io.Writer
}

func TestFramesArriveInAnyPieces(t *testing.T) {
	t.Parallel()
	large := bytes.Repeat([]byte("x"), 300<<10)
	var line bytes.Buffer
	out := wire.NewConn(duplex{nil, &line})
	for _, payload := range [][]byte{[]byte("one"), large, nil, []byte("four")} {
		if err := out.Put(wire.Log, func(b []byte) []byte { return append(b, payload...) }); err != nil {
			t.Fatal(err)
		}
	}
	if !out.Pending() {
		t.Error("nothing waits to be flushed")
	}
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]io.Reader{"whole": bytes.NewReader(line.Bytes()), "byte by byte": iotest.OneByteReader(bytes.NewReader(line.Bytes())), "halves": iotest.HalfReader(bytes.NewReader(line.Bytes()))} {
		t.Run(name, func(t *testing.T) {
			in := wire.NewConn(duplex{r, nil})
			for i, want := range [][]byte{[]byte("one"), large, {}, []byte("four")} {
				kind, got, err := in.Read()
				if err != nil || kind != wire.Log || !bytes.Equal(got, want) {
					t.Fatalf("frame %d: kind %d, %d bytes, error %v", i, kind, len(got), err)
				}
			}
			if _, _, err := in.Read(); err != io.EOF {
				t.Errorf("after the last frame: %v, want end of file", err)
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	huge := binary.LittleEndian.AppendUint32(nil, wire.MaxFrame+1)
	for name, c := range map[string]struct {
		in   []byte
		want error
	}{
		"a length beyond the limit":  {append(huge, 1), wire.ErrTooLarge},
		"an empty frame":             {[]byte{0, 0, 0, 0, 1}, wire.ErrTooLarge},
		"a frame that breaks off":    {[]byte{9, 0, 0, 0, 1, 2}, io.ErrUnexpectedEOF},
		"a head that breaks off":     {[]byte{9, 0}, io.ErrUnexpectedEOF},
		"an end without a beginning": {nil, io.EOF},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := wire.NewConn(duplex{bytes.NewReader(c.in), nil}).Read()
			if !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestPutRefusesFramesBeyondTheLimit(t *testing.T) {
	t.Parallel()
	var line bytes.Buffer
	c := wire.NewConn(duplex{nil, &line})
	err := c.Send(wire.Log, func(b []byte) []byte { return append(b, make([]byte, wire.MaxFrame)...) })
	if !errors.Is(err, wire.ErrTooLarge) || c.Pending() {
		t.Errorf("error %v, pending %v", err, c.Pending())
	}
}

// FuzzParse looks for payloads that make a decoder panic or allocate without
// bound; what a decoder takes must mean the same when it is encoded again.
func FuzzParse(f *testing.F) {
	m := chain()
	f.Add(m.Append(nil))
	f.Add(wire.AppendOp(nil, op()))
	f.Add([]byte{255, 255, 255, 255, 255, 255, 255, 255, 255, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		if m, err := wire.ParseChain(b); err == nil {
			again, err := wire.ParseChain(m.Append(nil))
			same(t, again, m, err)
		}
		_, _ = wire.ParseReady(b)
		_, _ = wire.ParseResult(b)
		_, _ = wire.ParseFetch(b)
		_, _ = wire.ParseFetched(b)
		_, _ = wire.ParseLog(b)
		_, _ = wire.ParseCheck(b)
	})
}
