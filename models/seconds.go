package models

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Duration returns s as a time.Duration.
func (s Seconds) Duration() time.Duration { return time.Duration(s) }

// String returns s in protobuf's JSON form, for example "0.0042s".
func (s Seconds) String() string {
	text := strconv.FormatFloat(time.Duration(s).Seconds(), 'f', 9, 64)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".") + "s"
}

// MarshalJSON writes the form of String.
func (s Seconds) MarshalJSON() ([]byte, error) { return json.Marshal(s.String()) }

// UnmarshalJSON reads the form of String.
func (s *Seconds) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return err
	}
	number, ok := strings.CutSuffix(text, "s")
	if !ok {
		return fmt.Errorf("duration %q does not end in s", text)
	}
	d, err := time.ParseDuration(number + "s")
	*s = Seconds(d)
	return err
}
