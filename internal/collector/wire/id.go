package wire

// ParseTraceID reads 1 to 32 lower-hex digits. The errors are Zipkin's own sentences.
func ParseTraceID(text string) (TraceID, error) {
	switch {
	case text == "":
		return TraceID{}, Refusal("traceId is empty")
	case javaLength(text) > 32:
		return TraceID{}, Refusal("traceId.length > 32")
	}
	var id TraceID
	for i := range len(text) {
		digit, ok := lowerHex(text[i])
		if !ok {
			return TraceID{}, notHex(text)
		}
		id.High = id.High<<4 | id.Low>>60
		id.Low = id.Low<<4 | digit
	}
	if id == (TraceID{}) {
		return TraceID{}, Refusal("traceId is all zeros")
	}
	return id, nil
}

// parseSpanID reads 1 to 16 lower-hex digits; field names the value in errors.
func parseSpanID(field, text string) (uint64, error) {
	switch {
	case text == "":
		return 0, Refusal(field + " is empty")
	case javaLength(text) > 16:
		return 0, Refusal(field + ".length > 16")
	}
	var id uint64
	for i := range len(text) {
		digit, ok := lowerHex(text[i])
		if !ok {
			return 0, notHex(text)
		}
		id = id<<4 | digit
	}
	// Zipkin refuses sixteen zeros and takes fewer of them for the id 0.
	if id == 0 && len(text) == 16 && field == "id" {
		return 0, Refusal("id is all zeros")
	}
	return id, nil
}

func lowerHex(c byte) (uint64, bool) {
	switch {
	case c >= '0' && c <= '9':
		return uint64(c - '0'), true
	case c >= 'a' && c <= 'f':
		return uint64(c-'a') + 10, true
	}
	return 0, false
}

func notHex(id string) error { return Refusal(id + " should be lower-hex encoded with no prefix") }

// javaLength counts UTF-16 code units, which is what Java's String.length does.
func javaLength(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}

// String is the id as Zipkin writes it: 32 lower-hex digits, or 16 when the upper half is zero.
func (id TraceID) String() string { return string(id.Append(nil)) }

// Append writes String's digits to dst.
func (id TraceID) Append(dst []byte) []byte {
	if id.High != 0 {
		dst = appendHex(dst, id.High)
	}
	return appendHex(dst, id.Low)
}

const hexDigits = "0123456789abcdef"

func appendHex(dst []byte, v uint64) []byte {
	for shift := 60; shift >= 0; shift -= 4 {
		dst = append(dst, hexDigits[v>>shift&15])
	}
	return dst
}
