package vm

import (
	"encoding/json"
	"strings"
	"sync"

	"flowbench/models"
)

// maxStateBytes bounds what the actions of one chain may hand over together.
const maxStateBytes = 4 << 20

// maxStateOps bounds how many operations one chain may make.
const maxStateOps = 20000

// State is what a chain of actions knows and has done so far. It is not safe
// for concurrent use. Two states that start from the same context and apply
// the same operations are equal.
type State struct {
	context Context
	root    node
	table   *Table
	strict  bool
	action  string

	claims   []claim // appended only, the last of a name counts
	byName   map[string]int
	seen     int // how many claims the running action's snapshot holds
	logs     []string
	allLogs  []string
	writes   []models.KeyValue
	entries  []entry
	fields   []claim // fields of the user, appended only
	fieldsAt int
	grants   []models.Grant
	attrs    []models.SAMLAttribute
	bytes    int
	ops      int
}

// claim is a name and its value as JSON.
type claim struct {
	name  string
	value json.RawMessage
}

// entry is a metadata entry to be written.
type entry struct {
	key    string
	stored []byte
	pushed bool
}

// NewState begins a chain.
func NewState(c Context) *State {
	s := &State{context: c, root: c.root(), table: TableOf(c.Trigger())}
	held := s.held()
	held.find(stateMetadata).items(func(n node) {
		s.entries = append(s.entries, entry{key: n.find(0).string(), stored: []byte(n.find(1).string())})
	})
	held.find(stateUserGrants).items(func(n node) { s.grants = append(s.grants, grantOf(n)) })
	held.find(stateAttributes).members(func(name string, n node) {
		s.attrs = append(s.attrs, models.SAMLAttribute{Name: name, NameFormat: n.find(0).string(), Values: stringsOf(n.find(1))})
	})
	held.find(stateUser).members(func(name string, n node) {
		s.fields = append(s.fields, claim{name, appendJSON(nil, n)})
	})
	return s
}

// Trigger returns the trigger whose chain this is.
func (s *State) Trigger() models.Slug { return s.table.Slug }

func (s *State) held() node { return s.root.find(rootState) }
func (s *State) ctx() node  { return s.root.find(rootCtx) }

// v1 returns a member of ctx.v1 of the context.
func (s *State) v1(name string) node {
	i := s.table.Ctx.index["v1"]
	t := s.table.Ctx.Members[i].Type
	k, ok := t.index[name]
	if !ok {
		return nil
	}
	return s.ctx().find(i).find(k)
}

// Begin says that an action starts. What it does from now on is not part of
// the snapshots it sees.
func (s *State) Begin(action string, strict bool) {
	s.action, s.strict = action, strict
	s.logs = nil
	s.seen, s.fieldsAt = len(s.claims), len(s.fields)
	if strict {
		// The reference carries pushed values from one runtime to the next and
		// loses them on the way.
		for i := range s.entries {
			if s.entries[i].pushed {
				s.entries[i].stored = []byte(`""`)
			}
		}
	}
}

// End says that the action is over, however it ended: its log lines become a
// claim.
func (s *State) End() {
	if len(s.logs) == 0 {
		return
	}
	text, _ := json.Marshal(s.logs)
	s.set("urn:zitadel:iam:action:"+s.action+":log", text)
	s.logs = nil
}

func (s *State) set(name string, value json.RawMessage) {
	if s.byName == nil {
		s.byName = map[string]int{}
	}
	s.claims = append(s.claims, claim{name, value})
	s.byName[name] = len(s.claims)
}

// custom returns the value of a custom claim, nil without one.
func (s *State) custom(name string) json.RawMessage {
	if i := s.byName[name]; i > 0 {
		return s.claims[i-1].value
	}
	if n := s.held().find(stateCustomClaims).member(name); len(n) > 0 {
		return appendJSON(nil, n)
	}
	return nil
}

// standard returns the claims that scripts see beside the custom ones.
func (s *State) standard() node {
	if n := s.v1("claims"); n.tag() == tagObject {
		return n
	}
	return s.held().find(stateStandardClaims)
}

// field returns a field of the user as the earlier operations left it.
func (s *State) field(name string, upTo int) json.RawMessage {
	for i := upTo - 1; i >= 0; i-- {
		if s.fields[i].name == name {
			return s.fields[i].value
		}
	}
	n, ok := s.userNode(name)
	if !ok || len(n) == 0 {
		return nil
	}
	return appendJSON(nil, n)
}

// userNode finds a field in the context's user, wherever it stands.
func (s *State) userNode(name string) (node, bool) {
	if name == "preferredUsername" {
		return s.held().find(statePreferredUsername), true
	}
	t, n := userType, s.v1("user")
	if !s.table.creates {
		t, n = externalUserType, s.v1("externalUser")
	}
	if i, ok := t.index[name]; ok {
		return n.find(i), true
	}
	i, ok := humanType.index[name]
	if !ok {
		return nil, false
	}
	return n.find(t.index["human"]).find(i), true
}

// text reads a field of the user that is a text.
func (s *State) text(name string) string {
	var t string
	_ = json.Unmarshal(s.field(name, len(s.fields)), &t)
	return t
}

// builtin holds the organizations and ID token claims that the sample form of
// contexts refers to by name.
var builtin = sync.OnceValue(func() node {
	e := encoder{reader: reader{src: sharedSample()}}
	if err := e.value(tables[models.PreUserinfo].root); err != nil {
		return nil
	}
	return e.out
})

// orgMetadata returns the metadata list of an organization, empty if unknown.
func (s *State) orgMetadata(org string) node {
	if own := s.root.find(rootOrgMetadata); !own.null() {
		return own.member(org)
	}
	return builtin().find(rootOrgMetadata).member(org)
}

// idTokenClaims resolves what the context says about the ID token.
func (s *State) idTokenClaims(n node) node {
	if n.tag() != tagRef {
		return n
	}
	if own := s.root.find(rootIDTokenClaims); !own.null() {
		return own
	}
	return builtin().find(rootIDTokenClaims)
}

func reserved(name string) bool { return strings.HasPrefix(name, "urn:zitadel:iam") }

func grantOf(n node) models.Grant {
	return models.Grant{ProjectID: n.find(0).string(), ProjectGrantID: n.find(1).string(), Roles: stringsOf(n.find(2))}
}

func stringsOf(n node) []string {
	list := make([]string, 0, n.len())
	n.items(func(e node) { list = append(list, e.string()) })
	return list
}
