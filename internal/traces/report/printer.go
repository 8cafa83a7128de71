package report

import (
	"bufio"
	"fmt"
	"io"
)

// printer prints into a buffer, whose first error Flush tells.
type printer struct{ *bufio.Writer }

func newPrinter(w io.Writer) printer { return printer{bufio.NewWriter(w)} }

func (p printer) printf(format string, args ...any) { _, _ = fmt.Fprintf(p.Writer, format, args...) }
