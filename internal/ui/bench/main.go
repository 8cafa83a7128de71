// Bench measures the whole dashboard on a real cluster as a person would meet it: from exec in a terminal of 120 by 40
// to live data, memory, CPU at rest, from a change at the API server to the screen, and keys under a storm of updates.
// Its pods belong to a chain and need no node. It makes a namespace of its own, and removes it.
//
//	go run ./internal/ui/bench -kubeconfig FILE [-binary bin/chaintui] [-bare bin/bare] [-links 50] [-pods 100]
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"

	"k8s.io/client-go/kubernetes"

	"github.com/chaintui/chaintui/internal/kube"
)

type settings struct {
	kubeconfig, binary, bare string
	links, pods, runs        int
	rest                     time.Duration
	storm                    int
	raging                   bool
}

func main() {
	var s settings
	flag.StringVar(&s.kubeconfig, "kubeconfig", os.Getenv("CHAINTUI_E2E_KUBECONFIG"), "kubeconfig of the cluster")
	flag.StringVar(&s.binary, "binary", "bin/chaintui", "the program")
	flag.StringVar(&s.bare, "bare", "bin/bare", "the program of informers alone to measure beside it; empty for none")
	flag.IntVar(&s.links, "links", 50, "links of the chain")
	flag.IntVar(&s.pods, "pods", 100, "pods of each link")
	flag.IntVar(&s.runs, "runs", 5, "starts to measure")
	flag.DurationVar(&s.rest, "rest", 15*time.Second, "how long CPU is counted for while little changes")
	flag.IntVar(&s.storm, "storm", 500, "pod updates a second of the storm; 0 for none")
	flag.BoolVar(&s.raging, "raging", false, "be the storm, on pods that are there, until the input ends")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := s.measure(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// measure makes the chain, and prints what each part has found.
func (s settings) measure(ctx context.Context) error {
	cluster, err := kube.Connect(kube.Options{Kubeconfig: s.kubeconfig, Namespace: "ui-bench"})
	if err != nil {
		return err
	}
	defer cluster.Disconnect()
	clients, err := kubernetes.NewForConfigAndClient(cluster.Config, cluster.HTTP)
	if err != nil {
		return err
	}
	c := crowd{cluster, clients, s.links, s.pods}
	if s.raging {
		c.rages(ctx, s.storm)
		return nil
	}
	if err := c.namespace(ctx); err != nil {
		return err
	}
	defer c.remove(context.WithoutCancel(ctx))
	began := time.Now()
	if err := c.make(ctx); err != nil {
		return err
	}
	fmt.Printf("%d links, %d pods, made in %.1f s\n", s.links, s.links*s.pods, time.Since(began).Seconds())
	if err := s.starts(ctx, &c); err != nil {
		return err
	}
	return s.living(ctx, &c)
}

// starts measures from exec to live data, several times, each beside what is the API server's alone in it, a list of the
// same pods, none of which is looked at; and beside a program that has nothing but informers.
func (s settings) starts(ctx context.Context, c *crowd) error {
	for range s.runs {
		list, err := c.list(ctx)
		if err != nil {
			return err
		}
		calm(ctx)
		p, err := s.open(ctx)
		if err != nil {
			return err
		}
		fmt.Printf("exec to first frame %.0f ms, to live data %.0f ms with %.0f ms of CPU; the API server's list alone %.0f ms\n",
			ms(p.first), ms(p.live), ms(p.cpu()), ms(list))
		if err := p.quit(); err != nil {
			return err
		}
		if s.bare == "" {
			continue
		}
		calm(ctx)
		b, err := s.beside(ctx)
		if err != nil {
			return err
		}
		fmt.Printf("  informers alone %.0f ms with %.0f ms of CPU, %d MB: %.2f times\n", ms(b.synced), ms(b.cpu), b.memory, float64(p.live)/float64(b.synced))
	}
	return nil
}

// living measures one dashboard for a while.
func (s settings) living(ctx context.Context, c *crowd) error {
	p, err := s.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = p.quit() }()
	pause(ctx, 3*time.Second)
	began, cpu := time.Now(), p.cpu()
	pause(ctx, s.rest)
	fmt.Printf("at rest for %.0f s: %.2f s of CPU, %d MB resident, %d MB at most\n", time.Since(began).Seconds(), (p.cpu() - cpu).Seconds(), p.memory("VmRSS"), p.memory("VmHWM"))
	if err := p.changes(ctx, c); err != nil {
		return err
	}
	if s.storm > 0 {
		if err := p.storm(ctx, c, s); err != nil {
			return err
		}
	}
	fmt.Printf("at the end: %d MB resident, %d MB at most\n", p.memory("VmRSS"), p.memory("VmHWM"))
	return nil
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
