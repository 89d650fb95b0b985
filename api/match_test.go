package api_test

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
)

// subset reports where got does not have everything that want names.
func subset(path string, want, got any) error {
	switch w := want.(type) {
	case map[string]any:
		if list, ok := w["$unordered"].([]any); ok {
			return permutation(path, list, got)
		}
		if n, ok := w["$length"].(float64); ok {
			return length(path, got, func(have int) bool { return have == int(n) })
		}
		if n, ok := w["$minLength"].(float64); ok {
			return length(path, got, func(have int) bool { return have >= int(n) })
		}
		object, ok := got.(map[string]any)
		if !ok {
			return fmt.Errorf("%s is %v, want an object", path, got)
		}
		for key, value := range w {
			if err := subset(path+"."+key, value, object[key]); err != nil {
				return err
			}
		}
		return nil
	case []any:
		list, ok := got.([]any)
		if !ok || len(list) != len(w) {
			return fmt.Errorf("%s is %v, want %d elements", path, got, len(w))
		}
		for i := range w {
			if err := subset(fmt.Sprintf("%s[%d]", path, i), w[i], list[i]); err != nil {
				return err
			}
		}
		return nil
	case string:
		if text, ok := got.(string); !ok || !textMatches(w, text) {
			return fmt.Errorf("%s is %v, want %s", path, got, w)
		}
		return nil
	}
	if !reflect.DeepEqual(want, got) {
		return fmt.Errorf("%s is %v, want %v", path, got, want)
	}
	return nil
}

// same is subset, and nothing more than what want names.
func same(path string, want, got any) error {
	if err := subset(path, want, got); err != nil {
		return err
	}
	return surplus(path, want, got)
}

func surplus(path string, want, got any) error {
	switch g := got.(type) {
	case map[string]any:
		w, _ := want.(map[string]any)
		for key := range g {
			if _, ok := w[key]; !ok {
				return fmt.Errorf("%s.%s is too much", path, key)
			}
			if err := surplus(path+"."+key, w[key], g[key]); err != nil {
				return err
			}
		}
	case []any:
		w, _ := want.([]any)
		for i := range g {
			if err := surplus(fmt.Sprintf("%s[%d]", path, i), w[i], g[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

func length(path string, got any, fits func(int) bool) error {
	list, _ := got.([]any)
	if !fits(len(list)) {
		return fmt.Errorf("%s has %d elements", path, len(list))
	}
	return nil
}

func permutation(path string, want []any, got any) error {
	list, ok := got.([]any)
	if !ok || len(list) != len(want) {
		return fmt.Errorf("%s is %v, want %d elements", path, got, len(want))
	}
	used := make([]bool, len(list))
	for _, w := range want {
		found := false
		for i, have := range list {
			if !used[i] && subset(path, w, have) == nil {
				used[i], found = true, true
				break
			}
		}
		if !found {
			return fmt.Errorf("%s has no element like %v", path, w)
		}
	}
	return nil
}

// textMatches compares texts; re: introduces a regular expression.
func textMatches(want, got string) bool {
	if pattern, ok := strings.CutPrefix(want, "re:"); ok {
		return regexp.MustCompile(pattern).MatchString(got)
	}
	return want == got
}

// lookup finds $.a.b[0] in parsed JSON.
func lookup(value any, path string) (any, bool) {
	path = strings.TrimPrefix(path, "$")
	for _, step := range strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
		switch v := value.(type) {
		case map[string]any:
			member, ok := v[step]
			if !ok {
				return nil, false
			}
			value = member
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(v) {
				return nil, false
			}
			value = v[i]
		default:
			return nil, false
		}
	}
	return value, true
}
