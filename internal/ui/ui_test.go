package ui_test

import (
	"cmp"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/chaintui/chaintui/internal/traces"
	"github.com/chaintui/chaintui/internal/traces/zipkin"
	"github.com/chaintui/chaintui/internal/ui"
	"github.com/chaintui/chaintui/internal/ui/example"
	"github.com/chaintui/chaintui/internal/ui/uitest"
)

// soon is how long what comes in its own time may take: log lines, which no answer waits for.
const soon = 10 * time.Second

func options(kind string, links int) ui.Options {
	return ui.Options{
		Open: example.Opener(kind, links), Places: example.Places{}, Actions: example.Actions(), Version: "v0.0.0",
		Theme: "dark", Now: func() time.Time { return example.Now },
	}
}

func start(t *testing.T, kind string) *uitest.Screen {
	t.Helper()
	return uitest.Start(t, 100, 30, options(kind, 6)).Version(1)
}

func TestResizeByKeys(t *testing.T) {
	start(t, example.Healthy).
		See("6 links ready").
		Press("r").See("Resize the chain", "enter show what changes").
		Type("8").See("0 1 2 3 4 5 +6 +7").
		Enter().See("2 Deployments, 2 Services", "no request is lost").
		Press("v").See("@@ -3,4 +3,4 @@").Esc().
		Enter().See("the chain has 8 links, all ready", "undo: chaintui resize 6").
		Enter().NotSee("Resize the chain")
}

// What undoes an action is one key away, and is asked about as any other.
func TestAnActionIsUndoneByAKey(t *testing.T) {
	start(t, example.Healthy).
		Press("r").Type("8").Enter().Enter().See("undo: chaintui resize 6", "u undo").
		Press("u").See("enter resize").NotSee("undo").
		Enter().See("the chain has 6 links, all ready")
	start(t, example.Healthy).
		Press("d").Enter().Enter().See("undo: chaintui rollback 3").NotSee("u undo").Press("u").See("undo: chaintui rollback 3")
}

// The wheel scrolls what is in front: the page, or the dialog over it.
func TestTheWheelScrolls(t *testing.T) {
	wheel := func(s *uitest.Screen, button tea.MouseButton) *uitest.Screen {
		return s.Send(tea.MouseWheelMsg{X: 50, Y: 15, Button: button})
	}
	s := start(t, example.Healthy).Press("6").See("D  Deploy the chain")
	wheel(s, tea.MouseWheelDown).NotSee("D  Deploy the chain")
	s.Press("?").See("close")
	wheel(s, tea.MouseWheelUp).Esc().NotSee("D  Deploy the chain")
	wheel(s, tea.MouseWheelUp).See("D  Deploy the chain")
}

func TestResizeByMouse(t *testing.T) {
	start(t, example.Healthy).
		Click("r resize").See("Resize the chain").
		Type("4").See("−4 −5").
		Click("enter show what changes").See("ConfigMap chain-link-services").
		Click("enter resize").See("undo: chaintui resize 6").
		Click("enter ok").NotSee("undo")
}

func TestValuesAreSteppedByKeysAndMouse(t *testing.T) {
	s := start(t, example.Healthy).Press("r", "+", "+").See("0 1 2 3 4 5 +6 +7").Press("-", "-", "-").See("−5").
		ClickIn("Links", "+").ClickIn("Links", "+").See("5 +6").
		Click("enter show what changes").Esc().ClickIn("Links", "−").See("Links  6 ").Esc()
	s.Press("f").ClickIn("Added latency", "+").See("each request takes 1.0 ms longer").
		ClickIn("Added latency", "−").See("no fault, as it is now").
		ClickIn("Error rate", "+").ClickIn("Error rate", "+").See("5.0 % answer 500 at once").Esc()
	s.Press("3", "f").ClickIn("In the last", "−").See("30m").ClickIn("How many", "+").See("101")
}

func TestAFormSaysWhatIsWrong(t *testing.T) {
	start(t, example.Healthy).
		Press("r").Type("many").Enter().See("✗ want a whole number").
		Press("backspace", "backspace", "backspace", "backspace").Type("0").Enter().See("0 links: a chain has 1 to 1000").
		Esc().NotSee("Resize the chain")
}

func TestPagesByNumberAndBack(t *testing.T) {
	s := start(t, example.Slow)
	s.Press("2").See("c9f7d54b8-m9w4t", "restarts").
		Press("3").See("spans", "get /").
		Press("4").See("ScalingReplicaSet").
		Press("5").Await(soon, "fault applied").See("following").
		Press("6").See("on Chain").
		Esc().See("following").Esc().See("ScalingReplicaSet")
	s.Click("1 Chain").See("▲ slow", "fault +150 ms")
}

func TestPodsFilterSortDetail(t *testing.T) {
	start(t, example.Failing).
		Press("2", "/").Type("imagepull").See("ImagePullBackOff").NotSee("Running").
		Enter().Enter().See("containers", "Back-off pulling image", "f7d54b8-7kfzd  ● live").
		Press("Y").See("kind: Pod").Esc().
		Esc().Esc().See("Running").
		Press("/").Type("imagepull").Enter().NotSee("Running").
		Press("/").Type("runn").See("Running").NotSee("ImagePullBackOff"). // as in a form: what is typed replaces
		Esc().Press("x").See("Delete a pod")
}

// The table is sorted by its columns, one after the other by keys, or by a click on a title; once more turns it round.
func TestPodsAreSorted(t *testing.T) {
	first := func(s *uitest.Screen) string { return strings.Fields(strings.Split(s.Text(), "\n")[4])[0] }
	s := start(t, example.Failing)
	s.Press("2").See("link↑")
	if link := first(s); link != "0" {
		t.Errorf("by link: %s", link)
	}
	s.Click("link↑").See("link↓")
	if link := first(s); link == "0" {
		t.Errorf("by link, turned round: %s", link)
	}
	s.Click("state").See("state↑").Press("s").See("restarts↑").Press("S").See("restarts↓")
}

func TestWaterfall(t *testing.T) {
	start(t, example.Slow).
		Press("3", "enter").See("11 spans in 6 rows", "◀ 151 ms", "▾ chain-link-0").
		Press("down", "down").See("latency=150ms", "client and server halves").
		Press("left").See("▸ chain-link-2").NotSee("chain-link-4").
		Press("right").See("chain-link-4").
		Press("z").See("focus").Press("z").
		Press("S").See("on the critical path", "on the network").
		Press("m").See("slower than the median").
		Press("F").See("› flame").
		Esc().NotSee("› flame").Esc().See("when↓")
}

func TestErrorsInTraces(t *testing.T) {
	start(t, example.Errors).
		Press("3", "e").See("✗ 503 from link 4", "only errors").NotSee("● ok").
		Enter().See("✗ 503 began here", "✗ passed on").
		Esc().Press("e").Enter().Press("m").See("chain-link-5", "absent") // it is in the others only
}

// The filter form offers the services that are known, also those that the collector alone knows.
func TestServicesAreOffered(t *testing.T) {
	s := uitest.Start(t, 80, 24, options(example.Errors, 6)).Version(1)
	s.Press("3", "f").See("→ chain-link-service-0  chain-link-service-1  …").
		Type("ord").See("→ orders").Press("right").See("Service      orders").NotSee("→").
		Press("ctrl+u").Type("4").See("→ chain-link-service-4").Click("chain-link-service-4").See("Service      chain-link-service-4").
		Press("tab").NotSee("→").Enter().See("› query")
}

func TestFaultFormShowsWhatItWouldDo(t *testing.T) {
	start(t, example.Slow).
		Press("right", "f").See("chain-link-3", "p50 now 3.3 ms", "no fault, as it is now").
		Press("tab").Type("150ms").See("each request takes 150 ms longer", "200 ms").
		Type("x").See("✗ want a duration").NotSee("chain-link-3 ").
		Press("tab").See("150msx").See("✗ want a duration", "latency that half of the requests get at most").
		Press("up", "backspace", "down").Type("20ms").See("✗ latency is either fixed or given by percentiles, not both").
		Enter().See("Added latency").
		Press("up", "ctrl+u", "down", "down").Type("80ms").See("half get up to +20 ms, the slowest tenth +80 ms ").
		Press("down", "down").Type("30%").See("30 % answer 500 at once").
		Press("up", "up", "up", "up", "up", "backspace").Type("2 3, 4").See("chain-link-2, -3, -4 ", "p50 now 2.2 ms to 154 ms").
		Press("ctrl+u").See("all 6 links").Type("7").See("link 7 is not in the chain").
		Press("backspace").Type("2").Press("down", "down", "ctrl+u", "down", "ctrl+u", "down", "down", "ctrl+u").
		See("clears the fault in force: latency=150ms")
}

func TestDeepLink(t *testing.T) {
	o := options(example.Errors, 6)
	o.Trace = example.Traces(example.Errors, 6)[0].ID
	uitest.Start(t, 100, 30, o).Version(1).See("✗ 503 began here")
	for id, want := range map[string]string{
		"00000000deadbeef": "no span of this trace has arrived yet",
		"4F1C9A2E0000000":  "✗ 503 began here", // one of them begins so
		"4f1c":             "✗ 60 of the newest traces begin with 4f1c: give more of the id",
		"deadbeef":         "✗ the collector has no trace deadbeef",
	} {
		o.Trace = id
		uitest.Start(t, 100, 30, o).Version(1).See(want)
	}
	o.Trace = "4f1c"
	uitest.Start(t, 80, 24, o).Version(1).See("esc shows the list").Esc().See("when↓")
	o.Trace = "4f1c9a2e0000000"
	uitest.Start(t, 80, 24, o).Version(1).Press("y").See("copied: 4f1c9a2e0000000000000000")
	all := example.Traces(example.Errors, 6)
	slowest := slices.MaxFunc(all, func(a, b *traces.Trace) int { return cmp.Compare(a.Duration(), b.Duration()) })
	for name, id := range map[string]string{"latest": all[0].ID, "slowest": slowest.ID} {
		o.Trace = name
		uitest.Start(t, 80, 24, o).Version(1).Press("y").See("copied: " + id)
	}
}

func TestLogs(t *testing.T) {
	s := start(t, example.Errors)
	s.Press("5").Await(soon, "request failed").
		Press("v", "v", "v").See("only ERROR").NotSee("INFO").
		Press("v", "/").Type("reloaded").See("configuration reloaded", "standing still").
		Enter().Press("n").See("no more of reloaded").
		Esc().Press("f").See("following").
		Press("a").See("› link 0").Await(soon, "INFO").
		Click("4f1c9a2e").See("spans in")
}

func TestPaletteFindsByAFewLetters(t *testing.T) {
	start(t, example.Healthy).
		Press(":").See("What to do?").Type("gologs").Enter().See("following").
		Press(":").Type("roll back").See("there is no release to go back to").Enter().See("▲ Roll back").Esc()
}

// Contexts are picked, and then namespaces are those of that one's cluster; a name that is not in the list is typed, though
// it may be the beginning of another.
func TestGoingElsewhere(t *testing.T) {
	s := start(t, example.Healthy)
	s.See("kind-dev · chain-link").
		Press(":").Type("change context").Enter().See("kind-dev", "prod", "staging").Type("pro").Enter().See("prod · chain-link").
		Press(":").Type("change namespace").Enter().Settle().See("payments").NotSee("kube-system").
		Type("pay").See("pay  as typed").Enter().See("prod · payments").
		Press(":").Type("change namespace").Enter().Settle().Type("pay").Press("down").Enter().See("prod · pay ")
}

func TestReadOnlyDimsAndRefuses(t *testing.T) {
	o := options(example.Healthy, 6)
	o.Open = example.ReadOnly(o.Open)
	s := uitest.Start(t, 100, 30, o).Version(1)
	s.See("read-only")
	for _, a := range o.Actions {
		if !a.Mutates || a.Key == "" {
			continue
		}
		if a.Pages[0] == "pods" {
			s.Press("2")
		} else {
			s.Press("1")
		}
		s.Press(a.Key).See("▲ " + a.Title + ": read-only").NotSee("show what changes")
	}
}

func TestCopyAndHelp(t *testing.T) {
	start(t, example.Healthy).
		Press("y").See("copied: chain-link-service-0").
		Press("?").See("Keys on Chain", "Resize the chain").Esc().NotSee("Keys on Chain")
}

func TestSaveWritesTextAndPicture(t *testing.T) {
	o := options(example.Healthy, 6)
	o.SaveDir = t.TempDir()
	s := uitest.Start(t, 100, 30, o).Version(1).Press("ctrl+s").See("saved ")
	text, err := os.ReadFile(filepath.Join(o.SaveDir, "chaintui-chain-20261121-100213.txt"))
	if err != nil || !strings.Contains(string(text), "6 links ready") {
		t.Errorf("%v\n%s", err, text)
	}
	s.Press("r").Type("8").Press("ctrl+s").See("saved ", "+6 +7")
	text, err = os.ReadFile(filepath.Join(o.SaveDir, "chaintui-chain-20261121-100213.txt"))
	if err != nil || !strings.Contains(string(text), "0 1 2 3 4 5 +6 +7") {
		t.Errorf("with a dialog: %v\n%s", err, text)
	}
}

// What is saved of a trace is what was received of it.
func TestSaveATrace(t *testing.T) {
	o := options(example.Slow, 6)
	o.SaveDir = t.TempDir()
	s := uitest.Start(t, 100, 30, o).Version(1).Press("3", "w").See("open a trace first")
	id := example.Traces(example.Slow, 6)[0].ID
	s.Press("enter", "w").See("saved 11 spans in " + o.SaveDir[:20])
	f, err := os.Open(filepath.Join(o.SaveDir, "chaintui-trace-"+id+".json"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lists, err := zipkin.DecodeLists(f, zipkin.Limits{})
	if err != nil || len(lists) != 1 || !reflect.DeepEqual(traces.BuildList(lists[0]), example.Traces(example.Slow, 6)[0]) {
		t.Errorf("%v: %+v", err, lists)
	}
	if err := os.RemoveAll(o.SaveDir); err != nil {
		t.Fatal(err)
	}
	s.Press("w").See("▲ can't save the trace: open ")
}

func TestCopyInDialogs(t *testing.T) {
	start(t, example.Healthy).
		Press("i").Type("y").See("Links  y").NotSee("copied"). // a letter like others
		Esc().Press("r").Type("8").Enter().Press("y").See("● copied 4 lines").
		Press("v", "y").See("● copied 7 lines", "y copy all").
		Press("esc").Enter().Press("y").See("copied: chaintui resize 6")
}

func TestSmallTerminals(t *testing.T) {
	s := start(t, example.Healthy)
	for _, size := range [][2]int{{1, 1}, {0, 0}, {2, 50}, {200, 1}, {79, 24}, {80, 23}} {
		s.Resize(size[0], size[1]).Settle() // an emulator of one cell shows little
	}
	s.Resize(60, 10).See("needs 80×24").
		Resize(80, 24).See("6 links ready")
	for _, page := range []string{"2", "3", "4", "5", "6", "1"} {
		s.Press(page, "enter").Resize(3, 3).Settle().Resize(80, 24).Text()
	}
}

func TestQuits(t *testing.T) {
	if err := start(t, example.Healthy).See("6 links").Press("q").Ended(); err != nil {
		t.Fatal(err)
	}
}

func TestBeginsOnAPage(t *testing.T) {
	o := options(example.Healthy, 6)
	o.Page = "events"
	uitest.Start(t, 100, 30, o).Version(1).See("ScalingReplicaSet")
	o.Page = "nowhere"
	if _, err := ui.New(t.Context(), o); err == nil {
		t.Error("an unknown page is taken")
	}
}
