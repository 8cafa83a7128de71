//go:build linux

package cluster

import (
	"context"
	"fmt"
	"os"
	"os/exec"

	"github.com/chaintui/chaintui/localcluster/internal/config"
	"github.com/chaintui/chaintui/localcluster/internal/image"
)

// importPause gives containerd the image of every pod's sandbox.
func (s *starter) importPause(r record) error {
	archive := s.cluster.path("pause.tar")
	if err := writePause(archive, r.Bin+"/pause"); err != nil {
		return err
	}
	defer os.Remove(archive)
	return s.cluster.importImage(s.ctx, r, archive)
}

// importImage hands an archive to containerd; it needs no API server.
func (c Cluster) importImage(ctx context.Context, r record, archive string) error {
	cmd := exec.CommandContext(ctx, r.Bin+"/ctr", "--address", c.path("containerd.sock"), "--namespace", "k8s.io",
		"images", "import", archive)
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("importing %s: %w\n%s", archive, err, printable(string(said)))
	}
	return nil
}

func writePause(archive, program string) error {
	file, err := os.Create(archive)
	if err != nil {
		return err
	}
	defer file.Close()
	return image.Write(file, config.PauseImage, program)
}
