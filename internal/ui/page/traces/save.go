package traces

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/traces/zipkin"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/units"
)

// save writes the spans as they were received, for `chaintui traces show` and any other reader of Zipkin's JSON.
func (v *view) save(w *page.World) tea.Cmd {
	name, spans := filepath.Join(w.SaveDir, "chaintui-trace-"+v.id+".json"), v.spans
	return w.Work.Do(func() tea.Msg {
		var b bytes.Buffer
		err := zipkin.Encode(&b, spans)
		if err == nil {
			err = os.WriteFile(name, b.Bytes(), 0o600)
		}
		if err != nil {
			return page.Tell{Text: "can't save the trace: " + err.Error(), Bad: true}
		}
		return page.Tell{Text: fmt.Sprintf("saved %s in %s", units.Plural(len(spans), "span", "spans"), name)}
	})
}
