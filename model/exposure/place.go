package exposure

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"darkroom/model/pattern"
)

// Pattern is the path of a file of exposures, in which {site}, {project} and
// {workbook} are replaced by slugs of where a dashboard lives:
// "models/exposures/{project}/{workbook}.yml". {project} is the whole path of
// projects, joined by "__". Dashboards with the same path share a file.
type Pattern string

// Places that a Pattern can hold.
const (
	PlaceSite     = "{site}"
	PlaceProject  = "{project}"
	PlaceWorkbook = "{workbook}"
)

// maxPlace bounds what one placeholder becomes, in bytes.
const maxPlace = 100

// Unknown is the first {…} of the pattern that is not a placeholder, or "".
func (p Pattern) Unknown() string {
	rest := strings.NewReplacer(PlaceSite, "", PlaceProject, "", PlaceWorkbook, "").Replace(string(p))
	if from := strings.IndexAny(rest, "{}"); from >= 0 {
		if to := strings.IndexByte(rest[from:], '}'); to >= 0 {
			return rest[from : from+to+1]
		}
		return rest[from:]
	}
	return ""
}

func (p Pattern) File(c *Candidate) string {
	if !strings.Contains(string(p), "{") {
		return string(p)
	}
	site := "default"
	if c.Site != nil {
		_, host, _ := strings.Cut(c.Site.Server, "://")
		for _, name := range []string{c.Site.ContentURL, host, c.Site.Name} {
			if s := slug(name); s != "" {
				site = s
				break
			}
		}
	}
	project := make([]string, 0, len(c.ContainerPath))
	for _, name := range c.ContainerPath {
		project = append(project, placeSlug(name, "project"))
	}
	if len(project) == 0 {
		project = []string{"no_project"}
	}
	workbook := "no_workbook"
	switch {
	case c.Workbook != nil:
		workbook = placeSlug(c.Workbook.Name, "workbook")
	case c.inNoWorkbook(): // the dashboards of a container share its file
		workbook = project[len(project)-1]
	}
	steps := strings.Split(strings.NewReplacer(
		PlaceSite, boundedPlace(site), PlaceProject, boundedPlace(strings.Join(project, "__")), PlaceWorkbook, boundedPlace(workbook),
	).Replace(string(p)), "/")
	for i, step := range steps {
		if Reserved(step) {
			steps[i] = Beside(step)
		}
	}
	return strings.Join(steps, "/")
}

// Beside is a file name next to one that is not free: "con_.yml" for "con.yml".
func Beside(name string) string {
	stem, ext, dotted := strings.Cut(name, ".")
	if dotted {
		ext = "." + ext
	}
	return stem + "_" + ext
}

// reserved are the names of devices on Windows, which no file can have there,
// whatever follows a dot.
var reserved = pattern.Of(`(?i)^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[1-9¹²³])\s*([.:].*)?$`)

// Reserved reports a name of a file or folder that Windows cannot have: a checkout
// of the repository fails there.
func Reserved(name string) bool { return reserved().MatchString(name) }

// placeSlug keeps names apart that have no letter or digit.
func placeSlug(name, what string) string {
	if s := slug(name); s != "" {
		return s
	}
	return what + "_" + shortDigest(name)
}

func boundedPlace(s string) string {
	if len(s) <= maxPlace {
		return s
	}
	return shortened(s, maxPlace-9) + "_" + shortDigest(s)
}

func shortDigest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])[:8]
}
