package chain

import (
	"strings"
	"testing"

	"github.com/distribution/reference"
)

// Images' names are held to the library by which the kubelet reads them.
func TestImagesAreWhatTheKubeletTakes(t *testing.T) {
	digest := "@sha256:" + strings.Repeat("0a", 32)
	for image, want := range map[string]bool{
		"link": true, "link:1": true, "openzipkin/zipkin-slim:3.6.1": true, "localhost:5000/app:v2": true, "Registry.Example/a/b__c": true,
		"[fd00::1]:5000/app": true, "link" + digest: true, "link:1" + digest: true, "a--b/c.d_e:X.y-Z": true, "localhost/app": true,
		"a.b__c/d": true, "REG/app": true, "host:/app": false,
		"": false, ":": false, ":1": false, "link:": false, "link:a b": false, " link": false, "App": false, "reg/App:1": false, "/app": false,
		"app/": false, "a//b": false, "-app": false, "app-": false, "a..b": false, "https://reg.example/app": false, "app:1:2": false,
		"app@sha256:abc": false, "app@md5:" + strings.Repeat("0", 32): false, "app\n": false, "app:" + strings.Repeat("t", 129): false,
	} {
		err := ValidateImage(image)
		if (err == nil) != want {
			t.Errorf("%q: %v", image, err)
		}
		if _, theirs := reference.ParseNormalizedNamed(image); (theirs == nil) != want {
			t.Errorf("%q: the kubelet's library says %v", image, theirs)
		}
	}
}

func FuzzImage(f *testing.F) {
	for _, seed := range []string{"link:1", "reg.example:80/a/b@sha256:" + strings.Repeat("0", 64), "A/b", ":"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, image string) {
		_, theirs := reference.ParseNormalizedNamed(image)
		if ours := ValidateImage(image); ours == nil && theirs != nil && len(image) < 64 || ours != nil && theirs == nil {
			t.Errorf("%q: %v; the kubelet's library says %v", image, ours, theirs)
		}
	})
}
