package details

import (
	"context"
	"net/url"
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/fetch/ask"
	"darkroom/sources/tableau/fetch/canonical"
	"darkroom/sources/tableau/fetch/gathered"
	"darkroom/sources/tableau/fetch/plan"
	"darkroom/sources/tableau/fetch/session"
)

// SheetsToLookAt are the ids of sheets whose fields are worth their price: no data source
// is known for them from either side, or one that names no table, for which the
// fields may (model/walk/RULES.md#gaps, G3).
func SheetsToLookAt(found *gathered.Site) map[string]bool {
	look, noTables, known := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for entry := range found.Lists["embeddedDatasources"].Entries {
		o := gjson.Parse(entry)
		lacksTables := plan.Lacks("upstreamTables")(o)
		for _, sheet := range o.Get("downstreamSheets.#.id").Array() {
			id := strings.Clone(sheet.String()) // of the entry nothing else is kept
			known[id] = true
			if lacksTables {
				look[id] = true
			}
		}
		if lacksTables {
			noTables[strings.Clone(o.Get("id").String())] = true
		}
	}
	for entry := range found.Lists["sheets"].Entries {
		o := gjson.Parse(entry)
		id := o.Get("id").String()
		closer := look[id] || !known[id] && plan.Lacks("parentEmbeddedDatasources", "upstreamDatasources")(o)
		for _, source := range o.Get("parentEmbeddedDatasources.#.id").Array() {
			closer = closer || noTables[source.String()]
		}
		if closer {
			look[strings.Clone(id)] = true
		}
	}
	return look
}

// workbooksToAsk are the LUIDs of workbooks with a data source of which the Metadata
// API knows nothing.
func workbooksToAsk(found *gathered.Site) []string {
	books := map[string]string{}
	for entry := range found.Lists["workbooks"].Entries {
		o := gjson.Parse(entry)
		books[strings.Clone(o.Get("id").String())] = strings.Clone(o.Get("luid").String())
	}
	nothing := plan.Lacks("parentPublishedDatasources", "upstreamDatasources", "upstreamTables", "upstreamFlows")
	seen := map[string]bool{"": true}
	marked := found.IncompleteObjects("embeddedDatasources") // what they lack may be there
	var out []string
	for entry := range found.Lists["embeddedDatasources"].Entries {
		o := gjson.Parse(entry)
		luid := books[o.Get("workbook.id").String()]
		if _, cut := marked[o.Get("id").String()]; cut || seen[luid] || found.HasConnections(luid) || !nothing(o) ||
			strings.Contains(entry, `"table":{`) || strings.Contains(entry, `"remoteField":{`) {
			continue
		}
		seen[luid] = true
		out = append(out, luid)
	}
	return out
}

// Connections asks REST what the data sources are connected to for which the
// Metadata API knows neither table nor parent (model/walk/RULES.md#gaps, G4).
func Connections(ctx context.Context, s *session.Session) error {
	const words = "connections of workbooks"
	luids := workbooksToAsk(s.Found)
	done := s.Counter(words, len(luids))
	return session.Each(ctx, s, luids, func(ctx context.Context, luid string) error {
		path := "workbooks/" + url.PathEscape(luid) + "/connections"
		v, err := s.Client.Get(ctx, path, nil)
		var items []gjson.Result
		if err == nil {
			items, err = api.OneOrMany(v.Get("connections"), "connection")
		}
		if err != nil {
			return connectionTrouble(ctx, s, path, words, luid, err)
		}
		text := "[]"
		if len(items) > 0 {
			text = canonical.List(items)
		}
		defer done()
		return s.Found.Keep(gathered.ConnectionsRecord(luid, text))
	})
}

// connectionTrouble is Session.RestTrouble for the connections of one workbook.
func connectionTrouble(ctx context.Context, s *session.Session, path, words, luid string, err error) error {
	if !ask.Forbidden(err) || s.Found.HadEarlier(path) {
		s.Found.IncompleteForNow("workbookConnections", err.Error(), luid)
	}
	return s.RestTrouble(ctx, path, words, err)
}
