package api

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"strings"

	"flowbench/api/rest"
)

const (
	webTextType = "application/grpc-web-text"
	webType     = "application/grpc-web"
)

// webText serves the text form of gRPC-Web by the binary one: base64 in both
// directions. Unary calls only, as the padding of the answer must come last.
func webText(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		contentType := r.Header.Get("Content-Type")
		if !strings.HasPrefix(contentType, webTextType) {
			next.ServeHTTP(w, r)
			return
		}
		binary := r.Clone(r.Context())
		binary.Header.Set("Content-Type", webType+strings.TrimPrefix(contentType, webTextType))
		binary.Header.Del("Content-Length")
		binary.ContentLength = -1
		binary.Body = io.NopCloser(&textBody{source: r.Body})
		answer := &textWriter{ResponseWriter: w, encoder: base64.NewEncoder(base64.StdEncoding, w)}
		next.ServeHTTP(answer, binary)
		answer.start()             // an error may consist of headers alone
		_ = answer.encoder.Close() // the caller is gone if this fails
	})
}

// textBody decodes the request when it is first read. Clients may send several
// base64 texts one after the other, each with its padding.
type textBody struct {
	source  io.Reader
	decoded *bytes.Reader
}

// Read implements io.Reader.
func (b *textBody) Read(p []byte) (int, error) {
	if b.decoded == nil {
		// One byte more than the limit allows lets the limit speak for itself.
		text, err := io.ReadAll(io.LimitReader(b.source, int64(base64.StdEncoding.EncodedLen(rest.MaxMessageBytes+64))))
		if err != nil {
			return 0, err
		}
		data, err := decodeWebText(text)
		if err != nil {
			return 0, err
		}
		b.decoded = bytes.NewReader(data)
	}
	return b.decoded.Read(p)
}

var errWebText = errors.New("gRPC-Web text is not base64")

// decodeWebText decodes base64 texts that follow each other.
func decodeWebText(text []byte) ([]byte, error) {
	var data []byte
	for len(text) > 0 {
		end := len(text)
		if padding := bytes.IndexByte(text, '='); padding >= 0 {
			end = min(padding/4*4+4, end) // the padding fills a group of four
		}
		chunk := make([]byte, base64.StdEncoding.DecodedLen(end))
		n, err := base64.StdEncoding.Strict().Decode(chunk, text[:end])
		if err != nil {
			return nil, errWebText
		}
		data, text = append(data, chunk[:n]...), text[end:]
	}
	return data, nil
}

// textWriter encodes the answer.
type textWriter struct {
	http.ResponseWriter
	encoder io.WriteCloser
	started bool
}

// WriteHeader announces the text form.
func (t *textWriter) WriteHeader(status int) {
	t.start()
	t.ResponseWriter.WriteHeader(status)
}

// Write encodes a part of the answer.
func (t *textWriter) Write(p []byte) (int, error) {
	t.start()
	return t.encoder.Write(p)
}

// Flush does nothing: an incomplete group of base64 cannot be sent.
func (t *textWriter) Flush() {}

func (t *textWriter) start() {
	if t.started {
		return
	}
	t.started = true
	h := t.Header()
	h.Del("Content-Length")
	if contentType := h.Get("Content-Type"); strings.HasPrefix(contentType, webType) {
		h.Set("Content-Type", webTextType+strings.TrimPrefix(contentType, webType))
	}
}
