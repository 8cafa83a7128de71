package link

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// Requests that take longer than others end among those that began seconds later: the lines of each second are counted
// all the same, and what was left out is told by the next line.
func TestAccessLogIsBoundedWhateverRequestsTake(t *testing.T) {
	var out bytes.Buffer
	a := accessLog{level: AccessAll, log: slog.New(slog.NewJSONHandler(&out, nil))}
	now := time.Unix(1_800_000_000, 0)
	end := func(took time.Duration) {
		a.request(&exchange{r: httptest.NewRequest(http.MethodGet, "/", nil), start: now.Add(-took), status: 200}, took)
	}
	for range 2 * linesPerSecond {
		end(time.Millisecond)
		end(3 * time.Second)
	}
	if n := bytes.Count(out.Bytes(), []byte("\n")); n != linesPerSecond {
		t.Errorf("%d lines in a second", n)
	}
	out.Reset()
	for _, step := range []time.Duration{time.Second, -time.Hour} {
		now = now.Add(step)
		end(0)
	}
	if n := bytes.Count(out.Bytes(), []byte("\n")); n != 2 || !bytes.Contains(out.Bytes(), []byte(`"linesLeftOut":300}`)) {
		t.Errorf("a second later, and with a clock that was set back: %s", out.String())
	}
}
