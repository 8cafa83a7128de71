package zipkin

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/chaintui/chaintui/internal/sanitise"
)

// ErrNotFound is what errors.Is finds in the answer 404: no such trace, or no such API at that URL.
var ErrNotFound = errors.New("not found")

// StatusError is an answer that is not the one asked for: another status than 2xx, or a 200 whose body is something else,
// such as a proxy's login page. Zipkin writes its errors as plain text; they are kept as such.
type StatusError struct {
	Status int    // HTTP status
	Body   string // the beginning of the body, as one safe line
	URL    string // what was asked
}

// Error says what the server said, with its status.
func (e *StatusError) Error() string {
	said := e.Body
	if said == "" {
		said = http.StatusText(e.Status)
	}
	if e.Status/100 == 2 {
		return fmt.Sprintf("this is no Zipkin API: %s answers %q", e.URL, said)
	}
	return fmt.Sprintf("the collector answers %d: %s", e.Status, said)
}

// Is makes errors.Is(err, ErrNotFound) true of a 404.
func (e *StatusError) Is(target error) bool {
	return target == ErrNotFound && e.Status == http.StatusNotFound //nolint:errorlint // the sentinel itself
}

// errorBody bounds what is read and kept of an error's body.
const errorBody = 4 << 10

func statusError(res *http.Response, where string) error {
	b, _ := io.ReadAll(io.LimitReader(res.Body, errorBody))
	return &StatusError{Status: res.StatusCode, Body: snippet(b), URL: where}
}

// snippet is the beginning of a body as one safe line of at most some 300 bytes.
func snippet(b []byte) string {
	const most = 300
	line := strings.Join(strings.Fields(sanitise.Line(string(b))), " ")
	if len(line) > most {
		line = strings.ToValidUTF8(line[:most], "") + "…"
	}
	return line
}
