package objects

import (
	"time"

	"darkroom/model"
	"darkroom/sources/tableau/document"
)

func setUser(in *document.Walker, u *model.User, o document.Value) {
	if !o.IsObject() {
		return
	}
	in.Fill(&u.LUID, o.Get("luid"))
	in.Fill(&u.Name, o.Get("name"))
	in.Fill(&u.Username, o.Get("username"))
	in.Fill(&u.Email, o.Get("email"))
}

// addTags adds the names of [{"name":"…"}]; the model drops duplicates.
func addTags(in *document.Walker, to *[]string, list document.Value) {
	if !list.IsList() {
		return
	}
	for tag := range document.Elements(list) {
		if tag.IsObject() {
			tag = tag.Get("name")
		}
		if name := in.KeepBytes(tag.Text()); name != "" {
			*to = append(*to, name)
		}
	}
}

// setTime reads a time; one that cannot be read stays unknown.
func setTime(to *time.Time, v document.Value) {
	s := v.Text()
	if len(s) == 0 || !to.IsZero() {
		return
	}
	var at time.Time
	err := at.UnmarshalText(s) // stricter, and without garbage
	if err != nil {
		at, err = time.Parse(time.RFC3339, string(s))
	}
	if err == nil {
		*to = at.UTC()
	}
}
