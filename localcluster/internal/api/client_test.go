package api

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/chaintui/chaintui/localcluster/internal/pki"
)

// serve starts a server that wants a certificate of the same authority, and
// returns a client that has one.
func serve(t *testing.T, handler http.HandlerFunc) *Client {
	t.Helper()
	now := time.Now()
	ca, err := pki.NewAuthority("test", now)
	if err != nil {
		t.Fatal(err)
	}
	pair, err := ca.Server("server", now, "127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	cert, err := tls.X509KeyPair(pair.Cert, pair.Key)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(ca.Cert)
	server := httptest.NewUnstartedServer(handler)
	server.TLS = &tls.Config{
		Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12,
		ClientCAs: roots, ClientAuth: tls.RequireAndVerifyClientCert,
	}
	server.StartTLS()
	t.Cleanup(server.Close)
	mine, err := ca.Client("admin", now, "system:masters")
	if err != nil {
		t.Fatal(err)
	}
	client, err := NewClient(server.URL, ca.Cert, mine)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return client
}

func TestGet(t *testing.T) {
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.TLS.PeerCertificates[0].Subject.CommonName != "admin" || r.URL.Path != "/api/v1/nodes/x" {
			http.NotFound(w, r)
			return
		}
		_, _ = io.WriteString(w, `{"kind":"Node"}`)
	})
	var object struct{ Kind string }
	if err := client.Get(t.Context(), "/api/v1/nodes/x", &object); err != nil || object.Kind != "Node" {
		t.Errorf("%+v, %v", object, err)
	}
	var status *StatusError
	if err := client.Get(t.Context(), "/api/v1/nodes/y", nil); !errors.As(err, &status) || status.Code != http.StatusNotFound {
		t.Errorf("err = %v", err)
	}
}

func TestCreateLeavesWhatIsThere(t *testing.T) {
	code := http.StatusCreated
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.Method != http.MethodPost || string(body) != "{}" || r.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%s %q", r.Method, body)
		}
		w.WriteHeader(code)
	})
	for _, code = range []int{http.StatusCreated, http.StatusConflict} {
		if err := client.Create(t.Context(), "/x", []byte("{}")); err != nil {
			t.Errorf("%d: %v", code, err)
		}
	}
	code = http.StatusForbidden
	if err := client.Create(t.Context(), "/x", []byte("{}")); err == nil {
		t.Error("forbidden is no error")
	}
}

func TestNewClientRefusesWhatIsNoCertificate(t *testing.T) {
	if _, err := NewClient("https://127.0.0.1:1", nil, pki.Pair{}); err == nil {
		t.Error("a client without a certificate")
	}
}
