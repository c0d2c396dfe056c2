using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tarn.Commands.Sql;

/// <summary>Writes changes of a view a line each: as JSON objects, as CSV, or as text with tabs.</summary>
/// <param name="form">table, csv or json.</param>
internal sealed class SubscriptionPrinter(TextWriter writer, string form)
{
    private IReadOnlyList<string> head = [];

    public void Print(IReadOnlyList<string> columns, IReadOnlyList<RowChange> changes)
    {
        if (form != "json" && !head.SequenceEqual(columns))
        {
            head = columns;
            WriteLine(["version", "kind", .. columns]);
        }

        foreach (var change in changes)
        {
            if (form == "json")
            {
                writer.WriteLine(Json(columns, change));
            }
            else
            {
                var version = change.Version.ToString(CultureInfo.InvariantCulture);
                WriteLine([version, change.Kind, .. change.Row.EnumerateArray().Select(Text)]);
            }
        }

        writer.Flush();
    }

    private void WriteLine(IEnumerable<string?> values) => writer.WriteLine(form == "csv"
        ? string.Join(',', values.Select(ResultPrinter.Csv))
        : string.Join('\t', values.Select(value => TerminalText.Safe(value ?? "NULL"))));

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };

    private static string Json(IReadOnlyList<string> columns, RowChange change)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("version", change.Version);
            if (change.Position is { } position)
            {
                json.WriteString("position", position);
            }

            json.WriteString("kind", change.Kind);
            json.WriteStartObject("row");
            foreach (var (column, value) in columns.Zip(change.Row.EnumerateArray()))
            {
                json.WritePropertyName(column);
                value.WriteTo(json);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
