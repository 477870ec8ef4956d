//go:build !unix

package fullscreen

import tea "github.com/charmbracelet/bubbletea"

// jobs are not there: no shell of this system stops a process.
type jobs struct{}

func newJobs() jobs { return jobs{} }

func (jobs) command() tea.Cmd { return nil }

func (jobs) follow(*tea.Program) (leave func()) { return func() {} }
