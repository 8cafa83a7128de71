package config

import (
	"runtime"
	"runtime/debug"
)

// Set by the linker (-X): the build's version, and the image of the links that it was built with.
var (
	Version string
	Image   string
)

// Build tells which program this is.
type Build struct {
	Version  string `json:"version"`
	Commit   string `json:"commit,omitempty"`
	Time     string `json:"commitTime,omitempty"`
	Modified bool   `json:"modified,omitempty"` // built from a checkout with changes
	Image    string `json:"image,omitempty"`    // that a deploy uses by default
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

// ReadBuild reads it from the linker's values, and where those are missing from what Go stamped into the program.
func ReadBuild() Build {
	b := Build{Version: Version, Image: Image, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if ok {
		if b.Version == "" {
			b.Version = info.Main.Version
		}
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				b.Commit = s.Value
			case "vcs.time":
				b.Time = s.Value
			case "vcs.modified":
				b.Modified = s.Value == "true"
			}
		}
	}
	if b.Version == "" {
		b.Version = "dev"
	}
	return b
}
