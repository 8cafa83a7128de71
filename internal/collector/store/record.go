package store

import (
	"encoding/binary"
	"hash/maphash"

	"github.com/chaintui/chaintui/internal/collector/wire"
)

// A span is stored as a record in its trace's buffer:
//
//	length  uvarint, of all that follows
//	digest  8 bytes, of the span's content: equal spans of a trace are stored once
//	flags   2 bytes, which fields follow
//	id      8 bytes; then, where flagged: upper half of the trace id, parent (8 bytes each),
//	        timestamp, duration, name, endpoints, annotations, tags
//
// Numbers are varints. A string is a uvarint: odd, the number of an entry of the string table; even, twice the length of
// the text that follows.
const (
	flagHigh = 1 << iota
	flagParent
	flagDebug
	flagShared
	flagTimestamp
	flagDuration
	flagName
	flagLocal
	flagRemote
	flagAnnotations
	flagTags
	kindShift = iota
)

const digestSize = 8

func flagsOf(s *wire.Span) uint16 {
	flags := uint16(s.Kind) << kindShift
	for _, f := range [...]struct {
		set bool
		bit uint16
	}{
		{s.Trace.High != 0, flagHigh}, {s.Parent != 0, flagParent}, {s.Debug, flagDebug}, {s.Shared, flagShared},
		{s.Timestamp != 0, flagTimestamp}, {s.Duration != 0, flagDuration}, {s.Name != "", flagName},
		{s.Local != wire.Endpoint{}, flagLocal}, {s.Remote != wire.Endpoint{}, flagRemote},
		{len(s.Annotations) > 0, flagAnnotations}, {len(s.Tags) > 0, flagTags},
	} {
		if f.set {
			flags |= f.bit
		}
	}
	return flags
}

// recordWriter builds one record; with plain set, strings are written out and the table is left alone.
type recordWriter struct {
	buf   []byte
	table *stringTable
	seed  maphash.Seed
	plain bool
}

func (w *recordWriter) write(s *wire.Span) {
	flags := flagsOf(s)
	w.buf = binary.LittleEndian.AppendUint16(w.buf, flags)
	w.buf = binary.LittleEndian.AppendUint64(w.buf, s.ID)
	if flags&flagHigh != 0 {
		w.buf = binary.LittleEndian.AppendUint64(w.buf, s.Trace.High)
	}
	if flags&flagParent != 0 {
		w.buf = binary.LittleEndian.AppendUint64(w.buf, s.Parent)
	}
	if flags&flagTimestamp != 0 {
		w.uvarint(uint64(s.Timestamp))
	}
	if flags&flagDuration != 0 {
		w.uvarint(uint64(s.Duration))
	}
	if flags&flagName != 0 {
		w.string(s.Name)
	}
	if flags&flagLocal != 0 {
		w.endpoint(&s.Local)
	}
	if flags&flagRemote != 0 {
		w.endpoint(&s.Remote)
	}
	if flags&flagAnnotations != 0 {
		w.uvarint(uint64(len(s.Annotations)))
		for _, a := range s.Annotations {
			w.buf = binary.AppendVarint(w.buf, a.Timestamp)
			w.string(a.Value)
		}
	}
	if flags&flagTags != 0 {
		w.uvarint(uint64(len(s.Tags)))
		for _, t := range s.Tags {
			w.string(t.Key)
			w.string(t.Value)
		}
	}
}

func (w *recordWriter) uvarint(v uint64) { w.buf = binary.AppendUvarint(w.buf, v) }

func (w *recordWriter) endpoint(e *wire.Endpoint) {
	w.string(e.Service)
	w.string(e.IPv4)
	w.string(e.IPv6)
	w.uvarint(uint64(e.Port))
}

func (w *recordWriter) string(text string) {
	if !w.plain && len(text) > 1 { // a shorter one is no longer than its number
		if id, ok := w.table.use(w.seed, text); ok {
			w.uvarint(uint64(id)<<1 | 1)
			return
		}
	}
	w.uvarint(uint64(len(text)) << 1)
	w.buf = append(w.buf, text...)
}
