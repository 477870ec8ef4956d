package yamlfile

import (
	"strings"
	"testing"

	"darkroom/sources/disk"
)

// side has the keys "left" and "right" for one value.
type side struct {
	which, value string
	To           string `yaml:"to"`
}

func (*side) OtherKeys() []string { return []string{"left", "right"} }

func (s *side) OtherKey(key string) *string {
	if s.which != "" {
		return nil
	}
	s.which = key
	return &s.value
}

// A struct may have keys that are data; all others are still unknown.
func TestOtherKeys(t *testing.T) {
	for text, want := range map[string]side{
		"{left: a, to: b}":  {"left", "a", "b"},
		"{to: b, right: a}": {"right", "a", "b"},
	} {
		var got side
		if y := Parse("f", text, 1); len(y.Problems) > 0 {
			t.Error(y.Problems)
		} else if y.Decode(&got); got != want || len(y.Problems) > 0 {
			t.Errorf("%s: %+v, %v", text, got, y.Problems)
		}
	}
	for text, want := range map[string]string{
		"{rihgt: a, to: b}":   `did you mean "right"`,
		"{left: a, right: b}": `unknown key "right"`,
		"{left: [a], to: b}":  "one text is expected here",
	} {
		var got side
		y := Parse("f", text, 1)
		y.Decode(&got)
		if err := disk.Join(y.Problems); len(y.Problems) != 1 || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}
