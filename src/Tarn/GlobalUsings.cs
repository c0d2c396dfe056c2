// In this namespace Console is the web console's; the terminal gets a name of its own.
global using Terminal = System.Console;
