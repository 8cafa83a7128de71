package write

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/chaintui/chaintui/internal/chain"
)

// Redeploy replaces the pods of the links, or of all links when none is given, and sets their image unless it is empty.
func Redeploy(links []int, image string) Intent {
	text := "redeploy " + linkList(links)
	if image != "" {
		text += " with " + image
	}
	return Intent{Action: words(text), Spec: func(b *Base) error {
		token := strconv.Itoa(b.Next)
		if len(links) == 0 {
			b.Spec.Restart = token
			if image != "" {
				b.Spec.Image = image
				for i := range b.Spec.Links {
					b.Spec.Links[i].Image = ""
				}
			}
			return nil
		}
		return eachLink(b, links, func(l *chain.Link) {
			l.Restart = token
			if image != "" {
				l.Image = image
			}
		})
	}}
}

// SetImage rolls the links, or all when none is given, to another image.
func SetImage(links []int, image string) Intent {
	return Intent{Action: words("image of " + linkList(links) + " " + image), Spec: func(b *Base) error {
		if image == "" {
			return errors.New("no image was given")
		}
		if len(links) == 0 {
			b.Spec.Image = image
		}
		return eachLink(b, links, func(l *chain.Link) {
			l.Image = image
			if len(links) == 0 {
				l.Image = ""
			}
		})
	}}
}

// Pause holds the rollout of the links, or of all when none is given, where it is.
func Pause(links []int) Intent { return paused(links, true, "pause ") }

// Resume lets paused rollouts go on.
func Resume(links []int) Intent { return paused(links, false, "resume ") }

func paused(links []int, yes bool, text string) Intent {
	return Intent{Action: words(text + linkList(links)), Spec: func(b *Base) error {
		return eachLink(b, links, func(l *chain.Link) { l.Paused = yes })
	}}
}

// Scale sets how many pods share a link's requests.
func Scale(link int, replicas int32) Intent {
	return Intent{Action: words(fmt.Sprintf("scale link %d to %d", link, replicas)), Spec: func(b *Base) error {
		return eachLink(b, []int{link}, func(l *chain.Link) { l.Replicas = &replicas })
	}}
}
