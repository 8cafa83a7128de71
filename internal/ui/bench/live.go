package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// samples is how many changes and keys are measured.
const samples = 50

// changes measures from a change at the API server to the changed screen.
func (p *program) changes(ctx context.Context, c *crowd) error {
	pod := name(0, 0)
	if err := p.press("2/" + pod); err != nil {
		return err
	}
	if _, err := p.await(ctx, time.Now(), "Waiting"); err != nil {
		return err
	}
	var took []time.Duration
	for i := range samples {
		word := fmt.Sprintf("Change%02d", i)
		began := time.Now()
		if err := c.say(ctx, pod, word); err != nil {
			return err
		}
		d, err := p.await(ctx, began, word)
		if err != nil {
			return err
		}
		took = append(took, d)
	}
	report("change at the API server to the screen", took)
	err := p.press("\x1b")
	pause(ctx, 200*time.Millisecond) // or it would be the alt key of what is pressed next
	return err
}

// storm measures keys while so many pods a second change.
func (p *program) storm(ctx context.Context, c *crowd, rate int) error {
	if err := c.lighten(ctx); err != nil {
		return err
	}
	raging, calm := context.WithCancel(ctx)
	var group sync.WaitGroup
	var sent int
	group.Go(func() { sent = rage(raging, c, rate) })
	pause(ctx, 2*time.Second)
	began, cpu := time.Now(), p.cpu()
	var took []time.Duration
	var err error
	for i := range samples {
		key, text := "6", "deploys a chain of services"
		if i%2 == 1 {
			key, text = "2", "restarts"
		}
		pressed := time.Now()
		var d time.Duration
		if err = p.press(key); err == nil {
			d, err = p.await(ctx, pressed, text)
		}
		if err != nil {
			break
		}
		took = append(took, d)
		pause(ctx, 150*time.Millisecond)
	}
	lasted, used := time.Since(began), p.cpu()-cpu
	calm()
	group.Wait()
	if err != nil {
		return err
	}
	report(fmt.Sprintf("key to the screen under %.0f updates a second", float64(sent)/(lasted.Seconds()+2)), took)
	fmt.Printf("  %.2f s of CPU in %.1f s of it\n", used.Seconds(), lasted.Seconds())
	return nil
}

// rage changes pods at a rate until it is stopped, and counts.
func rage(ctx context.Context, c *crowd, rate int) (sent int) {
	work := make(chan int)
	var group sync.WaitGroup
	for range 64 {
		group.Go(func() {
			for n := range work {
				_ = c.say(context.WithoutCancel(ctx), name(n%c.links, n/c.links%c.pods), fmt.Sprintf("Storm%d", n%7))
			}
		})
	}
	tick := time.NewTicker(time.Second / time.Duration(rate))
	defer tick.Stop()
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-tick.C:
			select {
			case work <- sent:
				sent++
			default: // the API server is not as fast
			}
		}
	}
	close(work)
	group.Wait()
	return sent
}

func report(what string, took []time.Duration) {
	slices.Sort(took)
	at := func(q float64) float64 { return ms(took[min(int(q*float64(len(took))), len(took)-1)]) }
	fmt.Printf("%s: p50 %.0f ms, p99 %.0f ms of %d\n", what, at(0.5), at(0.99), len(took))
}
