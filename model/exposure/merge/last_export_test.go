package merge

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"darkroom/model/exposure/yamledit"
)

// What is read of the states of a last export line by line is what the YAML parser reads.
func TestStatesAreReadAsByTheParser(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 1))
	odd := []string{"a/b.yml", `a "b".yml`, "é.yml", "a\nb", `back\slash`, "a b # c", ""}
	for range 200 {
		states := map[string]State{}
		for i := range 1 + dice.IntN(6) {
			coin := func() bool { return dice.IntN(3) == 0 }
			st := State{File: odd[dice.IntN(len(odd))], PlacedByHand: coin(), DefaultOwner: coin(), Released: coin()}
			if coin() {
				st.GoneSince = "2026-11-23"
			}
			if coin() {
				st.Copies = []string{"a", `b"`}
			}
			states[fmt.Sprint(odd[dice.IntN(len(odd))], i)] = st
		}
		base := string(renderLastExport([]baseEntry{{"a", "  - name: a\n"}}, states))
		doc, ferr := yamledit.Parse([]byte(base), listKey)
		if ferr != nil {
			t.Fatal(ferr)
		}
		entries, got, ok := cutStates(base)
		if want := statesIn(doc); !ok || !reflect.DeepEqual(got, want) || strings.Contains(entries, "state:") {
			t.Fatalf("%t %+v\n%+v\n%s", ok, got, want, base)
		}
	}
}

// States that were changed by hand are for the parser.
func TestOddStatesAreForTheParser(t *testing.T) {
	base := string(renderLastExport([]baseEntry{{"a", "  - name: a\n"}}, map[string]State{"k": {File: "a.yml"}, "l": {File: "b.yml"}}))
	for _, edit := range [][2]string{
		{"  \"l\"", "  l"},
		{"\n  \"l\": {file", "\n  \"k\": {file"},
		{"{file: \"b.yml\"}\n", "\n    file: b.yml\n"},
		{"{file: \"b.yml\"}\n", "{file: \"b.yml\"\n"},
		{"{file: \"b.yml\"}\n", "{file: \"b.yml\"} # mine\n"},
		{"{file: \"b.yml\"}\n", "{file: \"b.yml\"}\nmore: 1\n"},
		{"\n", "\r\n"},
	} {
		text := strings.ReplaceAll(base, edit[0], edit[1])
		if _, _, ok := cutStates(text); ok || text == base {
			t.Errorf("is read by lines:\n%s", text)
		}
	}
}
