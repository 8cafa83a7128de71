package wire

import (
	"fmt"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// AppendJSON writes a span as Zipkin does: its order of fields, no empty ones, its escapes.
func AppendJSON(dst []byte, s *Span) []byte {
	dst = append(dst, `{"traceId":"`...)
	dst = s.Trace.Append(dst)
	if s.Parent != 0 {
		dst = append(dst, `","parentId":"`...)
		dst = appendHex(dst, s.Parent)
	}
	dst = append(dst, `","id":"`...)
	dst = appendHex(dst, s.ID)
	dst = append(dst, '"')
	if s.Kind != KindNone {
		dst = append(dst, `,"kind":"`...)
		dst = append(dst, s.Kind.String()...)
		dst = append(dst, '"')
	}
	if s.Name != "" {
		dst = append(dst, `,"name":`...)
		dst = AppendString(dst, s.Name)
	}
	if s.Timestamp != 0 {
		dst = append(dst, `,"timestamp":`...)
		dst = strconv.AppendInt(dst, s.Timestamp, 10)
	}
	if s.Duration != 0 {
		dst = append(dst, `,"duration":`...)
		dst = strconv.AppendInt(dst, s.Duration, 10)
	}
	dst = appendEndpoint(dst, `,"localEndpoint":`, s.Local)
	dst = appendEndpoint(dst, `,"remoteEndpoint":`, s.Remote)
	for i, a := range s.Annotations {
		dst = append(dst, separator(i, `,"annotations":[`)...)
		dst = append(dst, `{"timestamp":`...)
		dst = strconv.AppendInt(dst, a.Timestamp, 10)
		dst = append(dst, `,"value":`...)
		dst = AppendString(dst, a.Value)
		dst = append(dst, '}')
	}
	if len(s.Annotations) > 0 {
		dst = append(dst, ']')
	}
	for i, t := range s.Tags {
		dst = append(dst, separator(i, `,"tags":{`)...)
		dst = AppendString(dst, t.Key)
		dst = append(dst, ':')
		dst = AppendString(dst, t.Value)
	}
	if len(s.Tags) > 0 {
		dst = append(dst, '}')
	}
	if s.Debug {
		dst = append(dst, `,"debug":true`...)
	}
	if s.Shared {
		dst = append(dst, `,"shared":true`...)
	}
	return append(dst, '}')
}

func separator(i int, first string) string {
	if i == 0 {
		return first
	}
	return ","
}

func appendEndpoint(dst []byte, name string, e Endpoint) []byte {
	if e == (Endpoint{}) {
		return dst
	}
	dst = append(dst, name...)
	open := byte('{')
	for _, field := range [...]struct{ name, value string }{
		{`"serviceName":`, e.Service}, {`"ipv4":`, e.IPv4}, {`"ipv6":`, e.IPv6},
	} {
		if field.value != "" {
			dst = append(dst, open)
			dst = append(dst, field.name...)
			dst = AppendString(dst, field.value)
			open = ','
		}
	}
	if e.Port != 0 {
		dst = append(dst, open)
		dst = append(dst, `"port":`...)
		dst = strconv.AppendInt(dst, int64(e.Port), 10)
	}
	return append(dst, '}')
}

// AppendString writes a JSON string with Zipkin's escapes: quotation mark, backslash, control characters (lower-hex),
// U+2028 and U+2029; nothing of HTML.
func AppendString(dst []byte, text string) []byte {
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c >= 0x20 && c != '"' && c != '\\' && c != 0xe2 {
			continue
		}
		size := 1
		if c == 0xe2 {
			if size = 3; i+2 >= len(text) || text[i+1] != 0x80 || text[i+2]&^1 != 0xa8 {
				continue
			}
		}
		dst = append(dst, text[from:i]...)
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\t':
			dst = append(dst, `\t`...)
		case '\b':
			dst = append(dst, `\b`...)
		case '\n':
			dst = append(dst, `\n`...)
		case '\r':
			dst = append(dst, `\r`...)
		case '\f':
			dst = append(dst, `\f`...)
		case 0xe2:
			dst = append(dst, `\u202`...)
			dst = append(dst, hexDigits[text[i+2]&15])
		default:
			dst = append(dst, `\u00`...)
			dst = append(dst, hexDigits[c>>4], hexDigits[c&15])
		}
		i += size - 1
		from = i + 1
	}
	dst = append(dst, text[from:]...)
	return append(dst, '"')
}

// AppendName writes a JSON string as the lists of names have it, which another library writes in Zipkin: hexadecimal
// escapes are upper case, characters above U+FFFF are escaped, U+2028 and U+2029 are not.
func AppendName(dst []byte, text string) []byte {
	dst = append(dst, '"')
	for _, r := range text {
		switch {
		case r < 0x20 || r == '"' || r == '\\':
			quoted := AppendString(nil, string(r))
			if len(quoted) > len(`"\n"`) {
				dst = appendUnit(dst, r)
			} else {
				dst = append(dst, quoted[1:len(quoted)-1]...)
			}
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			dst = appendUnit(appendUnit(dst, high), low)
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return append(dst, '"')
}

func appendUnit(dst []byte, unit rune) []byte { return fmt.Appendf(dst, "\\u%04X", unit) }
