package kube

import (
	"bytes"
	"sync"

	"google.golang.org/protobuf/encoding/protowire"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// Most of a pod's bytes are of no interest to who watches a chain: who set which field, volumes, probes, environment. Objects
// of them would be made and thrown away, thousands at once when a large chain is first read, so they are dropped from the
// protobuf before it is decoded.

// fields are those of a protobuf message that are kept, by number; a message that has none is kept whole. Kubernetes never
// gives a number another meaning (k8s.io/api, the generated.proto of each group).
type fields map[protowire.Number]fields

var (
	whole fields

	metaFields = fields{
		1: whole, 3: whole, 5: whole, 6: whole, 7: whole, // name, namespace, uid, resourceVersion, generation
		8: whole, 9: whole, 11: whole, 12: whole, 13: whole, // creationTimestamp, deletionTimestamp, labels, annotations, ownerReferences
	}
	containerFields = fields{1: whole, 2: whole, 24: whole}                            // name, image, restartPolicy
	specFields      = fields{2: containerFields, 20: containerFields, 10: whole}       // containers, initContainers, nodeName
	podFields       = fields{1: metaFields, 2: specFields, 3: whole}                   // metadata, spec, status
	listFields      = fields{1: whole, 2: podFields}                                   // metadata, items
	leanKinds       = map[string]fields{"v1 Pod": podFields, "v1 PodList": listFields} // by apiVersion and kind
)

// prefix begins an object in Kubernetes's protobuf; what follows is a runtime.Unknown.
var prefix = []byte("k8s\x00")

// The fields of a runtime.Unknown that are looked at, and those of its TypeMeta.
const (
	unknownType = 1
	unknownRaw  = 2
	typeVersion = 1
	typeKind    = 2
)

// leanDecoder decodes objects without what is never looked at.
type leanDecoder struct{ runtime.Decoder }

func (d leanDecoder) Decode(data []byte, defaults *schema.GroupVersionKind, into runtime.Object) (runtime.Object, *schema.GroupVersionKind, error) {
	scratch := scratches.Get().(*[]byte) // what is decoded is copied, as every decoder of Kubernetes's does
	defer scratches.Put(scratch)
	return d.Decoder.Decode(strip(scratch, data), defaults, into)
}

var scratches = sync.Pool{New: func() any { return new([]byte) }}

// leanCodecs are codecs that decode so.
type leanCodecs struct{ runtime.NegotiatedSerializer }

func (c leanCodecs) DecoderToVersion(d runtime.Decoder, version runtime.GroupVersioner) runtime.Decoder {
	return leanDecoder{c.NegotiatedSerializer.DecoderToVersion(d, version)}
}

// strip is an encoded object without the fields that are not kept, written into scratch. What is no protobuf, or none of the
// kinds above, is returned as it is: the decoder behind it knows what to say of it.
func strip(scratch *[]byte, data []byte) []byte {
	unknown, ok := bytes.CutPrefix(data, prefix)
	if !ok {
		return data
	}
	kept, ok := leanKinds[kindOf(unknown)]
	if !ok {
		return data
	}
	*scratch, ok = appendKept(append((*scratch)[:0], prefix...), unknown, fields{unknownType: whole, unknownRaw: kept})
	if !ok {
		return data
	}
	return *scratch
}

// kindOf is the apiVersion and kind that a runtime.Unknown tells.
func kindOf(unknown []byte) string {
	about := valueOf(unknown, unknownType)
	return string(valueOf(about, typeVersion)) + " " + string(valueOf(about, typeKind))
}

// valueOf is what a message's first field of that number holds, if it has a length of its own.
func valueOf(message []byte, wanted protowire.Number) []byte {
	for len(message) > 0 {
		f, ok := cut(message)
		if !ok {
			return nil
		}
		if f.number == wanted {
			return f.value
		}
		message = message[len(f.all):]
	}
	return nil
}

// field is one of a message's.
type field struct {
	number     protowire.Number
	tag        int    // the tag's length in bytes
	all, value []byte // the field's bytes; of them the value's, nil where it has no length of its own
}

// cut is the first field of a message; ok is false when there is none.
func cut(message []byte) (f field, ok bool) {
	number, kind, tag := protowire.ConsumeTag(message)
	if tag < 0 {
		return f, false
	}
	length := protowire.ConsumeFieldValue(number, kind, message[tag:])
	if length < 0 {
		return f, false
	}
	f = field{number: number, tag: tag, all: message[:tag+length]}
	if kind == protowire.BytesType {
		f.value, _ = protowire.ConsumeBytes(f.all[tag:])
	}
	return f, true
}

// appendKept appends the message with the fields that are kept alone. A part that becomes shorter has its length written in as
// many bytes as before, which protobuf allows: so one pass suffices. ok is false when the message is unsound.
func appendKept(to, message []byte, kept fields) (_ []byte, ok bool) {
	for len(message) > 0 {
		f, ok := cut(message)
		if !ok {
			return to, false
		}
		message = message[len(f.all):]
		switch below, keep := kept[f.number]; {
		case !keep:
		case below == nil || f.value == nil:
			to = append(to, f.all...)
		default:
			begin := f.all[:len(f.all)-len(f.value)] // the tag and the length
			to = append(to, begin...)
			at := len(to)
			if to, ok = appendKept(to, f.value, below); !ok {
				return to, false
			}
			putLength(to[at-len(begin)+f.tag:at], len(to)-at)
		}
	}
	return to, true
}

// putLength writes a varint that fills the bytes given.
func putLength(bytes []byte, length int) {
	for i := range bytes {
		bytes[i] = byte(length&0x7f) | 0x80
		length >>= 7
	}
	bytes[len(bytes)-1] &^= 0x80
}
