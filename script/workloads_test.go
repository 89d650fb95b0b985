package script_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// workload is one of the scripts that engines are compared by, and the claims
// that every engine must make of it.
type workload struct {
	id, function, script string
	claims               map[string]any // exact values; other claims are not looked at
	check                func(testing.TB, map[string]any)
}

func workloads(tb testing.TB) []workload {
	tb.Helper()
	server := policyServer(tb)
	list := []workload{
		{id: "S0", function: "noop"},
		{id: "S1", function: "addTier", claims: map[string]any{"app_tier": "gold", "display": "Road Runner"}},
		{id: "S2", function: "flatRoles", check: checkRoles},
		{id: "S3", function: "mirrorMetadata", check: checkProfile},
		{id: "S4", function: "textWork", claims: map[string]any{"digest": 571670874.0, "size": 6898.0}},
		{id: "S5", function: "askPolicy", claims: map[string]any{"plan": "team",
			"limits": map[string]any{"seats": 25.0, "regions": []any{"eu", "us"}}}},
	}
	for i := range list {
		text, err := os.ReadFile("testdata/workloads/" + list[i].id + ".js")
		if err != nil {
			tb.Fatal(err)
		}
		list[i].script = strings.ReplaceAll(string(text), "{loopback server}", server)
	}
	return list
}

// verify fails unless the custom claims are those of the workload.
func (w workload) verify(tb testing.TB, claims json.RawMessage) {
	tb.Helper()
	var got map[string]any
	if err := json.Unmarshal(claims, &got); err != nil {
		tb.Fatal(err)
	}
	for name, want := range w.claims {
		if diff := cmp.Diff(want, got[name]); diff != "" {
			tb.Fatalf("%s: claim %s (-want +got):\n%s", w.id, name, diff)
		}
	}
	if w.check != nil {
		w.check(tb, got)
	}
}

func checkRoles(tb testing.TB, claims map[string]any) {
	flat, _ := claims["flat_roles"].([]any)
	if len(flat) != 30 || flat[0] != "990:reader" {
		tb.Fatalf("flat_roles = %v, want 30 of which the first is 990:reader", flat)
	}
	if table, _ := claims["project_roles"].(map[string]any); len(table) != 5 {
		tb.Fatalf("project_roles = %v, want 5 projects", table)
	}
}

func checkProfile(tb testing.TB, claims map[string]any) {
	profile, _ := claims["profile"].(map[string]any)
	if len(profile) != 6 {
		tb.Fatalf("profile = %v, want attr1 to attr6", profile)
	}
	for i := 1; i <= 6; i++ {
		if profile[fmt.Sprintf("attr%d", i)] == nil {
			tb.Fatalf("profile = %v, want attr1 to attr6", profile)
		}
	}
}

// policyServer answers S5 on loopback.
func policyServer(tb testing.TB) string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"plan":"team","limits":{"seats":25,"regions":["eu","us"]}}`))
	}))
	tb.Cleanup(server.Close)
	return server.URL
}

const benchTime = "2024-03-01T09:15:00.123456Z"

// benchUser, benchMetadata, benchGrants and benchClaims are the data of the
// workloads: one user, 10 metadata entries, 20 grants of 3 roles over 5
// projects, 8 claims.
var benchUser = map[string]any{
	"id": "310000000000000001", "creationDate": benchTime, "changeDate": benchTime, "resourceOwner": "300000000000000001",
	"sequence": 42, "state": 1, "username": "road.runner", "loginNames": []string{}, "preferredLoginName": "road.runner@acme.example",
	"human": map[string]any{"firstName": "Road", "lastName": "Runner", "nickName": "beep", "displayName": "Road Runner", "avatarKey": "",
		"preferredLanguage": "en", "gender": 0, "email": "road.runner@acme.example", "isEmailVerified": true, "phone": "+41790001122", "isPhoneVerified": false},
}

func benchMetadata() [][2]string {
	list := [][2]string{{"login_count", "41"}}
	for i := 1; i <= 6; i++ {
		list = append(list, [2]string{fmt.Sprintf("pub_attr%d", i),
			fmt.Sprintf(`{"id":%d,"label":"Attribute %d","tags":["alpha","beta","gamma"],"nested":{"on":true,"rank":%d}}`, i, i, i*10)})
	}
	return append(list, [2]string{"department", "engineering"}, [2]string{"office", "Bern, second floor"}, [2]string{"note", "keeps running"})
}

type benchGrant struct {
	project, name string
	roles         []string
}

func benchGrants() []benchGrant {
	roles := [2][]string{{"reader", "writer", "auditor"}, {"owner", "billing", "support"}}
	var list []benchGrant
	for i := range 20 {
		p := i % 5
		list = append(list, benchGrant{fmt.Sprintf("99%d", p), fmt.Sprintf("Project %d", p), roles[i/5%2]})
	}
	return list
}

var benchClaims = map[string]any{
	"sub": "310000000000000001", "name": "Road Runner", "given_name": "Road", "family_name": "Runner", "locale": "en",
	"updated_at": 1718454645, "preferred_username": "road.runner@acme.example", "email": "road.runner@acme.example",
}

// benchContext is the data in the form of a sample context.
func benchContext(tb testing.TB) json.RawMessage {
	tb.Helper()
	var metadata, grants []any
	for _, m := range benchMetadata() {
		metadata = append(metadata, map[string]any{"creationDate": benchTime, "changeDate": benchTime,
			"resourceOwner": "300000000000000001", "sequence": 11, "key": m[0], "$bytes": m[1]})
	}
	for i, g := range benchGrants() {
		grants = append(grants, map[string]any{"id": fmt.Sprintf("3800000000000000%02d", i), "projectGrantId": "", "state": 1,
			"userGrantResourceOwner": "300000000000000001", "userGrantResourceOwnerName": "Acme", "creationDate": benchTime,
			"changeDate": benchTime, "sequence": 21, "userId": "310000000000000001", "userResourceOwner": "300000000000000001",
			"roles": g.roles, "projectId": g.project, "projectName": g.name})
	}
	text, err := json.Marshal(map[string]any{
		"ctx": map[string]any{"v1": map[string]any{
			"claims":    "$merge(standardClaims,customClaims)",
			"getUser()": benchUser,
			"user": map[string]any{
				"getMetadata()": map[string]any{"count": 10, "sequence": 0, "timestamp": "0001-01-01T00:00:00Z", "metadata": metadata},
				"grants":        map[string]any{"count": 20, "sequence": 0, "timestamp": "0001-01-01T00:00:00Z", "grants": grants}},
			"org":         map[string]any{"getMetadata()": "$orgMetadata[300000000000000001]"},
			"application": map[string]any{"getClientId()": "330000000000000001"},
			"actor":       nil,
		}},
		"state": map[string]any{"standardClaims": benchClaims, "customClaims": map[string]any{}},
	})
	if err != nil {
		tb.Fatal(err)
	}
	return text
}
