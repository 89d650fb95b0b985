package script_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/google/uuid"
)

// naive is the procedure that engines are measured against: for every run a
// new runtime, a new module registry, the whole context built up front from Go
// structs, the source compiled, the function exported to a Go function.
type naive struct {
	user     naiveUser
	metadata [][2]string
	grants   []benchGrant
	claims   map[string]any

	custom map[string]any
	writes [][2]string
	logs   []string
}

type (
	naiveEmail string
	naivePhone string
	naiveEnum  int32

	naiveHuman struct {
		FirstName, LastName, NickName, DisplayName, AvatarKey, PreferredLanguage string
		Gender                                                                   naiveEnum
		Email                                                                    naiveEmail
		IsEmailVerified                                                          bool
		Phone                                                                    naivePhone
		IsPhoneVerified                                                          bool
	}
	naiveUser struct {
		Id                       string
		CreationDate, ChangeDate time.Time
		ResourceOwner            string
		Sequence                 uint64
		State                    naiveEnum
		Username                 string
		LoginNames               []string
		PreferredLoginName       string
		Human                    naiveHuman
	}
	naiveEntry struct {
		CreationDate, ChangeDate time.Time
		ResourceOwner            string
		Sequence                 uint64
		Key                      string
		Value                    goja.Value
	}
	naiveList struct {
		Count, Sequence uint64
		Timestamp       time.Time
		Metadata        []*naiveEntry
	}
	naiveGrant struct {
		Id, ProjectGrantId                                 string
		State                                              naiveEnum
		UserGrantResourceOwner, UserGrantResourceOwnerName string
		CreationDate, ChangeDate                           time.Time
		Sequence                                           uint64
		UserId, UserResourceOwner                          string
		Roles                                              []string
		ProjectId, ProjectName                             string
		GetOrgMetadata                                     func(goja.FunctionCall) goja.Value
	}
	naiveGrants struct {
		Count, Sequence uint64
		Timestamp       time.Time
		Grants          []naiveGrant
	}
)

func newNaive(tb testing.TB) *naive {
	tb.Helper()
	at, err := time.Parse(time.RFC3339Nano, benchTime)
	if err != nil {
		tb.Fatal(err)
	}
	h := benchUser["human"].(map[string]any)
	return &naive{metadata: benchMetadata(), grants: benchGrants(), claims: benchClaims, user: naiveUser{
		Id: benchUser["id"].(string), CreationDate: at, ChangeDate: at, ResourceOwner: "300000000000000001", Sequence: 42, State: 1,
		Username: "road.runner", LoginNames: []string{}, PreferredLoginName: "road.runner@acme.example",
		Human: naiveHuman{FirstName: h["firstName"].(string), LastName: h["lastName"].(string), NickName: "beep", DisplayName: "Road Runner",
			PreferredLanguage: "en", Email: naiveEmail(h["email"].(string)), IsEmailVerified: true, Phone: "+41790001122"},
	}}
}

// run runs one script and returns the custom claims as JSON.
func (n *naive) run(function, script string) (json.RawMessage, error) {
	n.custom, n.writes, n.logs = map[string]any{}, nil, nil
	vm := goja.New()
	vm.SetFieldNameMapper(goja.UncapFieldNameMapper())
	registry := map[string]func() *goja.Object{
		"zitadel/log": func() *goja.Object { return n.logModule(vm) }, "zitadel/http": func() *goja.Object { return n.httpModule(vm) },
		"zitadel/uuid": func() *goja.Object { return n.uuidModule(vm) },
	}
	if err := vm.Set("require", func(call goja.FunctionCall) goja.Value { return registry[call.Argument(0).String()]() }); err != nil {
		return nil, err
	}
	ctx, api := n.context(vm), n.api()
	load := time.AfterFunc(5*time.Second, func() { vm.Interrupt("interrupt") })
	_, err := vm.RunString(script)
	load.Stop()
	if err != nil {
		return nil, err
	}
	var fn func(ctx, api map[string]any) error
	if err := vm.ExportTo(vm.Get(function), &fn); err != nil {
		return nil, err
	}
	limit := time.AfterFunc(20*time.Second, func() { vm.Interrupt("interrupt") })
	defer limit.Stop()
	if err := fn(ctx, api); err != nil {
		return nil, err
	}
	return json.Marshal(n.custom)
}

func (n *naive) context(vm *goja.Runtime) map[string]any {
	claims := make(map[string]any, len(n.claims))
	for k, v := range n.claims {
		claims[k] = v
	}
	user := n.user
	list := &naiveList{Count: uint64(len(n.metadata))}
	for _, m := range n.metadata {
		var value any = m[1]
		if json.Unmarshal([]byte(m[1]), &value) != nil {
			value = m[1]
		}
		list.Metadata = append(list.Metadata, &naiveEntry{CreationDate: user.CreationDate, ChangeDate: user.ChangeDate,
			ResourceOwner: user.ResourceOwner, Sequence: 11, Key: m[0], Value: vm.ToValue(value)})
	}
	grants := &naiveGrants{Count: uint64(len(n.grants))}
	for _, g := range n.grants {
		grants.Grants = append(grants.Grants, naiveGrant{Id: "380000000000000001", State: 1, UserGrantResourceOwner: user.ResourceOwner,
			UserGrantResourceOwnerName: "Acme", CreationDate: user.CreationDate, ChangeDate: user.ChangeDate, Sequence: 21, UserId: user.Id,
			UserResourceOwner: user.ResourceOwner, Roles: g.roles, ProjectId: g.project, ProjectName: g.name,
			GetOrgMetadata: func(goja.FunctionCall) goja.Value { return goja.Null() }})
	}
	return map[string]any{"v1": map[string]any{
		"claims":  claims,
		"getUser": func(goja.FunctionCall) goja.Value { return vm.ToValue(&user) },
		"user": map[string]any{
			"getMetadata": func(goja.FunctionCall) goja.Value { return vm.ToValue(list) },
			"grants":      vm.ToValue(grants),
		},
		"org": map[string]any{"getMetadata": func(goja.FunctionCall) goja.Value { return vm.ToValue(&naiveList{}) }},
	}}
}

func (n *naive) api() map[string]any {
	set := func(key string, value goja.Value) {
		if strings.HasPrefix(key, "urn:zitadel:iam") || n.custom[key] != nil {
			return
		}
		n.custom[key] = value.Export()
	}
	claims := map[string]any{"setClaim": set, "appendLogIntoClaims": func(text string) { n.logs = append(n.logs, text) }}
	return map[string]any{"v1": map[string]any{
		"claims": claims, "userinfo": claims,
		"user": map[string]any{"setMetadata": func(call goja.FunctionCall) goja.Value {
			text, err := json.Marshal(call.Argument(1).Export())
			if err != nil {
				panic(err)
			}
			n.writes = append(n.writes, [2]string{call.Argument(0).String(), string(text)})
			return nil
		}},
	}}
}

func (n *naive) logModule(vm *goja.Runtime) *goja.Object {
	o := vm.NewObject()
	for _, name := range []string{"log", "info", "warn", "error", "debug"} {
		_ = o.Set(name, func(call goja.FunctionCall) goja.Value {
			n.logs = append(n.logs, call.Argument(0).String())
			return nil
		})
	}
	return o
}

func (n *naive) uuidModule(vm *goja.Runtime) *goja.Object {
	o := vm.NewObject()
	_ = o.Set("namespaceDNS", uuid.NameSpaceDNS)
	_ = o.Set("namespaceURL", uuid.NameSpaceURL)
	_ = o.Set("v4", func(goja.FunctionCall) goja.Value { return vm.ToValue(uuid.NewString()) })
	return o
}

func (n *naive) httpModule(vm *goja.Runtime) *goja.Object {
	o := vm.NewObject()
	_ = o.Set("fetch", func(call goja.FunctionCall) goja.Value {
		options := call.Argument(1).ToObject(vm)
		body, err := options.Get("body").ToObject(vm).MarshalJSON()
		if err != nil {
			panic(err)
		}
		req, err := http.NewRequest(options.Get("method").String(), call.Argument(0).String(), bytes.NewReader(body))
		if err != nil {
			panic(err)
		}
		headers := options.Get("headers").ToObject(vm)
		for _, k := range headers.Keys() {
			req.Header.Set(k, headers.Get(k).String())
		}
		return n.answer(vm, req)
	})
	return o
}

func (n *naive) answer(vm *goja.Runtime, req *http.Request) goja.Value {
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		panic(err)
	}
	text, err := io.ReadAll(res.Body)
	if err = errors.Join(err, res.Body.Close()); err != nil {
		panic(err)
	}
	return vm.ToValue(map[string]any{"status": res.StatusCode, "body": string(text), "headers": map[string][]string{},
		"json": func() any {
			var v any
			if err := json.Unmarshal(text, &v); err != nil {
				panic(err)
			}
			return v
		},
		"text": func() string { return string(text) },
	})
}
