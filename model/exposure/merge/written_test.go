package merge

import (
	"math/rand/v2"
	"reflect"
	"testing"
)

// Entries that are read together say what each says alone, also beside some that cannot be
// read, or that only another makes readable.
func TestEntriesReadTogether(t *testing.T) {
	var texts []string
	for _, e := range EntriesIn(Render(replan(nil, nil, many(6)...))) {
		texts = append(texts, e.Text)
	}
	texts = append(
		texts,
		"  - name: by_hand\n    type: dashboard  # mine\n    tags: [a, 'b']\n    owner: {name: Ana, email: [x@y.example]}\n",
		"  - name: named\n    owner: &o\n      name: Ana\n",
		"  - name: uses\n    owner: *o\n",
		"  - name: broken\n    label: \"open\n",
		"  - name: tabbed\n\tlabel: x\n",
		"  - name: two\n  - name: three\n",
		"  - {}\n",
		"  - plain\n",
		"  # nothing\n",
		"",
	)
	alone := make([]InFile, len(texts))
	for i, text := range texts {
		if found := EntriesIn([]byte(listKey + ":\n" + text)); len(found) == 1 {
			alone[i] = found[0]
		} else {
			alone[i].Text = text
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		var some []string
		var want []InFile
		for range 1 + random.IntN(5) {
			i := random.IntN(len(texts))
			some, want = append(some, texts[i]), append(want, alone[i])
		}
		if got := eachAlone(some); !reflect.DeepEqual(got, want) {
			t.Fatalf("%q\ngot  %+v\nwant %+v", some, got, want)
		}
	}
	if n := len(eachAlone(nil)); n != 0 {
		t.Error(n)
	}
}
