// Loads compose.yaml as `docker compose` itself does: the schema of the Compose Specification, then its own rules
// (interpolation, references between services, networks, volumes and secrets), with nothing left unsaid.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/compose-spec/compose-go/v2/cli"
)

func main() {
	options, err := cli.NewProjectOptions(os.Args[1:2],
		cli.WithEnvFiles(os.Args[2]), cli.WithDotEnv, cli.WithInterpolation(true), cli.WithResolvedPaths(true))
	if err == nil {
		project, failure := options.LoadProject(context.Background())
		if err = failure; err == nil {
			fmt.Printf("compose.yaml: %d services, %d networks, %d volumes, %d secrets\n",
				len(project.Services), len(project.Networks), len(project.Volumes), len(project.Secrets))
			return
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
