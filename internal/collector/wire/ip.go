package wire

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"strings"
)

// setIP puts an address where it belongs, and ignores what is none, as zipkin2.Endpoint.Builder.parseIp does: an IPv4
// address keeps its spelling, an IPv6 address is respelled, one that only wraps an IPv4 address becomes that.
func (e *Endpoint) setIP(text string) {
	if strings.IndexByte(text, ':') < 0 {
		if isIPv4(text) {
			e.IPv4 = text
		}
		return
	}
	if strings.ContainsAny(text, "%") { // Zipkin knows no zones
		return
	}
	if strings.IndexByte(text, '.') >= 0 {
		if v4, ok := wrappedIPv4(text); ok {
			e.IPv4 = v4
		}
		return
	}
	if addr, err := netip.ParseAddr(text); err == nil {
		e.IPv6 = ipv6String(addr.As16())
	}
}

// setIPBytes does the same for the 4 or 16 bytes of a protobuf message.
func (e *Endpoint) setIPBytes(b []byte) {
	switch len(b) {
	case 4:
		e.IPv4 = ipv4String(b)
	case 16:
		ip := [16]byte(b)
		if wrapped(ip) {
			e.IPv4 = ipv4String(b[12:])
		} else {
			e.IPv6 = ipv6String(ip)
		}
	}
}

// wrappedIPv4 knows ::1.2.3.4 and ::ffff:1.2.3.4 (or ::0000:), the spellings Zipkin knows.
func wrappedIPv4(text string) (string, bool) {
	i := strings.LastIndexByte(text, ':')
	v4 := text[i+1:]
	if !isIPv4(v4) {
		return "", false
	}
	prefix := text[:i+1]
	if prefix == "::" {
		return v4, true
	}
	return v4, len(prefix) == 7 && strings.HasPrefix(prefix, "::") && strings.Trim(prefix[2:6], "fF0") == ""
}

// wrapped tells the IPv4-compatible form; ::1 is the loopback and no such thing.
func wrapped(ip [16]byte) bool {
	return binary.BigEndian.Uint64(ip[:8]) == 0 && binary.BigEndian.Uint32(ip[8:12]) == 0 &&
		binary.BigEndian.Uint32(ip[12:]) != 1
}

// isIPv4 takes four decimal numbers of one to three digits below 256, leading zeros included.
func isIPv4(text string) bool {
	parts, digits, value := 1, 0, 0
	for i := range len(text) {
		switch c := text[i]; {
		case c == '.':
			if digits == 0 || parts == 4 {
				return false
			}
			parts, digits, value = parts+1, 0, 0
		case c >= '0' && c <= '9':
			digits, value = digits+1, value*10+int(c-'0')
			if digits > 3 || value > 255 {
				return false
			}
		default:
			return false
		}
	}
	return parts == 4 && digits > 0
}

func ipv4String(b []byte) string { return fmt.Sprintf("%d.%d.%d.%d", b[0], b[1], b[2], b[3]) }

// ipv6String compresses the first longest run of zero groups, even a run of one, and a run at the end only when it is the
// only one. That is how Zipkin spells addresses, and where it departs from RFC 5952 and from netip.
func ipv6String(ip [16]byte) string {
	start, length := -1, 0
	for i := 0; i < 8; {
		j := i
		for j < 8 && ip[2*j] == 0 && ip[2*j+1] == 0 {
			j++
		}
		if j-i > length && (j < 8 || start < 0) {
			start, length = i, j-i
		}
		i = max(j, i+1)
	}
	var out strings.Builder
	for i := 0; i < 8; i++ {
		if i == start {
			out.WriteString("::")
			i += length - 1
			continue
		}
		if i > 0 && i != start+length {
			out.WriteByte(':')
		}
		fmt.Fprintf(&out, "%x", binary.BigEndian.Uint16(ip[2*i:]))
	}
	return out.String()
}
