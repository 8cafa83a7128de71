package zipkin

import (
	"errors"
	"net/netip"
	"strconv"
	"strings"
)

// The reasons for which an id is refused.
var (
	errNoID   = errors.New("is missing")
	errLongID = errors.New("is too long")
	errNotHex = errors.New("is not hexadecimal")
	errZeroID = errors.New("is all zeros")
)

var zeros = strings.Repeat("0", 32)

// What a character of an id is: every id of every span is looked at, so this is a table.
const (
	notHex = iota
	zeroDigit
	lowerHex
	upperHex
)

var hexDigits = [256]byte{'0': zeroDigit}

func init() {
	for _, c := range []byte("123456789abcdef") {
		hexDigits[c] = lowerHex
	}
	for _, c := range []byte("ABCDEF") {
		hexDigits[c] = upperHex
	}
}

// PadID checks an id of at most so many digits (32 of a trace, 16 of a span) and returns it as Zipkin writes it: lower-case
// hexadecimal, padded on the left to 16 or 32 digits.
func PadID(id string, digits int) (string, error) {
	switch {
	case id == "":
		return "", errNoID
	case len(id) > digits:
		return "", errLongID
	}
	var most byte
	for i := 0; i < len(id); i++ {
		kind := hexDigits[id[i]]
		if kind == notHex {
			return "", errNotHex
		}
		most = max(most, kind)
	}
	switch most {
	case zeroDigit:
		return "", errZeroID
	case upperHex:
		id = strings.ToLower(id)
	}
	switch n := len(id); {
	case n < 16:
		id = zeros[:16-n] + id
	case n > 16 && n < 32:
		id = zeros[:32-n] + id
	}
	return id, nil
}

// id is PadID that notes what it mended; padding is no repair, every reader does it.
func (p *parser) id(id string, max int) (string, error) {
	trimmed := strings.TrimSpace(id)
	padded, err := PadID(trimmed, max)
	if err == nil && !strings.HasSuffix(padded, id) {
		p.repaired = true
	}
	return padded, err
}

// parent is the id of a parent; one that is none is dropped.
func (p *parser) parent(id string) string {
	if id == "" {
		return ""
	}
	padded, err := p.id(id, 16)
	if err != nil {
		p.repaired = true
		return ""
	}
	return padded
}

func (p *parser) endpoint() (*Endpoint, error) {
	var e Endpoint
	err := p.object(func(name string) (err error) {
		var ip string
		switch name {
		case "serviceName":
			e.ServiceName, err = p.known()
		case "ipv4":
			ip, err = p.known()
			p.address(ip, &e)
		case "ipv6":
			ip, err = p.known()
			p.address(ip, &e)
		case "port":
			var port int64
			port, err = p.micros()
			if port > 65535 {
				p.repaired, port = true, 0
			}
			e.Port = int(port)
		default:
			err = p.dec.SkipValue()
		}
		return err
	})
	if e == (Endpoint{}) {
		return nil, err
	}
	return &e, err
}

// address puts an address into the field of its family. Leading zeros in an octet are decimal ones, as who writes them
// means; what is no address is dropped.
func (p *parser) address(text string, e *Endpoint) {
	if text == "" {
		return
	}
	if ip, ok := p.addresses[text]; ok {
		ip.put(e)
		return
	}
	before := p.repaired
	ip := parseAddress(text)
	p.repaired = before || ip.mended
	if len(p.addresses) < internLimit && !ip.mended {
		p.addresses[text] = ip
	}
	ip.put(e)
}

// address is an IP as text, in the field it belongs to.
type address struct {
	text   string
	v6     bool
	mended bool
}

func (a address) put(e *Endpoint) {
	switch {
	case a.text == "":
	case a.v6:
		e.IPv6 = a.text
	default:
		e.IPv4 = a.text
	}
}

func parseAddress(text string) address {
	ip, err := netip.ParseAddr(text)
	if err == nil && ip.Zone() == "" {
		ip = ip.Unmap()
		return address{text: ip.String(), v6: ip.Is6()}
	}
	octets := strings.Split(text, ".")
	if len(octets) != 4 {
		return address{mended: true}
	}
	for i, o := range octets {
		n, err := strconv.ParseUint(o, 10, 8)
		if err != nil {
			return address{mended: true}
		}
		octets[i] = strconv.FormatUint(n, 10)
	}
	return address{text: strings.Join(octets, "."), mended: true}
}
