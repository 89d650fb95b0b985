package api_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"flowbench/store/storetest"
)

// fenced returns the code blocks of docs/api.md in one language.
func fenced(t *testing.T, language string) []string {
	t.Helper()
	data, err := os.ReadFile("../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	var blocks []string
	for _, part := range strings.Split(string(data), "\n```"+language+"\n")[1:] {
		block, _, found := strings.Cut(part, "\n```\n")
		if !found {
			t.Fatalf("a block does not end: %.60s", part)
		}
		blocks = append(blocks, block)
	}
	return blocks
}

// TestShellExamples runs the examples of docs/api.md in their order: those
// with curl on one server, those with grpcurl on another. The commands are
// read here, so that neither program is needed.
func TestShellExamples(t *testing.T) {
	t.Parallel()
	for tool, read := range map[string]func(*testing.T, []string) call{"curl": readCurl, "grpcurl": readGRPCurl} {
		t.Run(tool, func(t *testing.T) {
			t.Parallel()
			f := start(t, storetest.Open(t))
			vars := map[string]string{"FLOWBENCH": "", "HOST": "", "TOKEN": f.vars["iamOwnerToken"], "ORG": f.vars["orgId"], "USER": f.vars["viewerId"]}
			send := map[string]transport{"curl": rest, "grpcurl": transports["grpc"]}[tool]
			ran := 0
			for _, block := range fenced(t, "sh") {
				words := shellWords(t, block, vars)
				if words[0] != tool {
					continue
				}
				got, ok, err := send(f, read(t, words))
				if err != nil || !ok || got.code != 0 || got.status > 299 {
					t.Fatalf("%s\nanswers %d %s, %v", block, got.status, got.text, err)
				}
				keepID(vars, block, got.body)
				ran++
			}
			if ran < 40 {
				t.Errorf("only %d examples", ran)
			}
		})
	}
}

// keepID sets the variable that the document says an answer's id becomes.
func keepID(vars map[string]string, block string, answer any) {
	if id, ok := lookup(answer, "$.result[0].id"); ok && strings.Contains(block, "vents") {
		vars["EVENT"] = fmt.Sprint(id)
	}
	id, ok := lookup(answer, "$.id")
	if !ok {
		return
	}
	for ending, name := range map[string]string{"v1/actions": "ACTION", "CreateAction": "ACTION", "runs/_action": "RUN", "RunAction": "RUN",
		"/cases": "CASE", "SetCase": "CASE", "/samples": "SAMPLE", "SetSample": "SAMPLE", "/tokens": "TOKENID", "CreateToken": "TOKENID"} {
		if strings.Contains(block, ending+`"`) || strings.HasSuffix(block, ending) {
			vars[name] = fmt.Sprint(id)
		}
	}
}

// shellWords splits a command like a shell: quotes, variables, and backslash
// at the end of a line.
func shellWords(t *testing.T, command string, vars map[string]string) []string {
	t.Helper()
	expand := func(text string) string {
		return os.Expand(text, func(name string) string {
			value, ok := vars[name]
			if !ok {
				t.Fatalf("$%s is not set before\n%s", name, command)
			}
			return value
		})
	}
	var words []string
	rest := strings.ReplaceAll(command, "\\\n", " ")
	for rest = strings.TrimLeft(rest, " \n"); rest != ""; rest = strings.TrimLeft(rest, " \n") {
		var word strings.Builder
		for rest != "" && rest[0] != ' ' && rest[0] != '\n' {
			quote := rest[0]
			if quote != '\'' && quote != '"' {
				end := strings.IndexAny(rest, " \n'\"")
				if end < 0 {
					end = len(rest)
				}
				word.WriteString(expand(rest[:end]))
				rest = rest[end:]
				continue
			}
			text, after, found := strings.Cut(rest[1:], string(quote))
			if !found {
				t.Fatalf("a quote does not end in\n%s", command)
			}
			if quote == '"' {
				text = expand(text)
			}
			word.WriteString(text)
			rest = after
		}
		words = append(words, word.String())
	}
	return words
}

func readCurl(t *testing.T, words []string) call {
	t.Helper()
	c := call{method: http.MethodGet, headers: map[string]string{"Content-Type": "application/x-www-form-urlencoded"}} // as curl sends it
	for i := 1; i < len(words); i++ {
		switch words[i] {
		case "-X":
			i++
			c.method = words[i]
		case "-H":
			i++
			c.header(words[i])
		case "-d":
			i++
			c.body = []byte(words[i])
			if c.method == http.MethodGet {
				c.method = http.MethodPost
			}
		default:
			c.path = words[i]
		}
	}
	return c
}

func readGRPCurl(t *testing.T, words []string) call {
	t.Helper()
	c := call{headers: map[string]string{}, anyField: true}
	for i := 1; i < len(words); i++ {
		switch words[i] {
		case "-plaintext":
		case "-H":
			i++
			c.header(words[i])
		case "-d":
			i++
			c.body = []byte(words[i])
		default:
			c.rpc = words[i]
		}
	}
	return c
}

func (c *call) header(line string) {
	name, value, _ := strings.Cut(line, ": ")
	c.headers[name] = value
}

// TestOpenAPI checks that every path of the description is served, and that
// nothing else is needed to read it.
func TestOpenAPI(t *testing.T) {
	t.Parallel()
	f := start(t, storetest.Open(t))
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	got, _, err := rest(f, call{method: http.MethodGet, path: "/openapi.json", headers: map[string]string{}})
	if err != nil || got.status != http.StatusOK {
		t.Fatal(got.status, err)
	}
	version, _ := lookup(got.body, "$.openapi")
	document, _ := got.body.(map[string]any)
	paths, _ := document["paths"].(map[string]any)
	if version != "3.1.0" && version != nil || len(paths) < 40 {
		t.Errorf("version %v with %d paths", version, len(paths))
	}
	operations := 0
	for path, item := range paths {
		for verb := range item.(map[string]any) {
			operations++
			request, err := http.NewRequestWithContext(ctx, strings.ToUpper(verb), f.url+strings.NewReplacer("{", "", "}", "").Replace(path), nil)
			if err != nil {
				t.Fatal(err)
			}
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			_ = response.Body.Close()
			// Without a token a served method is 401, or 400 where the path is
			// no number.
			if s := response.StatusCode; s != http.StatusUnauthorized && s != http.StatusBadRequest && !strings.HasSuffix(path, "/healthz") {
				t.Errorf("%s %s: status %d", verb, path, s)
			}
		}
	}
	checkReferences(t, document, document)
	if operations < 50 {
		t.Errorf("only %d operations", operations)
	}
}

// checkReferences fails for a $ref that leads nowhere.
func checkReferences(t *testing.T, document map[string]any, value any) {
	t.Helper()
	switch v := value.(type) {
	case map[string]any:
		if ref, ok := v["$ref"].(string); ok {
			var at any = document
			for _, step := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
				object, _ := at.(map[string]any)
				at = object[step]
			}
			if at == nil {
				t.Errorf("%s leads nowhere", ref)
			}
		}
		for _, member := range v {
			checkReferences(t, document, member)
		}
	case []any:
		for _, member := range v {
			checkReferences(t, document, member)
		}
	}
}
