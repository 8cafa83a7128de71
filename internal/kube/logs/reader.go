package logs

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/chaintui/chaintui/internal/kube"
	"github.com/chaintui/chaintui/internal/kube/state"
)

// How long a reader waits before it opens a log again that ended though its container runs.
const (
	reopenMin = 300 * time.Millisecond
	reopenMax = 5 * time.Second
)

// reader reads the log of one container, instance after instance.
type reader struct {
	s         *Stream
	pod       state.Pod
	container string
	queue     *queue
	first     bool  // it was there at the start: Since and Tail hold for it
	read      int32 // the instance being read, by its number of restarts
	changed   chan struct{}
	latest    latest

	last  time.Time      // of the newest line passed on
	texts map[string]int // of the lines of that time, with how many there were
}

func (r *reader) tell(c *state.Container, deleting bool) {
	r.set(instance{restarts: c.Restarts, running: c.State == "running", deleting: deleting})
}

func (r *reader) gone() { r.set(instance{gone: true}) }

func (r *reader) set(i instance) {
	r.latest.mu.Lock()
	same := r.latest.now == i
	r.latest.now = i
	r.latest.mu.Unlock()
	if !same {
		select {
		case r.changed <- struct{}{}:
		default:
		}
	}
}

func (r *reader) now() instance {
	r.latest.mu.Lock()
	defer r.latest.mu.Unlock()
	return r.latest.now
}

// run reads until the pod is gone, or once when the log is not followed. Its error ends the whole Stream.
func (r *reader) run(ctx context.Context) error {
	if !r.s.opts.Follow {
		return r.settle(ctx, r.once(ctx, r.s.opts.Previous))
	}
	for delay := reopenMin; ; {
		began := time.Now()
		err := r.once(ctx, false)
		if err != nil {
			r.look(ctx)
		}
		if err = r.settle(ctx, err); err != nil {
			return err
		}
		if time.Since(began) > reopenMax {
			delay = reopenMin
		}
		if ok, err := r.await(ctx, delay); !ok || err != nil {
			return err
		}
		delay = min(2*delay, reopenMax)
	}
}

// look asks how the container stands. After a log broke off, which is seldom, the snapshots may not tell yet that it has
// restarted; its new log would be read before the end of the old one.
func (r *reader) look(ctx context.Context) {
	pod, err := r.s.cluster.Client.Pods(r.s.cluster.Namespace).Get(ctx, r.pod.Name, metav1.GetOptions{})
	if err != nil || string(pod.UID) != r.pod.UID {
		return
	}
	now := state.PodOf(pod)
	for i := range now.Containers {
		if c := &now.Containers[i]; c.Name == r.container {
			r.tell(c, now.Deleting)
		}
	}
}

// await waits until there is more to read: the container runs still, or again. What an instance wrote that ended unread
// is read first. ok is false when the pod is gone.
func (r *reader) await(ctx context.Context, delay time.Duration) (ok bool, err error) {
	timer := time.NewTimer(delay)
	defer timer.Stop()
	paused := false
	for {
		i := r.now()
		switch {
		case i.gone:
			return false, nil
		case i.restarts != r.read:
			return true, r.catchUp(ctx, i.restarts)
		case i.running && paused:
			return true, nil
		}
		select {
		case <-ctx.Done():
			return false, ctx.Err()
		case <-r.changed:
		case <-timer.C:
			paused = true
		}
	}
}

// catchUp reads the end of the instance that was being read, as the one before the running one.
func (r *reader) catchUp(ctx context.Context, restarts int32) error {
	if lost := restarts - r.read - 1; lost > 0 {
		if err := r.note(ctx, fmt.Sprintf("the container restarted %d times meanwhile: the log of %d instances is lost", lost+1, lost)); err != nil {
			return err
		}
	}
	err := r.once(ctx, true)
	r.read = restarts
	var status apierrors.APIStatus
	if errors.As(err, &status) { // the kubelet has removed it
		return r.note(ctx, "the container restarted, and the end of its log is lost")
	}
	return err
}

// settle tells an error that ends everything from one that is worth a note, and one that is none.
func (r *reader) settle(ctx context.Context, err error) error {
	switch {
	case err == nil || ctx.Err() != nil:
		return ctx.Err()
	case kube.Is[*kube.Forbidden](kube.Classify(err)), kube.Is[*kube.Unauthorized](kube.Classify(err)):
		return kube.Classify(err)
	case apierrors.IsNotFound(err) && (r.now().gone || r.now().deleting || r.s.opts.Follow && !r.last.IsZero()):
		return nil
	case apierrors.IsBadRequest(err) && r.s.opts.Follow: // the container is waiting to start
		return nil
	case r.s.opts.Follow && r.retry(err):
		return nil // it goes on after the last line, so nothing is lost
	}
	return r.note(ctx, "the log can't be read: "+kube.Classify(err).Error())
}

// retry tells whether a log that is followed goes on by itself.
func (r *reader) retry(err error) bool { return !apierrors.IsNotFound(err) }

// once reads the log of the running instance, or of the one before, to its end.
func (r *reader) once(ctx context.Context, previous bool) error {
	opts := &corev1.PodLogOptions{Container: r.container, Timestamps: true, Previous: previous, Follow: r.s.opts.Follow && !previous}
	switch {
	case !r.last.IsZero():
		opts.SinceTime = &metav1.Time{Time: r.last.Truncate(time.Second)} // it is sent in whole seconds
	case r.first:
		r.begin(opts)
	}
	body, err := r.s.cluster.Client.Logs(r.s.cluster.Namespace, r.pod.Name, opts).Stream(ctx)
	r.queue.opened()
	if err != nil {
		return err
	}
	defer body.Close()
	p := resumed{from: r.last, texts: maps.Clone(r.texts)}
	return scan(body, func(raw string) error { return r.pass(ctx, &p, raw) })
}

// begin sets where the log of a container begins that was there at the start.
func (r *reader) begin(opts *corev1.PodLogOptions) {
	o := &r.s.opts
	switch {
	case !o.SinceTime.IsZero():
		opts.SinceTime = &metav1.Time{Time: o.SinceTime}
	case o.Since > 0:
		seconds := int64((o.Since + time.Second - 1) / time.Second)
		opts.SinceSeconds = &seconds
	}
	if o.Tail > 0 {
		opts.TailLines = &o.Tail
	}
}

// resumed skips what a log that is opened again sends once more: the lines before the last one that was handed on, and
// those of its very time that were.
type resumed struct {
	from  time.Time
	texts map[string]int // how many lines of that time there were, by their text
	skips bool           // the last line was one to skip
}

func (p *resumed) skip(at time.Time, text string, hasTime bool) bool {
	if hasTime { // else it is the rest of the line before
		p.skips = at.Before(p.from) || at.Equal(p.from) && p.texts[text] > 0
		if p.skips && at.Equal(p.from) {
			p.texts[text]--
		}
	}
	return p.skips
}

// pass hands a line on.
func (r *reader) pass(ctx context.Context, p *resumed, raw string) error {
	at, text, hasTime := parse(raw)
	if p.skip(at, text, hasTime) || hasTime && at.Before(r.s.opts.SinceTime) {
		return nil
	}
	if !hasTime {
		at = r.last
	}
	if !at.Equal(r.last) || r.texts == nil {
		r.last, r.texts = at, map[string]int{}
	}
	if hasTime {
		r.texts[text]++
	}
	return r.queue.put(ctx, Line{Time: at, Link: r.pod.Link, Service: r.pod.Service, Pod: r.pod.Name, Text: text})
}

func (r *reader) note(ctx context.Context, text string) error {
	l := Line{Time: time.Now(), Link: r.pod.Link, Service: r.pod.Service, Pod: r.pod.Name, Text: text, Note: true}
	return r.queue.put(ctx, l)
}
