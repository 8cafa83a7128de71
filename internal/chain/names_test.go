package chain

import "testing"

func TestIndexReadsEveryNameOfALink(t *testing.T) {
	for _, tc := range []struct {
		name string
		want int
		ok   bool
	}{
		{ServiceName(7), 7, true},
		{DeploymentName(12), 12, true},
		{InstanceName(0), 0, true},
		{"3", 3, true},
		{"03", 0, false},
		{"+3", 0, false},
		{"-1", 0, false},
		{"", 0, false},
		{"chain-link-service-", 0, false},
		{"chain-link-service-x", 0, false},
		{"zipkin-service", 0, false},
		{"chain-link-service-1-2", 0, false},
	} {
		got, ok := Index(tc.name)
		if ok != tc.ok || (ok && got != tc.want) {
			t.Errorf("Index(%q) = %d, %v; want %d, %v", tc.name, got, ok, tc.want, tc.ok)
		}
	}
}

func TestParseLinkNamesTheRange(t *testing.T) {
	if i, err := ParseLink("chain-link-2", 3); err != nil || i != 2 {
		t.Errorf("ParseLink = %d, %v; want 2", i, err)
	}
	for name, want := range map[string]string{
		"3":    "link 3 is not in the chain: its links are 0 to 2",
		"head": `"head" is no link: give its index (0 to 2) or its name, such as chain-link-service-0`,
	} {
		if _, err := ParseLink(name, 3); err == nil || err.Error() != want {
			t.Errorf("ParseLink(%q): %v; want %s", name, err, want)
		}
	}
}
