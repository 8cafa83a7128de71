package collector

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/chaintui/chaintui/internal/collector/wire"
)

const (
	// cacheNames lets browsers keep lists of names for five minutes.
	cacheNames = "max-age=300, must-revalidate"
	// cacheFrom is how many names make a system that is no longer being tried out, for which lists may be cached.
	cacheFrom = 4
)

func (s *Server) getServices(w http.ResponseWriter, r *http.Request, _ url.Values) {
	list := s.store.ServiceNames()
	s.services.Store(int64(len(list)))
	s.nameList(w, r, list)
}

func (s *Server) getSpanNames(w http.ResponseWriter, r *http.Request, values url.Values) {
	s.namesOf(w, r, values, s.store.SpanNames)
}

func (s *Server) getRemoteServices(w http.ResponseWriter, r *http.Request, values url.Values) {
	s.namesOf(w, r, values, s.store.RemoteServiceNames)
}

func (s *Server) namesOf(w http.ResponseWriter, r *http.Request, values url.Values, list func(service string) []string) {
	p := parameters{values: values}
	service := p.text("serviceName")
	if p.err != nil {
		refuse(w, http.StatusBadRequest, p.err.Error())
		return
	}
	s.nameList(w, r, list(service))
}

// nameList may be cached once the latest list of services, which the client asks first, had more than three.
func (s *Server) nameList(w http.ResponseWriter, r *http.Request, list []string) {
	if s.services.Load() >= cacheFrom {
		w.Header().Set("Cache-Control", cacheNames)
	}
	names(w, r, list)
}

func (s *Server) getAutocompleteKeys(w http.ResponseWriter, r *http.Request, _ url.Values) {
	w.Header().Set("Cache-Control", cacheNames)
	keys := slices.Clone(s.options.AutocompleteKeys)
	slices.SortFunc(keys, wire.CompareJava)
	names(w, r, keys)
}

func (s *Server) getAutocompleteValues(w http.ResponseWriter, r *http.Request, values url.Values) {
	p := parameters{values: values}
	key := p.text("key")
	if p.err != nil {
		refuse(w, http.StatusBadRequest, p.err.Error())
		return
	}
	if key == "" {
		refuse(w, http.StatusBadRequest, "key was empty")
		return
	}
	list := s.store.TagValues(key)
	if len(list) >= cacheFrom {
		w.Header().Set("Cache-Control", cacheNames)
	}
	names(w, r, list)
}
