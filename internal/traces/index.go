package traces

// index finds the half whose traits do not conflict with a piece's, in a time that does not grow with the number of
// halves: a fan-out may have used one id fifty thousand times.
//
// Two sets of traits agree when they are equal where both are known. So halves are kept by shape (which traits they have),
// and for each shape in a table for every set of traits that had to be compared.
type index struct {
	shapes []shape
	sides  map[shape][]*side
	tables map[shape]map[shape]map[traits]*side // by the halves' shape, then by what was compared
}

// shape is the set of traits known, one bit each.
type shape uint8

func newIndex() *index {
	return &index{sides: map[shape][]*side{}, tables: map[shape]map[shape]map[traits]*side{}}
}

func (t traits) shape() shape {
	var m shape
	for i, s := range t {
		if s != "" {
			m |= 1 << i
		}
	}
	return m
}

// only is t with the traits outside of m forgotten.
func (t traits) only(m shape) traits {
	for i := range t {
		if m&(1<<i) == 0 {
			t[i] = ""
		}
	}
	return t
}

func (t traits) agree(u traits) bool {
	common := t.shape() & u.shape()
	return t.only(common) == u.only(common)
}

// find returns the first half, in the order of shapes added, that agrees with t; nil if none does.
func (x *index) find(t traits) *side {
	for _, s := range x.shapes {
		common := s & t.shape()
		table, ok := x.tables[s][common]
		if !ok {
			table = map[traits]*side{}
			for _, half := range x.sides[s] {
				put(table, half, common)
			}
			x.tables[s][common] = table
		}
		// A half that has learnt more since it was put here stands under its new shape too: check what it is now.
		if half := table[t.only(common)]; half != nil && half.traits.agree(t) {
			return half
		}
	}
	return nil
}

// add makes s known under the shape it has now; it may be known under an older one as well.
func (x *index) add(s *side) {
	m := s.traits.shape()
	if s.known == m {
		return
	}
	s.known = m
	if _, ok := x.sides[m]; !ok {
		x.shapes = append(x.shapes, m)
		x.tables[m] = map[shape]map[traits]*side{}
	}
	x.sides[m] = append(x.sides[m], s)
	for common, table := range x.tables[m] {
		put(table, s, common)
	}
}

// put enters s unless another half stands there already.
func put(table map[traits]*side, s *side, common shape) {
	key := s.traits.only(common)
	if table[key] == nil {
		table[key] = s
	}
}
