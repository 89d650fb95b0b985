package vm_test

import (
	"encoding/json"
	"testing"

	"flowbench/models"
	"flowbench/script/vm"

	"github.com/google/go-cmp/cmp"
)

// chain runs function bodies one after the other as actions a, b, c… and
// returns what the host saw and the result.
func chain(t *testing.T, slug models.Slug, strict bool, bodies ...string) (*host, models.ChainOutcome) {
	t.Helper()
	encoded := encodedSample(t, slug)
	state := vm.NewState(encoded)
	h := newHost(encoded)
	r := vm.NewRunner(vm.Options{})
	for i, body := range bodies {
		name := string(rune('a' + i))
		res := h.run(t, r, state, vm.Job{Name: name, Strict: strict,
			Script: "const log = require('zitadel/log');\nfunction " + name + "(ctx, api) { " + body + " }"})
		if !res.Outcome.OK() {
			t.Logf("%s: %v", name, res.Outcome)
		}
	}
	h.compare(t, state)
	return h, vm.Finish(h.mirror)
}

func lines(h *host) (list []string) {
	for _, l := range h.lines {
		list = append(list, l.Message)
	}
	return list
}

func TestWhatTheNextActionSees(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		slug   models.Slug
		strict bool
		bodies []string
		want   []string
	}{
		{"claims of earlier actions", models.PreUserinfo, false, []string{
			"api.v1.claims.setClaim('x', {y: [1]}); log.log(ctx.v1.claims.x)", "log.log(JSON.stringify(ctx.v1.claims.x))"},
			[]string{"undefined", `{"y":[1]}`}},
		{"null may be replaced, other values may not", models.PreAccessToken, false, []string{
			"api.v1.claims.setClaim('n'); api.v1.claims.setClaim('f', false); api.v1.claims.setClaim('e', '')",
			"log.log(ctx.v1.claims.n); api.v1.claims.setClaim('n', 1); api.v1.claims.setClaim('f', 1); api.v1.claims.setClaim('e', 1)",
			"log.log(ctx.v1.claims.n, ctx.v1.claims.f, ctx.v1.claims.e === '', ctx.v1.claims['urn:zitadel:iam:action:b:log'].length)"},
			[]string{"null", "1 false true 2"}},
		{"changes to ctx are forgotten", models.PreUserinfo, false, []string{
			"ctx.v1.claims.sub = 'x'; ctx.v1.getUser().username = 'y'; ctx.v1.user.grants.grants.pop()",
			"log.log(ctx.v1.claims.sub.length, ctx.v1.getUser().username, ctx.v1.user.grants.grants.length)"},
			[]string{"18 robin 2"}},
		{"written metadata is not seen in token triggers", models.PreUserinfo, false, []string{
			"api.v1.user.setMetadata('department', 'x')", "log.log(ctx.v1.user.getMetadata().metadata[0].value)"},
			[]string{"engineering"}},
		{"written metadata is seen for SAML", models.PreSAMLResponse, false, []string{
			"api.v1.user.setMetadata('department', 'x'); api.v1.user.setMetadata('new', {a: 1})",
			"const l = ctx.v1.user.getMetadata(); log.log(l.count, l.metadata[0].value, l.metadata[4].value.a, l.metadata[1].value, l.sequence)"},
			[]string{"5 x 1 1042 88"}},
		{"changes of the external user", models.ExternalPostAuthentication, false, []string{
			"api.setFirstName('A'); log.log(ctx.v1.externalUser.human.firstName)", "log.log(ctx.v1.externalUser.human.firstName, ctx.v1.externalUser.human.lastName)"},
			[]string{"Sam", "A Sample"}},
		{"changes of the user before creation", models.InternalPreCreation, false, []string{
			"api.setUsername('u'); api.setEmail('new@example.com'); api.setGender(2)",
			"log.log(ctx.v1.user.username, ctx.v1.user.human.email == 'new@example.com', ctx.v1.user.human.gender + 0, ctx.v1.user.human.firstName)"},
			[]string{"u true 2 Nova"}},
		{"the metadata list", models.InternalPreCreation, false, []string{
			"api.metadata.push({key: 'p', value: {a: 1}}); api.v1.user.appendMetadata('q', 2); log.log(api.metadata.length)",
			"log.log(api.metadata.map(m => m.key + JSON.stringify(m.value)).join())"},
			[]string{"2", `p{"a":1},q2`}},
		{"the metadata list as the reference keeps it", models.InternalPreCreation, true, []string{
			"api.metadata.push({key: 'p', value: {a: 1}}); api.v1.user.appendMetadata('q', 2)",
			"log.log(api.metadata.map(m => m.key + JSON.stringify(m.value)).join())"},
			[]string{`p"",q2`}},
		{"assigning the list has no effect", models.InternalPreCreation, false, []string{
			"api.metadata = []; api.metadata.push({key: 'k', value: 1}); log.log(api.metadata.length)", "log.log(api.metadata.length)"},
			[]string{"1", "0"}},
		{"changing an entry of the list", models.InternalPreCreation, false, []string{
			"api.metadata.push({key: 'a', value: 1}, {key: 'b', value: 2}, {key: 'c', value: 3}); api.metadata[0] = {key: 'z', value: 9}; api.metadata.splice(1, 1)",
			"log.log(api.metadata.map(m => m.key + m.value).join())"},
			[]string{"z9,c3"}},
		{"pushing a list of grants", models.ExternalPostCreation, false, []string{
			"api.userGrants.push([{projectId: 'a'}, {projectId: 'b', roles: ['r']}])", "log.log(api.userGrants.map(g => g.projectID + g.roles.length).join())"},
			[]string{"a0,b1"}},
		{"a push that fails leaves nothing", models.ExternalPostCreation, false, []string{
			"try { api.userGrants.push({projectID: 'a', roles: 'text'}) } catch (e) { log.log(e.name) } log.log(api.userGrants.length)"},
			[]string{"TypeError", "0"}},
		{"a push that fails leaves an empty grant in the reference", models.ExternalPostCreation, true, []string{
			"try { api.userGrants.push({projectID: 'a', roles: 'text'}) } catch (e) { log.log(e.name) } log.log(api.userGrants.length)"},
			[]string{"TypeError", "1"}},
		{"a rejected grant can be caught", models.ExternalPostCreation, false, []string{
			"try { api.userGrants.push({roles: ['r']}) } catch (e) { log.log(e.message) } log.log(api.userGrants.length)"},
			[]string{"projectId not set", "0"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h, _ := chain(t, c.slug, c.strict, c.bodies...)
			if diff := cmp.Diff(c.want, lines(h)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhatTheOperationDoes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		slug   models.Slug
		bodies []string
		want   string
	}{
		{"claims", models.PreUserinfo, []string{"api.v1.claims.setClaim('a', 1); api.v1.claims.appendLogIntoClaims('x')", "api.v1.user.setMetadata('k', 'v')"},
			`{"logClaims":["x"],"metadataWrites":[{"key":"k","value":"\"v\""}]}`},
		{"user and metadata", models.InternalPreCreation, []string{"api.setUsername(''); api.setEmail('m@example.com'); api.v1.user.appendMetadataRaw('k', 'raw')"},
			`{"user":{"username":"m@example.com","firstName":"Nova","lastName":"Newbie","nickName":"","displayName":"","preferredLanguage":"en","gender":0,"email":"m@example.com","isEmailVerified":false,"phone":"","isPhoneVerified":false,"changed":true},"metadata":[{"key":"k","value":"raw"}]}`},
		{"grants", models.InternalPostCreation, []string{"api.v1.appendUserGrant({projectId: 'p', roles: ['r', 1, null]})"},
			`{"grants":[{"projectId":"p","roles":["r"]}]}`},
		{"attributes", models.PreSAMLResponse, []string{"api.v1.attributes.setCustomAttribute('n', 'f', 1)"},
			`{"attributes":[{"name":"n","nameFormat":"f","values":["1"]}]}`},
		{"metadata after a factor", models.InternalPostAuthentication, []string{"api.v1.user.appendMetadata('k', 1)"},
			`{"metadata":[{"key":"k","value":"1"}]}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, got := chain(t, c.slug, false, c.bodies...)
			got.Claims = nil
			text, err := json.Marshal(got)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, string(text)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestResultsOfAFailedAuthenticationAreDiscarded(t *testing.T) {
	t.Parallel()
	for _, slug := range []models.Slug{models.ExternalPostAuthentication, models.InternalPostAuthentication} {
		encoded, err := vm.EncodeContext(slug, sampleFor(t, slug, "// sample: failed\n"))
		if err != nil {
			t.Fatal(err)
		}
		state := vm.NewState(encoded)
		h := newHost(encoded)
		res := h.run(t, vm.NewRunner(vm.Options{}), state, vm.Job{Name: "t", Script: "function t(ctx, api) { api.v1.user.appendMetadata('k', 1) }"})
		if !res.Outcome.OK() || len(h.effects) != 1 {
			t.Errorf("%s: %v with %d effects", slug, res.Outcome, len(h.effects))
		}
		if got := vm.Finish(state); got.Metadata != nil || got.User != nil {
			t.Errorf("%s: %v", slug, got)
		}
	}
}

func TestHTTPModule(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ body, want string }{
		{"const r = http.fetch('https://crm.example/'); r2 = [r.status, r.json().tags[1], r.text() === r.body, Object.keys(r), r.headers]",
			`[200,"eu",true,["status","body","headers","json","text"],{"content-type":["application/json"]}]`},
		{"let r = []; for (const u of [5, {}, ctx.v1.getUser().human.email]) { try { http.fetch(u) } catch (e) { r.push(e.message) } } r2 = r",
			`["url must be a string","url must be a string","url must be a string"]`},
		{"try { http.fetch('https://crm.example/', {headers: {A: [1]}}) } catch (e) { r2 = e.message }", `"header values must be strings"`},
		{"try { http.fetch('https://crm.example/', {body: null}) } catch (e) { r2 = e.name }", `"TypeError"`},
		{"try { http.fetch('https://crm.example/', 'text') } catch (e) { r2 = e.message }", `"ID=ACTIO-OfUeA Message=key is invalid"`},
		{"try { http.fetch('https://down.example/') } catch (e) { r2 = [e instanceof Error, e.message] }",
			`[true,"Get \"https://down.example/\": dial tcp: connection refused"]`},
	} {
		encoded := encodedSample(t, models.PreUserinfo)
		h := newHost(encoded)
		h.fetch = cannedAnswers
		res := h.run(t, vm.NewRunner(vm.Options{}), vm.NewState(encoded), vm.Job{Name: "t",
			Script: "const http = require('zitadel/http');\nfunction t(ctx, api) { let r2;\n" + c.body + "\nrequire('zitadel/log').log(JSON.stringify(r2)) }"})
		if !res.Outcome.OK() {
			t.Errorf("%s: %v", c.body, res.Outcome)
			continue
		}
		if diff := cmp.Diff(c.want, h.lines[0].Message); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.body, diff)
		}
	}
}
