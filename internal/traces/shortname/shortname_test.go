package shortname

import (
	"fmt"
	"strings"
	"testing"
)

func TestNames(t *testing.T) {
	for in, want := range map[string]string{
		"chain-link-service-0 chain-link-service-12": "chain-link-0 chain-link-12",
		"chain-link-service-0":                       "chain-link-0",
		"orders-service":                             "orders-service",
		"chain-link-service-0 zipkin":                "chain-link-service-0 zipkin",
		"orders-service users-service":               "orders users",
		"service-a service-b":                        "a b",
		"com.example.orders com.example.users":       "orders users",
		"com.example.orders com.example":             "example.orders example",
		"a.b a.b.c":                                  "b b.c",
		"svc a-svc":                                  "svc a-svc",
		"observer server":                            "observer server",
		"a-server server-a":                          "a-server server-a",
		"x\x1b[31m y\u202e":                          "x y",
		"app-a-server server-a-app":                  "app-a a-app",
	} {
		services := strings.Fields(in)
		names := Names(services)
		var got []string
		for _, s := range services {
			got = append(got, names[s])
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("%q is shown as %q, want %q", in, g, want)
		}
	}
}

// As many services as a trace may have spans: were each compared with all, this would take minutes.
func TestNamesOfManyServices(t *testing.T) {
	services := make([]string, 50_000)
	for i := range services {
		services[i] = fmt.Sprintf("com.example.svc-%d", i)
	}
	if names := Names(services); len(names) != len(services) || names[services[7]] != "7" {
		t.Errorf("%d names, one is %q", len(names), names[services[7]])
	}
}
