package feed

// TraceSource finds traces. (Filled in with the trace engine's types.)
type TraceSource interface{}
