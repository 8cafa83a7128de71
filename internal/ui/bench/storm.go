package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// storm measures keys while so many pods a second change.
func (p *program) storm(ctx context.Context, c *crowd, s settings) error {
	if err := c.lighten(ctx); err != nil {
		return err
	}
	storm, err := s.unleash(ctx)
	if err != nil {
		return err
	}
	watching, enough := context.WithCancel(ctx)
	late := make(chan time.Duration, 1)
	go func() { late <- lateness(watching) }()
	pause(ctx, 2*time.Second)
	began, cpu := time.Now(), p.cpu()
	var took []time.Duration
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
	enough()
	waited := <-late
	sent, ended := storm.end()
	if err := errors.Join(err, ended); err != nil {
		return err
	}
	report(fmt.Sprintf("key to the screen under %.0f updates a second", float64(sent)/(lasted.Seconds()+2)), took)
	fmt.Printf("  %.2f s of CPU in %.1f s of it; a sleep of 1 ms of the bench itself came back up to %.0f ms late\n", used.Seconds(), lasted.Seconds(), ms(waited))
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
