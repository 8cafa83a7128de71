package store

import (
	"hash/maphash"
	"strings"
)

// stringTable keeps each repeated string once, counted, so that a string is let go with the last span that names it.
//
// A string seen for the first time is not kept: it is written into its span, and only a hash of it is remembered in
// recent. Seen again before another hash took that place, it gets an entry. So a tag value that never repeats, a URL with
// an id in it, costs its own bytes and no entry.
type stringTable struct {
	ids     map[string]uint32
	entries []entry
	free    []uint32
	recent  [1 << 14]uint64
	bytes   int // what the entries hold, roughly
}

type entry struct {
	text string
	uses int
}

// entryOverhead is about what an entry costs beside its text: places in map and list, and what the allocator rounds up.
const entryOverhead = 96

// use counts a use of text and tells its entry's number; !ok means that it has none and is to be written out.
func (t *stringTable) use(seed maphash.Seed, text string) (id uint32, ok bool) {
	if id, ok := t.ids[text]; ok {
		t.entries[id].uses++
		return id, true
	}
	hash := maphash.String(seed, text)
	place := &t.recent[hash%uint64(len(t.recent))]
	if *place != hash {
		*place = hash
		return 0, false
	}
	text = strings.Clone(text)
	if n := len(t.free); n > 0 {
		id = t.free[n-1]
		t.free = t.free[:n-1]
		t.entries[id] = entry{text, 1}
	} else {
		id = uint32(len(t.entries))
		t.entries = append(t.entries, entry{text, 1})
	}
	t.ids[text] = id
	t.bytes += len(text) + entryOverhead
	return id, true
}

// release takes back one use.
func (t *stringTable) release(id uint32) {
	e := &t.entries[id]
	if e.uses--; e.uses > 0 {
		return
	}
	delete(t.ids, e.text)
	t.bytes -= len(e.text) + entryOverhead
	*e = entry{}
	t.free = append(t.free, id)
}
