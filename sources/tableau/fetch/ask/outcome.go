package ask

import (
	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/api"
)

// Verdict is what an answer is worth.
type Verdict int

const (
	Answered Verdict = iota
	TooMuch          // a smaller question may be answered; data may be there
	Refused          // it will not be answered; data may be there
)

// Outcome is an answer with its verdict. Why is what went wrong, in words and
// with its code; Lost is set when there was no answer at all.
type Outcome struct {
	Data gjson.Result
	Verdict
	Why    string
	Lost   error
	Doubts []Doubt
}

func (o *Outcome) doubt(p api.Problem) {
	if d, is := doubtOf(p); is {
		o.Doubts = append(o.Doubts, d)
	}
}

// Doubt says that objects of an answer may lack something: the one at a place in
// the list, or with -1 any.
type Doubt struct {
	At  int
	Why string
}

// doubtOf reads what a problem makes doubtful. A null where the schema has none comes
// with its place, and lineage does not need owners.
func doubtOf(p api.Problem) (Doubt, bool) {
	d := Doubt{-1, position().ReplaceAllString(p.Message, "") + " (" + p.Code + ")"}
	if p.Code != "NullValueInNonNullableField" || len(p.Path) < 4 {
		return d, true
	}
	if at := p.Path[2]; at.Type == gjson.Number {
		d.At = int(at.Int())
	}
	field := p.Path[3].String()
	return d, field != "owner" && field != "tags"
}
