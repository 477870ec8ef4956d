package explorer

import (
	"testing"

	"darkroom/model"
	"darkroom/model/modeltest"
	"darkroom/ui/screentest"
)

// No name and no size of the screen makes a frame larger than it, puts a control
// character on it, or panics, whatever is pressed.
func FuzzFrames(f *testing.F) {
	keys := [...]string{"down", "up", "right", "left", "=", "-", "tab", " ", "x", "u", "1", "2", "3", "4", "5", "f", "s", "@", "/", "enter", "esc", "?", "w", "c", "G", "g", "v", "z", "pgdown", "a", "!", "y"}
	for _, seed := range []struct {
		name, title   string
		width, height uint8
		pressed       string
	}{
		{"fct_orders", "Order Overview", 120, 36, "2=\x01\x02"},
		{"売上\u0301", "👩🏽\u200d🚀 \x1b[31mred\x07", 40, 12, "\x05\x06\x12"},
		{"a\nb\tc", "\u202eevil\u2066", 7, 3, "\x0b\x0c\x10\x13"},
		{"\xff\xfe", "", 1, 1, "\x04\x14\x15"},
		{"e\u0301\u0301\u0301\u0301", "\U000e0041\U000e0042 🇩🇪", 255, 80, "\x16\x17\x18\x19"},
		{"long long long long long long long long long", "ﷺ", 60, 5, "\x0a\x0b\x13\x09"},
	} {
		f.Add(seed.name, seed.title, seed.width, seed.height, seed.pressed)
	}
	f.Fuzz(func(t *testing.T, name, title string, width, height uint8, pressed string) {
		p, s := shop(), tower()
		for i := range p.Resources {
			r := &p.Resources[i]
			r.Name, modeltest.Extra(r).Description, r.Path = r.Name+name, title, name+"/"+title+".sql"
		}
		for i := range s.Dashboards {
			s.Dashboards[i].Name += title
		}
		s.Workbooks[0].Name, s.Containers[0].Name, s.Workbooks[1].Owner.Name, s.Workbooks[0].Tags = title, name, title, []string{name, title}
		screen := screentest.New(t, New(&fake{projects: []*model.Project{p}, sites: []*model.Site{s}}, options()), int(width)+1, int(height)+1)
		frame := func() {
			t.Helper()
			if err := screentest.Check(screen.Raw(), int(width)+1, int(height)+1); err != nil {
				t.Fatal(err)
			}
		}
		frame()
		for _, b := range []byte(pressed)[:min(len(pressed), 12)] {
			screen.Press(keys[int(b)%len(keys)])
			frame()
		}
	})
}
