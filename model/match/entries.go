package match

import (
	"strings"

	"darkroom/model/relation"
)

// entries are nodes as the comparison sees them, by id from 0. There are as many as
// resources, and each table is compared with one of them at least, so what is compared lies
// together and has no pointers.
type entries struct {
	nodes   []Node // parts of this list are what verdicts share
	list    []entry
	places  []place
	numbers map[place]int32 // of places, until trim
	names   string          // the identifiers, one after another
	text    strings.Builder // the same, until trim
}

// entry is one node.
type entry struct {
	from, to uint32 // its identifier in names
	place    int32
}

// place is what many nodes have in common.
type place struct {
	parts  [2]relation.Part // database and schema; the database is empty on two-level platforms
	quoted bool             // dbt quotes the identifier
	rank   uint8            // the lowest owns a relation that several nodes have
}

// grow makes room for so many nodes.
func (e *entries) grow(n int) {
	e.nodes, e.list, e.numbers = make([]Node, 0, n), make([]entry, 0, n), map[place]int32{}
}

func (e *entries) add(n Node, p place, identifier string) int32 {
	id, at := int32(len(e.list)), int32(len(e.places)-1)
	if at < 0 || e.places[at] != p { // of neighbours it mostly is the same
		var known bool
		if at, known = e.numbers[p]; !known {
			at = int32(len(e.places))
			e.numbers[p], e.places = at, append(e.places, p)
		}
	}
	from := uint32(e.text.Len())
	e.text.WriteString(identifier)
	e.nodes, e.list = append(e.nodes, n), append(e.list, entry{from, uint32(e.text.Len()), at})
	e.names = e.text.String()
	return id
}

// trim gives back what only adding needs.
func (e *entries) trim() {
	e.names = strings.Clone(e.names)
	e.numbers, e.text = nil, strings.Builder{}
}

// one is a list of one node.
func (e *entries) one(id int32) []Node { return e.nodes[id : id+1 : id+1] }

func (e *entries) placeOf(id int32) *place { return &e.places[e.list[id].place] }

func (e *entries) identifier(id int32) string { return e.names[e.list[id].from:e.list[id].to] }

// part is a part of a node's relation.
func (e *entries) part(id int32, level int) relation.Part {
	p := e.placeOf(id)
	if level == relation.Identifier {
		return relation.Part{Text: e.identifier(id), Quoted: p.quoted}
	}
	return p.parts[level]
}
