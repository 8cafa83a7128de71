package spans

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
)

// post hands one batch to the collector.
func (r *Reporter) post(body []byte) error {
	req, err := http.NewRequestWithContext(r.limit, http.MethodPost, r.options.URL, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("B3", "0") // an instrumented collector shall not trace our reports
	resp, err := r.client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	text, _ := io.ReadAll(io.LimitReader(resp.Body, 512))
	if resp.StatusCode/100 != 2 {
		return statusError{resp.StatusCode, string(text)}
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10)) // so that the connection can be used again
	return nil
}

// report logs when the collector goes away and when it is back, not each failure between.
func (r *Reporter) report(err error) {
	switch {
	case err != nil && !r.down:
		r.options.Log.Warn("collector does not take spans", "url", redacted(r.options.URL), "error", err.Error())
	case err == nil && r.down:
		r.options.Log.Info("collector takes spans again", "url", redacted(r.options.URL))
	}
	r.down = err != nil
}

// redacted is a URL without its password: logs are read by others than those who may read the pod's environment.
func redacted(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return ""
	}
	return u.Redacted()
}

type statusError struct {
	status int
	text   string
}

func (e statusError) Error() string { return fmt.Sprintf("HTTP %d: %q", e.status, e.text) }

// neverConnected tells that no byte was sent, so that the request may be repeated.
func neverConnected(err error) bool {
	var op *net.OpError
	var dns *net.DNSError
	return errors.As(err, &dns) || (errors.As(err, &op) && op.Op == "dial")
}
