package reason

import (
	"regexp"
	"strings"
	"testing"
)

// Every reason has a row, every row has the fields that its place asks for, and no
// two have the same code.
func TestRowsAreComplete(t *testing.T) {
	code := regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)
	seen := map[string]bool{}
	for _, c := range All() {
		r := c.Row()
		if !code.MatchString(r.Code) || seen[r.Code] {
			t.Errorf("reason %d: code %q is missing, taken or not in lower case with underscores", c, r.Code)
			continue
		}
		seen[r.Code] = true
		for _, lack := range lacks(r) {
			t.Errorf("%s lacks %s", r.Code, lack)
		}
	}
	if len(seen) != int(count)-1 {
		t.Errorf("%d codes for %d reasons", len(seen), count-1)
	}
}

// lacks names the fields that a row should have and has not.
func lacks(r Row) []string {
	verdict, way := r.Given&ByVerdict != 0, r.Given&OnTheWay != 0
	gap := r.Rank != RankSettled
	outside := r.Rank == RankOutside || r.Fix == FixNone && r.Confidence == NoConfidence && verdict
	var out []string
	for _, field := range []struct {
		name        string
		wanted, has bool
	}{
		{"Given", true, verdict || way},
		{"Rank", true, r.Rank >= RankSettled && r.Rank <= RankOnTheWay},
		{"Behind", true, r.Behind == NothingBehind || r.Behind == DataBehind},
		{"Fix", true, r.Fix >= FixNone && r.Fix <= FixIgnoreOnly},
		{"Sentence", verdict, isSentence(r.Sentence) || r.Sentence == "" && isSentence(r.Several)},
		{"TableIs", outside, strings.HasSuffix(r.TableIs, ".")},
		{"Heading", way, r.Heading != ""},
		{"Title", true, r.Title != "" && !strings.HasSuffix(r.Title, ".")},
		{"Advice", gap, len(r.Advice) > 20 && strings.HasSuffix(r.Advice, ".")},
		{"Confidence", verdict && (r.Rank == RankDecide || r.Fix == FixPin && r.Rank == RankSettled), r.Confidence != NoConfidence},
		{"Rank (a verdict has another)", way && !verdict, r.Rank == RankOnTheWay},
		{"Behind (a gap on the way always hides data)", way, r.Behind == DataBehind},
	} {
		if field.wanted && !field.has {
			out = append(out, field.name)
		}
	}
	return out
}

func isSentence(s string) bool {
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "}")
}

// A row with a field left out is reported, whichever it is.
func TestMissingFieldsAreReported(t *testing.T) {
	for name, spoil := range map[string]func(*Row){
		"Given":    func(r *Row) { r.Given = 0 },
		"Rank":     func(r *Row) { r.Rank = 0 },
		"Behind":   func(r *Row) { r.Behind = 0 },
		"Fix":      func(r *Row) { r.Fix = 0 },
		"Sentence": func(r *Row) { r.Sentence = "" },
		"TableIs":  func(r *Row) { r.TableIs = "" },
		"Heading":  func(r *Row) { r.Heading = "" },
		"Title":    func(r *Row) { r.Title = "" },
		"Advice":   func(r *Row) { r.Advice = "" },
	} {
		row := Redacted.Row() // a verdict's and a gap's
		if got := lacks(row); got != nil {
			t.Fatal(got)
		}
		spoil(&row)
		if got := strings.Join(lacks(row), ", "); !strings.Contains(got, name) {
			t.Errorf("without %s a row lacks %q", name, got)
		}
	}
	row := DatabaseDiffers.Row()
	if row.Confidence = NoConfidence; len(lacks(row)) == 0 {
		t.Error("a question without its confidence")
	}
}

// A code from outside the table is not a reason, and has no text.
func TestUnknownCode(t *testing.T) {
	if c := Code(250); c.String() != "" || c.Row() != None.Row() || c.HidesData() {
		t.Errorf("%q %+v", c, c.Row())
	}
}
