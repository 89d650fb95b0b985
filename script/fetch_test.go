package script

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"flowbench/script/vm"
)

// open answers from loopback only: 127.0.0.1 is open, the rest of the network
// is denied.
func open(t *testing.T, o Transport) *transport {
	t.Helper()
	if o.Allow == nil {
		o.Allow = []string{"127.0.0.1"}
	}
	tr, err := newTransport(o.withDefaults())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(tr.close)
	return tr
}

func get(t *testing.T, tr *transport, address string) (vm.FetchResponse, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	return tr.fetch(ctx, vm.FetchRequest{Method: "GET", URL: address, Header: map[string][]string{"Accept": {"application/json"}}})
}

func server(t *testing.T, f http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(f)
	t.Cleanup(s.Close)
	return s
}

func TestFetchSendsWhatTheScriptSays(t *testing.T) {
	t.Parallel()
	s := server(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("X-Answer", "yes")
		w.WriteHeader(http.StatusTeapot)
		fmt.Fprintf(w, "%s %s %s %v %s", r.Method, r.URL, body, r.Header["X-List"], r.Header.Get("User-Agent"))
	})
	got, err := open(t, Transport{}).fetch(t.Context(), vm.FetchRequest{Method: "GET", URL: s.URL + "/p?q=1", HasBody: true,
		Body: []byte(`"text"`), Header: map[string][]string{"X-List": {"a", "b"}, "Host": {"other.example"}}})
	if err != nil {
		t.Fatal(err)
	}
	if got.Status != http.StatusTeapot || http.Header(got.Header).Get("X-Answer") != "yes" {
		t.Errorf("status %d, header %v", got.Status, got.Header)
	}
	if want := `GET /p?q=1 "text" [a b] Go-http-client/1.1`; string(got.Body) != want {
		t.Errorf("server saw %q, want %q", got.Body, want)
	}
}

func TestFetchDenies(t *testing.T) {
	t.Parallel()
	var hits atomic.Int32
	s := server(t, func(w http.ResponseWriter, r *http.Request) { hits.Add(1) })
	port := s.URL[strings.LastIndex(s.URL, ":")+1:]
	closed := open(t, Transport{Allow: []string{}})
	mapped := "http://[::ffff:127.0.0.1]:" + port
	for address, entry := range map[string]string{
		s.URL: "127.0.0.0/8", "http://localhost:" + port: "localhost", "http://LocalHost.:" + port: "localhost",
		mapped: "127.0.0.0/8", "http://127.0.0.2:" + port: "127.0.0.0/8", "http://[::1]:" + port: "::1",
	} {
		t.Run(address, func(t *testing.T) {
			_, err := get(t, closed, address)
			want := fmt.Sprintf("Get %q: ID=ACTIO-N72d0 Message=host is denied Parent=(address is denied by '%s')", address, entry)
			if err == nil || err.Error() != want {
				t.Errorf("got %v, want %s", err, want)
			}
		})
	}
	if n := hits.Load(); n != 0 {
		t.Errorf("the server was reached %d times", n)
	}
}

func TestFetchRefusesOtherSchemes(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"file:///etc/passwd", "gopher://127.0.0.1/", "://", "http://"} {
		if _, err := get(t, open(t, Transport{}), address); err == nil {
			t.Errorf("%s was fetched", address)
		}
	}
}

// names answers look-ups on loopback: each name from its list, one entry per
// question, the last one for ever.
func names(t *testing.T, answers map[string][][]string) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	go serveNames(conn, answers)
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

func serveNames(conn net.PacketConn, answers map[string][][]string) {
	buf := make([]byte, 1500)
	for {
		n, from, err := conn.ReadFrom(buf)
		if err != nil {
			return
		}
		var m dnsmessage.Message
		if m.Unpack(buf[:n]) != nil || len(m.Questions) != 1 {
			continue
		}
		m.Response, m.Additionals = true, nil
		q := m.Questions[0]
		name := strings.TrimSuffix(q.Name.String(), ".")
		if list := answers[name]; q.Type == dnsmessage.TypeA && len(list) > 0 {
			for _, ip := range list[0] {
				m.Answers = append(m.Answers, dnsmessage.Resource{
					Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class},
					Body:   &dnsmessage.AResource{A: [4]byte(net.ParseIP(ip).To4())},
				})
			}
			if len(list) > 1 {
				answers[name] = list[1:]
			}
		}
		out, _ := m.Pack()
		_, _ = conn.WriteTo(out, from)
	}
}

// TestFetchJudgesAddressesWhenDialled uses 127.0.0.1 as the address that is
// open and 127.0.0.2 as one that is not.
func TestFetchJudgesAddressesWhenDialled(t *testing.T) {
	t.Parallel()
	s := server(t, func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Connection", "close") })
	port := s.URL[strings.LastIndex(s.URL, ":")+1:]
	tr := open(t, Transport{Allow: []string{"127.0.0.1", "trusted.example"}})
	tr.resolver = names(t, map[string][][]string{
		"open.example.com":    {{"127.0.0.1"}},
		"closed.example.com":  {{"127.0.0.2"}},
		"rebound.example.com": {{"127.0.0.1"}, {"127.0.0.2"}},
		"private.example.com": {{"10.0.0.1"}},
		"trusted.example":     {{"127.0.0.1"}},
	})
	at := func(host string) string { return "http://" + host + ":" + port + "/" }
	for _, host := range []string{"open.example.com", "trusted.example", "rebound.example.com"} {
		if _, err := get(t, tr, at(host)); err != nil {
			t.Errorf("%s: %v", host, err)
		}
	}
	for host, entry := range map[string]string{"closed.example.com": "127.0.0.0/8", "rebound.example.com": "127.0.0.0/8", "private.example.com": "10.0.0.0/8"} {
		_, err := get(t, tr, at(host))
		want := fmt.Sprintf("Get %q: ID=ACTIO-N72d0 Message=host is denied Parent=(address is denied by '%s')", at(host), entry)
		if err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", host, err, want)
		}
	}
}

func TestFetchRedirects(t *testing.T) {
	t.Parallel()
	s := server(t, func(w http.ResponseWriter, r *http.Request) {
		var n int
		if _, err := fmt.Sscanf(r.URL.Path, "/hop/%d", &n); err == nil && n > 0 {
			http.Redirect(w, r, fmt.Sprintf("/hop/%d", n-1), http.StatusFound)
			return
		}
		if to := r.URL.Query().Get("to"); to != "" {
			http.Redirect(w, r, to, http.StatusTemporaryRedirect)
			return
		}
		fmt.Fprint(w, r.Method)
	})
	tr := open(t, Transport{})
	if got, err := get(t, tr, s.URL+"/hop/5"); err != nil || string(got.Body) != "GET" {
		t.Errorf("five redirects: %s, %v", got.Body, err)
	}
	for path, want := range map[string]string{
		"/hop/6":                   "stopped after 5 redirects",
		"/?to=http://127.0.0.2:1/": "address is denied by '127.0.0.0/8'",
		"/?to=http://10.0.0.1/":    "address is denied by '10.0.0.0/8'",
		"/?to=http://localhost/":   "address is denied by 'localhost'",
		"/?to=file:///etc/passwd":  "unsupported protocol scheme",
	} {
		if _, err := get(t, tr, s.URL+path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", path, err, want)
		}
	}
	none := open(t, Transport{Redirects: -1})
	if _, err := get(t, none, s.URL+"/hop/1"); err == nil || !strings.Contains(err.Error(), "stopped after 0 redirects") {
		t.Errorf("without redirects: %v", err)
	}
}

func TestFetchBoundsAnswers(t *testing.T) {
	t.Parallel()
	var bomb bytes.Buffer
	zip := gzip.NewWriter(&bomb)
	_, _ = zip.Write(make([]byte, 8<<20))
	_ = zip.Close()
	s := server(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/gzip":
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(bomb.Bytes())
		case "/large":
			_, _ = w.Write(make([]byte, 1<<20+1))
		case "/edge":
			_, _ = w.Write(make([]byte, 1<<20))
		case "/slow":
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		case "/cut":
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte("x"))
		}
	})
	tr := open(t, Transport{})
	if got, err := get(t, tr, s.URL+"/edge"); err != nil || len(got.Body) != 1<<20 {
		t.Errorf("at the limit: %d bytes, %v", len(got.Body), err)
	}
	for _, path := range []string{"/gzip", "/large"} {
		if _, err := get(t, tr, s.URL+path); err == nil || !strings.Contains(err.Error(), "larger than 1048576 bytes") {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, err := get(t, tr, s.URL+"/cut"); err == nil {
		t.Error("an answer that breaks off was taken")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := tr.fetch(ctx, vm.FetchRequest{Method: "GET", URL: s.URL + "/slow"}); err == nil || !strings.Contains(err.Error(), "deadline") {
		t.Errorf("slow answer: %v", err)
	}
}

func TestFetchThroughProxyStillJudges(t *testing.T) {
	t.Parallel()
	var asked atomic.Value
	proxy := server(t, func(w http.ResponseWriter, r *http.Request) { asked.Store(r.URL.String()) })
	u, _ := url.Parse(proxy.URL)
	tr := open(t, Transport{Proxy: u, Allow: []string{"192.0.2.1"}})
	tr.resolver = names(t, map[string][][]string{"private.example.com": {{"10.0.0.1"}}})
	if _, err := get(t, tr, "http://192.0.2.1/x"); err != nil || asked.Load() != "http://192.0.2.1/x" {
		t.Errorf("proxy was asked for %v, error %v", asked.Load(), err)
	}
	if _, err := get(t, tr, "http://private.example.com/"); err == nil || !strings.Contains(err.Error(), "address is denied by '10.0.0.0/8'") {
		t.Errorf("got %v", err)
	}
}

func TestEnvironmentProxyIsIgnored(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	t.Setenv("http_proxy", "http://127.0.0.1:1")
	s := server(t, func(w http.ResponseWriter, r *http.Request) {})
	if _, err := get(t, open(t, Transport{}), s.URL); err != nil {
		t.Error(err)
	}
}
