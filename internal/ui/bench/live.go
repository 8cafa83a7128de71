package main

import (
	"context"
	"fmt"
	"slices"
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

func report(what string, took []time.Duration) {
	slices.Sort(took)
	at := func(q float64) float64 { return ms(took[min(int(q*float64(len(took))), len(took)-1)]) }
	fmt.Printf("%s: p50 %.0f ms, p99 %.0f ms of %d\n", what, at(0.5), at(0.99), len(took))
}
