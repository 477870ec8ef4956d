package match

import (
	"encoding/binary"
	"hash/maphash"
	"strings"

	"golang.org/x/text/unicode/norm"

	"darkroom/model"
	"darkroom/model/match/near"
	"darkroom/model/match/postings"
	"darkroom/model/relation"
	"darkroom/model/warehouse"
)

// entry is one node as the comparison sees it.
type entry struct {
	one   [1]Node          // a list, which verdicts share
	parts [3]relation.Part // database is empty on two-level platforms
	rank  uint8            // the lowest owns a relation that several nodes have
}

func (e *entry) node() Node { return e.one[0] }

func (e *entry) resource() *model.Resource { return e.one[0].Resource }

// Ranks, see RULES.md#one-relation-several-nodes.
const (
	rankBuilder       uint8 = iota // model, seed or snapshot of a loaded project
	rankStub                       // another project's node
	rankRootSource                 // source of the root package
	rankPackageSource              // source of an installed package
)

// What a key of the index is made of.
const (
	keyTriple    = 't' // database, schema, identifier
	keyPair      = 'p' // schema, identifier
	keyTable     = 'i' // identifier
	keyName      = 'n' // node name, where it is not the identifier
	keyConfig    = 'c' // configured schema before generate_schema_name, identifier
	keyLatest    = 'v' // schema, plain name of the latest version
	keyWildcard  = 'w' // schema, prefix of a BigQuery wildcard source
	keyDisabled  = 'd' // database, schema, identifier of a disabled node
	keyEphemeral = 'e' // name or alias of an ephemeral model
)

// group holds the nodes of all projects with one platform.
type group struct {
	warehouse.Warehouse
	entries   []entry
	posts     postings.Index
	kinds     uint32 // of keys in posts, a bit for each letter: most projects have few
	seed      maphash.Seed
	relations int // entries[:relations] are nodes with a relation that dbt builds or reads
	near      *near.Index
}

// scanLimit bounds how many nodes of one key are looked at; a table that fits
// more than this is ambiguous however the rest look.
const scanLimit = 64

// key makes a key from the hashes of texts; kind keeps the kinds of keys apart.
func (g *group) key(kind byte, hashes ...uint64) uint64 {
	var buf [1 + 3*8]byte
	b := append(buf[:0], kind)
	for _, h := range hashes {
		b = binary.LittleEndian.AppendUint64(b, h)
	}
	return maphash.Bytes(g.seed, b)
}

// post puts a node under the key of a kind.
func (g *group) post(id int32, kind byte, hashes ...uint64) {
	g.kinds |= 1 << (kind - 'a')
	g.posts.Add(g.key(kind, hashes...), id)
}

// has reports that there are keys of a kind.
func (g *group) has(kind byte) bool { return g.kinds>>(kind-'a')&1 == 1 }

// hash is that of a text in its folded form.
func (g *group) hash(text string) uint64 {
	var buf [128]byte
	return maphash.Bytes(g.seed, relation.AppendKey(buf[:0], text))
}

// hashParts gives those of a name's parts, from which its keys are made.
func (g *group) hashParts(database, schema, table string) [3]uint64 {
	if g.Levels == 2 || g.IsNoDatabase(database) {
		database = ""
	}
	return [3]uint64{g.hash(database), g.hash(schema), g.hash(table)}
}

func (g *group) hashesOf(e *entry) [3]uint64 {
	return g.hashParts(e.parts[relation.Database].Text, e.parts[relation.Schema].Text, e.parts[relation.Identifier].Text)
}

// Name is the schema and table of a node, for package near.
func (g *group) Name(id int32) (schema, table string) {
	parts := &g.entries[id].parts
	return parts[relation.Schema].Text, parts[relation.Identifier].Text
}

// Called appends the nodes with a table name.
func (g *group) Called(dst []int32, table string) []int32 {
	return g.posts.Find(dst, g.key(keyTable, g.hash(table)), cap(dst))
}

// compare compares a part of a node with the table's.
func (g *group) compare(level int, dbt relation.Part, tableau relation.Side) relation.Likeness {
	return relation.Compare(&g.Warehouse, level, dbt, tableau)
}

// newGroup indexes the nodes of projects, which share an adapter family.
func newGroup(platform warehouse.Warehouse, projects []*model.Project) *group {
	g := &group{Warehouse: platform, seed: maphash.MakeSeed()}
	if platform.Assumed && !anyDatabase(projects) {
		g.Levels = 2
	}
	g.addRelations(projects)
	g.relations = len(g.entries)
	g.near = near.New(g, g.relations)
	for _, p := range projects {
		for i := range p.Disabled {
			if r := &p.Disabled[i]; indexed(r) {
				id := g.add(p, r)
				hashes := g.hashesOf(&g.entries[id])
				g.post(id, keyDisabled, hashes[:]...)
			}
		}
		for i := range p.Resources {
			if r := &p.Resources[i]; r.Kind == model.KindModel && r.IsEphemeral() {
				id := g.add(p, r)
				g.post(id, keyEphemeral, g.hash(r.Name))
				if alias := g.entries[id].parts[relation.Identifier].Text; alias != "" && !strings.EqualFold(alias, r.Name) {
					g.post(id, keyEphemeral, g.hash(alias))
				}
			}
		}
	}
	g.posts.Freeze(scanLimit)
	return g
}

// addRelations indexes the nodes with a relation, those that own one before
// others, so that a bounded scan meets them first.
func (g *group) addRelations(projects []*model.Project) {
	count := 0
	for _, p := range projects {
		count += len(p.Resources)
	}
	g.entries = make([]entry, 0, count)
	g.posts.Grow(3 * count)
	for rank := rankBuilder; rank <= rankPackageSource; rank++ {
		for _, p := range projects {
			for i := range p.Resources {
				if r := &p.Resources[i]; indexed(r) && rankOf(p, r) == rank {
					g.addKeys(g.add(p, r))
				}
			}
		}
	}
}

func (g *group) add(p *model.Project, r *model.Resource) int32 {
	g.entries = append(g.entries, g.entryOf(p, r))
	return int32(len(g.entries) - 1)
}

// indexed reports nodes with a relation that Tableau may read (RULES.md#index).
func indexed(r *model.Resource) bool {
	return r.HasRelation() && r.Identifier() != "" && !r.ExternalLocation
}

func anyDatabase(projects []*model.Project) bool {
	for _, p := range projects {
		for i := range p.Resources {
			if r := &p.Resources[i]; indexed(r) && r.Database() != "" {
				return true
			}
		}
	}
	return false
}

func (g *group) entryOf(p *model.Project, r *model.Resource) entry {
	e := entry{one: [1]Node{{Project: p, Resource: r}}, rank: rankOf(p, r)}
	database, schema := r.Database(), r.Schema()
	if g.SourceDatabaseIsSchema && r.Kind == model.KindSource && database != "" && schema == r.SourceName() {
		schema = database // the adapter does the same (model/warehouse/WAREHOUSES.md#special-cases)
	}
	switch {
	case g.DatabaseIsSchema && database != "":
		database, schema = "", database
	case g.DatabaseWhereKnown && strings.EqualFold(database, schema), g.DatabaseWhereKnown && database == "":
		database = g.OnlyDatabase // some adapters repeat the schema as database
	case g.DatabaseWhereKnown:
		database = g.CleanDatabase(database)
	case g.Levels == 2:
		database = ""
	}
	quoted := relation.Quoting(&g.Warehouse, r.RelationName(), database, schema, r.Identifier())
	for level, text := range [3]string{database, schema, r.Identifier()} {
		e.parts[level] = relation.Part{Text: norm.NFC.String(text), Quoted: quoted[level]}
	}
	return e
}

func rankOf(p *model.Project, r *model.Resource) uint8 {
	switch {
	case r.Kind != model.KindSource && !r.External:
		return rankBuilder
	case r.Kind != model.KindSource:
		return rankStub
	case r.Package() == p.Name:
		return rankRootSource
	}
	return rankPackageSource
}

// addKeys makes a relation findable.
func (g *group) addKeys(id int32) {
	e := &g.entries[id]
	r, schema, table := e.resource(), e.parts[relation.Schema].Text, e.parts[relation.Identifier].Text
	hashes := g.hashesOf(e)
	g.post(id, keyTriple, hashes[:]...)
	g.post(id, keyPair, hashes[relation.Schema:]...)
	g.post(id, keyTable, hashes[relation.Identifier:]...)
	if !strings.EqualFold(r.Name, table) {
		g.post(id, keyName, g.hash(r.Name))
	}
	if r.ConfigSchema() != "" && !strings.EqualFold(r.ConfigSchema(), schema) {
		g.post(id, keyConfig, g.hash(r.ConfigSchema()), hashes[relation.Identifier])
	}
	for _, p := range plainNames(r) {
		g.post(id, keyLatest, hashes[relation.Schema], g.hash(p.name))
	}
	if prefix, ok := g.wildcard(e); ok {
		g.post(id, keyWildcard, hashes[relation.Schema], g.hash(prefix))
	}
}

// plainName is a name under which the latest version of a model may be read.
type plainName struct {
	name     string
	declared bool // by config.latest_version_pointer
}

// plainNames are the names of step 8, none for most nodes.
func plainNames(r *model.Resource) []plainName {
	if r.Version() == "" || r.Version() != r.LatestVersion() {
		return nil
	}
	if r.LatestPointer && r.LatestPointerAlias() != "" {
		return []plainName{{r.LatestPointerAlias(), true}, {r.Name, false}}
	}
	return []plainName{{r.Name, r.LatestPointer}}
}

// wildcard gives the prefix of a BigQuery source like "events_*" (step 7).
func (g *group) wildcard(e *entry) (string, bool) {
	if !g.WildcardSources || e.resource().Kind != model.KindSource {
		return "", false
	}
	prefix, ok := strings.CutSuffix(e.parts[relation.Identifier].Text, "*")
	return prefix, ok && prefix != ""
}
