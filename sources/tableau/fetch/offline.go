package fetch

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/joinfiles"
	"darkroom/sources/tableau/snapshot"
)

// metadataOff reports a server without the Metadata API: Tableau Server has it
// only after an administrator turned it on (facts/tableau.md §2.1).
func metadataOff(err error) bool {
	var e *api.Error
	return asError(err, &e) && (e.Code == "FEATURE_DISABLED" || e.Code == "SITE_DISABLED" || e.Status == http.StatusNotFound)
}

// withoutMetadata decides about a server that did not tell its schema. With
// downloads a site can be read nevertheless: what is on it from REST, what that
// reads from the files.
func (f *fetcher) withoutMetadata(err error) error {
	if !f.opt.Download || !metadataOff(err) {
		return err
	}
	f.off, f.schema = true, &schema{}
	return nil
}

// fromFiles downloads every workbook and published data source that REST lists,
// and writes down what the Metadata API would have said of them.
func (f *fetcher) fromFiles(ctx context.Context) error {
	f.note("the Metadata API is off, so dashboards come from REST and what they read from the files of workbooks and data sources, " +
		"which know of no flows and not what is behind virtual connections")
	for _, list := range []struct{ kind, words string }{{"datasources", "data source files"}, {"workbooks", "workbook files"}} {
		var wanted []joinfiles.Want
		for _, entry := range f.rest[list.kind].entries {
			o := gjson.Parse(entry)
			w := joinfiles.Want{Kind: list.kind, LUID: o.Get("id").String(), Name: o.Get("name").String(), UpdatedAt: o.Get("updatedAt").String()}
			if !f.known(w) {
				wanted = append(wanted, w)
			}
		}
		f.files.asked = true
		if err := f.downloads(ctx, list.words, wanted); err != nil {
			return err
		}
	}
	f.mu.Lock()
	refused := len(f.files.refused)
	f.mu.Unlock()
	if refused > 0 {
		f.gap(fmt.Sprintf("files that this account may not download: %d; nothing tells what their dashboards read", refused))
	}
	for _, entry := range f.rest["datasources"].entries {
		f.put("publishedDatasources", published(gjson.Parse(entry)))
	}
	views := f.viewsByWorkbook()
	for _, entry := range f.rest["workbooks"].entries {
		o := gjson.Parse(entry)
		luid := o.Get("id").String()
		var file snapshot.File
		// What is not there, or null, leaves the file empty.
		_ = json.Unmarshal([]byte(f.files.texts[fileKey("workbooks", luid)]), &file)
		f.put("workbooks", item(o))
		f.workbook(luid, file, views[luid])
	}
	return nil
}

type object = map[string]any

// put adds an object to a list of metadata.
func (f *fetcher) put(list string, o object) {
	text, err := json.Marshal(o)
	if err == nil { // texts, lists and truth values are always fine
		f.lists[list].add(canon(gjson.ParseBytes(text)))
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
func (f *fetcher) viewsByWorkbook() map[string]map[string]gjson.Result {
	out := map[string]map[string]gjson.Result{}
	for _, entry := range f.rest["views"].entries {
		o := gjson.Parse(entry)
		luid := o.Get("workbook.id").String()
		if out[luid] == nil {
			out[luid] = map[string]gjson.Result{}
		}
		out[luid][o.Get("name").String()] = o
	}
	return out
}

// workbook puts down what is in one workbook: what its file shows, and dashboards
// of REST that the file does not have. Where there is no file these have neither
// sheets nor sources, which is a gap, not "reads nothing".
func (f *fetcher) workbook(luid string, file snapshot.File, views map[string]gjson.Result) {
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
		f.put("embeddedDatasources", object{"id": id("source", d.Name), "name": d.Name, "workbook": in, "hasExtracts": d.HasExtract})
	}
	layout := file.Layout
	if layout == nil {
		layout = &snapshot.FileLayout{}
	}
	for _, s := range layout.Sheets {
		f.put("sheets", object{
			"id": id("sheet", s.Name), "luid": views[s.Name].Get("id").String(), "name": s.Name, "workbook": in,
			"parentEmbeddedDatasources": links("source", s.To),
		})
	}
	shown := map[string]bool{}
	for _, d := range layout.Dashboards {
		shown[d.Name] = true
		f.put("dashboards", view(id("view", d.Name), d.Name, in, views[d.Name], links("sheet", d.To)))
	}
	for name, o := range views {
		if kind := o.Get("sheetType").String(); !shown[name] && (strings.EqualFold(kind, "dashboard") || strings.EqualFold(kind, "story")) {
			f.put("dashboards", view("", name, in, o, []object{}))
		}
	}
}

// view is a dashboard or story; o is REST's, which does not list hidden ones.
func view(id, name string, workbook object, o gjson.Result, sheets []object) object {
	luid := o.Get("id").String()
	return object{
		"id": or(luid, id), "luid": luid, "name": name, "path": strings.Replace(o.Get("contentUrl").String(), "/sheets/", "/", 1),
		"workbook": workbook, "sheets": sheets, "tags": tagsOf(o),
		"createdAt": o.Get("createdAt").String(), "updatedAt": o.Get("updatedAt").String(),
	}
}
