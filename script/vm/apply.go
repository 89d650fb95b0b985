package vm

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"flowbench/models"
)

// errTooMuch ends a run that hands over more than a chain may.
var errTooMuch = errors.New("the effects of the chain exceed the limit")

// change is what an operation did, before it is dressed up as an effect.
type change struct {
	path   string
	kind   models.ChangeKind
	before json.RawMessage
	after  json.RawMessage
	note   string
}

// Apply carries out an operation and says what it changed. It fails for
// operations that a script cannot make and for chains that hand over too much.
func (s *State) Apply(op Op) (models.Effect, error) {
	c, err := s.apply(op, true)
	if err != nil {
		return models.Effect{}, err
	}
	return models.Effect{Path: c.path, Change: c.kind, Before: orNull(c.before), After: orNull(c.after),
		Note: c.note, Line: op.Line, Column: op.Column}, nil
}

func orNull(v json.RawMessage) json.RawMessage {
	if v == nil {
		return json.RawMessage("null")
	}
	return v
}

// apply changes the state; what is needed for telling only is made if tell is
// set.
func (s *State) apply(op Op, tell bool) (change, error) {
	s.ops++
	s.bytes += len(op.Key) + len(op.Value)
	if s.bytes > maxStateBytes || s.ops > maxStateOps {
		return change{}, errTooMuch
	}
	if tell && !op.wellFormed() {
		return change{}, errors.New("the operation's value is not JSON")
	}
	switch op.Kind {
	case OpClaim:
		return s.applyClaim(op), nil
	case OpLogClaim:
		s.logs = append(s.logs, string(op.Value))
		s.allLogs = append(s.allLogs, string(op.Value))
		return change{path: indexed("log_claims", len(s.allLogs)-1), kind: models.ChangeAdded, after: quoted(string(op.Value), tell)}, nil
	case OpWrite:
		return s.applyWrite(op, tell), nil
	case OpMetadata, OpMetadataCut:
		return s.applyMetadata(op, tell)
	case OpUser:
		return s.applyUser(op, tell), nil
	case OpGrant, OpGrantCut:
		return s.applyGrant(op, tell)
	case OpAttribute:
		return s.applyAttribute(op)
	}
	return change{}, fmt.Errorf("unknown operation %d", op.Kind)
}

// wellFormed reports whether the value is JSON where it has to be: operations
// come from the process that runs foreign scripts.
func (op Op) wellFormed() bool {
	switch op.Kind {
	case OpClaim, OpUser, OpGrant, OpAttribute:
		return isJSON(op.Value)
	}
	return true
}

func indexed(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

func quoted(text string, tell bool) json.RawMessage {
	if !tell {
		return nil
	}
	return appendJSONString(nil, text)
}

func (s *State) applyClaim(op Op) change {
	c := change{path: "claims." + op.Key, after: op.Value, kind: models.ChangeAdded}
	if reserved(op.Key) {
		c.kind, c.note = models.ChangeIgnored, "names that begin with urn:zitadel:iam are reserved"
		return c
	}
	c.before = s.custom(op.Key)
	if c.before != nil && string(c.before) != "null" {
		c.kind, c.note = models.ChangeIgnored, "key "+strconv.Quote(op.Key)+" already exists"
		s.logs = append(s.logs, c.note)
		s.allLogs = append(s.allLogs, c.note)
		return c
	}
	if c.before != nil {
		c.kind = models.ChangeChanged
	}
	s.set(op.Key, op.Value)
	if s.table.Slug == models.PreUserinfo && filled(s.standard().member(op.Key)) {
		c.note = "the standard claim of this name wins in ID token, userinfo and introspection"
	}
	return c
}

// filled reports whether a standard claim has a value.
func filled(n node) bool { return !n.null() && (n.tag() != tagString || n.string() != "") }

// storedJSON is how stored bytes are told: as JSON if they are, else as text.
func storedJSON(b []byte) json.RawMessage {
	if isJSON(b) {
		return b
	}
	return appendJSONString(nil, string(b))
}

func metadataPath(key string) string {
	return "metadata[" + string(appendJSONString(nil, key)) + "]"
}

func (s *State) applyWrite(op Op, tell bool) change {
	c := change{path: metadataPath(op.Key), kind: models.ChangeAdded}
	if tell {
		if old, ok := s.stored(op.Key); ok {
			c.before, c.kind = storedJSON(old), models.ChangeChanged
		}
		c.after = storedJSON(op.Value)
	}
	s.writes = append(s.writes, models.KeyValue{Key: op.Key, Value: string(op.Value)})
	return c
}

// stored returns the bytes of the user's metadata entry as it is now.
func (s *State) stored(key string) (found []byte, ok bool) {
	for i := len(s.writes) - 1; i >= 0; i-- {
		if s.writes[i].Key == key {
			return []byte(s.writes[i].Value), true
		}
	}
	s.userMetadata().find(3).items(func(n node) {
		if n.find(4).string() == key {
			found, ok = []byte(n.find(5).string()), true
		}
	})
	return found, ok
}

func (s *State) userMetadata() node {
	return s.v1("user").find(0)
}

func (s *State) applyMetadata(op Op, tell bool) (change, error) {
	if op.Kind == OpMetadataCut {
		if op.Index < 0 || op.Index > len(s.entries) {
			return change{}, errors.New("metadata list cut beyond its end")
		}
		c := change{path: "metadata", kind: models.ChangeRemoved}
		if op.Index < len(s.entries) {
			last := s.entries[len(s.entries)-1]
			c.path, c.before = metadataPath(last.key), storedJSON(last.stored)
		}
		s.entries = s.entries[:op.Index]
		return c, nil
	}
	c := change{path: metadataPath(op.Key), kind: models.ChangeAdded}
	if tell {
		c.after = storedJSON(op.Value)
	}
	e := entry{key: op.Key, stored: op.Value, pushed: op.Pushed}
	switch {
	case op.Index == len(s.entries):
		s.entries = append(s.entries, e)
	case op.Index < 0 || op.Index > len(s.entries):
		return change{}, errors.New("metadata entry beyond the end of the list")
	default:
		c.before, c.kind = storedJSON(s.entries[op.Index].stored), models.ChangeChanged
		s.entries[op.Index] = e
	}
	return c, nil
}

func (s *State) applyUser(op Op, tell bool) change {
	c := change{path: "user." + op.Key, kind: models.ChangeChanged, after: op.Value}
	if tell {
		c.before = s.field(op.Key, len(s.fields))
		if c.before == nil {
			c.kind = models.ChangeAdded
		}
	}
	if note := s.userIgnores(op.Key); note != "" {
		c.kind, c.note = models.ChangeIgnored, note
		return c
	}
	s.fields = append(s.fields, claim{op.Key, op.Value})
	return c
}

// userIgnores says why a setter has no effect before creation: a verified mark
// needs something that is verified.
func (s *State) userIgnores(field string) string {
	switch {
	case !s.table.creates:
		return ""
	case field == "isEmailVerified" && s.text("email") == "":
		return "there is no e-mail address"
	case field == "isPhoneVerified" && s.text("phone") == "":
		return "there is no phone number yet"
	}
	return ""
}

func (s *State) applyGrant(op Op, tell bool) (change, error) {
	c := change{path: indexed("grants", op.Index), kind: models.ChangeAdded}
	if op.Index < 0 || op.Index > len(s.grants) {
		return change{}, errors.New("grant beyond the end of the list")
	}
	if op.Kind == OpGrantCut {
		c.kind, c.before = models.ChangeRemoved, grantJSON(s.grants, op.Index)
		s.grants = s.grants[:op.Index]
		return c, nil
	}
	var g models.Grant
	if err := json.Unmarshal(op.Value, &g); err != nil {
		return change{}, fmt.Errorf("read grant: %w", err)
	}
	if g.Roles == nil {
		g.Roles = []string{}
	}
	c.after = op.Value
	if op.Index == len(s.grants) {
		s.grants = append(s.grants, g)
		return c, nil
	}
	c.before, c.kind = grantJSON(s.grants, op.Index), models.ChangeChanged
	s.grants[op.Index] = g
	return c, nil
}

func grantJSON(list []models.Grant, i int) json.RawMessage {
	if i >= len(list) {
		return nil
	}
	text, _ := json.Marshal(list[i])
	return text
}

func (s *State) applyAttribute(op Op) (change, error) {
	c := change{path: "saml.attributes[" + string(appendJSONString(nil, op.Key)) + "]", kind: models.ChangeAdded, after: op.Value}
	a := models.SAMLAttribute{Name: op.Key}
	if err := json.Unmarshal(op.Value, &a); err != nil {
		return change{}, fmt.Errorf("read attribute: %w", err)
	}
	a.Name = op.Key
	for _, old := range s.attrs {
		if old.Name == op.Key {
			c.kind, c.note = models.ChangeIgnored, "the attribute was set before"
			c.before, _ = json.Marshal(attributeValue(old))
			return c, nil
		}
	}
	s.attrs = append(s.attrs, a)
	return c, nil
}
