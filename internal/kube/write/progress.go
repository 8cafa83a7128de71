package write

import "sync"

// progress serialises what is reported from many workers.
type progress struct {
	mu     sync.Mutex
	report func(Event)
}

func (p *progress) send(e Event) {
	if p.report == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.report(e)
}

// counter counts one step's objects.
type counter struct {
	p     *progress
	step  string
	total int
	mu    sync.Mutex
	done  int
}

func (p *progress) counter(step string, total int) *counter {
	p.send(Event{Step: step, Total: total})
	return &counter{p: p, step: step, total: total}
}

func (c *counter) add() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done++
	c.p.send(Event{Step: c.step, Done: c.done, Total: c.total})
}
