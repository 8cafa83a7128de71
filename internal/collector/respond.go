package collector

import (
	"compress/gzip"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/chaintui/chaintui/internal/collector/wire"
)

// refuse answers with a sentence, in the content type that Zipkin gives them.
func refuse(w http.ResponseWriter, status int, sentence string) {
	w.Header().Set("Content-Type", "text/*")
	w.Header().Set("Content-Length", strconv.Itoa(len(sentence)))
	w.WriteHeader(status)
	_, _ = w.Write([]byte(sentence))
}

// plain answers as Zipkin's HTTP server does where no handler is asked.
func plain(w http.ResponseWriter, status int, sentence string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(sentence)))
	w.WriteHeader(status)
	_, _ = w.Write([]byte(sentence))
}

// names answers with a list of strings.
func names(w http.ResponseWriter, r *http.Request, list []string) {
	body := []byte{'['}
	for i, name := range list {
		if i > 0 {
			body = append(body, ',')
		}
		body = wire.AppendName(body, name)
	}
	body = append(body, ']')
	a := newAnswer(w, r)
	a.body = body
	a.close()
}

const (
	gzipFrom  = 2048      // bytes from which an answer is compressed, as in Zipkin's settings
	flushFrom = 256 << 10 // bytes from which an answer is sent in pieces, so that a large one never stands in memory
)

// answer collects a JSON body and sends it, compressed if it is large and the client wants that, in pieces if it is huge.
type answer struct {
	w        http.ResponseWriter
	body     []byte
	compress bool
	gzip     *gzip.Writer
	started  bool
	err      error // the client's connection broke
}

func newAnswer(w http.ResponseWriter, r *http.Request) *answer {
	w.Header().Set("Content-Type", "application/json")
	return &answer{w: w, compress: wantsGzip(r)}
}

func wantsGzip(r *http.Request) bool {
	for _, coding := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		name, quality, _ := strings.Cut(strings.TrimSpace(coding), ";")
		if name == "gzip" || name == "*" {
			return strings.ReplaceAll(quality, " ", "") != "q=0"
		}
	}
	return false
}

// flush sends what has been collected if that is much.
func (a *answer) flush() {
	if len(a.body) >= flushFrom {
		a.send()
	}
}

// close sends the rest.
func (a *answer) close() {
	if !a.started && (!a.compress || len(a.body) < gzipFrom) {
		a.w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
		a.compress = false
	}
	a.send()
	if a.gzip != nil {
		if err := a.gzip.Close(); a.err == nil {
			a.err = err
		}
		compressors.Put(a.gzip)
	}
}

var compressors = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	return w
}}

func (a *answer) send() {
	if !a.started {
		a.started = true
		if a.compress {
			a.w.Header().Set("Content-Encoding", "gzip")
			a.w.Header().Set("Vary", "Accept-Encoding")
			a.gzip = compressors.Get().(*gzip.Writer)
			a.gzip.Reset(a.w)
		}
	}
	if a.err == nil {
		if a.gzip != nil {
			_, a.err = a.gzip.Write(a.body)
		} else {
			_, a.err = a.w.Write(a.body)
		}
	}
	a.body = a.body[:0]
}
