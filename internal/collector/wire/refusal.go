package wire

import "fmt"

// Refusal is the sentence with which Zipkin refuses spans or a question, word for word: it is what the client gets.
type Refusal string

// Error is the sentence.
func (r Refusal) Error() string { return string(r) }

func refusef(format string, args ...any) Refusal { return Refusal(fmt.Sprintf(format, args...)) }
