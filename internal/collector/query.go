package collector

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/collector/store"
	"github.com/chaintui/chaintui/internal/collector/wire"
)

func (s *Server) getTraces(w http.ResponseWriter, r *http.Request, values url.Values) {
	q, err := parseQuery(values, time.Now())
	if err != nil {
		refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	s.traces(w, r, s.store.Search(q))
}

func (s *Server) getTrace(w http.ResponseWriter, r *http.Request, text string) {
	id, err := wire.ParseTraceID(javaTrim(text))
	if err != nil {
		refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	body := s.store.AppendJSON(nil, store.Key{ID: id, Strict: !s.options.LooseTraceIDs})
	if string(body) == "[]" {
		refuse(w, http.StatusNotFound, id.String()+" not found")
		return
	}
	a := newAnswer(w, r)
	a.body = body
	a.close()
}

const maxIDs = 1000 // what follows the 999th comma is read as one id

func (s *Server) getTraceMany(w http.ResponseWriter, r *http.Request, values url.Values) {
	p := parameters{values: values}
	text := p.text("traceIds")
	if p.err == nil && text == "" {
		refuse(w, http.StatusBadRequest, "traceIds parameter is empty")
		return
	}
	if p.err != nil {
		refuse(w, http.StatusBadRequest, p.err.Error())
		return
	}
	var ids []wire.TraceID
	seen := map[wire.TraceID]bool{}
	for _, part := range strings.SplitN(text, ",", maxIDs) {
		id, err := wire.ParseTraceID(part)
		if err != nil {
			refuse(w, http.StatusBadRequest, err.Error())
			return
		}
		if seen[id] {
			refuse(w, http.StatusBadRequest, "redundant traceId: "+part)
			return
		}
		seen[id] = true
		ids = append(ids, id)
	}
	if len(ids) == 1 {
		refuse(w, http.StatusBadRequest, "Use /api/v2/trace/{traceId} endpoint to retrieve a single trace")
		return
	}
	s.traces(w, r, s.store.Find(ids...))
}

// traces answers with a list of traces, one by one: spans may come in between.
func (s *Server) traces(w http.ResponseWriter, r *http.Request, keys []store.Key) {
	a := newAnswer(w, r)
	a.body = append(a.body, '[')
	for i, key := range keys {
		if i > 0 {
			a.body = append(a.body, ',')
		}
		a.body = s.store.AppendJSON(a.body, key)
		if a.flush(); a.err != nil {
			break
		}
	}
	a.body = append(a.body, ']')
	a.close()
}
