package explorer

import (
	"errors"
	"testing"

	"darkroom/model"
	"darkroom/model/curate"
	"darkroom/ui/explorer/syncing"
)

// While another explorer is open nothing is kept, and it is said. When it has ended, r
// brings what was decided there, and decisions are kept again.
func TestTheOtherExplorerEnds(t *testing.T) {
	locked := errors.New("another darkroom has this project open")
	f := &fake{projects: []*model.Project{shop()}, sites: []*model.Site{tower()}, readOnly: locked.Error(), keepErr: locked}
	f.sync = func(syncing.Options, func(syncing.Progress)) error {
		return &syncing.NothingToSync{Why: "no server to ask"}
	}
	s := begin(t, f, 120, 40)
	s.Status("another darkroom").View("Dashboards").Press("open-all")
	s.Cursor("acme").Press("tick").Status("another darkroom").Header("0 included")
	s.Press("sync").Cursor("acme").Press("tick").Status("another darkroom").Header("0 included")

	there := curate.New(nil)
	there.Toggle([]string{tower().Dashboards[0].LUID}, curate.Meta{})
	f.reread, f.keepErr = there, nil
	s.Press("sync").Status("decisions are kept from now on").Status("no server to ask").Header("1 new").Row("[✓] Order Overview")
	s.Cursor("acme").Press("tick").Header("5 new")
	if len(f.journal) != 1 {
		t.Errorf("%d changes are kept, want 1", len(f.journal))
	}
	f.reread = nil
	s.Press("sync").Header("5 new")
}
