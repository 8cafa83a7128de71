package chain

import (
	"fmt"
	"regexp"
	"sync"
)

// imageName is the grammar of images' names as the kubelet reads them. The library that it uses for that compiles ten
// expressions when a program starts, which would be half a megabyte of every link's memory.
var imageName = sync.OnceValue(func() *regexp.Regexp {
	const (
		part     = `[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*`
		label    = `[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?`
		registry = `(?:` + label + `(?:\.` + label + `)*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?`
		tag      = `\w[\w.-]{0,127}`
		digest   = `sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128}`
	)
	return regexp.MustCompile(`^(?:` + registry + `/)?` + part + `(?:/` + part + `)*(?::` + tag + `)?(?:@(?:` + digest + `))?$`)
})

// ValidateImage refuses what can't be an image's name: its pod would wait in InvalidImageName for ever.
func ValidateImage(image string) error {
	if !imageName().MatchString(image) {
		return fmt.Errorf("image %q: want [registry/]name[:tag] in lower case, such as registry.example/link:1", image)
	}
	return nil
}

// imageErrors are the images in a Spec that can't be. An absent one is none of them.
func imageErrors(s *Spec) (errs []error) {
	check := func(what, image string) {
		if image == "" {
			return
		}
		if err := ValidateImage(image); err != nil {
			errs = append(errs, fmt.Errorf("%s%w", what, err))
		}
	}
	check("", s.Image)
	check("tools: ", s.ToolsImage)
	if s.Collector == Zipkin {
		check("zipkin: ", s.ZipkinImage)
	}
	for i := range s.Links {
		check(fmt.Sprintf("link %d: ", i), s.Links[i].Image)
	}
	return errs
}
