// Package offline reads a site whose Metadata API is off: what is on it from REST, what
// that reads from the files, written down as the Metadata API would have said it.
package offline

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/fetch/canonical"
	"darkroom/sources/tableau/fetch/files"
	"darkroom/sources/tableau/fetch/gathered"
	"darkroom/sources/tableau/fetch/session"
	"darkroom/sources/tableau/joinfiles"
	"darkroom/sources/tableau/snapshot"
)

// Is reports a server without the Metadata API: Tableau Server has it
// only after an administrator turned it on (sources/tableau/API.md#transport).
func Is(err error) bool {
	var e *api.Error
	return errors.As(err, &e) && (e.Code == "FEATURE_DISABLED" || e.Code == "SITE_DISABLED" || e.Status == http.StatusNotFound)
}

// Read downloads every workbook and published data source that REST lists,
// and writes down what the Metadata API would have said of them.
func Read(ctx context.Context, s *session.Session) error {
	s.Found.Note("the Metadata API is off, so dashboards come from REST and what they read from the files of workbooks and data sources, " +
		"which do not show flows or what is behind virtual connections")
	for _, list := range []struct{ kind, words string }{{"datasources", "data source files"}, {"workbooks", "workbook files"}} {
		var wanted []joinfiles.Want
		for entry := range s.Found.Rest[list.kind].Entries {
			o := gjson.Parse(entry)
			w := joinfiles.Want{Kind: list.kind, LUID: o.Get("id").String(), Name: o.Get("name").String(), UpdatedAt: o.Get("updatedAt").String()}
			if !files.Known(s, w) {
				wanted = append(wanted, w)
			}
		}
		if err := files.Download(ctx, s, list.words, wanted); err != nil {
			return err
		}
	}
	if refused := s.Found.Files.Refused(); refused > 0 {
		s.Found.GapForNow(fmt.Sprintf("files that this account may not download: %d; what their dashboards read is unknown", refused))
	}
	for entry := range s.Found.Rest["datasources"].Entries {
		put(s.Found, "publishedDatasources", published(gjson.Parse(entry)))
	}
	views := viewsByWorkbook(s.Found)
	for entry := range s.Found.Rest["workbooks"].Entries {
		o := gjson.Parse(entry)
		luid := o.Get("id").String()
		var file snapshot.File
		// What is not there, or null, leaves the file empty.
		_ = json.Unmarshal([]byte(s.Found.Files.Facts(gathered.FileKey("workbooks", luid))), &file)
		put(s.Found, "workbooks", item(o))
		putWorkbook(s.Found, luid, file, views[luid])
	}
	return nil
}

type object = map[string]any

func put(found *gathered.Site, list string, o object) {
	text, err := json.Marshal(o)
	if err == nil { // texts, lists and truth values are always fine
		found.Lists[list].Add(canonical.JSON(gjson.ParseBytes(text)))
	}
}

// item is a workbook or a published data source of REST in the Metadata API's words.
func item(o gjson.Result) object {
	out := object{
		"id": o.Get("id").String(), "luid": o.Get("id").String(), "tags": tagsOf(o),
		"projectLuid": o.Get("project.id").String(), "projectName": o.Get("project.name").String(),
		"containerType": o.Get("location.type").String(), "containerName": o.Get("location.name").String(),
		"owner": object{"luid": o.Get("owner.id").String()},
	}
	for _, name := range []string{"name", "description", "createdAt", "updatedAt"} {
		out[name] = o.Get(name).String()
	}
	return out
}

func published(o gjson.Result) object {
	out := item(o)
	for _, name := range []string{"isCertified", "hasExtracts"} {
		out[name] = o.Get(name).String() == "true" // truth values may be texts
	}
	return out
}

func tagsOf(o gjson.Result) []object {
	out := []object{}
	list, err := api.OneOrMany(o.Get("tags"), "tag")
	for _, tag := range list {
		if label := tag.Get("label").String(); label != "" && err == nil {
			out = append(out, object{"name": label})
		}
	}
	return out
}

// viewsByWorkbook are REST's views by workbook and name. Of two with one name,
// which Tableau does not allow, the later one counts.
func viewsByWorkbook(found *gathered.Site) map[string]map[string]gjson.Result {
	out := map[string]map[string]gjson.Result{}
	for entry := range found.Rest["views"].Entries {
		o := gjson.Parse(entry)
		luid := o.Get("workbook.id").String()
		if out[luid] == nil {
			out[luid] = map[string]gjson.Result{}
		}
		out[luid][o.Get("name").String()] = o
	}
	return out
}

// putWorkbook puts down what is in one workbook: what its file shows, and dashboards
// of REST that the file does not have. Where there is no file these have neither
// sheets nor sources, which is a gap, not "reads nothing".
func putWorkbook(found *gathered.Site, luid string, file snapshot.File, views map[string]gjson.Result) {
	id := func(kind, name string) string { return "file:" + luid + "/" + kind + "/" + name }
	links := func(kind string, names []string) []object {
		out := []object{}
		for _, name := range names {
			out = append(out, object{"id": id(kind, name)})
		}
		return out
	}
	in := object{"id": luid}
	for _, d := range file.Datasources {
		put(found, "embeddedDatasources", object{"id": id("source", d.Name), "name": d.Name, "workbook": in, "hasExtracts": d.HasExtract})
	}
	layout := file.Layout
	if layout == nil {
		layout = &snapshot.FileLayout{}
	}
	for _, s := range layout.Sheets {
		put(found, "sheets", object{
			"id": id("sheet", s.Name), "luid": views[s.Name].Get("id").String(), "name": s.Name, "workbook": in,
			"parentEmbeddedDatasources": links("source", s.To),
		})
	}
	shown := map[string]bool{}
	for _, d := range layout.Dashboards {
		shown[d.Name] = true
		put(found, "dashboards", view(id("view", d.Name), d.Name, in, views[d.Name], links("sheet", d.To)))
	}
	for name, o := range views {
		if kind := o.Get("sheetType").String(); !shown[name] && (strings.EqualFold(kind, "dashboard") || strings.EqualFold(kind, "story")) {
			put(found, "dashboards", view("", name, in, o, []object{}))
		}
	}
}

// view is a dashboard or story; o is REST's, which does not list hidden ones.
func view(id, name string, workbook object, o gjson.Result, sheets []object) object {
	luid := o.Get("id").String()
	return object{
		"id": cmp.Or(luid, id), "luid": luid, "name": name, "path": strings.Replace(o.Get("contentUrl").String(), "/sheets/", "/", 1),
		"workbook": workbook, "sheets": sheets, "tags": tagsOf(o),
		"createdAt": o.Get("createdAt").String(), "updatedAt": o.Get("updatedAt").String(),
	}
}
