package match

import (
	"math/rand/v2"
	"strings"

	"darkroom/model"
	"darkroom/model/match/near"
	"darkroom/model/match/postings"
	"darkroom/model/relation"
	"darkroom/model/warehouse"
)

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
	entries
	posts     postings.Index
	kinds     uint32 // of keys in posts, a bit for each letter: most projects have few
	seed      uint64
	relations int // the first so many are nodes with a relation that dbt builds or reads
	near      *near.Index
}

// scanLimit bounds how many nodes of one key are looked at; a table that fits
// more than this is ambiguous however the rest look.
const scanLimit = 64

// key makes a key from the hashes of texts; kind keeps the kinds of keys apart.
func (g *group) key(kind byte, hashes ...uint64) uint64 {
	key := relation.Mix(g.seed, uint64(kind))
	for _, h := range hashes {
		key = relation.Mix(key, h)
	}
	return key
}

// post puts a node under the key of a kind.
func (g *group) post(id int32, kind byte, hashes ...uint64) {
	g.kinds |= 1 << (kind - 'a')
	g.posts.Add(g.key(kind, hashes...), id)
}

// has reports that there are keys of a kind.
func (g *group) has(kind byte) bool { return g.kinds>>(kind-'a')&1 == 1 }

// hash is that of a text in its folded form.
func (g *group) hash(text string) uint64 { return relation.HashKey(g.seed, text) }

// hashParts gives those of a name's parts, from which its keys are made.
func (g *group) hashParts(database, schema, table string) [3]uint64 {
	if g.Levels == 2 || g.IsNoDatabase(database) {
		database = ""
	}
	return [3]uint64{g.hash(database), g.hash(schema), g.hash(table)}
}

func (g *group) hashesOf(id int32) [3]uint64 {
	return g.hashParts(g.part(id, relation.Database).Text, g.part(id, relation.Schema).Text, g.identifier(id))
}

// Name is the schema and table of a node, for package near.
func (g *group) Name(id int32) (schema, table string) {
	return g.part(id, relation.Schema).Text, g.identifier(id)
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
	g := &group{Warehouse: platform, seed: rand.Uint64()}
	if platform.Assumed && !anyDatabase(projects) {
		g.Levels = 2
	}
	g.addRelations(projects)
	g.relations = len(g.nodes)
	g.near = near.New(g, g.relations)
	for _, p := range projects {
		for i := range p.Disabled {
			if r := &p.Disabled[i]; indexed(r) {
				id := g.add(p, r)
				hashes := g.hashesOf(id)
				g.post(id, keyDisabled, hashes[:]...)
			}
		}
		for i := range p.Resources {
			if r := &p.Resources[i]; r.Kind == model.KindModel && r.IsEphemeral() {
				id := g.add(p, r)
				g.post(id, keyEphemeral, g.hash(r.Name))
				if alias := g.identifier(id); alias != "" && !strings.EqualFold(alias, r.Name) {
					g.post(id, keyEphemeral, g.hash(alias))
				}
			}
		}
	}
	g.posts.Freeze(scanLimit)
	g.trim()
	return g
}

// addRelations indexes the nodes with a relation, those that own one before
// others, so that a bounded scan meets them first.
func (g *group) addRelations(projects []*model.Project) {
	count := 0
	for _, p := range projects {
		count += len(p.Resources)
	}
	g.grow(count)
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

// add adds a node with its relation as the comparison sees it.
func (g *group) add(p *model.Project, r *model.Resource) int32 {
	database, schema := g.homeOf(r)
	quoted := relation.Quoting(&g.Warehouse, r.RelationName(), database, schema, r.Identifier())
	return g.entries.add(Node{p, r}, place{
		parts:  [2]relation.Part{{Text: relation.NFC(database), Quoted: quoted[relation.Database]}, {Text: relation.NFC(schema), Quoted: quoted[relation.Schema]}},
		quoted: quoted[relation.Identifier], rank: rankOf(p, r),
	}, relation.NFC(r.Identifier()))
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

// homeOf is where the warehouse has the relation of r.
func (g *group) homeOf(r *model.Resource) (database, schema string) {
	database, schema = r.Database(), r.Schema()
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
	return database, schema
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
	r, schema, table := g.nodes[id].Resource, g.part(id, relation.Schema).Text, g.identifier(id)
	hashes := g.hashesOf(id)
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
	if prefix, ok := g.wildcard(id); ok {
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
func (g *group) wildcard(id int32) (string, bool) {
	if !g.WildcardSources || g.nodes[id].Resource.Kind != model.KindSource {
		return "", false
	}
	prefix, ok := strings.CutSuffix(g.identifier(id), "*")
	return prefix, ok && prefix != ""
}
