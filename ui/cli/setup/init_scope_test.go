package setup

import (
	"testing"

	"darkroom/sources/project/config"
	"darkroom/sources/tableau/survey"
)

// What the server does not return is reported, and is not in the scope.
func TestInScopeReportsWhatIsMissing(t *testing.T) {
	s := survey.Survey{Projects: []survey.Project{{Path: []string{"Sales"}, Workbooks: 3}}, Personal: 2, WorkbooksShort: 4}
	want := "in scope: 3 of 3 workbooks; 2 in personal spaces left out; the server counts 4 workbooks more than it gives"
	if got := inScope(config.Scope{}, s); got != want {
		t.Errorf("%q", got)
	}
}
