package collector

import (
	"errors"
	"mime"
	"net/http"
	"net/url"
	"time"

	"github.com/chaintui/chaintui/internal/collector/wire"
)

// readTimeout is how long a POST may take to arrive; a slower one only holds memory.
const readTimeout = 10 * time.Second

func (s *Server) postSpans(w http.ResponseWriter, r *http.Request, _ url.Values) {
	s.metrics.messages.Inc()
	// A server that can't set deadlines, as in tests, leaves it to its own.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(readTimeout))
	message, err := s.read(r)
	defer message.release()
	if err != nil {
		s.metrics.messagesDropped.Inc()
		s.refuseMessage(w, err)
		return
	}
	s.metrics.bytes.Add(float64(len(message.body)))
	spans, err := decode(r, message.body)
	if err != nil {
		s.metrics.messagesDropped.Inc()
		s.options.Logger.Debug("spans refused", "reason", err, "from", r.RemoteAddr, "agent", r.UserAgent())
		refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	s.metrics.spans.Add(float64(len(spans)))
	s.store.Add(spans)
	w.WriteHeader(http.StatusAccepted)
}

func decode(r *http.Request, body []byte) ([]wire.Span, error) {
	if len(body) == 0 || string(body) == "[]" {
		return nil, nil
	}
	if media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); media == "application/x-protobuf" {
		return wire.DecodeProto(body)
	}
	return wire.DecodeJSON(body)
}

// refuseMessage answers for a message that could not be read.
func (s *Server) refuseMessage(w http.ResponseWriter, err error) {
	switch {
	case errors.Is(err, errBusy):
		w.Header().Set("Retry-After", "1")
		refuse(w, http.StatusTooManyRequests, err.Error())
	case errors.Is(err, errTooLarge):
		w.Header().Set("Connection", "close")
		plain(w, http.StatusRequestEntityTooLarge, "413 Request Entity Too Large")
	default:
		refuse(w, http.StatusBadRequest, err.Error())
	}
}
