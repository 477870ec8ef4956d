package exposure

// Known is what earlier exports settled and what is written by hand.
type Known struct {
	// Names by key: the name an exposure got at its first export, or the one that
	// was given to it in the file since.
	Names map[string]string
	// Entries are those that darkroom did not write. Their names are never given
	// and their dashboards are not declared a second time.
	Entries []Declared
	// Previous finds by key what an entry keeps where Tableau's value is missing now; nil
	// knows nothing.
	Previous func(key string) (Previous, bool)
}

// previous asks for what an entry says of itself.
func (k *Known) previous(key string) (Previous, bool) {
	if k.Previous == nil {
		return Previous{}, false
	}
	return k.Previous(key)
}

// Declared is an exposure that is written by hand. LUID is any that its meta names.
type Declared struct {
	Name, URL, LUID, File string
}

// Previous is what an entry says of all that Tableau may hide from an account: as
// the last export wrote it, or as it is in the file when there is none.
type Previous struct {
	Label, URL, Description             string
	OwnerName, OwnerEmail               string
	DefaultOwner                        bool // as in Exposure
	Visible                             bool // it had a LUID, so its address was its own
	Workbook, WorkbookLUID, ProjectPath string
	File                                string // where the last export wrote it, or where it is
}

// DeclaredIndex finds hand-written exposures by their dashboards.
type DeclaredIndex struct {
	byLUID, byURL map[string][]Declared
	gone          map[Declared]bool
}

// IndexDeclared is an index of entries; of several of one dashboard the first counts.
func IndexDeclared(entries []Declared) *DeclaredIndex {
	x := &DeclaredIndex{map[string][]Declared{}, map[string][]Declared{}, map[Declared]bool{}}
	for _, d := range entries {
		x.byLUID[d.LUID] = append(x.byLUID[d.LUID], d)
		url := AddressKey(d.URL)
		x.byURL[url] = append(x.byURL[url], d)
	}
	return x
}

// Find looks for a hand-written exposure of the same dashboard: by LUID first, then by
// url.
func (x *DeclaredIndex) Find(c Candidate) (Declared, bool) {
	for _, in := range []struct {
		list map[string][]Declared
		key  string
	}{{x.byLUID, c.ownLUID()}, {x.byURL, AddressKey(c.URL)}} {
		for _, d := range in.list[in.key] {
			if in.key != "" && !x.gone[d] {
				return d, true
			}
		}
	}
	return Declared{}, false
}

// Remove takes one out.
func (x *DeclaredIndex) Remove(d Declared) { x.gone[d] = true }

// LooksLike reports whether a candidate has the title and the place of what was
// exported once (CONTRACT.md#identity): the same dashboard, republished.
func (c *Candidate) LooksLike(title string, exported Meta) bool {
	m := c.meta()
	return title != "" && title == c.LooksTitle() && exported.Kind == m.Kind && exported.Workbook == m.Workbook &&
		exported.ProjectPath == m.ProjectPath && exported.Site == m.Site
}

// LooksTitle is the title that LooksLike compares.
func (c *Candidate) LooksTitle() string { return clean(c.title()) }
