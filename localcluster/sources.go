package main

import "embed"

// sources is what the components are built from, so that the program builds
// them wherever it stands, and knows by a digest what it has built already.
//
//go:embed go.mod go.sum components
var sources embed.FS
