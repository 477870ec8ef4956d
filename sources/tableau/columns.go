package tableau

import (
	"darkroom/model"
	"darkroom/sources/tableau/snapshot"
)

// joinColumns gives sheets the columns that a snapshot has of them; nil has none.
func joinColumns(site *model.Site, c *snapshot.Columns) {
	if c == nil {
		return
	}
	site.Columns = make([]model.TableColumn, len(c.All))
	for i, x := range c.All {
		site.Columns[i] = model.TableColumn{TableID: x.Table, Name: x.Name}
	}
	for i := range site.Sheets {
		s := &site.Sheets[i]
		at, asked := c.Sheets[s.ID]
		why := c.Why[s.ID]
		s.Columns = model.SheetColumns{At: at, Known: asked && why == "", Why: why}
	}
}
