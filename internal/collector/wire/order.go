package wire

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

func sortAnnotations(list []Annotation) []Annotation {
	if len(list) < 2 {
		return list
	}
	slices.SortFunc(list, func(a, b Annotation) int {
		return cmp.Or(cmp.Compare(a.Timestamp, b.Timestamp), CompareJava(a.Value, b.Value))
	})
	return slices.Compact(list)
}

func sortTags(list []Tag) []Tag {
	if len(list) < 2 {
		return list
	}
	byKey := func(a, b Tag) int { return CompareJava(a.Key, b.Key) }
	if len(list) > 12 { // an insertion sort below that, which keeps equal keys in order and does not allocate
		slices.SortStableFunc(list, byKey)
	} else {
		for i := 1; i < len(list); i++ {
			for j := i; j > 0 && byKey(list[j], list[j-1]) < 0; j-- {
				list[j], list[j-1] = list[j-1], list[j]
			}
		}
	}
	kept := list[:1]
	for _, tag := range list[1:] {
		if last := &kept[len(kept)-1]; last.Key == tag.Key {
			last.Value = tag.Value
		} else {
			kept = append(kept, tag)
		}
	}
	return kept
}

// CompareJava orders strings as Java's String.compareTo does: by UTF-16 code units, in which the characters above U+FFFF
// come before U+E000 to U+FFFF. Bytes of UTF-8 would order those the other way round.
func CompareJava(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] == b[i] {
			continue
		}
		if a[i] >= 0xee && b[i] >= 0xee { // both lead U+E000 or above: only then may the orders differ
			ra, _ := utf8.DecodeRuneInString(a[i:])
			rb, _ := utf8.DecodeRuneInString(b[i:])
			if (ra > 0xffff) != (rb > 0xffff) {
				return cmp.Compare(rb, ra)
			}
		}
		return cmp.Compare(a[i], b[i])
	}
	return cmp.Compare(len(a), len(b))
}
