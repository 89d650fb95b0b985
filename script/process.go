package script

import (
	"errors"
	"fmt"
	"io"
	"os/exec"
	"sync"
	"sync/atomic"
	"time"

	"flowbench/script/wire"
)

// process is one worker. Whoever holds it talks over conn; kill may be called
// by anybody.
type process struct {
	cmd    *exec.Cmd
	conn   *wire.Conn
	end    io.ReadWriteCloser // the server's end of the channel
	box    *wire.Mailbox      // nil where there is none
	stderr *tail
	ready  wire.ReadyMessage
	killed atomic.Bool
	dead   chan struct{} // closed when the process is gone and reaped

	mu     sync.Mutex
	closed bool
}

// startProcess starts a worker and waits until its sandbox is closed.
func startProcess(s *starter, softMemory uint64) (*process, error) {
	p := &process{stderr: &tail{}, dead: make(chan struct{})}
	if err := s.start(p, softMemory); err != nil {
		return nil, fmt.Errorf("start a script worker: %w", err)
	}
	p.conn = wire.NewConn(p.end)
	go p.reap()
	timer := time.AfterFunc(startLimit, p.kill)
	defer timer.Stop()
	kind, payload, err := p.conn.Read()
	if err == nil && kind != wire.Ready {
		err = errors.New("it speaks another language")
	}
	if err == nil {
		p.ready, err = wire.ParseReady(payload)
	}
	if err != nil {
		p.kill()
		<-p.dead
		return nil, fmt.Errorf("start a script worker: %w: %s", err, p.stderr)
	}
	return p, nil
}

// reap waits for the end of the process, so that none stays a zombie.
func (p *process) reap() {
	_ = p.cmd.Wait()
	p.mu.Lock()
	p.closed = true
	_ = p.end.Close()
	p.mu.Unlock()
	close(p.dead)
}

// kill ends the process and wakes whoever reads from it at once: freeing its
// memory may take a while.
func (p *process) kill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return
	}
	p.killed.Store(true)
	_ = p.cmd.Process.Kill()
	hangUp(p.end)
}

// finish ends a process that broke off. If it is not known why, it is given a
// moment to end by itself, so that its exit can be read.
func (p *process) finish(wait bool) {
	if wait {
		select {
		case <-p.dead:
		case <-time.After(exitGrace):
		}
	}
	p.kill()
	if wait {
		<-p.dead
	}
}

// recover makes what the worker had not yet written when it ended readable.
func (p *process) recover() bool {
	if p.box == nil {
		return false
	}
	select {
	case <-p.dead:
	case <-time.After(settle):
		// It is being killed, and its memory takes a while to be freed.
	}
	p.conn.Recover(p.box)
	return true
}

// settle is how long to wait for the end of a worker that hung up.
const settle = 20 * time.Millisecond

// exitGrace is how long a crash may take to write its last lines.
const exitGrace = 500 * time.Millisecond

func (p *process) alive() bool {
	select {
	case <-p.dead:
		return false
	default:
		return !p.killed.Load()
	}
}

// tail keeps the beginning and the end of what a worker wrote to its standard
// error: the first lines of a crash say what happened, the last ones where.
type tail struct {
	mu         sync.Mutex
	head, last []byte
}

const tailSize = 4 << 10

// Write never fails, and never keeps more than twice tailSize.
func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := len(b)
	if room := tailSize - len(t.head); room > 0 {
		take := min(room, len(b))
		t.head = append(t.head, b[:take]...)
		b = b[take:]
	}
	t.last = append(t.last, b...)
	if over := len(t.last) - tailSize; over > 0 {
		t.last = append(t.last[:0], t.last[over:]...)
	}
	return n, nil
}

// String returns what was kept.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.head) + string(t.last)
}

// endedFromOutside reports whether somebody else ended the process: the
// operator, or the system for want of memory. It may be asked once the process
// is gone.
func (p *process) endedFromOutside() bool {
	select {
	case <-p.dead:
		return !p.killed.Load() && endedBySignal(p.cmd.ProcessState)
	default:
		return false
	}
}
