package zipkin

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"

	"github.com/chaintui/chaintui/internal/sanitise"
)

// Encode writes spans as a JSON_V2 list, one span a line. Characters that could steer a terminal are written as \u
// escapes: the bytes are safe to show, and a reader gets back exactly what was sent.
func Encode(w io.Writer, spans []Span) error {
	out := bufio.NewWriter(w)
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	_ = out.WriteByte('[')
	for i := range spans {
		if i > 0 {
			_, _ = out.WriteString(",\n ")
		}
		line.Reset()
		if err := enc.Encode(&spans[i]); err != nil {
			return err
		}
		_, _ = out.Write(sanitise.JSON(bytes.TrimSuffix(line.Bytes(), []byte("\n"))))
	}
	_, _ = out.WriteString("]\n")
	return out.Flush()
}
