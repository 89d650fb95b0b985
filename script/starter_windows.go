package script

import (
	"io"
	"os"
)

// startConnected talks over the worker's standard input and output, because
// only these are passed on.
func startConnected(p *process) error {
	fromWorker, stdout, err := os.Pipe()
	if err != nil {
		return err
	}
	defer stdout.Close()
	stdin, toWorker, err := os.Pipe()
	if err != nil {
		_ = fromWorker.Close()
		return err
	}
	defer stdin.Close()
	p.cmd.Stdin, p.cmd.Stdout = stdin, stdout
	if err := p.cmd.Start(); err != nil {
		_ = fromWorker.Close()
		_ = toWorker.Close()
		return err
	}
	p.end = pipes{fromWorker, toWorker}
	return nil
}

// pipes is a channel made of one pipe for each direction.
type pipes struct {
	in, out *os.File
}

func (p pipes) Read(b []byte) (int, error)  { return p.in.Read(b) }
func (p pipes) Write(b []byte) (int, error) { return p.out.Write(b) }

func (p pipes) Close() error {
	_ = p.in.Close()
	return p.out.Close()
}

// hangUp has nothing to do: a pipe ends with the process at its other end.
func hangUp(io.ReadWriteCloser) {}
