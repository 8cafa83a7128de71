package drain

import (
	"context"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func listen(t *testing.T) net.Listener {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func get(url string) (int, error) {
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Get(url)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}

// After the signal: announced first, new requests are served during the delay, ones in flight finish after it.
func TestStopsInOrder(t *testing.T) {
	l := listen(t)
	url := "http://" + l.Addr().String()
	began, release := make(chan struct{}), make(chan struct{})
	server := &http.Server{Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			close(began)
			<-release
		}
	})}
	ctx, cancel := context.WithCancel(t.Context())
	announced := make(chan struct{})
	ended := make(chan error, 1)
	go func() {
		ended <- Serve(ctx, l, server, Plan{Announce: func() { close(announced) }, Delay: 200 * time.Millisecond, Grace: 10 * time.Second})
	}()
	slow := make(chan int, 1)
	go func() { status, _ := get(url + "/slow"); slow <- status }()
	<-began
	cancel()
	<-announced
	if status, err := get(url); status != 200 {
		t.Errorf("during the delay: %d, %v", status, err)
	}
	for { // until the listener is closed
		if _, err := get(url); err != nil {
			break
		}
		time.Sleep(time.Millisecond)
	}
	select {
	case err := <-ended:
		t.Errorf("ended with a request in flight: %v", err)
	default:
	}
	close(release)
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if status := <-slow; status != 200 {
		t.Errorf("the request in flight got %d", status)
	}
}

func TestGraceEnds(t *testing.T) {
	l := listen(t)
	began := make(chan struct{})
	server := &http.Server{Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { close(began); <-r.Context().Done() })}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- Serve(ctx, l, server, Plan{Grace: 20 * time.Millisecond}) }()
	got := make(chan error, 1)
	go func() { _, err := get("http://" + l.Addr().String()); got <- err }()
	<-began
	cancel()
	if err := <-ended; err == nil || !strings.Contains(err.Error(), "still in flight") {
		t.Errorf("got %v", err)
	}
	if err := <-got; err == nil {
		t.Error("the request that was cut got an answer")
	}
}

func TestListenerFails(t *testing.T) {
	l := listen(t)
	_ = l.Close()
	if err := Serve(t.Context(), l, &http.Server{Handler: http.NotFoundHandler()}, Plan{}); err == nil {
		t.Error("no error")
	}
}
