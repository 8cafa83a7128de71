package session

import (
	"context"
	"time"

	"github.com/chaintui/chaintui/internal/chain"
	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/logs"
	"github.com/chaintui/chaintui/internal/kube/watch"
	"github.com/chaintui/chaintui/internal/ui/feed"
)

// logSource reads logs in batches: a line at a time would draw the screen as often.
type logSource struct {
	cluster *kube.Cluster
	watcher *watch.Watcher
}

// batch is how many lines are handed on at once at most.
const batch = 500

// Follow is feed.LogSource's.
func (l logSource) Follow(ctx context.Context, q feed.LogQuery) (<-chan []feed.LogLine, error) {
	options := logs.Options{Pod: q.Pod, Previous: q.Previous, Since: q.Since, Tail: q.Tail, Follow: q.Follow}
	for _, i := range q.Links {
		options.Services = append(options.Services, chain.ServiceName(i))
	}
	stream := logs.Read(ctx, l.cluster, l.watcher.SnapshotsUntil(ctx), options)
	out := make(chan []feed.LogLine)
	go func() {
		defer close(out)
		var last time.Time
		for line := range stream.Lines() {
			last = line.Time
			lines := []feed.LogLine{of(line)}
			for open := true; open && len(lines) < batch; {
				select {
				case more, ok := <-stream.Lines():
					if open = ok; ok {
						lines, last = append(lines, of(more)), more.Time
					}
				default:
					open = false
				}
			}
			select {
			case out <- lines:
			case <-ctx.Done(): // the stream ends by itself then, and its channel is drained
			}
		}
		if err := stream.Err(); err != nil && ctx.Err() == nil {
			select {
			case out <- []feed.LogLine{end(err, last)}:
			case <-ctx.Done():
			}
		}
	}()
	return out, nil
}

// end is the last word on a log that ended with an error, after its last line by whatever clock.
func end(err error, last time.Time) feed.LogLine {
	line := feed.LogLine{Time: time.Now(), Link: -1, Gap: err.Error()}
	if line.Time.Before(last) {
		line.Time = last
	}
	return line
}

func of(l logs.Line) feed.LogLine {
	line := feed.LogLine{Time: l.Time, Link: l.Link, Text: l.Text}
	if l.Note {
		line.Text, line.Gap = "", l.Text
	}
	return line
}
