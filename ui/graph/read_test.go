package graph

import (
	"fmt"
	"slices"
	"strings"
)

// sheet is a drawing as characters, without any knowledge of how it was made.
type sheet struct {
	cells [][]rune
	ascii bool
}

func (s *sheet) at(x, y int) rune {
	if y < 0 || y >= len(s.cells) || x < 0 || x >= len(s.cells[y]) {
		return ' '
	}
	return s.cells[y][x]
}

// armsAt are the arms that a character shows. A plus has one to each neighbour that
// shows one to it; of signs without arms, those beside it are lines.
func (s *sheet) armsAt(x, y int) arms {
	c := s.at(x, y)
	if !s.ascii {
		for _, lit := range []bool{false, true} {
			table := newSigns(false, lit)
			if i := slices.Index(table.lines[:], string(c)); i > 0 {
				return arms(i)
			}
			if i := slices.Index(table.joins[:], string(c)); i > 0 {
				return right | arms(i<<2)
			}
		}
		return 0
	}
	switch c {
	case '-':
		return left | right
	case '|':
		return up | down
	case '\\':
		return up | right
	case '/':
		return down | right
	case '>':
		return up | down | right
	case '+':
		a := arms(0)
		if strings.ContainsRune("-", s.at(x-1, y)) {
			a |= left
		}
		if strings.ContainsRune("-", s.at(x+1, y)) {
			a |= right
		}
		if strings.ContainsRune(`|+/>`, s.at(x, y-1)) {
			a |= up
		}
		if strings.ContainsRune(`|+\>`, s.at(x, y+1)) {
			a |= down
		}
		return a
	}
	return 0
}

type label struct{ node, from, to, y int }

// readBack finds the labels and follows the lines from each of them.
func readBack(lines []string, nodes int, asciiOnly bool) (edges [][2]int, err error) {
	s := &sheet{ascii: asciiOnly}
	for _, l := range lines {
		s.cells = append(s.cells, []rune(l))
	}
	isText := func(c rune) bool { return c == 'n' || c == 'x' || c >= '0' && c <= '9' }
	ends := map[[2]int]int{} // node by the cell before its label
	var labels []label
	for y, row := range s.cells {
		for x := 0; x < len(row); x++ {
			if !isText(row[x]) {
				continue
			}
			from := x
			for x < len(row) && isText(row[x]) {
				x++
			}
			l := label{from: from, to: x, y: y}
			if _, err := fmt.Sscanf(string(row[from:x]), "n%d", &l.node); err != nil || name(l.node) != string(row[from:x]) {
				return nil, fmt.Errorf("label %q", string(row[from:x]))
			}
			labels = append(labels, l)
			ends[[2]int{from - 1, y}] = l.node
		}
	}
	if len(labels) != nodes {
		return nil, fmt.Errorf("%d labels of %d nodes", len(labels), nodes)
	}
	for _, l := range labels {
		found, e := s.follow(l, ends)
		if e != nil {
			err = e
		}
		edges = append(edges, found...)
	}
	return unique(edges), err
}

// step is a cell that is entered, moving right, up or down.
type step struct {
	x, y int
	way  arms
}

// follow goes along the lines from a label. A line never goes back to the left.
func (s *sheet) follow(l label, ends map[[2]int]int) (edges [][2]int, err error) {
	if s.at(l.to, l.y) != ' ' {
		return nil, fmt.Errorf("node %d has no blank behind it", l.node)
	}
	seen := map[step]bool{}
	todo := []step{{l.to + 1, l.y, right}}
	go2 := func(n step) {
		if !seen[n] {
			seen[n] = true
			todo = append(todo, n)
		}
	}
	for len(todo) > 0 {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if node, ok := ends[[2]int{at.x, at.y}]; ok && at.way == right && at.x > l.to+1 {
			edges = append(edges, [2]int{l.node, node})
			continue
		}
		a := s.armsAt(at.x, at.y)
		if a == 0 {
			if at.x > l.to+1 {
				err = fmt.Errorf("a line from node %d ends at %d,%d", l.node, at.x, at.y)
			}
			continue
		}
		from := map[arms]arms{right: left, up: down, down: up}[at.way]
		if at.way == right && a&left == 0 { // it passes below
			go2(step{at.x + 1, at.y, right})
			continue
		}
		if a&from == 0 {
			err = fmt.Errorf("a line from node %d meets a side at %d,%d", l.node, at.x, at.y)
			continue
		}
		if a&right != 0 {
			go2(step{at.x + 1, at.y, right})
		}
		if a&up != 0 && at.way != down {
			go2(step{at.x, at.y - 1, up})
		}
		if a&down != 0 && at.way != up {
			go2(step{at.x, at.y + 1, down})
		}
	}
	return edges, err
}
