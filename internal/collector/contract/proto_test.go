//go:build zipkin

package contract

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"
)

// fields builds protobuf messages, right or wrong.
type fields []byte

func (f fields) bytes(number protowire.Number, value string) fields {
	return protowire.AppendString(protowire.AppendTag(f, number, protowire.BytesType), value)
}

func (f fields) varint(number protowire.Number, value uint64) fields {
	return protowire.AppendVarint(protowire.AppendTag(f, number, protowire.VarintType), value)
}

func (f fields) fixed64(number protowire.Number, value uint64) fields {
	return protowire.AppendFixed64(protowire.AppendTag(f, number, protowire.Fixed64Type), value)
}

func (f fields) message(number protowire.Number, inner fields) fields {
	return f.bytes(number, string(inner))
}

// protoSpan is a span with every field; the trace id's last byte is low.
func protoSpan(low byte) fields {
	endpoint := fields{}.bytes(1, "Service").bytes(2, "\x01\x02\x03\x04").bytes(3, "\x20\x01\x0d\xb8\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01").varint(4, 8080)
	return fields{}.bytes(1, "\x00\x00\x00\x00\x00\x00\xbe"+string([]byte{low})).bytes(2, "\x00\x00\x00\x00\x00\x00\x00\x02").bytes(3, "\x00\x00\x00\x00\x00\x00\x00\x01").
		varint(4, 2).bytes(5, "Name").fixed64(6, 1_600_000_000_000_000).varint(7, 150).message(8, endpoint).message(9, endpoint).
		message(10, fields{}.fixed64(1, 5).bytes(2, "event")).message(11, fields{}.bytes(1, "key").bytes(2, "value")).message(11, fields{}.bytes(1, "a").bytes(2, "é")).varint(12, 1).varint(13, 1)
}

func TestProtobuf(t *testing.T) {
	with := func(low byte, more fields) fields { return append(protoSpan(low), more...) }
	for i, span := range []fields{
		protoSpan(0), with(1, fields{}.varint(4, 0)), with(2, fields{}.varint(4, 9)), with(3, fields{}.bytes(5, "")), with(4, fields{}.fixed64(6, 1<<63)), with(5, fields{}.varint(7, 1<<63)),
		with(6, fields{}.message(8, nil)), with(7, fields{}.message(8, fields{}.varint(4, 65536))), with(8, fields{}.message(8, fields{}.varint(4, 1<<31))), with(9, fields{}.message(8, fields{}.bytes(2, "\x01"))),
		with(10, fields{}.message(10, fields{}.bytes(2, "no time"))), with(11, fields{}.message(10, fields{}.fixed64(1, 5))), with(12, fields{}.message(11, fields{}.bytes(2, "no key"))), with(13, fields{}.message(11, fields{}.bytes(1, "no value"))),
		with(14, fields{}.varint(12, 0)), with(15, fields{}.varint(12, 2)), with(16, fields{}.varint(99, 5)), with(17, fields{}.bytes(99, "skipped")), with(18, fields{}.fixed64(99, 5)), with(19, fields("\xb8\x06\x01")),
		with(20, fields{}.bytes(2, "")), with(21, fields{}.bytes(2, "\x00\x00")), with(22, fields{}.bytes(3, "")), with(23, fields{}.bytes(1, "")), with(24, fields{}.bytes(5, "bad \xff utf\xe2\x82")), with(25, fields{}.message(10, nil).message(11, nil)),
		with(26, fields("\x3b")), with(27, fields("\x00\x00")), with(28, fields{}.bytes(3, "123456789")), with(29, fields{}.bytes(1, "12345678901234567")), with(30, fields{}.bytes(1, string(make([]byte, 33)))),
		with(31, fields{}.bytes(1, string(make([]byte, 16)))), with(32, fields{}.message(8, fields{}.bytes(3, "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x02\x03\x04"))), with(33, fields{}.bytes(2, "\x01").bytes(3, "\x01")),
		with(34, fields{}.message(11, fields{}.bytes(1, "key").bytes(2, "again"))), with(35, fields{}.message(10, fields{}.fixed64(1, 1<<63).bytes(2, "early"))), with(36, fields{}.varint(99, 1<<63)), with(37, fields("\xbd\x06\x01\x02\x03\x04")), with(38, fields{}.message(11, fields{}.bytes(1, "").bytes(2, "x"))),
	} {
		id := fmt.Sprintf("be%02x", i)
		standard.same(t, question{name: fmt.Sprintf("span %d", i), body: string(fields{}.message(1, span)), header: protobuf})
		standard.same(t, question{name: "stored " + id, path: "/api/v2/trace/" + id})
	}
	for _, body := range []fields{
		{10, 0}, {10, 1}, {10, 200}, {10, 255, 255, 255, 255, 255}, {10, 5, 10, 1}, {12, 0}, {11, 0}, {0}, []byte("[1]"), []byte("[{}]"), []byte("{}"), []byte("x"),
		fields{}.message(1, fields{}.bytes(1, "\x01")), fields{}.message(1, fields{}.bytes(3, "\x01")), fields{}.message(1, fields{}.varint(4, 1)), fields{}.message(1, protoSpan(0x40)).message(1, nil).message(1, fields("x")),
		fields{}.message(1, protoSpan(0x41)).message(7, protoSpan(0x41)), fields{}.message(1, protoSpan(0x42)).varint(1, 5),
	} {
		standard.same(t, question{name: fmt.Sprintf("body %x", []byte(body)), body: string(body), header: protobuf})
	}
	standard.same(t, question{name: "packed", body: gzipped(string(fields{}.message(1, protoSpan(0x43)))), header: append(protobuf, "Content-Encoding", "gzip")},
		question{path: "/api/v2/trace/be43"}, question{name: "as JSON", body: string(fields{}.message(1, protoSpan(0x44)))},
		question{name: "content type with a parameter", body: string(fields{}.message(1, protoSpan(0x45))), header: []string{"Content-Type", "application/x-protobuf; v=3"}},
		question{name: "content type in capitals", body: string(fields{}.message(1, protoSpan(0x46))), header: []string{"Content-Type", "Application/X-Protobuf"}})
}

// TestDamagedProtobuf changes and cuts bytes at random. Both mostly agree on what is still a message; where a part of one
// runs beyond the whole they don't, for Zipkin reads on.
func TestDamagedProtobuf(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	valid := fields{}.message(1, protoSpan(0x50)).message(1, protoSpan(0x51))
	taken, disagreed := 0, 0
	for range 1500 {
		list := append(fields(nil), valid...)
		for range 1 + random.IntN(3) {
			i := 2 + random.IntN(len(list)-2)
			switch random.IntN(3) {
			case 0:
				list[i] = byte(random.IntN(256))
			case 1:
				list[i] ^= 1 << random.IntN(8)
			case 2:
				list = list[:i]
			}
			if len(list) < 3 {
				break
			}
		}
		q := question{body: string(list), header: protobuf}
		builtin, zipkin := q.ask(t, small.builtin.URL), q.ask(t, small.zipkin.URL)
		if builtin.Status == 202 {
			taken++
		}
		if builtin.Status != zipkin.Status {
			disagreed++
		}
		if builtin.Status != 202 && builtin.Status != 400 {
			t.Errorf("Zipkin %d %q, built-in %d %q: %x", zipkin.Status, zipkin.Body, builtin.Status, builtin.Body, []byte(list))
		}
	}
	t.Logf("of 1500 damaged messages %d were still good, and about %d Zipkin disagreed", taken, disagreed)
	if taken < 300 || disagreed > 150 {
		t.Errorf("%d good, %d disagreements", taken, disagreed)
	}
}
