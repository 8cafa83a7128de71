package sanitise

import (
	"encoding/json"
	"testing"
)

func TestJSONLosesNothingAndHidesNothing(t *testing.T) {
	for c := rune(0); c < 0x11_0000; c++ {
		if c >= 0xd800 && c <= 0xdfff {
			continue
		}
		in := "a" + string(c) + "b"
		b, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		safe := JSON(b)
		if bad := unsafeRune(string(safe), false); bad != "" {
			t.Fatalf("%s is left in %q", bad, safe)
		}
		var back string
		if err := json.Unmarshal(safe, &back); err != nil || back != in {
			t.Fatalf("%q came back as %q (%v)", in, back, err)
		}
	}
}
