package pages

import (
	"bufio"
	"encoding/json"
	"os"
	"time"
)

// Left is what an interrupted fetch left.
type Left struct {
	Started time.Time
	Bytes   int64
}

// Fresh reports whether the next fetch goes on from there.
func (p Left) Fresh(now time.Time) bool {
	age := now.Sub(p.Started)
	return age >= 0 && age <= freshness
}

// Find looks for what an interrupted fetch left in a file.
func Find(path string) (Left, bool) {
	f, err := os.Open(path)
	if err != nil {
		return Left{}, false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return Left{}, false
	}
	line, err := bufio.NewReader(f).ReadBytes('\n')
	var h Head
	ok := err == nil && json.Unmarshal(line, &h) == nil && !h.Started.IsZero()
	return Left{h.Started, info.Size()}, ok
}
