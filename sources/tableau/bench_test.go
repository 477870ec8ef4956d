package tableau

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"darkroom/sources/disk/disktest"
	"darkroom/sources/tableau/snapshot"
)

// bigSnapshot has about 5 MB: 1,200 workbooks of 3 dashboards, 6 sheets and 2
// data sources each, over 1,500 tables.
func bigSnapshot() []byte {
	var workbooks, dashboards, sheets, sources, tables, views []string
	const text = `"createdAt":"2026-01-02T03:04:05Z","updatedAt":"2026-02-03T04:05:06Z"`
	id := func(kind string, n int) string { return fmt.Sprintf("%s%08x-1111-4222-8333-444444444444", kind, n) }
	for w := range 1200 {
		workbooks = append(workbooks, fmt.Sprintf(`{"id":%q,"luid":%q,"name":"Workbook %d","projectLuid":"p%d","projectName":"Project %d","uri":"sites/1/workbooks/%d",%s,"owner":{"luid":"u1","username":"ops@example.com","name":"Ops","email":"ops@example.com"},"tags":[{"name":"a"}]}`,
			id("w", w), id("lw", w), w, w%50, w%50, w, text))
		for d := range 3 {
			n := w*3 + d
			dashboards = append(dashboards, fmt.Sprintf(`{"id":%q,"luid":%q,"name":"Dashboard %d","path":"W%d/D%d",%s,"workbook":{"id":%q},"sheets":[{"id":%q},{"id":%q}],"upstreamTables":[{"__typename":"DatabaseTable","id":%q}]}`,
				id("d", n), id("ld", n), n, w, d, text, id("w", w), id("s", n*2), id("s", n*2+1), id("t", n%1500)))
			views = append(views, fmt.Sprintf(`{"id":%q,"contentUrl":"W%d/sheets/D%d","usage":{"totalViewCount":"%d"}}`, id("ld", n), w, d, n))
			for k := range 2 {
				sheets = append(sheets, fmt.Sprintf(`{"id":%q,"luid":"","name":"Sheet %d","workbook":{"id":%q},"parentEmbeddedDatasources":[{"id":%q}]}`,
					id("s", n*2+k), k, id("w", w), id("e", w*2+k)))
			}
		}
		for k := range 2 {
			sources = append(sources, fmt.Sprintf(`{"id":%q,"name":"Source %d","workbook":{"id":%q},"hasExtracts":true,"extractLastUpdateTime":"2026-02-03T04:05:06Z","upstreamTables":[{"id":%q}],"fields":[{"upstreamColumns":[{"table":{"id":%q}}]}]}`,
				id("e", w*2+k), k, id("w", w), id("t", (w+k)%1500), id("t", (w*7)%1500)))
		}
	}
	for n := range 1500 {
		tables = append(tables, fmt.Sprintf(`{"id":%q,"luid":%q,"name":"TABLE_%d","schema":"MARTS","fullName":"[MARTS].[TABLE_%d]","connectionType":"snowflake","database":{"id":"db1","name":"ANALYTICS","connectionType":"snowflake"}}`,
			id("t", n), id("lt", n), n, n))
	}
	list := func(items []string) string { return "[" + strings.Join(items, ",\n") + "]" }
	return fmt.Appendf(nil, `{"format":%q,"server":"https://tableau.example.com","site":{"contentUrl":"x"},"rest":{"views":%s},"metadata":{"workbooks":%s,"dashboards":%s,"sheets":%s,"embeddedDatasources":%s,"databaseTables":%s}}`,
		snapshot.Format, list(views), list(workbooks), list(dashboards), list(sheets), list(sources), list(tables))
}

func BenchmarkSnapshot(b *testing.B) {
	data := bigSnapshot()
	files := fstest.MapFS{"in.json": {Data: data}, "in.json.gz": {Data: disktest.Gzip(b, data)}}
	for _, name := range []string{"in.json", "in.json.gz"} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				sites, err := Load(context.Background(), []string{name}, Options{FS: files})
				if err != nil || len(sites[0].Dashboards) != 3600 {
					b.Fatal(err)
				}
			}
		})
	}
}
