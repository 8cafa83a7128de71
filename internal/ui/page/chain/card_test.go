package chain

import (
	"strings"
	"testing"
	"time"

	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/feed"
)

func TestTag(t *testing.T) {
	const digest = "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	for image, want := range map[string]string{
		"chaintui/link:v1.4.0": "v1.4.0", "registry:5000/link": "latest", "registry:5000/link:v2": "v2",
		"link" + digest: "0123456789ab", "registry:5000/link" + digest: "0123456789ab", "link:v1.4.0" + digest: "v1.4.0@0123456",
		"link@sha256": "latest", "": "latest",
	} {
		if got := Tag(image); got != want {
			t.Errorf("%s: %q; want %q", image, got, want)
		}
	}
}

// A card shows the same of any two values: none is there only while the other is short.
func TestQuantilesDoNotComeAndGo(t *testing.T) {
	for width := 20; width <= 30; width++ {
		shown := ""
		for _, d := range []time.Duration{40 * time.Microsecond, 3 * time.Millisecond, 46 * time.Millisecond, 1250 * time.Millisecond} {
			c := canvas.New(width, 1)
			quantiles(c, 0, item{LinkTraffic: feed.LinkTraffic{P50: 40 * time.Microsecond, P95: d}})
			has50, has95 := strings.Contains(c.String(), "p50"), strings.Contains(c.String(), "p95")
			if now := map[bool]string{true: "p50"}[has50] + map[bool]string{true: "p95"}[has95]; shown != "" && now != shown || !has95 {
				t.Errorf("width %d, %v: %q", width, d, c.String())
			} else {
				shown = now
			}
		}
	}
}
