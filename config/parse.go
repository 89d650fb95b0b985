package config

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Faults is the error of Parse: every sentence names one setting that is wrong.
type Faults []string

// Error returns the sentences, one per line.
func (f Faults) Error() string { return strings.Join(f, "\n") }

// Parse reads the configuration: a flag wins over the environment variable,
// which wins over the default. flags holds the flags that were given, by name;
// lookup is os.LookupEnv or a stand-in. The error is Faults and names
// everything that is wrong, not only the first thing.
func Parse(flags map[string]string, lookup func(string) (string, bool)) (Config, error) {
	var (
		c      Config
		faults Faults
		fields = reflect.ValueOf(&c).Elem()
	)
	for i, s := range Settings() {
		text, origin, err := source(s, flags, lookup)
		if err == nil {
			err = set(fields.Field(i), strings.TrimSpace(text))
		}
		if err != nil {
			faults = append(faults, origin+": "+err.Error()+".")
		}
	}
	c.ExternalURL = strings.TrimRight(c.ExternalURL, "/")
	// A value that could not be read has its zero value by now; checking it as
	// well would report the same fault twice.
	for _, f := range c.faults() {
		if !faults.mention(f.setting) {
			faults = append(faults, f.String(flags))
		}
	}
	if len(faults) > 0 {
		return c, faults
	}
	return c, nil
}

// mention reports whether a fault about the setting is known already.
func (f Faults) mention(name string) bool {
	s, _ := find(name)
	for _, sentence := range f {
		origin, _, _ := strings.Cut(sentence, ":")
		if origin == "--"+name || strings.TrimSuffix(origin, "_FILE") == s.Env {
			return true
		}
	}
	return false
}

// source finds where the value of s comes from: its text and what to call the
// place in a fault.
func source(s Setting, flags map[string]string, lookup func(string) (string, bool)) (text, origin string, err error) {
	if text, ok := flags[s.Name]; ok {
		return text, "--" + s.Name, nil
	}
	text, given := lookup(s.Env)
	if s.Secret {
		if path, ok := lookup(s.Env + "_FILE"); ok {
			if given {
				return "", s.Env, errors.New("set it or " + s.Env + "_FILE, not both")
			}
			text, err := readSecret(path)
			return text, s.Env + "_FILE", err
		}
	}
	if given {
		return text, s.Env, nil
	}
	return s.Default, s.Env, nil
}

func readSecret(path string) (string, error) {
	data, err := os.ReadFile(path)
	var reason *os.PathError
	if errors.As(err, &reason) {
		return "", fmt.Errorf("cannot read the file %s: %w", path, reason.Err)
	}
	return string(data), err
}

// set reads text into a field of one of the kinds that Config uses.
func set(field reflect.Value, text string) error {
	switch p := field.Addr().Interface().(type) {
	case *string:
		*p = text
	case *[]string:
		*p = splitList(text)
	case *bool:
		return scan(p, text, strconv.ParseBool, "true or false")
	case *int:
		return scan(p, text, strconv.Atoi, "a whole number")
	case *time.Duration:
		return scan(p, text, ParseDuration, "a duration such as 30s, 12h or 7d")
	default:
		panic("config: no rule to read a " + field.Type().String())
	}
	return nil
}

func scan[T any](into *T, text string, parse func(string) (T, error), want string) error {
	value, err := parse(text)
	if err != nil {
		return fmt.Errorf("%q is not %s", text, want)
	}
	*into = value
	return nil
}

func splitList(text string) []string {
	var list []string
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

const day = 24 * time.Hour

// ParseDuration reads a duration as Go writes it, or a number of days such as
// "90d".
func ParseDuration(text string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(text, "d"); ok {
		n, err := strconv.Atoi(days)
		if err != nil || n < -36500 || n > 36500 {
			return 0, fmt.Errorf("%q is not a number of days", text)
		}
		return time.Duration(n) * day, nil
	}
	return time.ParseDuration(text)
}
