// Package pods is the Pods page: all pods of the chain as a live table, and what is known of each.
package pods

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/kube/state"
	"github.com/chaintui/chaintui/internal/ui/canvas"
	"github.com/chaintui/chaintui/internal/ui/page"
	"github.com/chaintui/chaintui/internal/ui/scroll"
	"github.com/chaintui/chaintui/internal/ui/table"
)

// Page is the Pods page.
type Page struct {
	list   table.List[*state.Pod] // filtered and sorted
	filter string
	sort   int
	down   bool
	detail bool
	window scroll.Window // on the details
}

// New is the page before anything is known.
func New() *Page {
	return &Page{list: table.List[*state.Pod]{Table: table.Table{Columns: columns}, Key: func(p *state.Pod) string { return p.UID }}}
}

// ID is "pods".
func (p *Page) ID() string { return "pods" }

// Update takes snapshots, clicks, and what other pages want to see here.
func (p *Page) Update(w *page.World, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case page.Fresh:
		if msg.Snapshot {
			p.gather(w)
		}
	case page.Open:
		return p.open(w, msg)
	case page.Clicked:
		switch id := msg.ID.(type) {
		case table.Zone:
			p.list.Go(int(id))
			if msg.Double {
				p.showDetail()
			}
		case table.HeadZone:
			p.down = p.sort == int(id) && !p.down
			p.sort = int(id)
			p.gather(w)
		}
	case page.Wheeled:
		if p.detail {
			p.window.By(msg.Delta)
		} else {
			p.list.Move(msg.Delta)
		}
	}
	return nil
}

// open puts the cursor on a pod, or a link's first, or says that it is gone.
func (p *Page) open(w *page.World, o page.Open) tea.Cmd {
	p.detail = false
	if o.Pod == "" && o.Link < 0 {
		return nil
	}
	p.filter = ""
	p.gather(w)
	for i, pod := range p.list.Rows() {
		if pod.Name == o.Pod || o.Pod == "" && pod.Link == o.Link {
			p.list.Go(i)
			if o.Pod != "" {
				p.showDetail()
			}
			return nil
		}
	}
	if o.Pod == "" {
		return w.Send(page.Tell{Text: fmt.Sprintf("link %d has no pod", o.Link), Bad: true})
	}
	return w.Send(page.Tell{Text: "pod " + o.Pod + " is gone", Bad: true})
}

// gather makes the rows anew. Details of a pod that is gone are closed.
func (p *Page) gather(w *page.World) {
	var rows []*state.Pod
	for pod := range w.Snap.Pods() {
		if p.filter == "" || strings.Contains(strings.ToLower(text(pod)), strings.ToLower(p.filter)) {
			rows = append(rows, pod)
		}
	}
	order(rows, p.sort, p.down)
	p.detail = p.list.Set(rows) && p.detail
}

// text is what the filter looks at.
func text(p *state.Pod) string {
	return strings.Join([]string{p.Name, p.State, p.Reason, p.Message, p.Node, p.IP, p.LastExit}, " ")
}

// pod is the one under the cursor; nil when there is none.
func (p *Page) pod() *state.Pod {
	pod, _ := p.list.Chosen()
	return pod
}

// Do performs one of the dashboard's own actions.
func (p *Page) Do(w *page.World, id string) tea.Cmd {
	pod := p.pod()
	switch id {
	case "pods.sort":
		p.sort = (p.sort + 1) % len(columns)
		p.gather(w)
	case "pods.reverse":
		p.down = !p.down
		p.gather(w)
	case "open":
		p.showDetail()
	case "show.logs":
		return w.Send(page.Open{Page: "logs", Link: pod.Link, Pod: pod.Name})
	case "show.traces":
		return w.Send(page.Open{Page: "traces", Link: pod.Link})
	case "pod.describe":
		return p.inspect(w, "describe "+pod.Name, func(ctx context.Context) (string, error) {
			return w.Session.Inspect.Describe(ctx, pod.Name)
		})
	case "pod.yaml":
		return p.inspect(w, pod.Name+".yaml", func(ctx context.Context) (string, error) {
			return w.Session.Inspect.YAML(ctx, pod.Name)
		})
	default:
		if p.detail {
			p.scroll(id)
		} else {
			p.list.Do(id)
		}
	}
	return nil
}

// showDetail opens the details of the pod under the cursor at their top.
func (p *Page) showDetail() {
	p.list.Go(p.list.At)
	p.detail, p.window.Top = p.pod() != nil, 0
}

// scroll moves the details, and with left and right goes to the pod beside.
func (p *Page) scroll(id string) {
	switch id {
	case "left", "right":
		p.list.Move(map[string]int{"left": -1, "right": 1}[id])
		p.window.Top = 0
	default:
		p.window.Do(id)
	}
}

func (p *Page) inspect(w *page.World, title string, load func(context.Context) (string, error)) tea.Cmd {
	ctx := w.Ctx
	return w.Send(page.Show{Title: title, Load: func() (string, error) { return load(ctx) }})
}

// Disabled tells why an action makes no sense now.
func (p *Page) Disabled(w *page.World, id string) string {
	switch id {
	case "open", "show.logs", "show.traces", "pod.describe", "pod.yaml":
		if p.pod() == nil {
			return "no pod is chosen"
		}
	}
	if id == "show.traces" && p.pod().Link < 0 {
		return "this pod is no link's"
	}
	if (id == "pod.describe" || id == "pod.yaml") && w.Session.Inspect == nil {
		return "not available here"
	}
	return ""
}

// Chosen is the pod under the cursor.
func (p *Page) Chosen(*page.World) page.Chosen {
	pod := p.pod()
	if pod == nil {
		return page.Nothing
	}
	return page.Chosen{Link: pod.Link, Pod: pod.Name, Copy: pod.Name}
}

// Crumbs name the pod whose details are open.
func (p *Page) Crumbs(*page.World) []string {
	if pod := p.pod(); p.detail && pod != nil {
		return []string{pod.Name}
	}
	return nil
}

// Back closes the details.
func (p *Page) Back(*page.World) bool {
	was := p.detail
	p.detail = false
	return was
}

// Filter is the text that rows have to contain.
func (p *Page) Filter() string { return p.filter }

// SetFilter changes it.
func (p *Page) SetFilter(w *page.World, text string) tea.Cmd {
	p.filter = text
	p.gather(w)
	return nil
}

// Draw draws the table with what is wrong beside it, or the details of one pod.
func (p *Page) Draw(w *page.World, c canvas.Canvas) {
	pod := p.pod()
	switch {
	case p.detail && pod != nil:
		p.window.Draw(c, func(c canvas.Canvas, y int) int { return drawDetail(w, c, y, pod) })
	case len(p.list.Rows()) == 0 && p.filter != "":
		c.Center(c.H()/3, fmt.Sprintf("no pod contains %q", p.filter), muted)
	case len(p.list.Rows()) == 0:
		c.Center(c.H()/3, "no pods in namespace "+w.Snap.Namespace, muted)
	default:
		p.drawTable(w, c)
	}
}
