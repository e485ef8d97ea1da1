package sheet

// BeginHidden begins a file as on a system where it has to have a name.
var BeginHidden = beginHidden
