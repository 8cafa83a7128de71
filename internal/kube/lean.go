package kube

import (
	"bytes"

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
	return d.Decoder.Decode(strip(data), defaults, into)
}

// leanCodecs are codecs that decode so.
type leanCodecs struct{ runtime.NegotiatedSerializer }

func (c leanCodecs) DecoderToVersion(d runtime.Decoder, version runtime.GroupVersioner) runtime.Decoder {
	return leanDecoder{c.NegotiatedSerializer.DecoderToVersion(d, version)}
}

// strip is an encoded object without the fields that are not kept. What is no protobuf, or none of the kinds above, is
// returned as it is: the decoder behind it knows what to say of it.
func strip(data []byte) []byte {
	unknown, ok := bytes.CutPrefix(data, prefix)
	if !ok {
		return data
	}
	kept, ok := leanKinds[kindOf(unknown)]
	if !ok {
		return data
	}
	size, ok := measure(unknown, fields{unknownType: whole, unknownRaw: kept})
	if !ok {
		return data
	}
	return writeFields(append(make([]byte, 0, len(prefix)+size), prefix...), unknown, fields{unknownType: whole, unknownRaw: kept})
}

// kindOf is the apiVersion and kind that a runtime.Unknown tells.
func kindOf(unknown []byte) string {
	var version, kind []byte
	eachField(unknown, func(n protowire.Number, _, value []byte) {
		if n == unknownType {
			eachField(value, func(n protowire.Number, _, value []byte) {
				switch n {
				case typeVersion:
					version = value
				case typeKind:
					kind = value
				}
			})
		}
	})
	return string(version) + " " + string(kind)
}

// eachField calls f with the fields of a message: number, the field's bytes, and the value's where these have a length of their
// own. It tells whether the message was sound.
func eachField(message []byte, f func(n protowire.Number, field, value []byte)) bool {
	for len(message) > 0 {
		number, kind, tag := protowire.ConsumeTag(message)
		if tag < 0 {
			return false
		}
		length := protowire.ConsumeFieldValue(number, kind, message[tag:])
		if length < 0 {
			return false
		}
		var value []byte
		if kind == protowire.BytesType {
			value, _ = protowire.ConsumeBytes(message[tag:])
		}
		f(number, message[:tag+length], value)
		message = message[tag+length:]
	}
	return true
}

// measure is how long the message is with the fields that are kept alone.
func measure(message []byte, kept fields) (size int, ok bool) {
	sound := true
	ok = eachField(message, func(n protowire.Number, field, value []byte) {
		switch below, keep := kept[n]; {
		case !keep:
		case below == nil || value == nil:
			size += len(field)
		default:
			length, ok := measure(value, below)
			sound = sound && ok
			size += protowire.SizeTag(n) + protowire.SizeBytes(length)
		}
	})
	return size, ok && sound
}

// writeFields appends the message with the fields that are kept alone.
func writeFields(to, message []byte, kept fields) []byte {
	eachField(message, func(n protowire.Number, field, value []byte) {
		switch below, keep := kept[n]; {
		case !keep:
		case below == nil || value == nil:
			to = append(to, field...)
		default:
			length, _ := measure(value, below)
			to = protowire.AppendVarint(protowire.AppendTag(to, n, protowire.BytesType), uint64(length))
			to = writeFields(to, value, below)
		}
	})
	return to
}
