package traces

import (
	"cmp"

	"github.com/chaintui/chaintui/internal/traces/zipkin"
)

// Group sorts the spans of a file, which may hold several traces in any order, into a list for each trace id, in the order
// in which the ids appear. What was refused stands with the first of them, which keeps every ledger exact; without any
// span it is a list of its own.
//
// Who knows ids of 64 bits only cuts those of 128 off: such spans belong to the trace whose id has the same lower half,
// unless there are two of them.
func Group(lists ...zipkin.List) []zipkin.List {
	all := zipkin.Join(lists...)
	ids, whole := make([]string, len(all.Spans)), map[string]string{} // whole ids by their lower half; "" for two
	for i := range all.Spans {
		id := all.Spans[i].TraceID
		if padded, err := zipkin.PadID(id, 32); err == nil {
			id = padded
		}
		ids[i] = id
		if len(id) == 32 {
			if other, ok := whole[id[16:]]; ok && other != id {
				id = ""
			}
			whole[ids[i][16:]] = id
		}
	}
	at := map[string]int{}
	var out []zipkin.List
	for i, id := range ids {
		id = cmp.Or(whole[id], id)
		g, ok := at[id]
		if !ok {
			g = len(out)
			at[id] = g
			out = append(out, zipkin.List{Cut: all.Cut})
		}
		out[g].Spans = append(out[g].Spans, all.Spans[i])
	}
	if len(out) == 0 {
		out = append(out, zipkin.List{Cut: all.Cut})
	}
	first := &out[0]
	first.Repaired = all.Repaired
	if len(out) == 1 {
		first.Refused = all.Refused
		return out
	}
	for i, r := range all.Refused { // positions in a list that was never received: behind its spans
		first.Refused = append(first.Refused, zipkin.Refusal{Index: len(first.Spans) + i, Reason: r.Reason})
	}
	return out
}
