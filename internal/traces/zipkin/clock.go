package zipkin

import (
	"context"
	"net/http"
	"time"
)

// Now is the time by the server's clock, for windows that are to end a while before its now: clocks differ, and by one that
// is behind, the newest traces would be in the future. It comes of an answer's Date, which names the second only; ours is
// taken where it does not disagree with that, and where a server does not tell. That a server can't be asked is left to
// the search to say.
func (c *API) Now(ctx context.Context) time.Time {
	// Answers of searches are not cached on the way, those of the lists of names may be.
	answer, err := c.do(ctx, "/api/v2/traces", Query{Lookback: time.Millisecond, Limit: 1}.Values())
	now := time.Now()
	if err != nil {
		return now
	}
	_ = answer.Body.Close()
	date, err := http.ParseTime(answer.Header.Get("Date"))
	if behind := now.Sub(date); err != nil || behind >= 0 && behind < time.Second {
		return now
	}
	return date.Add(time.Second / 2)
}
