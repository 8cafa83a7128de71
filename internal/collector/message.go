package collector

import (
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/chaintui/chaintui/internal/collector/wire"
)

var (
	errBusy     = errors.New("too many spans are being received; send them later")
	errTooLarge = errors.New("message too large")
	errGunzip   = wire.Refusal("Cannot gunzip spans")
)

// message is the body of a POST, unpacked. Its memory is booked while it is in use, in steps as it grows, so that neither
// many messages nor one that unpacks to a thousand times its size take more than the server allows for.
type message struct {
	server *Server
	body   []byte
	booked int64
}

// bookStep is how much is booked at a time, and the smallest message's share.
const bookStep = 64 << 10

// release gives the memory back.
func (m *message) release() {
	if m.booked > 0 {
		m.server.incoming.Release(m.booked)
	}
	if cap(m.body) <= keepBuffer {
		buffers.Put(&m.body)
	}
}

// buffers are bodies to use again, of at most keepBuffer bytes each.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

const keepBuffer = 1 << 20

// maxMessageBytes bounds one POST, both as sent and unpacked.
const maxMessageBytes = 10 << 20

// read takes a request's body. The message is to be released, also after an error.
func (s *Server) read(r *http.Request) (*message, error) {
	m := &message{server: s, body: (*buffers.Get().(*[]byte))[:0]}
	switch {
	case strings.Contains(r.Header.Get("Content-Encoding"), "gzip"):
		return m, m.unpack(io.LimitReader(r.Body, maxMessageBytes+1))
	case r.ContentLength > maxMessageBytes:
		return m, errTooLarge
	}
	return m, m.fill(r.Body)
}

// unpack fills the message with what a gzip stream holds. Nothing at all is an empty message; a stream that holds
// nothing is refused, as by Zipkin.
func (m *message) unpack(packed io.Reader) error {
	unpacker := unpackers.Get().(*gzip.Reader)
	defer unpackers.Put(unpacker)
	if err := unpacker.Reset(packed); errors.Is(err, io.EOF) {
		return nil
	} else if err != nil {
		return errGunzip
	}
	err := m.fill(unpacker)
	switch {
	case errors.Is(err, errBusy), errors.Is(err, errTooLarge):
		return err
	case err != nil, len(m.body) == 0:
		return errGunzip
	}
	return nil
}

var unpackers = sync.Pool{New: func() any { return new(gzip.Reader) }}

// fill reads all there is, up to the limit, and books the memory first.
func (m *message) fill(source io.Reader) error {
	for {
		if len(m.body) == cap(m.body) || int64(cap(m.body)) > m.booked {
			if err := m.grow(); err != nil {
				return err
			}
		}
		n, err := source.Read(m.body[len(m.body):cap(m.body)])
		m.body = m.body[:len(m.body)+n]
		switch {
		case len(m.body) > maxMessageBytes:
			return errTooLarge
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
	}
}

// grow makes room for more, and books it.
func (m *message) grow() error {
	size := max(bookStep, cap(m.body))
	if len(m.body) == cap(m.body) {
		size = max(bookStep, 2*cap(m.body))
	}
	if more := int64(size) - m.booked; more > 0 {
		if !m.server.incoming.TryAcquire(more) {
			return errBusy
		}
		m.booked += more
	}
	if size > cap(m.body) {
		m.body = append(make([]byte, 0, size), m.body...)
	}
	return nil
}
