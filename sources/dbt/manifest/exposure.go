package manifest

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/model"
	"darkroom/sources/dbt/artifact"
	"darkroom/sources/dbt/jsonwindow"
)

// exposure fills x from the captured entry.
func (b *builder) exposure(l *jsonwindow.Lexer, id string, x *model.Exposure) {
	e := b.e
	text := func(f field) string { return b.texts.Text(l.Text(e[f])) }
	x.ID = id
	x.Name = b.name(id, l.Text(e[fName]))
	x.Package = b.pkg(l, id)
	x.Label, x.Type = text(fLabel), b.word(l, fType)
	x.URL, x.Maturity = text(fURL), b.word(l, fMaturity)
	x.Description = text(fDescription)
	x.Path = b.words.Intern(slashed(l.Text(e[fOriginalPath])))
	x.Tags = b.tags(l)
	x.DependsOn = b.parents(l)
	x.Enabled = l.Truth(e[cEnabled], true)
	x.OwnerName, x.OwnerEmails = b.owner(l)

	// config.meta wins over meta, as in dbt's own merge
	// (model/exposure/CONTRACT.md#fields-by-version).
	for _, f := range [...]field{cMeta, fMeta} {
		meta := l.Valid(e[f])
		if x.Refresh == (model.RefreshSetting{}) {
			x.Refresh = refreshOf(meta)
		}
		o := toolOf(meta)
		x.LUID, x.Dashboard = cmp.Or(x.LUID, o.luid), cmp.Or(x.Dashboard, o.dashboard)
		x.ToolKey, x.ManagedBy = cmp.Or(x.ToolKey, o.key), cmp.Or(x.ManagedBy, o.by)
	}
}

// owner reads name and email, the latter a text or (dbt 1.10+) a list.
func (b *builder) owner(l *jsonwindow.Lexer) (name string, emails []string) {
	artifact.Object(l.Valid(b.e[fOwner]), func(key string, value gjson.Result) {
		switch key {
		case "name":
			name = artifact.Scalar(value)
		case "email":
			emails = artifact.TextList(value)
		}
	})
	return name, emails
}

// firstToolKey is where exposures had a LUID before other BI tools were read.
const firstToolKey = "tableau"

// toolMeta is what meta says of a BI tool: under which key, and the LUID; of an object that
// darkroom manages also by whom, and the key of the dashboard.
type toolMeta struct{ key, luid, by, dashboard string }

// toolOf finds the BI tool's object in meta, by its key, and a LUID: in an object that
// darkroom manages first, then under firstToolKey, then at the top, then in any other
// object one level deep.
func toolOf(meta []byte) toolMeta {
	var first, managed, other toolMeta
	top := ""
	artifact.Object(meta, func(key string, value gjson.Result) {
		if key == "luid" {
			top = strings.ToLower(artifact.Scalar(value))
		}
		o := toolMetaIn(key, value)
		switch {
		case key == firstToolKey:
			first = o
		case o.by == "darkroom" && managed.by == "":
			managed = o
		case o.luid != "" && other.luid == "":
			other = o
		}
	})
	switch {
	case managed.by != "" && first.by == "":
		return managed
	case first.luid != "" || first.by != "":
		first.luid = cmp.Or(first.luid, top, other.luid)
		return first
	case top != "":
		return toolMeta{luid: top}
	}
	return toolMeta{key: other.key, luid: other.luid}
}

// toolMetaIn reads the object under a key of meta.
func toolMetaIn(key string, value gjson.Result) toolMeta {
	o := toolMeta{key: key}
	artifact.Members(value, func(inner string, value gjson.Result) {
		switch inner {
		case "luid":
			o.luid = strings.ToLower(artifact.Scalar(value))
		case "managed_by":
			o.by = artifact.Scalar(value)
		case "key":
			o.dashboard = artifact.Scalar(value)
		}
	})
	if o.by != "darkroom" {
		o.dashboard = ""
	}
	return o
}

// refreshOf reads refresh: never and refresh: {after: 60}.
func refreshOf(meta []byte) (r model.RefreshSetting) {
	artifact.Object(meta, func(key string, value gjson.Result) {
		if key != "refresh" || value.Type == gjson.Null {
			return
		}
		r = model.RefreshSetting{}
		if value.Type == gjson.String && strings.EqualFold(strings.TrimSpace(value.String()), "never") {
			r.Never = true
			return
		}
		artifact.Members(value, func(inner string, value gjson.Result) {
			if minutes, err := strconv.Atoi(artifact.Scalar(value)); inner == "after" && err == nil && minutes >= 0 {
				r.HasAfter, r.After = true, minutes
			}
		})
		if !r.HasAfter {
			r = model.RefreshSetting{Unknown: true}
		}
	})
	return r
}
