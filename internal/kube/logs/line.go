package logs

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/chaintui/chaintui/internal/sanitise"
)

// maxLine is the longest line that is kept in one piece, in bytes. A longer one comes as several of the same time.
const maxLine = 64 << 10

// parse splits what the API server sends with timestamps=true: RFC 3339 with nanoseconds, a space, the text. ok is false
// when there is no such time: then it is the rest of a line that was too long for the runtime or for us.
func parse(raw string) (at time.Time, text string, ok bool) {
	stamp, rest, found := strings.Cut(raw, " ")
	if !found {
		stamp, rest = raw, ""
	}
	at, err := time.Parse(time.RFC3339Nano, stamp)
	if err != nil {
		return time.Time{}, sanitise.Line(raw), false
	}
	return at, sanitise.Line(rest), true
}

// scan calls each with every line, without its end. It ends with nil at the end of r, or with r's or each's error.
func scan(r io.Reader, each func(raw string) error) error {
	b := bufio.NewReaderSize(r, maxLine)
	for {
		raw, err := b.ReadSlice('\n')
		if len(raw) > 0 {
			if failed := each(strings.TrimRight(string(raw), "\r\n")); failed != nil {
				return failed
			}
		}
		switch {
		case err == nil, errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF):
			return nil
		default:
			return err
		}
	}
}
