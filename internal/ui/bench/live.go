package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// How many changes and keys are measured.
const (
	samples = 50
	keys    = 200
)

// changes measures from a change at the API server to the changed screen.
func (p *program) changes(ctx context.Context, c *crowd) error {
	pod := name(0, 0)
	if err := p.Press("2/" + pod); err != nil {
		return err
	}
	if _, err := p.Await(ctx, time.Now(), "Waiting"); err != nil {
		return err
	}
	var took []time.Duration
	for i := range samples {
		word := fmt.Sprintf("Change%02d", i)
		began := time.Now()
		if err := c.say(ctx, pod, word); err != nil {
			return err
		}
		d, err := p.Await(ctx, began, word)
		if err != nil {
			return err
		}
		took = append(took, d)
	}
	report("change at the API server to the screen", took)
	err := p.Press("\x1b")
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
	var late time.Duration
	group.Go(func() { late = lateness(raging) })
	pause(ctx, 2*time.Second)
	began, cpu := time.Now(), p.cpu()
	var took []time.Duration
	var err error
	for i := range keys {
		key, text := "6", "deploys a chain of services"
		if i%2 == 1 {
			key, text = "2", "restarts"
		}
		pressed := time.Now()
		var d time.Duration
		if err = p.Press(key); err == nil {
			d, err = p.Await(ctx, pressed, text)
		}
		if err != nil {
			break
		}
		took = append(took, d)
		pause(ctx, 50*time.Millisecond)
	}
	lasted, used := time.Since(began), p.cpu()-cpu
	calm()
	group.Wait()
	if err != nil {
		return err
	}
	report(fmt.Sprintf("key to the screen under %.0f updates a second", float64(sent)/(lasted.Seconds()+2)), took)
	fmt.Printf("  %.2f s of CPU in %.1f s of it; a sleep of 1 ms of the bench itself came back up to %.0f ms late\n", used.Seconds(), lasted.Seconds(), ms(late))
	return nil
}

// lateness is how long the machine, which the API server shares, kept a program waiting at worst.
func lateness(ctx context.Context) (worst time.Duration) {
	for ctx.Err() == nil {
		began := time.Now()
		time.Sleep(time.Millisecond)
		worst = max(worst, time.Since(began)-time.Millisecond)
	}
	return worst
}

// rage changes pods at a rate, or as fast as the API server does it, until it is stopped, and counts.
func rage(ctx context.Context, c *crowd, rate int) (sent int) {
	work := make(chan int)
	var group sync.WaitGroup
	for range 64 {
		group.Go(func() {
			for n := range work {
				_ = c.toss(context.WithoutCancel(ctx), n%c.links, n/c.links%c.pods, fmt.Sprintf("Storm%d", n%7))
			}
		})
	}
	began := time.Now()
	for ctx.Err() == nil {
		pause(ctx, time.Until(began.Add(time.Duration(sent)*time.Second/time.Duration(rate))))
		select {
		case <-ctx.Done():
		case work <- sent:
			sent++
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
