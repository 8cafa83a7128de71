package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"gopkg.in/ini.v1"

	"github.com/chaintui/chaintui/internal/sanitise"
)

// File is a configuration file as it was read.
type File struct {
	Path     string
	Values   map[string]string // text by the setting's name
	Lines    map[string]int    // line, from 1, by the setting's name; absent when it can't be told
	Warnings []string          // unknown keys, ignored sections
}

// maxFile bounds what is read: a path to something else should not fill the memory.
const maxFile = 1 << 20

// Paths are the files that are read when none is named: the original's, and over it our own.
func Paths() []string {
	home, err := os.UserHomeDir()
	if err != nil {
		home = ""
	}
	config := os.Getenv("XDG_CONFIG_HOME")
	if config == "" && home != "" {
		config = filepath.Join(home, ".config")
		if dir, err := os.UserConfigDir(); err == nil && runtime.GOOS == "windows" {
			config = dir
		}
	}
	var paths []string
	if home != "" {
		paths = append(paths, filepath.Join(home, ".config", "chain-link", "chain-link-cli.conf"))
	}
	if config != "" {
		paths = append(paths, filepath.Join(config, "chaintui", "config"))
	}
	return paths
}

// ReadFiles reads the named file, which has to exist, or else those of Paths that do.
func ReadFiles(named string) ([]File, error) {
	paths := Paths()
	if named != "" {
		paths = []string{named}
	}
	var files []File
	for _, path := range paths {
		data, err := read(path)
		if errors.Is(err, fs.ErrNotExist) && named == "" {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("can't read the configuration file %s: %w", path, reason(err))
		}
		file, err := ParseFile(path, data)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}

func read(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = errors.New("it is larger than 1 MiB")
	}
	return data, err
}

// reason is an error without the operation and path that the sentence around it names.
func reason(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}

// ParseFile reads a file's content, INI as Python's configparser writes it, with or without a [DEFAULT] header.
// Values are not checked yet.
func ParseFile(path string, data []byte) (File, error) {
	file := File{Path: path, Values: map[string]string{}, Lines: map[string]int{}}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return file, fmt.Errorf("%s:%d: this is no text file", path, 1+bytes.Count(data[:i], []byte("\n")))
	}
	// Python's configparser knows no inline comments, no continuation by backslash, and no case of keys.
	f, err := ini.LoadSources(ini.LoadOptions{
		InsensitiveKeys: true, IgnoreContinuation: true, IgnoreInlineComment: true, AllowPythonMultilineValues: true,
		SkipUnrecognizableLines: false,
	}, data)
	if err != nil {
		return file, fmt.Errorf("%s: %s; want lines such as instances = 3", path, sanitise.Line(err.Error()))
	}
	for _, section := range f.Sections() {
		if section.Name() != ini.DefaultSection {
			file.Warnings = append(file.Warnings, fmt.Sprintf("%s: section [%s] is ignored", path, sanitise.Line(section.Name())))
			continue
		}
		for _, key := range section.Keys() {
			file.take(key.Name(), key.Value(), lineOf(data, key.Name()))
		}
	}
	return file, nil
}

func (f *File) take(key, value string, line int) {
	i := slices.IndexFunc(table, func(s *Setting) bool { return !s.NotInFile && s.Key() == strings.ReplaceAll(key, "-", "_") })
	if i < 0 {
		f.Warnings = append(f.Warnings, fmt.Sprintf("%s: unknown key %q is ignored", f.at(line), sanitise.Line(key)))
		return
	}
	name := table[i].Name
	f.Values[name] = strings.TrimSpace(value)
	if line > 0 {
		f.Lines[name] = line
	}
}

// at names the place of a line.
func (f *File) at(line int) string {
	if line == 0 {
		return f.Path
	}
	return fmt.Sprintf("%s:%d", f.Path, line)
}

// lineOf is the line, from 1, of the last entry with that key, which is the one that counts; 0 when it is not found.
// The INI library does not tell.
func lineOf(data []byte, key string) int {
	found := 0
	for i, line := range strings.Split(string(data), "\n") {
		name, _, ok := strings.Cut(strings.Replace(line, ":", "=", 1), "=")
		if ok && strings.EqualFold(strings.TrimSpace(name), key) {
			found = i + 1
		}
	}
	return found
}
