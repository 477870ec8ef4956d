package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// explained are the files that may refer to a document, by their kind.
func explained(name string) bool {
	switch path.Ext(name) {
	case ".go", ".sh", ".yml", ".yaml", ".md", ".graphql":
		return true
	}
	return name == ".ci/run"
}

// sourceFiles gives the text of every file that may refer to a document, by its
// path from the top of the repository. Data of tests and of the examples' dbt
// projects is not ours to check.
func sourceFiles(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		if d.IsDir() {
			switch {
			case d.Name() == ".git", d.Name() == "testdata", strings.HasPrefix(name, "examples/roastery/"), strings.HasPrefix(name, "examples/wholesale/"):
				return filepath.SkipDir
			}
			return nil
		}
		if !explained(name) {
			return nil
		}
		text, err := os.ReadFile(name)
		files[name] = strings.ReplaceAll(string(text), "\r\n", "\n")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 100 {
		t.Fatalf("only %d files: the test looks in the wrong place", len(files))
	}
	return files
}

// headings gives the anchors of a document as GitHub makes them: in lower case,
// without punctuation, with hyphens for spaces.
func headings(t *testing.T, name, text string) map[string]bool {
	t.Helper()
	anchors, code := map[string]bool{}, false
	for line := range strings.SplitSeq(text, "\n") {
		if strings.HasPrefix(line, "```") {
			code = !code
		}
		title := strings.TrimLeft(line, "#")
		if code || title == line || !strings.HasPrefix(title, " ") {
			continue
		}
		var b strings.Builder
		for _, r := range strings.ToLower(strings.TrimSpace(title)) {
			switch {
			case r == ' ':
				b.WriteByte('-')
			case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
				b.WriteRune(r)
			}
		}
		if anchors[b.String()] {
			t.Errorf("%s has the heading %q twice: a reference to it would be ambiguous", name, strings.TrimSpace(title))
		}
		anchors[b.String()] = true
	}
	return anchors
}

// Documents have names in capitals. A reference to one is its path, from the top
// of the repository or from the folder of the file that refers to it, and
// perhaps "#" with a heading.
var (
	documentRef  = regexp.MustCompile(`(?:[\w.-]+/)*[A-Z][A-Z_]+\.md(?:#[\w-]+)?`)
	markdownLink = regexp.MustCompile(`\]\(([^)\s]+)\)`)
)

// references lists what a file refers to: documents, and links of Markdown.
func references(name, text string) []string {
	refs := documentRef.FindAllString(text, -1)
	if path.Ext(name) == ".md" {
		for _, m := range markdownLink.FindAllStringSubmatch(text, -1) {
			if !strings.Contains(m[1], "://") && !strings.HasPrefix(m[1], "mailto:") {
				refs = append(refs, m[1])
			}
		}
	}
	return refs
}

// A reader can look up every rule that the code cites: the file is there, and so
// is the heading.
func TestReferencesLeadSomewhere(t *testing.T) {
	files := sourceFiles(t)
	anchors := map[string]map[string]bool{}
	for name, text := range files {
		if path.Ext(name) == ".md" {
			anchors[name] = headings(t, name, text)
		}
	}
	checked := 0
	for name, text := range files {
		if name == "docs_test.go" {
			continue
		}
		for _, ref := range references(name, text) {
			if strings.HasPrefix(ref, "DESIGN") {
				continue // until the last of them is replaced
			}
			checked++
			file, anchor, _ := strings.Cut(ref, "#")
			target := path.Join(path.Dir(name), file)
			if file == "" {
				target = name
			} else if _, err := os.Stat(target); err != nil {
				target = path.Clean(file)
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s refers to %s, which is not there", name, ref)
			} else if anchor != "" && !anchors[target][anchor] {
				t.Errorf("%s refers to %s, but %s has no such heading", name, ref, target)
			}
		}
	}
	if checked < 40 {
		t.Errorf("only %d references: the test does not see them", checked)
	}
}

// numbered are rules that comments name by a short code, and the document whose
// headings begin with it.
var numbered = []struct {
	code, within, document, heading string
}{
	{`\b[PG]\d{1,2}\b`, "", "model/walk/RULES.md", ""},
	{`\b\d{1,2}\b`, "model/match/", "model/match/RULES.md", "step-"},
}

// steps finds "step 7" and "steps 5, 6" in comments of the matcher.
var steps = regexp.MustCompile(`\b[Ss]teps? (\d+)(?:(?:,|–| and| or| to) (\d+))*`)

// A code such as P12 or "step 7" in a comment is a heading of its document.
func TestNumberedRulesAreHeadings(t *testing.T) {
	files := sourceFiles(t)
	found := 0
	for name := range files {
		if path.Ext(name) != ".go" || name == "docs_test.go" {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, rule := range numbered {
			if !strings.HasPrefix(name, rule.within) {
				continue
			}
			code := regexp.MustCompile(rule.code)
			anchors := headings(t, rule.document, files[rule.document])
			for _, comment := range parsed.Comments {
				texts := []string{comment.Text()}
				if rule.heading != "" {
					texts = steps.FindAllString(comment.Text(), -1)
				}
				for _, text := range texts {
					for _, c := range code.FindAllString(text, -1) {
						found++
						if !hasPrefix(anchors, strings.ToLower(rule.heading+c)+"-") {
							t.Errorf("%s: a comment names %s, which is no heading of %s", name, c, rule.document)
						}
					}
				}
			}
		}
	}
	if found < 20 {
		t.Errorf("only %d codes: the test does not see them", found)
	}
}

func hasPrefix(set map[string]bool, prefix string) bool {
	for s := range set {
		if strings.HasPrefix(s, prefix) {
			return true
		}
	}
	return false
}
