package paint

// Palette is an ANSI style (the parameters of SGR) for each token; "" is the terminal's own.
type Palette [tokens]string

// Dark and Light need 256 colours. Text is at contrast 4.5:1 or more on black and on white; the series are apart for
// people who can't tell red from green (after Okabe and Ito, "Color Universal Design").
var (
	Dark = Palette{
		Text: "", Strong: "", Muted: "38;5;247", Faint: "38;5;240", Accent: "38;5;81", OK: "38;5;78", Warn: "38;5;214", Fail: "38;5;203", Select: "48;5;237",
		Series: "38;5;75", Series + 1: "38;5;215", Series + 2: "38;5;79", Series + 3: "38;5;221", Series + 4: "38;5;176", Series + 5: "38;5;147", Series + 6: "38;5;151", Series + 7: "38;5;181",
		Shade: "38;5;24", Shade + 1: "38;5;94", Shade + 2: "38;5;23", Shade + 3: "38;5;58", Shade + 4: "38;5;96", Shade + 5: "38;5;60", Shade + 6: "38;5;65", Shade + 7: "38;5;95",
	}
	Light = Palette{
		Text: "", Strong: "", Muted: "38;5;241", Faint: "38;5;248", Accent: "38;5;26", OK: "38;5;28", Warn: "38;5;130", Fail: "38;5;160", Select: "48;5;254",
		Series: "38;5;25", Series + 1: "38;5;130", Series + 2: "38;5;29", Series + 3: "38;5;94", Series + 4: "38;5;127", Series + 5: "38;5;61", Series + 6: "38;5;59", Series + 7: "38;5;95",
		Shade: "38;5;153", Shade + 1: "38;5;223", Shade + 2: "38;5;152", Shade + 3: "38;5;187", Shade + 4: "38;5;182", Shade + 5: "38;5;189", Shade + 6: "38;5;151", Shade + 7: "38;5;224",
	}
	// Basic needs the 16 colours of every terminal, whatever its ground.
	Basic = Palette{
		Muted: "", Faint: "90", Accent: "36", OK: "32", Warn: "33", Fail: "31", Select: "7",
		Series: "34", Series + 1: "33", Series + 2: "32", Series + 3: "35", Series + 4: "36", Series + 5: "34", Series + 6: "33", Series + 7: "35",
		Shade: "90", Shade + 1: "90", Shade + 2: "90", Shade + 3: "90", Shade + 4: "90", Shade + 5: "90", Shade + 6: "90", Shade + 7: "90",
	}
)
