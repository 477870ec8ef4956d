package manifest

// bucket says in which list of the project an entry is.
type bucket uint8

const (
	nowhere bucket = iota
	inResources
	inTests
	inExposures
)

// place is where the entry of a unique_id is.
type place struct {
	in bucket
	at int32
}

// places has the place of every unique_id by the number of the id's text.
type places []place

func (p *places) of(number int) *place {
	for number >= len(*p) {
		*p = append(*p, make([]place, number+1-len(*p))...)
	}
	return &(*p)[number]
}

// part returns the piece of a unique_id that reads as b, without an allocation:
// its end, or what follows the package ("test.shop.not_null_id.5f1c").
func part(id string, b []byte) (string, bool) {
	if len(b) == 0 || len(b) > len(id) {
		return "", false
	}
	if tail := id[len(id)-len(b):]; tail == string(b) {
		return tail, true
	}
	from := 0
	for dots := 0; dots < 2; from++ {
		if from == len(id) {
			return "", false
		}
		if id[from] == '.' {
			dots++
		}
	}
	if from+len(b) <= len(id) && id[from:from+len(b)] == string(b) {
		return id[from : from+len(b)], true
	}
	return "", false
}
