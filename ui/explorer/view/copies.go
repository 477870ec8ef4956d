package view

// Copy is one thing that can be copied of what is under the cursor.
type Copy struct {
	Key  string // in the menu, one letter
	What string // "name", "address"
	Text string // may have several lines, which names must not make; cleaned when it is copied
}

// Copier is a view that offers more to copy than every view does.
type Copier interface{ Copies() []Copy }
