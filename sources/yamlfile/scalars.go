package yamlfile

import (
	"fmt"
	"strings"
	"time"
)

// TimeFix is the fix for a text that is not a time.
const TimeFix = "write it like 2026-11-23T18:00:00Z"

// CheckTime notes a text that is not a time; it may be empty.
func (y *Piece) CheckTime(at, text string) {
	if _, ok := ParseTime(text); !ok {
		y.FailAt(at, "this is not a time", TimeFix)
	}
}

// CheckTexts wants no empty item in a list.
func (y *Piece) CheckTexts(at string, list []string) {
	for i, s := range list {
		if strings.TrimSpace(s) == "" {
			y.FailAt(fmt.Sprintf("%s[%d]", at, i), "an empty text says nothing here", "take it out")
		}
	}
}

// ParseTime reads RFC 3339 or a plain date; nothing is the zero time.
func ParseTime(text string) (time.Time, bool) {
	if text == "" {
		return time.Time{}, true
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t, err = time.Parse(time.DateOnly, text)
	}
	return t.UTC(), err == nil
}
