package action

// Deps is what actions run on: whoever starts them (the dashboard, a command) fills it in once.
type Deps struct{}
