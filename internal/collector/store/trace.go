package store

import (
	"encoding/binary"
	"slices"
)

// trace holds the spans whose trace ids have the same lower 64 bits.
type trace struct {
	low         uint64
	first, last int64 // milliseconds of the earliest and latest span; a span without timestamp counts as 0
	records     []byte
	spans       int
	place       int                 // in the eviction queue
	digests     map[uint64]struct{} // of all records, once there are many
}

// traceOverhead is about what a trace costs beside its records: itself, its places in the map and the queue.
const traceOverhead = 176

const (
	manyRecords    = 32 // from here on a map finds repeated spans, not a walk
	digestOverhead = 24 // bytes of a digest in that map
)

func (t *trace) size() int { return cap(t.records) + digestOverhead*len(t.digests) }

// has tells whether an equal span is stored already.
func (t *trace) has(digest uint64) bool {
	if t.digests != nil {
		_, found := t.digests[digest]
		return found
	}
	for stored, _, rest, ok := next(t.records); ok; stored, _, rest, ok = next(rest) {
		if stored == digest {
			return true
		}
	}
	return false
}

func (t *trace) append(digest uint64, record []byte) {
	var head [binary.MaxVarintLen64 + digestSize]byte
	n := binary.PutUvarint(head[:], uint64(len(record)+digestSize))
	binary.LittleEndian.PutUint64(head[n:], digest)
	if need := n + digestSize + len(record); cap(t.records)-len(t.records) < need {
		// A quarter to spare, not append's double: many traces never grow again.
		grown := slices.Grow([]byte(nil), len(t.records)+need+len(t.records)/4)
		t.records = append(grown, t.records...)
	}
	t.records = append(append(t.records, head[:n+digestSize]...), record...)
	t.spans++
	if t.digests != nil {
		t.digests[digest] = struct{}{}
	} else if t.spans >= manyRecords {
		t.digests = make(map[uint64]struct{}, 2*manyRecords)
		for stored, _, rest, ok := next(t.records); ok; stored, _, rest, ok = next(rest) {
			t.digests[stored] = struct{}{}
		}
	}
}

// ordered lists the records as Zipkin returns them: by millisecond, in the order in which a span of each millisecond was
// first stored, and within one as they came.
func (t *trace) ordered() [][]byte {
	type bucket struct{ order, record int }
	records := make([][]byte, 0, t.spans)
	places := make([]bucket, 0, t.spans)
	orders := make(map[int64]int)
	sorted := true
	for _, record, rest, ok := next(t.records); ok; _, record, rest, ok = next(rest) {
		ms := timestampOf(record) / 1000
		order, known := orders[ms]
		if !known {
			order = len(orders)
			orders[ms] = order
		}
		sorted = sorted && (len(places) == 0 || places[len(places)-1].order <= order)
		places = append(places, bucket{order, len(records)})
		records = append(records, record)
	}
	if sorted {
		return records
	}
	slices.SortStableFunc(places, func(a, b bucket) int { return a.order - b.order })
	result := make([][]byte, len(records))
	for i, place := range places {
		result[i] = records[place.record]
	}
	return result
}

// evictionQueue is a heap of traces, the oldest on top; of equally old ones the lowest id. It implements heap.Interface.
type evictionQueue []*trace

func (q evictionQueue) Len() int { return len(q) }
func (q evictionQueue) Less(i, j int) bool {
	return q[i].first < q[j].first || q[i].first == q[j].first && q[i].low < q[j].low
}
func (q evictionQueue) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].place, q[j].place = i, j
}
func (q *evictionQueue) Push(x any) {
	t := x.(*trace)
	t.place = len(*q)
	*q = append(*q, t)
}
func (q *evictionQueue) Pop() any {
	last := len(*q) - 1
	t := (*q)[last]
	(*q)[last] = nil
	*q = (*q)[:last]
	return t
}
