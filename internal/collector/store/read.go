package store

import (
	"encoding/binary"
	"slices"

	"github.com/chaintui/chaintui/internal/collector/wire"
)

func flagsIn(record []byte) uint16 { return binary.LittleEndian.Uint16(record) }

// highOf is the upper half of the trace id of a record.
func highOf(record []byte) uint64 {
	if flagsIn(record)&flagHigh == 0 {
		return 0
	}
	return binary.LittleEndian.Uint64(record[10:])
}

// group is what the strict ids make of a trace.
type group struct {
	high    uint64
	records [][]byte
}

// groups parts records by the upper halves of their trace ids, in the order in which those appear.
func groups(records [][]byte) []group {
	if len(records) == 0 {
		return nil
	}
	parts := []group{{high: highOf(records[0])}}
	places := map[uint64]int{parts[0].high: 0}
	for i, record := range records {
		high := highOf(record)
		if high == parts[0].high && len(parts) == 1 {
			parts[0].records = records[: i+1 : i+1]
			continue
		}
		place, known := places[high]
		if !known {
			place = len(parts)
			places[high] = place
			parts = append(parts, group{high: high})
		}
		parts[place].records = append(parts[place].records, record)
	}
	return parts
}

// Find tells which of the asked traces are stored, in the order asked; ids that share their lower half follow each other
// in the order of their spans. Without strict ids it leaves none out: a trace that is not stored comes as an empty one.
// Both are Zipkin's way.
func (s *Store) Find(ids ...wire.TraceID) []Key {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var keys []Key
	var lows []uint64
	for _, id := range ids {
		t := s.traces[id.Low]
		if slices.Contains(lows, id.Low) || t == nil && s.options.StrictTraceID {
			continue
		}
		lows = append(lows, id.Low)
		if !s.options.StrictTraceID {
			keys = append(keys, Key{ID: id})
			continue
		}
		for _, part := range groups(t.ordered()) {
			if full := (wire.TraceID{High: part.high, Low: id.Low}); slices.Contains(ids, full) {
				keys = append(keys, Key{ID: full, Strict: true})
			}
		}
	}
	return keys
}

// AppendJSON writes the spans of a trace as a JSON list. It is empty when the trace has gone meanwhile.
func (s *Store) AppendJSON(dst []byte, key Key) []byte {
	dst = append(dst, '[')
	first := true
	s.Each(key, func(span *wire.Span) {
		if !first {
			dst = append(dst, ',')
		}
		first = false
		dst = wire.AppendJSON(dst, span)
	})
	return append(dst, ']')
}

// Each shows the spans of a trace in order. A span and its strings hold only during the call, in which the store must not
// be asked anything.
func (s *Store) Each(key Key, see func(*wire.Span)) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	t := s.traces[key.ID.Low]
	if t == nil {
		return
	}
	reader := recordReader{table: &s.strings}
	var span wire.Span
	for _, record := range t.ordered() {
		if key.Strict && highOf(record) != key.ID.High {
			continue
		}
		reader.buf = record
		reader.read(&span, t.low)
		see(&span)
	}
}
