package link

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// answer is a complete response.
type answer struct {
	status int
	body   []byte
	length []string // Content-Length
}

var jsonType = []string{"application/json"}

// message is an answer in the original's form, with its space after the colon and no newline.
func message(status int, text string) answer {
	quoted, _ := json.Marshal(text) // a string always marshals
	body := append(append([]byte(`{"message": `), quoted...), '}')
	return answer{status, body, []string{strconv.Itoa(len(body))}}
}

func (a answer) write(w http.ResponseWriter) {
	h := w.Header()
	h["Content-Type"], h["Content-Length"] = jsonType, a.length
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body) // the caller has gone: nobody is left to tell
}

var (
	okAnswer       = message(http.StatusOK, "ok")
	invalidService = message(http.StatusBadRequest, "Invalid service")
	notFound       = message(http.StatusNotFound, "Not found")
	draining       = message(http.StatusServiceUnavailable, "shutting down")
	panicked       = message(http.StatusInternalServerError, "internal error; the link's log has the details")
	busy           = message(http.StatusServiceUnavailable, "too many requests at once")
)
