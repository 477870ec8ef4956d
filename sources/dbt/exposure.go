package dbt

import (
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/model"
)

// exposure fills x from the captured entry.
func (b *builder) exposure(l *lexer, id string, x *model.Exposure) {
	e := &b.e
	text := func(f field) string { return b.words.text(l.text(e[f])) }
	x.ID = id
	x.Name = b.name(id, l.text(e[fName]))
	x.Package = b.pkg(l, id)
	x.Label, x.Type = text(fLabel), b.word(l, fType)
	x.URL, x.Maturity = text(fURL), b.word(l, fMaturity)
	x.Description = text(fDescription)
	x.Path = b.words.intern(slashed(l.text(e[fOriginalPath])))
	x.Tags = b.tags(l)
	x.DependsOn = b.parents(l)
	x.Enabled = l.truth(e[cEnabled], true)
	x.OwnerName, x.OwnerEmails = b.owner(l)

	// config.meta wins over meta, as in dbt's own merge
	// (model/exposure/CONTRACT.md#fields-by-version).
	for _, f := range [...]field{cMeta, fMeta} {
		luid, by := tableauOf(l.valid(e[f]))
		if x.TableauLUID == "" {
			x.TableauLUID = luid
		}
		if x.ManagedBy == "" {
			x.ManagedBy = by
		}
	}
}

// owner reads name and email, the latter a text or (dbt 1.10+) a list.
func (b *builder) owner(l *lexer) (name string, emails []string) {
	object(l.valid(b.e[fOwner]), func(key string, value gjson.Result) {
		switch key {
		case "name":
			name = scalar(value)
		case "email":
			emails = textList(value)
		}
	})
	return name, emails
}

// tableauOf finds a LUID in meta: under "tableau" first, then at the top, then in
// any other object one level deep.
func tableauOf(meta []byte) (luid, managedBy string) {
	var top, other string
	object(meta, func(key string, value gjson.Result) {
		if key == "luid" {
			top = scalar(value)
		}
		members(value, func(inner string, value gjson.Result) {
			switch {
			case key == "tableau" && inner == "luid":
				luid = scalar(value)
			case key == "tableau" && inner == "managed_by":
				managedBy = scalar(value)
			case inner == "luid" && other == "":
				other = scalar(value)
			}
		})
	})
	for _, s := range [...]string{luid, top, other} {
		if s != "" {
			return strings.ToLower(s), managedBy
		}
	}
	return "", managedBy
}
