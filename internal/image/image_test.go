package image

import (
	"archive/tar"
	"bytes"
	"debug/elf"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var content = Content{Arch: "arm64", Binary: []byte("\x7fELF and so on"), Version: "v1"}

func write(t *testing.T, reference string) (path string) {
	t.Helper()
	img, err := New(content)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "new", "link.tar")
	if err := Write(path, reference, img); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestArchiveIsAnImage(t *testing.T) {
	path := write(t, "chain-link:0123456789ab")
	tag, err := name.NewTag("chain-link:0123456789ab") // as a reader completes it
	if err != nil {
		t.Fatal(err)
	}
	img, err := tarball.ImageFromPath(path, &tag)
	if err != nil {
		t.Fatal(err)
	}
	file, err := img.ConfigFile()
	if err != nil {
		t.Fatal(err)
	}
	c := file.Config
	if file.Architecture != "arm64" || file.OS != "linux" || !file.Created.Equal(epoch) || c.User != "10001" ||
		strings.Join(c.Entrypoint, " ") != "/link" || len(c.Cmd) != 0 || c.Env[1] != "CHAIN_LINK_VERSION=v1" {
		t.Errorf("%+v", file)
	}
	layers, err := img.Layers()
	if err != nil || len(layers) != 1 {
		t.Fatalf("%d layers, %v", len(layers), err)
	}
	body, err := layers[0].Uncompressed()
	if err != nil {
		t.Fatal(err)
	}
	r := tar.NewReader(body)
	entry, err := r.Next()
	if err != nil || entry.Name != "link" || entry.Mode != 0o755 || entry.Uid != 0 {
		t.Fatalf("%+v, %v", entry, err)
	}
	if binary, err := io.ReadAll(r); err != nil || !bytes.Equal(binary, content.Binary) {
		t.Errorf("/link is %q, %v", binary, err)
	}
	if entry, err = r.Next(); err != nil || entry.Name != "tmp/" || entry.Mode != 0o1777 {
		t.Errorf("%+v, %v", entry, err)
	}
}

// Neither the time nor the folder shows, and the layers are not compressed, which some tools refuse to load.
func TestArchiveIsReproducibleAndUncompressed(t *testing.T) {
	one, err := os.ReadFile(write(t, "a:b"))
	if err != nil {
		t.Fatal(err)
	}
	two, err := os.ReadFile(write(t, "a:b"))
	if err != nil || !bytes.Equal(one, two) {
		t.Error("two archives of the same content differ")
	}
	if !bytes.Contains(one, content.Binary) {
		t.Error("the binary is not in the archive as it is")
	}
	for r := tar.NewReader(bytes.NewReader(one)); ; {
		entry, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil || strings.HasSuffix(entry.Name, ".gz") {
			t.Fatalf("%+v, %v", entry, err)
		}
	}
}

func TestTagIsOfTheContent(t *testing.T) {
	a, b := content, content
	b.Arch = "amd64"
	if Tag([]Content{a, b}) != Tag([]Content{b, a}) || len(Tag([]Content{a})) != 12 {
		t.Error("the order of architectures changes the tag")
	}
	for _, change := range []func(*Content){
		func(c *Content) { c.Arch = "386" }, func(c *Content) { c.Binary = []byte("other") }, func(c *Content) { c.Version = "v2" },
	} {
		other := content
		change(&other)
		if Tag([]Content{other}) == Tag([]Content{content}) {
			t.Errorf("%+v has the same tag", other)
		}
	}
}

func TestReferenceThatCannotBe(t *testing.T) {
	img, err := New(content)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "link.tar")
	if err := Write(path, "Chain Link", img); err == nil || !strings.Contains(err.Error(), "Chain Link") {
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a file was left behind")
	}
}

// The binary needs no library and knows no path of this machine; built twice it is the same.
func TestCompileIsStaticAndReproducible(t *testing.T) {
	const small = "github.com/chaintui/chaintui/internal/image/build"
	one, err := Compile(t.Context(), small, "arm64")
	if err != nil {
		t.Fatal(err)
	}
	two, err := Compile(t.Context(), small, "arm64")
	if err != nil || !bytes.Equal(one, two) {
		t.Errorf("two builds differ, %v", err)
	}
	file, err := elf.NewFile(bytes.NewReader(one))
	if err != nil {
		t.Fatal(err)
	}
	if libraries, err := file.ImportedLibraries(); file.Machine != elf.EM_AARCH64 || len(libraries) > 0 {
		t.Errorf("for %v, needs %v, %v", file.Machine, libraries, err)
	}
	if dir, err := os.Getwd(); err != nil || bytes.Contains(one, []byte(dir)) {
		t.Errorf("the binary names %s, %v", dir, err)
	}
	if _, err := Compile(t.Context(), "github.com/chaintui/chaintui/nothing", "amd64"); err == nil || !strings.Contains(err.Error(), "linux/amd64") {
		t.Errorf("error %v", err)
	}
}
