package store

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"strconv"
	"time"

	"github.com/sony/sonyflake/v2"
)

// idEpoch gives ids exactly 18 digits until 2038, the only length that
// ZITADEL's Terraform provider imports.
var idEpoch = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

// idSource makes the ids of one process. Its machine number is random, so that
// a command and a server on the same database hardly ever share one; a
// duplicate that happens all the same is caught by the primary key.
type idSource struct{ flake *sonyflake.Sonyflake }

func newIDSource() (*idSource, error) {
	var machine [2]byte
	if _, err := rand.Read(machine[:]); err != nil {
		return nil, fmt.Errorf("choose machine number: %w", err)
	}
	flake, err := sonyflake.New(sonyflake.Settings{
		StartTime: idEpoch,
		MachineID: func() (int, error) { return int(binary.BigEndian.Uint16(machine[:])), nil },
	})
	if err != nil {
		return nil, fmt.Errorf("start id source: %w", err)
	}
	return &idSource{flake}, nil
}

func (s *idSource) next() (string, error) {
	id, err := s.flake.NextID()
	if err != nil {
		return "", fmt.Errorf("make id: %w", err)
	}
	return strconv.FormatInt(id, 10), nil
}
