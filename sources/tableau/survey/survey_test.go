package survey_test

import (
	"fmt"
	"strings"
	"testing"

	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/survey"
	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/trust/trusttest"
)

// site is a snapshot with these REST projects and these workbooks, written
// "id of the project, its name", "" for a personal space.
func site(projects string, workbooks ...[2]string) []byte {
	var list []string
	for i, w := range workbooks {
		kind := "project"
		if w[0] == "" {
			kind = "personalSpace"
		}
		list = append(list, fmt.Sprintf(`{"id":"w%d","luid":"w%d","name":"W","projectLuid":%q,"projectName":%q,"containerType":%q,"owner":{"luid":"u","username":"ana"}}`, i, i, w[0], w[1], kind))
	}
	return []byte(`{"format":"darkroom-tableau-snapshot/1","site":{"contentUrl":"s","name":"S"},"metadata":{"workbooks":[` +
		strings.Join(list, ",") + `]},"rest":{"projects":[` + projects + `]}}`)
}

func read(t *testing.T, server *tableautest.Server) (survey.Survey, string) {
	t.Helper()
	client, err := api.New(api.Config{
		Server: trusttest.Server(t, server.Serve(t)), Site: "s",
		Credentials: api.Credentials{TokenName: tableautest.DefaultPATName, TokenSecret: tableautest.DefaultPATSecret},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close(t.Context()) })
	var seen strings.Builder
	s := survey.Read(t.Context(), client, func(words string, done, total int, finished bool) {
		fmt.Fprintf(&seen, "%s %d/%d %v; ", words, done, total, finished)
	})
	return s, seen.String()
}

func paths(s survey.Survey) string {
	var out []string
	for _, p := range s.Projects {
		out = append(out, fmt.Sprintf("%s:%d", strings.Join(p.Path, ">"), p.Workbooks))
	}
	return strings.Join(out, " ")
}

func TestPathsAndCounts(t *testing.T) {
	s, progress := read(t, tableautest.New(tableautest.Options{Snapshots: [][]byte{site(
		`{"id":"a","name":"Sales"},{"id":"b","name":"EMEA","parentProjectId":"a"},{"id":"c","name":"Orphan","parentProjectId":"hidden"},
		 {"id":"d","name":"One","parentProjectId":"e"},{"id":"e","name":"Two","parentProjectId":"d"},{"id":"f","name":"EMEA","parentProjectId":"c"}`,
		[2]string{"b", "EMEA"}, [2]string{"b", "EMEA"}, [2]string{"", "Ana's space"}, [2]string{"c", "Orphan"}, [2]string{"x", "Unseen"},
	)}}))
	if s.ProjectsErr != nil || s.WorkbooksErr != nil {
		t.Fatal(s.ProjectsErr, s.WorkbooksErr)
	}
	if got, want := paths(s), "Sales:0 Sales>EMEA:2 Orphan:1 Two>One:0 One>Two:0 Orphan>EMEA:0 Unseen:1"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if s.Personal != 1 {
		t.Errorf("%d in personal spaces", s.Personal)
	}
	if want := "projects 0/-1 false; projects 6/6 true; workbooks 0/-1 false; workbooks 5/5 true; "; progress != want {
		t.Error(progress)
	}
}

// 2,500 projects and workbooks come in three pages each.
func TestPages(t *testing.T) {
	var projects []string
	var workbooks [][2]string
	for i := range 2500 {
		projects = append(projects, fmt.Sprintf(`{"id":"p%d","name":"P%d"}`, i, i))
		workbooks = append(workbooks, [2]string{fmt.Sprintf("p%d", i), ""})
	}
	server := tableautest.New(tableautest.Options{Snapshots: [][]byte{site(strings.Join(projects, ","), workbooks...)}})
	s, progress := read(t, server)
	if len(s.Projects) != 2500 || s.Projects[2499].Workbooks != 1 {
		t.Errorf("%d projects, %d workbooks in the last", len(s.Projects), s.Projects[2499].Workbooks)
	}
	if !strings.HasPrefix(progress, "projects 0/-1 false; projects 1000/2500 false; projects 2000/2500 false; projects 2500/2500 true; workbooks 0/-1 false; workbooks 1000/2500 false; ") {
		t.Error(progress)
	}
	if n := server.Stats().Requests; n[tableautest.Projects] != 3 || n[tableautest.Workbooks] != 3 {
		t.Error(n)
	}
}

func TestEitherListCanFail(t *testing.T) {
	start := func(on tableautest.Kind) survey.Survey {
		server := tableautest.New(tableautest.Options{Snapshots: [][]byte{site(`{"id":"a","name":"Sales"}`, [2]string{"a", "Sales"})}})
		server.Inject(tableautest.Fault{On: on, Code: "403004", Times: -1})
		s, _ := read(t, server)
		return s
	}
	if s := start(tableautest.Projects); s.ProjectsErr == nil || len(s.Projects) > 0 {
		t.Errorf("%+v", s)
	}
	if s := start(tableautest.Workbooks); s.ProjectsErr != nil || s.WorkbooksErr == nil || paths(s) != "Sales:0" {
		t.Errorf("%+v", s)
	}
}

// A list that counts more than it gives is incomplete, and that is reported.
func TestShortLists(t *testing.T) {
	s, progress := read(t, tableautest.New(tableautest.Options{Snapshots: [][]byte{site(
		`{"id":"a","name":"Sales"},{"id":"a","name":"Sales"},{"id":"b","name":"Ops"}`, [2]string{"b", "Ops"},
	)}}))
	if s.ProjectsShort != 1 || s.WorkbooksShort != 0 {
		t.Errorf("%+v\n%s", s, progress)
	}
}
