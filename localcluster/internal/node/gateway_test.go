//go:build linux

package node

import (
	"bufio"
	"errors"
	"io"
	"net"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// gatewayTo serves one connection, as the gateway would, and connects to it.
func gatewayTo(t *testing.T, target string) (*net.TCPConn, error) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		if conn, err := listener.Accept(); err == nil {
			forward(conn, target)
		}
	}()
	client, err := net.Dial("tcp", listener.Addr().String())
	t.Cleanup(func() {
		if err == nil {
			client.Close()
		}
		listener.Close()
		<-done
	})
	if err != nil {
		return nil, err
	}
	return client.(*net.TCPConn), client.SetDeadline(time.Now().Add(10 * time.Second))
}

func TestGatewayPassesBothWaysAndTheEnd(t *testing.T) {
	server, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	go func() {
		conn, err := server.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		line, _ := bufio.NewReader(conn).ReadString('\n')
		_, _ = io.Copy(io.Discard, conn) // until the client has said all
		_, _ = io.WriteString(conn, "you said "+line)
	}()
	client, err := gatewayTo(t, server.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(client, "hello\nand more"); err != nil {
		t.Fatal(err)
	}
	if err := client.CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if said, err := io.ReadAll(client); err != nil || string(said) != "you said hello\n" {
		t.Errorf("%q, %v", said, err)
	}
}

func TestGatewayResetsWhenTheTargetRefuses(t *testing.T) {
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody.Close()
	client, err := gatewayTo(t, nobody.Addr().String())
	if err == nil { // the reset may come before the client has looked, or after
		_, err = client.Read(make([]byte, 1))
	}
	if !errors.Is(err, unix.ECONNRESET) {
		t.Errorf("err = %v", err)
	}
}
