package wire

import (
	"encoding/binary"
	"unicode/utf8"
	"unsafe"
)

// The wire types of protobuf that Zipkin's reader knows.
const (
	wireVarint  = 0
	wireFixed64 = 1
	wireBytes   = 2
	wireFixed32 = 5
)

// protoReader reads protobuf as Zipkin's own reader does; its complaints are Zipkin's. The first error stays.
type protoReader struct {
	body []byte
	pos  int
	err  error
}

func (r *protoReader) fail(err error) {
	if r.err == nil {
		r.err = err
		r.pos = len(r.body)
	}
}

func (r *protoReader) require(n int) bool {
	if left := len(r.body) - r.pos; r.err == nil && (n < 0 || n > left) {
		r.fail(refusef("Truncated: length %d > bytes available %d", n, left))
	}
	return r.err == nil
}

// varint32 takes at most five bytes; a value above 31 bits is negative, as in Java.
func (r *protoReader) varint32() int32 { return int32(r.varint(5, 32)) }

func (r *protoReader) varint64() int64 { return int64(r.varint(10, 64)) }

// varint takes at most so many bytes, the last of which has four bits to give.
func (r *protoReader) varint(most, bits int) (v uint64) {
	for i := range most {
		if !r.require(1) {
			return 0
		}
		b := r.body[r.pos]
		r.pos++
		if i == most-1 && b&0xf0 != 0 {
			r.fail(refusef("Greater than %d-bit varint at position %d", bits, r.pos-1))
			return 0
		}
		v |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			break
		}
	}
	return v
}

func (r *protoReader) fixed64() int64 {
	if !r.require(8) {
		return 0
	}
	v := binary.LittleEndian.Uint64(r.body[r.pos:])
	r.pos += 8
	return int64(v)
}

// bytes takes a length and as many bytes.
func (r *protoReader) bytes() []byte {
	n := int(r.varint32())
	if !r.require(n) {
		return nil
	}
	b := r.body[r.pos : r.pos+n]
	r.pos += n
	return b
}

// string takes a string; what is no UTF-8 becomes U+FFFD.
func (r *protoReader) string() string {
	b := r.bytes()
	if !utf8.Valid(b) {
		return replaceMalformed(string(b))
	}
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// id takes 1 to 16 bytes (of a trace), or 8 (of a span), as hexadecimal digits.
func (r *protoReader) id() string {
	n := int(r.varint32())
	if n > 32 {
		r.fail(refusef("hex field greater than 32 chars long: %d", n))
	}
	if !r.require(n) {
		return ""
	}
	digits := make([]byte, 0, 64)
	for _, b := range r.body[r.pos : r.pos+n] {
		digits = append(digits, hexDigits[b>>4], hexDigits[b&15])
	}
	r.pos += n
	return string(digits)
}

func (r *protoReader) bool() bool {
	if !r.require(1) {
		return false
	}
	b := r.body[r.pos]
	r.pos++
	if b > 1 {
		r.fail(malformed)
	}
	return b == 1
}

// skip steps over a field that is not known.
func (r *protoReader) skip(key int32) {
	switch key & 7 {
	case wireVarint:
		for r.require(1) {
			r.pos++
			if r.body[r.pos-1] < 0x80 {
				return
			}
		}
	case wireFixed64:
		r.fixed64()
	case wireFixed32:
		if r.require(4) {
			r.pos += 4
		}
	case wireBytes:
		r.bytes()
	default:
		r.fail(malformed)
	}
}

// message hands each field's key to field until the length-prefixed message ahead ends.
func (r *protoReader) message(field func(key int32)) (empty bool) {
	body := r.bytes()
	if r.err != nil || len(body) == 0 {
		return true
	}
	inner := *r
	inner.body, inner.pos = r.body[:r.pos], r.pos-len(body)
	outer := *r
	*r = inner
	for r.err == nil && r.pos < len(r.body) {
		field(r.varint32())
	}
	err := r.err
	*r = outer
	if err != nil {
		r.fail(err)
	}
	return false
}
