package workbook

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"darkroom/sources/disk"
)

const (
	maxDepth = 512       // of elements; a workbook has about 40
	maxCount = 2_000_000 // objects kept of one file
)

// stream walks through the elements of one file.
type stream struct {
	p     place
	in    *input
	dec   *xml.Decoder
	depth int
	count int
	flags features
}

// element is an opening tag.
type element struct {
	raw string // the name as written
	featureName
	attrs []xml.Attr
	flags features
}

// get reads an attribute, "" when absent. Of its equivalents by feature the side that
// counts is read and the other one never; an empty one does not hide the plain
// attribute.
func (e *element) get(name string) string { return e.find(func(s string) bool { return s == name }) }

// getFold is get for attributes that are written in any case.
func (e *element) getFold(name string) string {
	return e.find(func(s string) bool { return strings.EqualFold(s, name) })
}

func (e *element) find(is func(string) bool) string {
	plain := ""
	for i := range e.attrs {
		a := &e.attrs[i]
		if a.Name.Space != "" || a.Value == "" {
			continue
		}
		switch t := splitFeature(a.Name.Local); {
		case !is(t.name):
		case t.feature == "":
			if plain == "" {
				plain = a.Value
			}
		case t.side == e.flags.live(t.feature):
			return a.Value
		}
	}
	return plain
}

// children calls each for the elements directly below the current one, up to its
// closing tag, and text for the runs of text between them. What each does not
// read of its element is skipped. Either function may be nil.
func (s *stream) children(each func(e *element) error, text func([]byte)) error {
	base := s.depth
	for {
		tok, err := s.token()
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if each == nil {
				if err := s.skipTo(base); err != nil {
					return err
				}
				continue
			}
			e := element{raw: t.Name.Local, featureName: splitFeature(t.Name.Local), attrs: t.Attr, flags: s.flags}
			if !s.dead(&e) {
				if err := each(&e); err != nil {
					return err
				}
			}
			if err := s.skipTo(base); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		case xml.CharData:
			if text != nil {
				text(t)
			}
		}
	}
}

// dead reports the equivalent that does not count. A relation's equivalents are
// compared once all are known, and an entry of the manifest (it repeats its
// feature's name) is what distinguishes the sides.
func (s *stream) dead(e *element) bool {
	return e.feature != "" && e.name != "relation" && e.name != e.feature && e.side != s.flags.live(e.feature)
}

// skipTo reads on until depth elements are open.
func (s *stream) skipTo(depth int) error {
	for s.depth > depth {
		if _, err := s.token(); err != nil {
			return err
		}
	}
	return nil
}

// inner is the text of the current element.
func (s *stream) inner() (string, error) {
	var b textBuilder
	err := s.children(nil, b.add)
	return b.String(), errors.Join(err, b.err)
}

// textBuilder joins runs of text; comments between them do not lift the bound on
// one run.
type textBuilder struct {
	strings.Builder
	err error
}

func (b *textBuilder) add(t []byte) {
	if b.Len()+len(t) > maxToken {
		b.err = tokenTooLong()
		return
	}
	b.Write(t)
}

// keep counts objects that stay in memory.
func (s *stream) keep(n int) error {
	if s.count += n; s.count > maxCount {
		return &trouble{"more than 2,000,000 objects", "a workbook does not look like this; save it again in Tableau"}
	}
	return nil
}

func (s *stream) token() (xml.Token, error) {
	s.in.token()
	tok, err := s.dec.Token()
	if err != nil {
		return nil, err
	}
	switch tok.(type) {
	case xml.StartElement:
		if s.depth++; s.depth > maxDepth {
			return nil, &trouble{"elements are nested more than 512 deep", "a workbook does not look like this; save it again in Tableau"}
		}
	case xml.EndElement:
		s.depth--
	}
	return tok, nil
}

// fault names the place of an error.
func (s *stream) fault(err error) error {
	line, _ := s.dec.InputPos()
	var t *trouble
	var syntax *xml.SyntaxError
	var placed *disk.Error
	switch {
	case s.in.ctx.Err() != nil:
		return s.in.ctx.Err()
	case errors.As(err, &placed):
		return placed
	case errors.As(err, &t):
		return s.p.fault(line, t.what, t.fix)
	case errors.As(err, &syntax) && strings.Contains(syntax.Msg, "unexpected EOF"), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return s.p.fault(line, "the file ends in the middle", "copy the file again")
	case errors.As(err, &syntax):
		return s.p.fault(syntax.Line, "the XML is damaged: "+clip(syntax.Msg), "copy the file again, or save it again in Tableau")
	case s.p.entry != "":
		return s.p.fault(line, "the archive is damaged: "+clip(err.Error()), "copy the file again")
	}
	return &disk.Error{File: s.p.file, Place: placeIn(s.p.entry, line), What: "cannot be read", Err: err}
}

// openStream looks at the first bytes; Tableau writes UTF-8 and nothing else.
func (l *loader) openStream(p place, r io.Reader, packed int64) (*stream, error) {
	in := newInput(l, r, packed)
	head := in.peek()
	if len(head) >= 2 && (head[0] == 0xff && head[1] == 0xfe || head[0] == 0xfe && head[1] == 0xff || head[0] == 0 || head[1] == 0) {
		return nil, p.fault(1, "the text is UTF-16 or UTF-32, or not a text", "save it as UTF-8, as Tableau does")
	}
	if len(head) >= 3 && string(head[:3]) == "\xef\xbb\xbf" {
		in.at += 3
	}
	s := &stream{p: p, in: in, dec: xml.NewDecoder(in), flags: features{}}
	s.dec.CharsetReader = func(charset string, _ io.Reader) (io.Reader, error) {
		return nil, &trouble{"the text is declared as " + clip(charset), "save it as UTF-8, as Tableau does"}
	}
	return s, nil
}
