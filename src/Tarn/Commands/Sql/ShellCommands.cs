using Spectre.Console;
using Tarn.Clients;
using Tarn.Primitives.Errors;

namespace Tarn.Commands.Sql;

/// <summary>What begins with a backslash: commands of the shell itself.</summary>
internal sealed class ShellCommands(SqlClient client, ShellSession session, Completion completion)
{
    private const string Help = """
        \d [TABLE]        tables, or the columns of one
        \l                databases
        \c DATABASE       use another database for names without one
        \o [FILE]         write results to a file, or to the screen again
        \format FORM      table, csv, json or parquet
        \x                a column a line, on or off; tables too wide for the screen have it anyway
        \timing           tell times, on or off
        \?, help          this list
        \q, quit, exit    leave (also Ctrl-D)
        """;

    /// <summary>
    /// Whether a line is for the shell: a backslash command, or what people type to leave or for help.
    /// </summary>
    public static bool IsCommand(string line) => line.TrimStart().StartsWith('\\') || Word(line) is not null;

    /// <summary>False: the user wants to leave.</summary>
    public async Task<bool> RunAsync(string text, CancellationToken cancellation)
    {
        const StringSplitOptions Words = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        var words = (Word(text) ?? text).Split((char[]?)null, 2, Words);
        var argument = words.Length > 1 ? words[1].TrimEnd(';') : "";
        switch (words[0])
        {
            case "\\q":
                return false;
            case "\\?":
                Terminal.WriteLine(Help);
                break;
            case "\\d" when argument.Length == 0:
                await TablesAsync(cancellation);
                break;
            case "\\d":
                await ColumnsAsync(argument, cancellation);
                break;
            case "\\l":
                Write("database", (await client.SchemaAsync(cancellation)).Select(found => found.Database).Distinct());
                break;
            case "\\c":
                session.Database = Required(argument, "\\c DATABASE");
                Say($"database is {session.Database}");
                break;
            case "\\o":
                session.Target = argument.Length == 0 ? null : argument;
                Say(session.Target is null ? "results go to the screen" : $"results go to {session.Target}");
                break;
            case "\\format":
                session.Output = ResultPrinter.Forms.Contains(argument)
                    ? argument
                    : throw new TarnException(
                        ErrorKind.Invalid, $"'{argument}' is none of {string.Join(", ", ResultPrinter.Forms)}");
                break;
            case "\\x":
                session.IsExpanded = !session.IsExpanded;
                Say($"expanded display is {(session.IsExpanded ? "on" : "off")}");
                break;
            case "\\timing":
                session.IsTiming = !session.IsTiming;
                Say($"timing is {(session.IsTiming ? "on" : "off")}");
                break;
            default:
                throw new TarnException(
                    ErrorKind.Invalid, $"'{words[0]}' is no command of the shell", hint: "\\? lists them");
        }

        return true;
    }

    /// <summary>Learns the catalog's names, for completion.</summary>
    public async Task LearnAsync(CancellationToken cancellation) =>
        completion.Learn((await client.SchemaAsync(cancellation)).Select(found =>
            (found.Database, found.Name, (IReadOnlyList<string>)[.. found.Columns.Select(column => column.Name)])));

    private async Task TablesAsync(CancellationToken cancellation)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns("database", "table", "type");
        foreach (var found in (await client.SchemaAsync(cancellation)).Where(found => found.Name.Length > 0))
        {
            table.AddRow(Markup.Escape(found.Database), Markup.Escape(found.Name), Markup.Escape(found.Type));
        }

        CommandRunner.Output.Write(table);
    }

    private async Task ColumnsAsync(string name, CancellationToken cancellation)
    {
        var parts = name.Replace("\"", "", StringComparison.Ordinal).Split('.');
        var (database, wanted) = parts.Length > 1 ? (parts[^2], parts[^1]) : (session.Database, parts[0]);
        var found = (await client.SchemaAsync(cancellation)).FirstOrDefault(table =>
            table.Database.Equals(database, StringComparison.OrdinalIgnoreCase)
            && table.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            ?? throw new TarnException(
                ErrorKind.NotFound, $"table '{database}.{wanted}' does not exist", hint: "\\d lists the tables");
        var shown = new Table { Border = TableBorder.Rounded };
        shown.AddColumns("column", "type", "partition", "comment");
        foreach (var column in found.Columns)
        {
            shown.AddRow(
                Markup.Escape(column.Name), Markup.Escape(column.Type), column.IsPartition ? "yes" : "",
                Markup.Escape(TerminalText.Safe(column.Comment)));
        }

        CommandRunner.Output.Write(shown);
    }

    /// <summary>The command that a plain word stands for, or null.</summary>
    private static string? Word(string line) => line.Trim().TrimEnd(';').ToLowerInvariant() switch
    {
        "quit" or "exit" => "\\q",
        "help" => "\\?",
        _ => null,
    };

    private static string Required(string argument, string usage) => argument.Length > 0
        ? argument
        : throw new TarnException(ErrorKind.Invalid, $"usage: {usage}");

    private static void Write(string title, IEnumerable<string> names)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn(title);
        foreach (var name in names)
        {
            table.AddRow(Markup.Escape(name));
        }

        CommandRunner.Output.Write(table);
    }

    private static void Say(string text) => CommandRunner.Error.MarkupLineInterpolated($"[dim]{text}[/]");
}
