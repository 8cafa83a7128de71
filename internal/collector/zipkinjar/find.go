// Package zipkinjar finds the real Zipkin server that the built-in collector is compared with.
package zipkinjar

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// Version is the Zipkin server that counts.
const Version = "3.6.1"

// Find returns the path of Zipkin's slim server: ZIPKIN_JAR, or the one in the cache folder, where Maven puts it first
// if need be. An error says what is missing.
func Find(ctx context.Context) (string, error) {
	if _, err := exec.LookPath("java"); err != nil {
		return "", fmt.Errorf("java is not installed (Debian: openjdk-17-jre-headless)")
	}
	if jar := os.Getenv("ZIPKIN_JAR"); jar != "" {
		if _, err := os.Stat(jar); err != nil {
			return "", fmt.Errorf("ZIPKIN_JAR: %w", err)
		}
		return filepath.Abs(jar)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	folder := filepath.Join(cache, "chaintui", "zipkin")
	jar := filepath.Join(folder, "zipkin-server-"+Version+"-slim.jar")
	if _, err := os.Stat(jar); err == nil {
		return jar, nil
	}
	mvn, err := exec.LookPath("mvn")
	if err != nil {
		return "", fmt.Errorf("mvn is not installed (Debian: maven), and ZIPKIN_JAR is not set")
	}
	fetch := exec.CommandContext(ctx, mvn, "-q", "dependency:copy",
		"-Dartifact=io.zipkin:zipkin-server:"+Version+":jar:slim", "-DoutputDirectory="+folder)
	if out, err := fetch.CombinedOutput(); err != nil {
		return "", fmt.Errorf("mvn: %w: %s", err, out)
	}
	return jar, nil
}
