package objects

import (
	"time"

	"github.com/tidwall/gjson"

	"darkroom/model"
	"darkroom/sources/tableau/document"
)

func setUser(in *document.Walker, u *model.User, o gjson.Result) {
	if !o.IsObject() {
		return
	}
	in.Set(&u.LUID, o.Get("luid"))
	in.Set(&u.Name, o.Get("name"))
	in.Set(&u.Username, o.Get("username"))
	in.Set(&u.Email, o.Get("email"))
}

// addTags adds the names of [{"name":"…"}]; the model drops duplicates.
func addTags(in *document.Walker, to *[]string, list gjson.Result) {
	if !list.IsArray() {
		return
	}
	list.ForEach(func(_, tag gjson.Result) bool {
		if tag.IsObject() {
			tag = tag.Get("name")
		}
		if name := in.Keep(document.Text(tag)); name != "" {
			*to = append(*to, name)
		}
		return true
	})
}

// setTime reads a time; one that cannot be read stays unknown.
func setTime(to *time.Time, r gjson.Result) {
	if s := document.Text(r); s != "" && to.IsZero() {
		if at, err := time.Parse(time.RFC3339, s); err == nil {
			*to = at.UTC()
		}
	}
}
