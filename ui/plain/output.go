package plain

import "io"

// Output is where lines are printed. It ends the line of a prompt before anything that
// comes while something may be typed there.
type Output struct {
	w     io.Writer
	asked bool
}

// NewOutput prints to a writer.
func NewOutput(w io.Writer) *Output { return &Output{w: w} }

func (o *Output) Write(p []byte) (int, error) {
	if o.asked {
		o.asked = false
		if _, err := io.WriteString(o.w, "\n"); err != nil {
			return 0, err
		}
	}
	return o.w.Write(p)
}

// ask prints a prompt, unless it is there.
func (o *Output) ask(prompt string) {
	if prompt != "" && !o.asked {
		_, _ = io.WriteString(o.w, prompt) // an output that fails ends the next print
		o.asked = true
	}
}

// answered: something was typed, and the line has ended.
func (o *Output) answered() { o.asked = false }
