package store

import (
	"encoding/binary"
	"unsafe"

	"github.com/chaintui/chaintui/internal/collector/wire"
)

// recordReader takes records apart. Its strings point into the buffer or the table: they hold while the store is locked,
// and no longer.
type recordReader struct {
	buf   []byte
	table *stringTable
	drop  bool // release the table's strings on the way
}

// next cuts the next record off buf, without its digest; ok is false at the end.
func next(buf []byte) (digest uint64, record, rest []byte, ok bool) {
	if len(buf) == 0 {
		return 0, nil, nil, false
	}
	size, n := binary.Uvarint(buf)
	record, rest = buf[n:n+int(size)], buf[n+int(size):]
	return binary.LittleEndian.Uint64(record), record[digestSize:], rest, true
}

// read fills s, whose slices are used again; low is the lower half of the trace's id.
func (r *recordReader) read(s *wire.Span, low uint64) {
	flags := binary.LittleEndian.Uint16(r.buf)
	r.buf = r.buf[2:]
	*s = wire.Span{Annotations: s.Annotations[:0], Tags: s.Tags[:0], Kind: wire.Kind(flags >> kindShift),
		Debug: flags&flagDebug != 0, Shared: flags&flagShared != 0}
	s.Trace.Low, s.ID = low, r.fixed()
	if flags&flagHigh != 0 {
		s.Trace.High = r.fixed()
	}
	if flags&flagParent != 0 {
		s.Parent = r.fixed()
	}
	if flags&flagTimestamp != 0 {
		s.Timestamp = int64(r.uvarint())
	}
	if flags&flagDuration != 0 {
		s.Duration = int64(r.uvarint())
	}
	if flags&flagName != 0 {
		s.Name = r.string()
	}
	if flags&flagLocal != 0 {
		r.endpoint(&s.Local)
	}
	if flags&flagRemote != 0 {
		r.endpoint(&s.Remote)
	}
	if flags&flagAnnotations != 0 {
		for range r.uvarint() {
			timestamp, n := binary.Varint(r.buf)
			r.buf = r.buf[n:]
			s.Annotations = append(s.Annotations, wire.Annotation{Timestamp: timestamp, Value: r.string()})
		}
	}
	if flags&flagTags != 0 {
		for range r.uvarint() {
			key := r.string()
			s.Tags = append(s.Tags, wire.Tag{Key: key, Value: r.string()})
		}
	}
}

func (r *recordReader) fixed() uint64 {
	v := binary.LittleEndian.Uint64(r.buf)
	r.buf = r.buf[8:]
	return v
}

func (r *recordReader) uvarint() uint64 {
	v, n := binary.Uvarint(r.buf)
	r.buf = r.buf[n:]
	return v
}

func (r *recordReader) endpoint(e *wire.Endpoint) {
	e.Service, e.IPv4, e.IPv6 = r.string(), r.string(), r.string()
	e.Port = uint16(r.uvarint())
}

func (r *recordReader) string() string {
	v := r.uvarint()
	if v&1 == 1 {
		text := r.table.entries[v>>1].text
		if r.drop {
			r.table.release(uint32(v >> 1))
		}
		return text
	}
	text := r.buf[:v>>1]
	r.buf = r.buf[v>>1:]
	return unsafe.String(unsafe.SliceData(text), len(text))
}

// timestampOf reads only the timestamp of a record, 0 when it has none.
func timestampOf(record []byte) int64 {
	flags := binary.LittleEndian.Uint16(record)
	if flags&flagTimestamp == 0 {
		return 0
	}
	at := 10
	if flags&flagHigh != 0 {
		at += 8
	}
	if flags&flagParent != 0 {
		at += 8
	}
	v, _ := binary.Uvarint(record[at:])
	return int64(v)
}
