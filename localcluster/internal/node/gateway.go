//go:build linux

package node

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// GatewayCommand is the hidden command that runs the gateway.
const GatewayCommand = "internal-gateway"

// Gateway is a cluster's first process. It makes the namespaces and is their
// first inhabitant, and passes connections on from a port of the machine's
// loopback to the API server inside. Its listener was opened outside and is
// inherited; whatever it dials is inside.
type Gateway struct {
	Cgroup string `json:"cgroup"`
	Mounts Mounts `json:"mounts"`
	NodeIP string `json:"nodeIP"`
	Routes string `json:"routes"` // CIDR of Services
	Target string `json:"target"` // the API server's address inside
}

// StartGateway starts it and returns once its namespaces are ready.
func StartGateway(g Gateway, listener *os.File, log string) (*exec.Cmd, Process, error) {
	out, err := os.OpenFile(log, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return nil, Process{}, err
	}
	defer out.Close()
	reader, writer, err := os.Pipe()
	if err != nil {
		return nil, Process{}, err
	}
	defer reader.Close()
	settings, err := json.Marshal(g)
	if err != nil {
		return nil, Process{}, err
	}
	cmd := exec.Command("/proc/self/exe", GatewayCommand, string(settings))
	cmd.Env = []string{}
	cmd.Stdout, cmd.Stderr = out, out
	cmd.ExtraFiles = []*os.File{listener, writer}
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Setsid: true, Pdeathsig: syscall.SIGKILL,
		Cloneflags: syscall.CLONE_NEWNET | syscall.CLONE_NEWNS,
	}
	err = cmd.Start()
	writer.Close()
	if err != nil {
		return nil, Process{}, fmt.Errorf("making the cluster's namespaces: %w", err)
	}
	process, err := Find(cmd.Process.Pid)
	if err != nil {
		return nil, Process{}, err
	}
	said, err := io.ReadAll(reader)
	if err == nil && string(said) != ready {
		err = fmt.Errorf("making the cluster's namespaces: %s", strings.TrimSpace(string(said)))
	}
	return cmd, process, err
}

const ready = "ready"

// RunGateway is the hidden command: it sets the namespaces up, reports on file
// descriptor 4 and serves the listener on descriptor 3 until it is killed.
func RunGateway(args []string) error {
	if len(args) != 1 {
		return errors.New("this command is the program's own")
	}
	var g Gateway
	if err := json.Unmarshal([]byte(args[0]), &g); err != nil {
		return err
	}
	report := os.NewFile(4, "report")
	listener, err := g.prepare()
	if err != nil {
		fmt.Fprint(report, err)
		return err
	}
	fmt.Fprint(report, ready)
	report.Close()
	for {
		conn, err := listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return err
		}
		if err != nil { // too many open files, say: it passes
			fmt.Fprintln(os.Stderr, err)
			time.Sleep(50 * time.Millisecond)
			continue
		}
		go forward(conn, g.Target)
	}
}

func (g Gateway) prepare() (net.Listener, error) {
	group, err := OpenCgroup(g.Cgroup)
	if err != nil {
		return nil, err
	}
	if err := group.Join(); err != nil {
		return nil, err
	}
	// On the first thread, where main has locked us: no other has the signal.
	if err := unix.Prctl(unix.PR_SET_PDEATHSIG, 0, 0, 0, 0); err != nil {
		return nil, err
	}
	if err := g.Mounts.apply(); err != nil {
		return nil, err
	}
	if err := setUpNetwork(g.NodeIP, g.Routes); err != nil {
		return nil, err
	}
	file := os.NewFile(3, "listener")
	defer file.Close()
	return net.FileListener(file)
}

// forward copies both ways until both are done. A target that refuses resets
// the client at once: to a client that looks like the refusal it stands for.
func forward(client net.Conn, target string) {
	defer client.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	var dialer net.Dialer
	server, err := dialer.DialContext(ctx, "tcp", target)
	if err != nil {
		if tcp, ok := client.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
		return
	}
	defer server.Close()
	done := make(chan struct{})
	go func() {
		pump(server, client)
		close(done)
	}()
	pump(client, server)
	<-done
}

// pump copies one way and passes the end of the stream, or its breaking, on.
func pump(to, from net.Conn) {
	_, err := io.Copy(to, from)
	half, ok := to.(*net.TCPConn)
	if !ok || err != nil {
		to.Close()
		from.Close()
		return
	}
	_ = half.CloseWrite()
}
