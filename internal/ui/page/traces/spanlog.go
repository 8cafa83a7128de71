package traces

import (
	"context"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/ui/feed"
	"github.com/chaintui/chaintui/internal/ui/logline"
	"github.com/chaintui/chaintui/internal/ui/page"
)

const (
	restTime  = 300 * time.Millisecond // how long the cursor stands on a span before its log is read
	around    = time.Second            // lines that are so near to a span may belong to it
	logLimit  = 10 * time.Second       // bounds one reading
	podsKept  = 16                     // logs that are kept of a trace
	linesKept = 500                    // of a pod, of each kind: they are the last ones
)

// spanLogs are the log lines of the trace's pods, read as the cursor comes to their spans.
type spanLogs struct {
	pod     string // under the cursor, when it moved last
	move    int    // number of the last move
	reading int    // number of the move after which a log is being read; 0 for none
	cancel  context.CancelFunc
	known   map[string]podLog
}

// podLog is what a pod wrote while a trace went through it.
type podLog struct {
	own   []logline.Line // with the trace's id
	other []logline.Line
	err   string
}

// rested says that the cursor has stood still since a move.
type rested struct {
	view *view
	move int
}

type logRead struct {
	rested
	pod string
	log podLog
}

// attend sees to it that the log of the span under the cursor is read once the cursor rests there.
func (v *view) attend(w *page.World) tea.Cmd {
	if v.width == 0 { // not drawn yet
		v.width = layoutWidth(w.Width)
	}
	pod := ""
	if i := v.row(); i >= 0 {
		pod = podOf(&v.trace.Rows[i])
	}
	l := &v.logs
	if pod == l.pod {
		return nil
	}
	l.pod = pod
	l.move++
	if k, known := l.known[pod]; known && k.err == "" || pod == "" || w.Session.Logs == nil || find(w.Snap, pod) == nil {
		return nil
	}
	return w.After(restTime, rested{v, l.move})
}

// readLog reads the log of the pod under the cursor. The one being read is given up.
func (v *view) readLog(w *page.World, msg rested) tea.Cmd {
	l := &v.logs
	if msg.move != l.move || w.Session.Logs == nil {
		return nil
	}
	l.stop()
	ctx, cancel := context.WithTimeout(w.Ctx, logLimit)
	l.cancel, l.reading = cancel, l.move
	from, to := recorded(v.trace)
	source, trace, pod := w.Session.Logs, v.trace.ID, l.pod
	q := feed.LogQuery{Pod: pod, Since: w.Since(from.Add(-around))}
	return w.Work.Do(func() tea.Msg {
		defer cancel()
		return logRead{msg, pod, linesBetween(ctx, source, q, trace, from.Add(-around), to.Add(around))}
	})
}

// stop gives up what is being read.
func (l *spanLogs) stop() {
	if l.cancel != nil {
		l.cancel()
	}
	l.cancel, l.reading = nil, 0
}

func (v *view) logRead(msg logRead) {
	l := &v.logs
	if msg.move != l.reading { // given up
		return
	}
	l.stop()
	if l.known == nil || len(l.known) >= podsKept {
		l.known = map[string]podLog{}
	}
	l.known[msg.pod] = msg.log
}

// forget makes all logs be read anew: there is more of the trace.
func (l *spanLogs) forget() {
	l.stop()
	l.known, l.pod = nil, ""
	l.move++
}

// recorded is when the trace was, by the clocks of the pods, which their logs go by too.
func recorded(t *traces.Trace) (from, to time.Time) {
	first, last := t.Start, t.End
	for i := range t.Rows {
		if own := t.Rows[i].Own; own != nil && own.Span.Timestamp > 0 {
			first, last = min(first, own.Span.Timestamp), max(last, own.Span.Timestamp+own.Span.Duration)
		}
	}
	return time.UnixMicro(first), time.UnixMicro(last)
}

// linesBetween reads the lines between two moments. They come in order of time.
func linesBetween(ctx context.Context, source feed.LogSource, q feed.LogQuery, trace string, from, to time.Time) podLog {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	batches, err := source.Follow(ctx, q)
	if err != nil {
		return podLog{err: err.Error()}
	}
	var log podLog
	for lines := range batches { // to the end, so that the source can end
		for _, l := range lines {
			switch {
			case l.Gap != "":
				log.err = l.Gap
			case l.Time.After(to):
				cancel()
			case !l.Time.Before(from):
				log.add(logline.Read(l), trace)
			}
		}
	}
	return log
}

func (p *podLog) add(line logline.Line, trace string) {
	to := &p.other
	if sameID(line.Trace, trace) {
		to = &p.own
	}
	*to = append(*to, line)
	if n := len(*to); n > 2*linesKept {
		*to = slices.Delete(*to, 0, n-linesKept)
	}
}

// sameID compares two ids, which may be padded.
func sameID(a, b string) bool { return strings.TrimLeft(a, "0") == strings.TrimLeft(b, "0") }

// of are a span's lines: those with the trace's id; when there are none, those of its time.
func (p *podLog) of(r *traces.Row) []logline.Line {
	if len(p.own) > 0 || r.Own == nil {
		return p.own
	}
	from := time.UnixMicro(r.Own.Span.Timestamp).Add(-around)
	to := from.Add(micros(r.Own.Span.Duration) + 2*around)
	var near []logline.Line
	for _, l := range p.other {
		if !l.At.Before(from) && !l.At.After(to) {
			near = append(near, l)
		}
	}
	return near
}
