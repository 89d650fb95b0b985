package services

import (
	"context"
	"log/slog"
	"time"

	"flowbench/auth"
	"flowbench/models"
	"flowbench/script"
	"flowbench/store"
)

// Options are what a server decides for all use cases. The zero value works.
type Options struct {
	Now         func() time.Time       // the clock; nil is the real one
	NewID       func() (string, error) // nil makes Sonyflake ids
	ScriptLimit int                    // code points of a script; 0 is models.DefaultScriptLimit
	Log         *slog.Logger           // nil logs nothing
	// SecretKey returns what stored keys are sealed with; it is asked when one
	// is first needed. nil or "" leaves the OAuth server without keys.
	SecretKey func() (string, error)
	// How long a session lasts: since it was seen last, and at most. 0 is
	// SessionIdle and SessionLifetime.
	SessionIdle, SessionLifetime time.Duration
}

// Services are all use cases.
type Services struct {
	Actions    *Actions
	Versions   *Versions
	Flows      *Flows
	Runs       *Runs
	Scripts    *Scripts
	Orgs       *Orgs
	Users      *Users
	Members    *Members
	Tokens     *Tokens
	Keys       *Keys
	OAuth      *OAuth
	Clients    *Clients
	Sessions   *Sessions
	Principals *Principals
	Events     *Events
	Cases      *Cases
	Samples    *Samples
	Settings   *Settings

	core *core
}

// core is what every use case needs.
type core struct {
	store       *store.Store
	engine      script.Engine
	now         func() time.Time
	newID       func() (string, error)
	scriptLimit int
	log         *slog.Logger
	idle        time.Duration // of sessions
	lifetime    time.Duration // of sessions
	vault       *vault
}

// New connects the use cases to a store and an engine. A nil engine is allowed
// where no script will run.
func New(st *store.Store, engine script.Engine, o Options) *Services {
	c := &core{store: st, engine: engine, now: o.Now, newID: o.NewID, scriptLimit: o.ScriptLimit, log: o.Log,
		idle: o.SessionIdle, lifetime: o.SessionLifetime}
	c.fillDefaults()
	c.vault = newVault(c, o.SecretKey)
	s := &Services{core: c}
	s.Actions = &Actions{c}
	s.Versions = &Versions{c}
	s.Flows = &Flows{c}
	s.Runs = &Runs{c}
	s.Scripts = &Scripts{c}
	s.Orgs = &Orgs{c}
	s.Users = &Users{c}
	s.Members = &Members{c}
	s.Tokens = &Tokens{c}
	s.Keys = &Keys{c}
	s.OAuth = &OAuth{c}
	s.Clients = &Clients{c}
	s.Sessions = newSessions(c)
	s.Principals = &Principals{c}
	s.Events = &Events{c}
	s.Cases = &Cases{c}
	s.Samples = &Samples{c}
	s.Settings = &Settings{c}
	return s
}

func (c *core) fillDefaults() {
	if c.now == nil {
		c.now = time.Now
	}
	if c.newID == nil {
		c.newID = c.store.NewID
	}
	if c.scriptLimit == 0 {
		c.scriptLimit = models.DefaultScriptLimit
	}
	if c.idle == 0 {
		c.idle = SessionIdle
	}
	if c.lifetime == 0 {
		c.lifetime = SessionLifetime
	}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
}

// ScriptLimit returns the most code points a script may have.
func (s *Services) ScriptLimit() int { return s.core.scriptLimit }

// moment is the present as the database keeps it.
func (c *core) moment() time.Time { return store.Moment(c.now()) }

// idRetries bounds how often a duplicate id is replaced by a new one.
const idRetries = 5

// withNewID runs write with a fresh id, again while the id is taken.
func (c *core) withNewID(write func(id string) error) error {
	var err error
	for range idRetries {
		var id string
		if id, err = c.newID(); err != nil {
			return err
		}
		if err = write(id); !store.IsDuplicateID(err) {
			return err
		}
	}
	return err
}

// changed writes the one log line of a state change: ids only.
func (c *core) changed(ctx context.Context, what string, attributes ...any) {
	if p := auth.From(ctx); p != nil {
		attributes = append(attributes, "principal", p.UserID, "source", string(p.Source))
	}
	c.log.InfoContext(ctx, what, attributes...)
}
