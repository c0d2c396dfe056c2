using System.Text.Json;
using Spectre.Console;
using Tarn.Clients;
using Tarn.Primitives.Errors;

namespace Tarn.Commands.Sql;

/// <summary>Writes the rows of a result in the session's form to its place.</summary>
internal static class ResultPrinter
{
    public static readonly string[] Forms = ["table", "csv", "json", "parquet"];

    public static async Task PrintAsync(
        SqlClient client, SqlOutcome outcome, ShellSession session, CancellationToken cancellation)
    {
        if (outcome.UpdateCount is not null)
        {
            return; // what a write gives is its count, which is told beside the rows of others
        }

        if (session.Output == "parquet")
        {
            await ParquetFile.WriteAsync(client, outcome, session.Target, cancellation);
            return;
        }

        var file = session.Target is { } path ? Open(path) : null;
        await using (file)
        {
            var writer = file ?? Terminal.Out;
            if (session.Output == "table")
            {
                await TableAsync(client, outcome, session, writer, cancellation);
                return;
            }

            var isFirst = true;
            await foreach (var page in client.PagesAsync(outcome.Id, cancellation))
            {
                if (isFirst && session.Output == "csv" && page.Columns.Count > 0)
                {
                    await writer.WriteLineAsync(string.Join(',', page.Columns.Select(column => Csv(column.Name))));
                }

                foreach (var values in page.Rows)
                {
                    await writer.WriteLineAsync(session.Output == "csv"
                        ? string.Join(',', values.Select(Csv))
                        : JsonLine(page.Columns, values));
                }

                isFirst = false;
            }
        }
    }

    /// <summary>Opens a file of results to be added to.</summary>
    private static StreamWriter Open(string path)
    {
        try
        {
            return new StreamWriter(path, append: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TarnException(ErrorKind.Invalid, $"'{path}' was not opened", error.Message, cause: error);
        }
    }

    /// <summary>The first page; a table of more rows than that is nothing to look at.</summary>
    private static async Task TableAsync(
        SqlClient client, SqlOutcome outcome, ShellSession session, TextWriter writer, CancellationToken cancellation)
    {
        if (outcome.IsText)
        {
            await foreach (var lines in client.PagesAsync(outcome.Id, cancellation))
            {
                WriteLines(lines, writer);
            }

            return;
        }

        var page = await client.PageAsync(outcome.Id, 0, cancellation);
        var width = session.Target is null ? CommandRunner.Output.Profile.Width : int.MaxValue;
        if (session.IsExpanded || TableWidth.IsTooWide(page, width))
        {
            Expand(page, writer);
        }
        else if (page.Columns.Count > 0 && session.Target is null)
        {
            CommandRunner.Output.Write(Table(page));
        }
        else if (page.Columns.Count > 0)
        {
            var file = AnsiConsole.Create(new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer),
            });
            file.Profile.Width = CommandRunner.UnwrappedWidth;
            file.Write(Table(page));
        }

        if (page.NextRow is { } cut)
        {
            CommandRunner.Error.MarkupLineInterpolated(
                $"[yellow]the first {cut:N0} of {outcome.RowCount:N0} rows; --output csv gives all[/]");
        }
    }

    /// <summary>Lines of text as they are, so that a definition can be copied; a tab is one blank.</summary>
    internal static void WriteLines(SqlPage page, TextWriter writer)
    {
        foreach (var row in page.Rows)
        {
            writer.WriteLine(TerminalText.Safe((row[0] ?? "").Replace('\t', ' ')).TrimEnd());
        }
    }

    /// <summary>A column a line, as psql does it.</summary>
    internal static void Expand(SqlPage page, TextWriter writer)
    {
        var width = page.Columns.Select(column => column.Name.Length).DefaultIfEmpty(0).Max();
        for (var row = 0; row < page.Rows.Count; row++)
        {
            writer.WriteLine($"-[ RECORD {row + 1} ]{new string('-', Math.Max(0, width))}");
            foreach (var (column, value) in page.Columns.Zip(page.Rows[row]))
            {
                writer.WriteLine($"{column.Name.PadRight(width)} | {TerminalText.Safe(value ?? "NULL")}");
            }
        }
    }

    private static Table Table(SqlPage page)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var column in page.Columns)
        {
            var shown = new TableColumn(Markup.Escape(column.Name));
            table.AddColumn(IsNumber(column) ? shown.RightAligned() : shown);
        }

        foreach (var row in page.Rows)
        {
            table.AddRow([
                .. row.Select(value =>
                    new Markup(value is null ? "[dim]NULL[/]" : Markup.Escape(TerminalText.Safe(value)))),
            ]);
        }

        return table;
    }

    internal static bool IsNumber(SqlColumn column) =>
        column.Type is "tinyint" or "smallint" or "integer" or "bigint" or "double" or "float" or "real" or "decimal";

    internal static string Csv(string? value) =>
        value is null ? "" : "\"" + value.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    /// <summary>An object; numbers and booleans as such, all else as text.</summary>
    internal static string JsonLine(IReadOnlyList<SqlColumn> columns, IReadOnlyList<string?> values)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            foreach (var (column, value) in columns.Zip(values))
            {
                json.WritePropertyName(column.Name);
                if (value is null)
                {
                    json.WriteNullValue();
                }
                else if ((IsNumber(column) && char.IsAsciiDigit(value[^1])) || column.Type == "boolean")
                {
                    json.WriteRawValue(value);
                }
                else
                {
                    json.WriteStringValue(value);
                }
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }
}
