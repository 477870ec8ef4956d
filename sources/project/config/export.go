package config

import (
	"cmp"
	"fmt"
	"net/mail"
	"path"
	"strconv"
	"strings"

	"darkroom/model/exposure"
	"darkroom/sources/disk"
	"darkroom/sources/yamlfile"
)

// Export says what is written and where.
type Export struct {
	Layout string `yaml:"layout"` // LayoutFile (default), LayoutSite, LayoutProject or LayoutWorkbook
	// File is the pattern of the files' paths (exposure.Pattern); the default is
	// the layout's.
	File      string   `yaml:"file"`
	Level     string   `yaml:"level"`      // LevelDashboard (default) or LevelWorkbook
	GraceDays string   `yaml:"grace_days"` // a number; see Grace
	Tags      []string `yaml:"tags"`
	Owner     Owner    `yaml:"owner"`

	usual bool // File is the default of the layout
}

// Owner is used where the BI tool reports none.
type Owner struct {
	Name  string `yaml:"name"`
	Email string `yaml:"email"`
}

const (
	LevelDashboard = "dashboard"
	LevelWorkbook  = "workbook"
)

// The layouts: one file of exposures for everything, or one for each of these.
const (
	LayoutFile     = "file"
	LayoutSite     = "site"
	LayoutProject  = "project"
	LayoutWorkbook = "workbook"
)

// UsualModels is the folder of a dbt project's models, unless it says otherwise.
const UsualModels = "models"

const defaultExport = UsualModels + "/exposures/tableau.yml"

// layouts gives the default pattern of each layout, and what a pattern needs to
// be one of it.
func layouts() map[string]struct{ file, needs string } {
	const folder = UsualModels + "/exposures/tableau/"
	return map[string]struct{ file, needs string }{
		LayoutFile:     {defaultExport, ""},
		LayoutSite:     {folder + "{site}.yml", exposure.PlaceSite},
		LayoutProject:  {folder + "{site}/{project}.yml", exposure.PlaceProject},
		LayoutWorkbook: {folder + "{site}/{project}/{workbook}.yml", exposure.PlaceWorkbook},
	}
}

// defaultGrace is for how many days an entry outlives its dashboard.
const defaultGrace = 30

func (e *Export) finish() {
	if e.Layout == "" {
		e.Layout = LayoutFile
		for _, layout := range []string{LayoutSite, LayoutProject, LayoutWorkbook} {
			if strings.Contains(e.File, layouts()[layout].needs) {
				e.Layout = layout
			}
		}
	}
	if strings.HasSuffix(e.File, "/") { // a folder
		_, name, _ := strings.Cut(layouts()[e.Layout].file, "exposures/")
		e.File += strings.TrimPrefix(name, "tableau/")
	}
	e.usual = e.File == ""
	e.File = cmp.Or(e.File, layouts()[e.Layout].file)
	e.Level = cmp.Or(e.Level, LevelDashboard)
}

// Pattern is where the files of exposures go in a project that has its models in
// that folder. Chosen reports that darkroom.yml says so; otherwise it is the default,
// which is below the models.
func (e *Export) Pattern(models string) (pattern exposure.Pattern, chosen bool) {
	if !e.usual {
		return exposure.Pattern(e.File), true
	}
	return exposure.Pattern(path.Join(models, strings.TrimPrefix(e.File, UsualModels+"/"))), false
}

// Grace is for how many days the entry of a dashboard stays after a complete
// fetch first came without it.
func (e *Export) Grace() int {
	if n, err := strconv.Atoi(e.GraceDays); err == nil {
		return n
	}
	return defaultGrace
}

func (e Export) check(y *yamlfile.Piece) {
	const at = "$.export"
	words := []string{LayoutFile, LayoutSite, LayoutProject, LayoutWorkbook}
	layout, ok := layouts()[e.Layout]
	if !ok {
		y.FailAt(at+".layout", fmt.Sprintf("unknown layout %q", disk.Clip(e.Layout)), yamlfile.DidYouMean(e.Layout, words))
		return
	}
	unknown := exposure.Pattern(e.File).Unknown()
	switch why := disk.NotLocal(e.File); {
	case why != "":
		y.FailAt(at+".file", why, "for example file: "+layout.file)
	case !yamlfile.Is(e.File):
		y.FailAt(at+".file", "dbt reads .yml and .yaml files only", "for example file: "+layout.file)
	case Taken(e.File) != "":
		y.FailAt(at+".file", Taken(e.File), "for example file: "+layout.file)
	case unknown != "":
		y.FailAt(at+".file", fmt.Sprintf("%s is not a placeholder", disk.Clip(unknown)), "known here: {site}, {project}, {workbook}")
	case !strings.Contains(e.File, layout.needs):
		y.FailAt(at+".file", "the layout "+e.Layout+" needs "+layout.needs+" in its path", "for example file: "+layout.file)
	case e.Layout == LayoutFile && strings.Contains(e.File, "{"):
		y.FailAt(at+".layout", "the layout file is one file, but its path has a {…}", "take layout out, or the {…}")
	}
	if e.Level != LevelDashboard && e.Level != LevelWorkbook {
		y.FailAt(at+".level", fmt.Sprintf("unknown level %q", disk.Clip(e.Level)), yamlfile.DidYouMean(e.Level, []string{LevelDashboard, LevelWorkbook}))
	}
	if n, err := strconv.Atoi(cmp.Or(e.GraceDays, "0")); err != nil || n < 0 {
		y.FailAt(at+".grace_days", "this is not a number of days", "for example grace_days: 30; 0 removes at once")
	}
	y.CheckTexts(at+".tags", e.Tags)
	if _, err := mail.ParseAddress(cmp.Or(e.Owner.Email, "a@b")); err != nil {
		y.FailAt(at+".owner.email", "this is not an e-mail address", "")
	}
}

// Taken says why no exposures can be written to a path of a project, whatever the
// project: the name is that of a file that another program, or darkroom, reads as
// something of its own. Case does not count: it does not on every disk.
func Taken(name string) string {
	steps := strings.Split(strings.ToLower(name), "/")
	for _, step := range steps {
		switch {
		case exposure.Reserved(step):
			return fmt.Sprintf("%q is a name that Windows reserves", step)
		case strings.TrimRight(step, ". ") != step:
			return fmt.Sprintf("%q ends with a dot or a space, which Windows drops", step)
		case step == ".git" || step == ".github":
			return "this folder belongs to git"
		case step == Dir:
			return "this is darkroom's own folder"
		}
	}
	if len(steps) > 1 {
		return ""
	}
	switch stem, _, _ := strings.Cut(steps[0], "."); stem {
	case "darkroom":
		return "this is darkroom's own file"
	case "dbt_project", "profiles", "packages", "dependencies", "package-lock", "selectors", "catalogs", "vars", "dbt_cloud":
		return "this is a file of dbt's own"
	}
	return ""
}
