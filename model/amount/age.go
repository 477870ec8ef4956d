package amount

import (
	"strconv"
	"strings"
	"time"
)

// Age is a length of time as it is written: 90d, 4w, 6mo, 2y. The zero value is none.
type Age struct {
	n    int
	unit string // d, w, mo, y
}

// ReadAge reads such a length, at most 99999 of a unit.
func ReadAge(text string) (Age, bool) {
	number := strings.TrimRight(text, "dwmoy")
	a := Age{unit: text[len(number):]}
	switch a.unit {
	case "d", "w", "mo", "y":
	default:
		return Age{}, false
	}
	if !digits(number, 5) {
		return Age{}, false
	}
	a.n, _ = strconv.Atoi(number)
	return a, true
}

// IsZero reports that there is none.
func (a Age) IsZero() bool { return a.unit == "" }

func (a Age) String() string { return strconv.Itoa(a.n) + a.unit }

// Words is a length in words: "30 days".
func (a Age) Words() string {
	unit := map[string]string{"d": "day", "w": "week", "mo": "month", "y": "year"}[a.unit]
	if a.n != 1 {
		unit += "s"
	}
	return strconv.Itoa(a.n) + " " + unit
}

// Before is the time that is so long before another one.
func (a Age) Before(t time.Time) time.Time {
	switch a.unit {
	case "d":
		return t.AddDate(0, 0, -a.n)
	case "w":
		return t.AddDate(0, 0, -7*a.n)
	case "mo":
		return t.AddDate(0, -a.n, 0)
	case "y":
		return t.AddDate(-a.n, 0, 0)
	}
	return t
}
