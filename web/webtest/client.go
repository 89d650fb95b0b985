package webtest

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Page is an answer of the console with its body parsed.
type Page struct {
	Status   int
	Header   http.Header
	Location string // of a redirect
	Body     string
	Doc      *goquery.Document
}

// Request is one request of a browser. Its zero value is a GET as the
// administrator.
type Request struct {
	Method    string
	Path      string
	Form      url.Values
	Fragment  bool // made by a script
	Anonymous bool
	Cookies   []*http.Cookie
	Header    http.Header
}

// client follows no redirects.
var client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// Get gets a page as the administrator.
func (a *App) Get(t testing.TB, path string) *Page {
	t.Helper()
	return a.Do(t, Request{Path: path})
}

// Post posts a form as the administrator.
func (a *App) Post(t testing.TB, path string, form url.Values) *Page {
	t.Helper()
	return a.Do(t, Request{Method: http.MethodPost, Path: path, Form: form})
}

// Do makes one request.
func (a *App) Do(t testing.TB, r Request) *Page {
	t.Helper()
	req, err := http.NewRequest(r.method(), a.URL+r.Path, strings.NewReader(r.Form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	for name, values := range r.Header {
		req.Header[name] = values
	}
	if r.Form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if r.Fragment {
		req.Header.Set("X-Fragment", "1")
	}
	if !r.Anonymous && a.secret != "" {
		req.AddCookie(a.SessionCookie())
	}
	for _, c := range r.Cookies {
		req.AddCookie(c)
	}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	return read(t, res)
}

func (r Request) method() string {
	if r.Method == "" {
		return http.MethodGet
	}
	return r.Method
}

func read(t testing.TB, res *http.Response) *Page {
	t.Helper()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	return &Page{Status: res.StatusCode, Header: res.Header, Location: res.Header.Get("Location"), Body: string(body), Doc: doc}
}

// Cookie returns a cookie that the answer sets, or nil.
func (p *Page) Cookie(name string) *http.Cookie {
	for _, c := range (&http.Response{Header: p.Header}).Cookies() {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// Text returns the text of the first match with its white space tidied.
func (p *Page) Text(selector string) string {
	return strings.Join(strings.Fields(p.Doc.Find(selector).First().Text()), " ")
}
