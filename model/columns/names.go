package columns

import (
	"darkroom/model"
	"darkroom/model/lineage"
	"darkroom/model/relation"
	"darkroom/model/warehouse"
)

// Origin says where the name of a column is from, the best first.
type Origin uint8

// The origins.
const (
	FromWarehouse Origin = iota // catalog.json
	FromYAML                    // a YAML file of the project describes it
	FromTool                    // only a field of the BI tool names it
)

// String is the word for people.
func (o Origin) String() string { return [...]string{"warehouse", "yaml", "tableau"}[o] }

// named is a column that dbt knows.
type named struct {
	model.Column
	origin Origin
}

// names are the columns of one relation that dbt knows, in their order.
type names struct {
	warehouse warehouse.Warehouse
	list      []named
	byKey     map[string][]int32 // places in list, by a name without case
}

// namesOf joins what the warehouse says of a relation and what YAML files describe.
func namesOf(n lineage.Node) *names {
	x := &names{warehouse: warehouse.Of(n.Project.Adapter), byKey: map[string][]int32{}}
	for _, c := range n.Project.Catalog[n.Resource.ID] {
		x.add(named{*c, FromWarehouse})
	}
	known := len(x.list) > 0
	for _, c := range n.Resource.Columns() {
		if known {
			if at, _ := x.find(c.Name, c.Quoted); at >= 0 {
				continue
			}
		}
		x.add(named{*c, FromYAML})
	}
	return x
}

func (x *names) add(c named) {
	k := key(c.Name)
	x.byKey[k] = append(x.byKey[k], int32(len(x.list)))
	x.list = append(x.list, c)
}

func key(name string) string { return string(relation.AppendKey(nil, name)) }

// find is the one column that a name of YAML means, -1 where there is none. It is compared
// with what the warehouse says.
func (x *names) find(written string, quoted bool) (at int32, unsure []int32) {
	return x.best(written, func(c *named) relation.Likeness {
		return relation.Compare(&x.warehouse, relation.Identifier, relation.Part{Text: written, Quoted: quoted}, relation.Side{Text: c.Name})
	})
}

// stored is the one column that a name from the warehouse's side means, -1 where there is
// none. Unsure are columns that it may mean: only letters' case differs, and that can be
// another column.
func (x *names) stored(name string) (at int32, unsure []int32) {
	return x.best(name, func(c *named) relation.Likeness {
		quoted := c.Quoted || c.origin == FromWarehouse
		return relation.Compare(&x.warehouse, relation.Identifier, relation.Part{Text: c.Name, Quoted: quoted}, relation.Side{Text: name})
	})
}

// best is the only column that is most like a name; unsure are those that may be.
func (x *names) best(name string, like func(*named) relation.Likeness) (at int32, unsure []int32) {
	at, least := int32(-1), relation.CaseOnly
	for _, i := range x.byKey[key(name)] {
		switch l := like(&x.list[i]); {
		case l > least || l > relation.CaseOnly:
		case l == least:
			at, unsure = -1, append(unsure, i)
		default:
			at, least, unsure = i, l, []int32{i}
		}
	}
	if at >= 0 {
		return at, nil
	}
	return -1, unsure
}
