//go:build tools

// Package tools names what build.sh builds, so that go.sum locks all of it.
package tools

import _ "github.com/docker/compose/v2/cmd"
