package main

import "fmt"

// report prints the table in Markdown, as docs/benchmarks.md has it.
func report(results map[string]*result) {
	base, direct := results[baseline], results["direct"]
	fmt.Println("| hop | requests/s | requests/s per core of the hop | ratio | p50 added | p99 added | failed | spans sent | dropped |")
	fmt.Println("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
	for _, s := range subjects {
		r := results[s.name]
		perCore, ratio, p50, p99, sent, dropped := "", "", "", "", "", ""
		if s.hop != "" {
			perCore = fmt.Sprintf("%.0f", r.perCore())
			ratio = fmt.Sprintf("%.2f", r.perCore()/base.perCore())
			added := func(q float64) string {
				return fmt.Sprintf("%.2f ms", float64(r.latency.ValueAtQuantile(q)-direct.latency.ValueAtQuantile(q))/1000)
			}
			p50, p99 = added(50), added(99)
		}
		if s.spans {
			sent, dropped = fmt.Sprint(r.sent), fmt.Sprint(r.dropped)
		}
		fmt.Printf("| %s | %.0f | %s | %s | %s | %s | %d | %s | %s |\n", s.name,
			float64(r.requests)/r.wall.Seconds(), perCore, ratio, p50, p99, r.failed, sent, dropped)
	}
}

// perCore is how many requests a second one core could do, all of it spent on the hop.
func (r *result) perCore() float64 { return float64(r.requests) / r.cpu.Seconds() }
